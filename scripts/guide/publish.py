"""scripts/publish: put a checked site live in a folder of a web server, whole or not at all, and back again."""

from __future__ import annotations

import argparse
import contextlib
import datetime
import errno
import os
import signal
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import NoReturn

from finish.site_files import UnsupportedFile

from .deploy import CheckFailed, go_back, publish
from .releases import CannotPublish, Releases

__all__ = ["CannotPublish", "go_back", "main", "publish"]

SITE = Path("site")
SIGNALS = tuple(one for one in signal.Signals if one.name in ("SIGINT", "SIGTERM", "SIGHUP"))  # Windows has no SIGHUP


class Stopped(BaseException):
    """A signal asks to stop; its number. Not an Exception, so that nothing on the way takes it for an error."""


def main(arguments: list[str]) -> int:
    """Do what the command line asks: 0 done, 1 for findings, 2 when it could not, 128 + N when signal N came."""
    asked = options(arguments)
    releases = Releases(asked.started_in / asked.destination)
    try:
        with stoppable():
            said = "\n".join(listing(releases)) if asked.list else went_live(releases, asked.back)
    except CheckFailed as faulty:
        return failed("Nothing was published: what is said above is in the way.", faulty.status)
    except Stopped as stopped:
        return failed(f"Stopped. {state(releases)}", 128 + int(stopped.args[0]))
    except Exception as error:
        done = "changed" if asked.back or asked.list else "published"
        return failed(f"Nothing was {done}: {in_words(error, releases)}", 2)
    return printed(said)


def options(arguments: list[str]) -> argparse.Namespace:
    """Read the command line; argparse prints and exits when it cannot."""
    parser = argparse.ArgumentParser(
        prog="scripts/publish", description="Put the checked site live, whole or not at all.", allow_abbrev=False
    )
    parser.add_argument("destination", help="the folder that the web server serves; it becomes a link to a release")
    what = parser.add_mutually_exclusive_group()
    what.add_argument("--back", action="store_true", help="go back to the release before the live one")
    what.add_argument("--list", action="store_true", help="list the releases that are there")
    parser.add_argument("--started-in", type=Path, default=Path(), help=argparse.SUPPRESS)  # scripts/publish moves on
    return parser.parse_args(arguments)


def went_live(releases: Releases, back: bool) -> str:
    """Publish site/ or go back, and say what is live now."""
    before = os.path.realpath(releases.link)  # resolve() raises for a link that leads to itself
    folder = go_back(releases.link) if back else publish(SITE, releases.link)
    already = before == os.path.realpath(folder)
    return f"{'Already live' if already else 'Live'} in {releases.link}: {folder.name}"


def listing(releases: Releases) -> Iterator[str]:
    """A line for each release, the oldest first."""
    live = releases.live()
    there = releases.all()
    for release in there:
        day = datetime.datetime.fromtimestamp(release.folder.parent.stat().st_mtime).strftime("%Y-%m-%d %H:%M")
        mark = "  live" if release == live else ""
        if not release.is_intact():
            mark += "  torn: its files were changed since. --back passes it over; look into it, then remove it"
        yield f"{release.label}  {day}  {release.folder.name}{mark}"
    if not there:
        yield f"There is no release in {releases.folder} yet."


@contextlib.contextmanager
def stoppable() -> Iterator[None]:
    """Signals that ask to stop raise Stopped meanwhile; one that nohup has switched off stays off."""
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
    """Stop once: a second signal must not interrupt the tidying up."""
    for one in SIGNALS:
        signal.signal(one, stay)  # not SIG_IGN: of one that is under way already, Python prints a traceback then
    raise Stopped(number)


def stay(*_: object) -> None:
    """Do nothing about a signal."""


def state(releases: Releases) -> str:
    """What readers get now."""
    with contextlib.suppress(CannotPublish, OSError):
        if live := releases.live():
            return f"Live in {releases.link}: {live.folder.name}"
    return f"Nothing of ours is live in {releases.link}."


def in_words(error: Exception, releases: Releases) -> str:
    """An error, for the person who publishes."""
    if isinstance(error, CannotPublish):
        return str(error)
    if isinstance(error, UnsupportedFile):
        return f"{error}. Mend it in docs/, then run scripts/build again."
    if isinstance(error, FileExistsError):
        return f"{error.filename} is in the way. Move it away, then publish again."
    if isinstance(error, OSError):
        if error.errno in (errno.ENOSPC, errno.EDQUOT):
            return f"the disk of {releases.folder} is full. Free some space, then publish again."
        return f"{error.filename or releases.folder}: {error.strerror or error}"
    return f"scripts/publish itself failed ({type(error).__name__}: {error}). Please report it."


def failed(message: str, status: int) -> int:
    """One line on the error stream."""
    print(" ".join(message.split()), file=sys.stderr)
    return status


def printed(said: str) -> int:
    """Print what was done. It stays done when nobody reads it."""
    try:
        sys.stdout.buffer.write(f"{said}\n".encode("utf-8", "backslashreplace"))  # a folder's name need not be Unicode
        sys.stdout.flush()
    except OSError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
