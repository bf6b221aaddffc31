"""scripts/build: words and facts in, a checked site out, or the site that stood before and what to mend."""

from __future__ import annotations

import contextlib
import os
import re
import shutil
import signal
import subprocess
import sys
import traceback
from collections.abc import Mapping
from pathlib import Path

from guide import hosts, mkdocs_errors, scratch_folders

SITE = Path("site")
SETTINGS = "mkdocs.yml"
SCRATCH_PREFIX, NEW, OLD = ".site-", "site", "old"  # where a site is built, and what stands there
NO_START_PAGE = "overrides/main.html:1:1 no start page came of docs/index.md: mend what was changed last in overrides/"


def run(options: list[str]) -> int:
    """scripts/build as a process of its own: every ending has an exit status, and at most one line says why."""
    try:
        status = main(options)
        sys.stdout.flush()
        return status
    except KeyboardInterrupt:
        print(f"build: stopped; {SITE}/ is as it was", file=sys.stderr)
        return 130
    except BrokenPipeError:
        discard_output()
        return 2
    except OSError as error:
        print(f"build: {Path.cwd()} cannot be written to ({error.strerror}); {SITE}/ is as it was", file=sys.stderr)
        return 2


def main(options: list[str]) -> int:
    """Generate, finish and check in a folder beside site/, and put it in place when nothing was found.

    `options` go to the checker. Returns the exit status of the checker's contract.
    """
    clean_up()
    status = check(["--before-build", *options])
    if status:
        return status
    before = modified_times()
    with scratch_folders.locked_folder(Path(), SCRATCH_PREFIX) as folder:
        built = folder / NEW
        faults = generate(built)
        if not (built / "index.html").exists():
            faults = faults or [NO_START_PAGE]
        else:
            faults += finish(built) + check_address(os.environ)
            silence = ["--only-findings"] if faults else []  # "0 findings" would be no news then
            status = check([str(built), "--named", str(SITE), *silence, *options])
            if "--fix" in options and modified_times() != before:  # mended: what was built has the words of before
                return main([option for option in options if option != "--fix"])
            if status:
                return status
        if faults:
            print(*map(for_github, faults), sep="\n")
            return 1
        swap(SITE, built)
    try:
        print(f"The site is in {SITE}/: open {SITE}/index.html, or run scripts/serve for a live preview.", flush=True)
    except BrokenPipeError:
        discard_output()
    return 0


def check_address(environment: Mapping[str, str]) -> list[str]:
    """What to set when a host builds for an address that no reader can come to."""
    if not hosts.is_automatic_build(environment):
        return []
    from sitecheck.project.data.marked_yaml import parse

    settings = parse(Path(SETTINGS).read_text("utf-8"))
    site_url = str(settings.value("site_url") or "")
    if not hosts.is_example(site_url):
        return []
    mark = settings.key_at("site_url")
    what = f"{site_url} is an example" if site_url else "there is no address"
    return [f"{SETTINGS}:{mark.line}:{mark.column} {what}: set the variable SITE_URL to where the guide will be read"]


def discard_output() -> None:
    """For an output whose reader has left (`scripts/build | head -1`)."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def for_github(fault: str) -> str:
    """A fault as GitHub shows it beside its line, when GitHub listens."""
    place = re.match(r"([^:\s]+):(\d+):(\d+) ", fault)
    if os.environ.get("GITHUB_ACTIONS") != "true" or not place:
        return fault
    return f"::error file={place[1]},line={place[2]},col={place[3]}::{fault.replace('%', '%25')}"


def modified_times() -> dict[Path, int]:
    """When each file of words and templates was last written."""
    return {path: path.stat().st_mtime_ns for folder in ("docs", "overrides") for path in Path(folder).rglob("*")}


def generate(built: Path) -> list[str]:
    """Run MkDocs into `built`; what it complains of, for the faults that no rule of ours names."""
    command = [sys.executable, "-m", "mkdocs", "build", "--site-dir", str(built.resolve())]
    run = subprocess.run(command, capture_output=True, text=True)
    if not run.returncode:
        return []
    return mkdocs_errors.readable(run.stdout + run.stderr) or [
        "mkdocs.yml:1:1 MkDocs failed without a word; run it again"
    ]


def finish(built: Path) -> list[str]:
    """Run the finishing pass on `built`; what on its pages readers' browsers would refuse."""
    from finish import FinishError
    from finish import finish as finish_site

    try:
        finish_site(built)
    except FinishError as error:
        return str(error).splitlines()
    except Exception as error:  # a fault of ours, and no page is half finished: told in a line like any other
        where = traceback.extract_tb(error.__traceback__)[-1]
        file = Path(where.filename).name
        return [f"scripts/finish failed in {file}, line {where.lineno}, on what the site holds: {error!r}; report it"]
    return []


def check(arguments: list[str]) -> int:
    """Run the checker; its report is the only one a person sees."""
    from sitecheck.command.cli import main as sitecheck

    return sitecheck(arguments)


def swap(old: Path, new: Path) -> None:
    """Put `new` where `old` is, so that a reader of the folder never finds it half written."""
    aside = new.parent / OLD
    if old.exists():
        os.replace(old, aside)
    try:
        os.replace(new, old)
    finally:
        restore(aside, old)
    shutil.rmtree(aside, ignore_errors=True)


def restore(aside: Path, place: Path) -> None:
    """Put back the site that was moved aside, when nothing came in its place."""
    if not place.exists():
        with contextlib.suppress(FileNotFoundError):
            os.replace(aside, place)


def clean_up() -> None:
    """Remove what killed builds have left, after putting back a site that one of them had just moved aside."""
    for folder in scratch_folders.abandoned(Path(), SCRATCH_PREFIX, {NEW, OLD}):
        restore(folder / OLD, SITE)
        shutil.rmtree(folder, ignore_errors=True)


if __name__ == "__main__":
    signal.signal(signal.SIGTERM, signal.default_int_handler)  # ends like Ctrl-C: nothing stays behind
    sys.exit(run(sys.argv[1:]))
