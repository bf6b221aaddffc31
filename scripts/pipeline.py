"""scripts/build: words and facts in, a checked site out, or the site that stood before and what to mend."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import complaints

SITE = Path("site")


def main(options: list[str]) -> int:
    """Generate, finish and check in a folder beside site/, and put it in place when nothing was found.

    `options` go to the checker. Returns the exit status of the checker's contract.
    """
    status = check(["--before-build", *options])
    if status:
        return status
    before = written()
    with tempfile.TemporaryDirectory(prefix=".site-", dir=".") as folder:
        built = Path(folder) / "site"
        faults = generate(built)
        if (built / "index.html").exists():
            faults += finish(built)
            status = check([str(built), "--named", str(SITE), *options])
            if "--fix" in options and written() != before:  # mended: what was built has the words of before
                return main([option for option in options if option != "--fix"])
            if status:
                return status
        if faults:
            print("\n".join(faults))
            return 1
        replace(SITE, built)
    print(f"The site is in {SITE}/: open {SITE / 'index.html'}, or run scripts/serve for a live preview.")
    return 0


def written() -> dict[Path, int]:
    """When each file of words and templates was last written."""
    return {path: path.stat().st_mtime_ns for folder in ("docs", "overrides") for path in Path(folder).rglob("*")}


def generate(built: Path) -> list[str]:
    """Run MkDocs into `built`; what it complains of, for the faults that no rule of ours names."""
    command = [sys.executable, "-m", "mkdocs", "build", "--site-dir", str(built.resolve())]
    run = subprocess.run(command, capture_output=True, text=True)
    if not run.returncode:
        return []
    return complaints.told(run.stdout + run.stderr) or ["mkdocs.yml:1:1 MkDocs failed without a word; run it again"]


def finish(built: Path) -> list[str]:
    """Run the finishing pass on `built`; what on its pages readers' browsers would refuse."""
    from finish import Unfit
    from finish import finish as finish_site

    try:
        finish_site(built)
    except Unfit as unfit:
        return str(unfit).splitlines()
    return []


def check(arguments: list[str]) -> int:
    """Run the checker; its report is the only one a person sees."""
    from sitecheck.cli import main as sitecheck

    return sitecheck(arguments)


def replace(old: Path, new: Path) -> None:
    """Put `new` where `old` is, so that a reader of the folder never finds it half written."""
    aside = new.parent / "old"
    if old.exists():
        os.replace(old, aside)
    os.replace(new, old)
    shutil.rmtree(aside, ignore_errors=True)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
