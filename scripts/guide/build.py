"""scripts/build: generate, finish and check the site, and replace site/ only by one without a finding."""

from __future__ import annotations

import argparse
import contextlib
import os
import shutil
import signal
import sys
from pathlib import Path

from guide import command, generators, scratch_folders, stages

SITE = Path("site")
SCRATCH_PREFIX, NEW, OLD = ".site-", "site", "old"  # the folder that a build works in, and what it contains


def run(options: list[str]) -> int:
    """Run scripts/build as a process. Returns the exit status; prints at most one line when the build cannot run."""
    problem, unchanged = f"{Path.cwd()} cannot be written to", f"; {SITE}/ is as it was"
    return command.run("build", main, options, problem, unchanged)


def main(options: list[str]) -> int:
    """Build in a folder next to site/, and move it into place when there is no finding.

    `options` go to the checker, except `--generator NAME`. Returns 0, or the checker's exit status: 1 findings, 2 it
    could not check.
    """
    clean_up()
    parser = argparse.ArgumentParser(prog="scripts/build", add_help=False, allow_abbrev=False)
    parser.add_argument("--generator", choices=generators.GENERATORS, default=generators.DEFAULT)
    arguments, options = parser.parse_known_args(options)
    times = modified_times()
    with scratch_folders.locked_folder(Path(), SCRATCH_PREFIX) as folder:
        built = folder / NEW
        stages.CHECKER_OPTIONS[:] = ["--named", str(SITE), *options]
        try:
            status = generators.GENERATORS[arguments.generator](built)
        finally:
            stages.CHECKER_OPTIONS.clear()
        if "--fix" in options and modified_times() != times:  # fixed: the site was built from the old text
            return main(["--generator", arguments.generator, *(option for option in options if option != "--fix")])
        if status:
            return status
        swap(SITE, built)
    try:
        print(f"The site is in {SITE}/: open {SITE}/index.html, or run scripts/serve for a live preview.", flush=True)
    except BrokenPipeError:
        command.discard_output()
    return 0


def modified_times() -> dict[Path, int]:
    """Return when each file of docs/ and overrides/ was last modified."""
    return {path: path.lstat().st_mtime_ns for folder in ("docs", "overrides") for path in Path(folder).rglob("*")}


def swap(old: Path, new: Path) -> None:
    """Replace folder `old` by `new` with two renames, so that `old` is never half written."""
    aside = new.parent / OLD
    if old.exists():
        os.replace(old, aside)
    try:
        os.replace(new, old)
    finally:
        restore(aside, old)


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
    for settings in Path().glob(f"{SCRATCH_PREFIX}*.yml"):  # of another generator
        if not settings.with_suffix("").is_dir():
            settings.unlink(missing_ok=True)


if __name__ == "__main__":
    signal.signal(signal.SIGTERM, signal.default_int_handler)  # ends like Ctrl-C, so that the scratch folder is removed
    sys.exit(run(sys.argv[1:]))
