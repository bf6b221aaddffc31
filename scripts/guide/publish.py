"""scripts/publish: make the checked site live in a web server's folder, completely or not at all, and go back."""

from __future__ import annotations

import argparse
import contextlib
import datetime
import errno
import os
import re
import signal
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import NoReturn

from finish.site_files import UnsupportedFile

from .command import print_done
from .deploy import CheckFailed, go_back, publish
from .hosts import BadAddress
from .publish_lock import CannotPublish
from .releases import Releases

SITE = Path("site")
ADDRESS = re.compile(r"[^/]+:")  # https://host/, user@host:folder, host:folder; as rsync tells them from a folder
# Windows has no SIGHUP.
SIGNALS = [number for number in signal.Signals if number.name in ("SIGINT", "SIGTERM", "SIGHUP")]


class Stopped(BaseException):
    """Raised for a signal, with its number. Not an Exception, so that no handler takes it for an error."""


def main(arguments: list[str]) -> int:
    """Run scripts/publish. Returns 0 when done, 1 for findings, 2 for other errors, 128 + N for signal N."""
    options = parse(arguments)
    releases = Releases(options.started_in / options.destination)
    try:
        with stoppable():
            if ADDRESS.match(options.destination):
                raise CannotPublish(f"{options.destination} is no folder on this machine, such as /var/www/guide.")
            result = "\n".join(listing(releases)) if options.list else go_live(releases, options.back)
    except CheckFailed as check:
        return failed("Nothing was published: correct what is reported above first.", check.args[0])
    except Stopped as stopped:
        return failed(f"Stopped. {state(releases)}", 128 + int(stopped.args[0]))
    except Exception as error:
        done = "changed" if options.back or options.list else "published"
        return failed(f"Nothing was {done}: {error_message(error, releases)}", 2)
    print_done(result)
    return 0


def parse(arguments: list[str]) -> argparse.Namespace:
    """Parse the command line. Exits with a message when it is wrong."""
    parser = argparse.ArgumentParser(
        prog="scripts/publish", description="Put the checked site live, completely or not at all.", allow_abbrev=False
    )
    parser.add_argument("destination", help="the folder that the web server serves; it becomes a link to a release")
    what = parser.add_mutually_exclusive_group()
    what.add_argument("--back", action="store_true", help="go back to the release before the live one")
    what.add_argument("--list", action="store_true", help="list the releases that are there")
    # scripts/publish has left the folder that a destination is relative to.
    parser.add_argument("--started-in", type=Path, default=Path(), help=argparse.SUPPRESS)
    return parser.parse_args(arguments)


def go_live(releases: Releases, back: bool) -> str:
    """Publish site/ or go back, and say what is live now."""
    before = os.path.realpath(releases.link)  # resolve() raises for a link to itself
    folder = go_back(releases.link) if back else publish(SITE, releases.link)
    already = before == os.path.realpath(folder)
    return f"{'Already live' if already else 'Live'} in {releases.link}: {folder.name}"


def listing(releases: Releases) -> Iterator[str]:
    """Yield a line for each release, the oldest first."""
    live = releases.live()
    kept = releases.all()
    for release in kept:
        day = datetime.datetime.fromtimestamp(release.folder.parent.stat().st_mtime).strftime("%Y-%m-%d %H:%M")
        mark = "  live" if release == live else ""
        if not release.is_intact():
            mark += "  damaged: its files were changed since. --back skips it; look into it, then remove it"
        yield f"{release.label}  {day}  {release.folder.name}{mark}"
    if not kept:
        yield f"There is no release in {releases.folder} yet."


@contextlib.contextmanager
def stoppable() -> Iterator[None]:
    """Make signals raise Stopped meanwhile; SIGHUP stays ignored under nohup."""
    before = {number: signal.getsignal(number) for number in SIGNALS}
    for number in SIGNALS:
        if number.name != "SIGHUP" or before[number] != signal.SIG_IGN:
            signal.signal(number, stop)
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def stop(number: int, _: object) -> NoReturn:
    """Stop once: a second signal must not interrupt the cleaning up."""
    for other in SIGNALS:
        signal.signal(other, lambda *_: None)  # with SIG_IGN, Python prints a traceback for a pending signal
    raise Stopped(number)


def state(releases: Releases) -> str:
    """Say what is live now."""
    with contextlib.suppress(CannotPublish, OSError):
        if live := releases.live():
            return f"Live in {releases.link}: {live.folder.name}"
    return f"Nothing of ours is live in {releases.link}."


def error_message(error: Exception, releases: Releases) -> str:
    """Say in one line what went wrong and what to do."""
    if isinstance(error, CannotPublish | BadAddress):
        return str(error)
    if isinstance(error, UnsupportedFile):
        return f"{error}. Correct it in docs/, then run scripts/build again."
    if isinstance(error, FileExistsError):
        return f"{error.filename} is in the way. Move it away, then publish again."
    if isinstance(error, OSError):
        if error.errno in (errno.ENOSPC, errno.EDQUOT):
            return f"the disk of {releases.folder} is full. Free some space, then publish again."
        return f"{error.filename or releases.folder}: {error.strerror or error}"
    return f"scripts/publish itself failed ({type(error).__name__}: {error}). Please report it."


def failed(message: str, status: int) -> int:
    """Print one line to the error stream and return `status`."""
    print(" ".join(message.split()), file=sys.stderr)
    return status


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
