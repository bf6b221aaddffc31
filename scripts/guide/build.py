"""scripts/build: generate, finish and check the site, and replace site/ only by one without a finding."""

from __future__ import annotations

import argparse
import contextlib
import os
import shutil
import signal
import sys
from collections.abc import Iterator
from pathlib import Path

from guide import command, generators, stages

try:
    import fcntl
except ImportError:  # Windows
    fcntl = None  # type: ignore[assignment]  # mypy knows it as a module

SITE = Path("site")
SCRATCH = Path(".site-build")  # the folder that a build works in, with the new site, and the old one for a moment
NEW, OLD = SCRATCH / "site", SCRATCH / "old"


def run(options: list[str]) -> int:
    """Run scripts/build as a process. Returns the exit status; prints at most one line when the build cannot run."""
    problem, unchanged = f"{Path.cwd()} cannot be written to", f"; {SITE}/ is as it was"
    return command.run("build", main, options, problem, unchanged)


def main(options: list[str]) -> int:
    """Build in a folder next to site/, and move it into place when there is no finding.

    `options` go to the checker, except `--generator NAME`. Returns 0, or the checker's exit status: 1 findings, 2 it
    could not check.
    """
    parser = argparse.ArgumentParser(prog="scripts/build", add_help=False, allow_abbrev=False)
    parser.add_argument("--generator", choices=generators.GENERATORS, default=generators.DEFAULT)
    arguments, options = parser.parse_known_args(options)
    with build_lock():
        clean_up()
        SCRATCH.mkdir()
        try:
            times = modified_times()
            status = generate(arguments.generator, options)
            if "--fix" in options and modified_times() != times:  # fixed: the site was built from the old text
                shutil.rmtree(NEW, ignore_errors=True)
                status = generate(arguments.generator, [option for option in options if option != "--fix"])
            if status:
                return status
            swap()
        finally:
            shutil.rmtree(SCRATCH, ignore_errors=True)
    command.print_done(f"The site is in {SITE}/: open {SITE}/index.html, or run scripts/serve for a live preview.")
    return 0


def generate(generator: str, options: list[str]) -> int:
    """Generate, finish and check the site in NEW. Returns the exit status."""
    stages.CHECKER_OPTIONS[:] = ["--named", str(SITE), *options]
    try:
        return generators.GENERATORS[generator](NEW)
    finally:
        stages.CHECKER_OPTIONS.clear()


def modified_times() -> dict[Path, int]:
    """Return when each file of docs/ and overrides/ was last modified."""
    return {path: path.lstat().st_mtime_ns for folder in ("docs", "overrides") for path in Path(folder).rglob("*")}


@contextlib.contextmanager
def build_lock() -> Iterator[None]:
    """Wait until no other build works in this folder. The system releases the lock of a process that dies."""
    if fcntl is None:
        yield
        return
    folder = os.open(Path(), os.O_RDONLY)
    try:
        with contextlib.suppress(OSError):  # some network disks have no locks
            try:
                fcntl.flock(folder, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                print("Another scripts/build is at work here: waiting until it has ended.", file=sys.stderr, flush=True)
                fcntl.flock(folder, fcntl.LOCK_EX)
        yield
    finally:
        os.close(folder)


def swap() -> None:
    """Replace the old site by the new one with two renames, so that it is never half written."""
    try:
        if SITE.exists():
            os.replace(SITE, OLD)
        os.replace(NEW, SITE)
    finally:
        restore()


def restore() -> None:
    """Move the old site back when nothing has taken its place."""
    if OLD.exists() and not SITE.exists():
        os.replace(OLD, SITE)


def clean_up() -> None:
    """Remove what a killed build left, after moving back a site that it had moved aside."""
    restore()
    if SCRATCH.exists():
        shutil.rmtree(SCRATCH)
    SCRATCH.with_suffix(".yml").unlink(missing_ok=True)  # the settings of another generator


if __name__ == "__main__":
    signal.signal(signal.SIGTERM, signal.default_int_handler)  # ends like Ctrl-C, so that the scratch folder is removed
    sys.exit(run(sys.argv[1:]))
