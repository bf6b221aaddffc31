"""scripts/build: generate, finish and check the site, and replace site/ only by one without a finding."""

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
SCRATCH_PREFIX, NEW, OLD = ".site-", "site", "old"  # the folder that a build works in, and what it contains
NO_START_PAGE = "overrides/main.html:1:1 no start page came of docs/index.md: undo the last change in overrides/"


def run(options: list[str]) -> int:
    """Run scripts/build as a process. Returns the exit status; prints at most one line when the build cannot run."""
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
    """Generate, finish and check in a folder next to site/, and move it into place when there is no finding.

    `options` go to the checker. Returns the checker's exit status: 0 no findings, 1 findings, 2 could not check.
    """
    clean_up()
    status = check(["--before-build", *options])
    if status:
        return status
    times = modified_times()
    with scratch_folders.locked_folder(Path(), SCRATCH_PREFIX) as folder:
        built = folder / NEW
        errors = generate(built)
        if not (built / "index.html").exists():
            errors = errors or [NO_START_PAGE]
        else:
            errors += finish(built) + check_address(os.environ)
            quiet = ["--only-findings"] if errors else []  # "0 findings" would mislead
            status = check([str(built), "--named", str(SITE), *quiet, *options])
            if "--fix" in options and modified_times() != times:  # fixed: the site was built from the old text
                return main([option for option in options if option != "--fix"])
            if status:
                return status
        if errors:
            print(*map(for_github, errors), sep="\n")
            return 1
        swap(SITE, built)
    try:
        print(f"The site is in {SITE}/: open {SITE}/index.html, or run scripts/serve for a live preview.", flush=True)
    except BrokenPipeError:
        discard_output()
    return 0


def check_address(environment: Mapping[str, str]) -> list[str]:
    """Return an error when CI or a host builds for an address that no reader can open."""
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
    """Send further output nowhere, after its reader has closed the pipe (`scripts/build | head -1`)."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def for_github(error: str) -> str:
    """In GitHub Actions, turn an error with a place into an annotation, which GitHub shows beside the line."""
    place = re.match(r"([^:\s]+):(\d+):(\d+) ", error)
    if os.environ.get("GITHUB_ACTIONS") != "true" or not place:
        return error
    return f"::error file={place[1]},line={place[2]},col={place[3]}::{error.replace('%', '%25')}"


def modified_times() -> dict[Path, int]:
    """Return when each file of docs/ and overrides/ was last modified."""
    return {path: path.stat().st_mtime_ns for folder in ("docs", "overrides") for path in Path(folder).rglob("*")}


def generate(built: Path) -> list[str]:
    """Generate the site into `built` with MkDocs. Returns its errors, one line each."""
    command = [sys.executable, "-m", "mkdocs", "build", "--site-dir", str(built.resolve())]
    run = subprocess.run(command, capture_output=True, text=True)
    if not run.returncode:
        return []
    return mkdocs_errors.readable(run.stdout + run.stderr) or [
        "mkdocs.yml:1:1 MkDocs failed without a word; run it again"
    ]


def finish(built: Path) -> list[str]:
    """Run the finishing pass on `built`. Returns its errors, one line each."""
    from finish import FinishError
    from finish import finish as finish_site

    try:
        finish_site(built)
    except FinishError as error:
        return str(error).splitlines()
    except Exception as error:  # a bug in a step; pages are saved after all steps, so none is half finished
        where = traceback.extract_tb(error.__traceback__)[-1]
        file = Path(where.filename).name
        return [f"scripts/finish failed in {file}, line {where.lineno}, on this site: {error!r}; please report it"]
    return []


def check(arguments: list[str]) -> int:
    """Run the checker, which prints its report. Returns its exit status."""
    from sitecheck.command.cli import main as sitecheck

    return sitecheck(arguments)


def swap(old: Path, new: Path) -> None:
    """Replace folder `old` by `new` with two renames, so that `old` is never half written."""
    aside = new.parent / OLD
    if old.exists():
        os.replace(old, aside)
    try:
        os.replace(new, old)
    finally:
        restore(aside, old)
    shutil.rmtree(aside, ignore_errors=True)


def restore(aside: Path, place: Path) -> None:
    """Move the old site back when nothing has taken its place."""
    if not place.exists():
        with contextlib.suppress(FileNotFoundError):
            os.replace(aside, place)


def clean_up() -> None:
    """Remove the folders of killed builds, after moving back a site that one of them had moved aside."""
    for folder in scratch_folders.abandoned(Path(), SCRATCH_PREFIX, {NEW, OLD}):
        restore(folder / OLD, SITE)
        shutil.rmtree(folder, ignore_errors=True)


if __name__ == "__main__":
    signal.signal(signal.SIGTERM, signal.default_int_handler)  # ends like Ctrl-C, so that the scratch folder is removed
    sys.exit(run(sys.argv[1:]))
