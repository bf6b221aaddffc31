"""scripts/build: words and facts in, a checked site out, or the site that stood before and what to mend."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import tempfile
import traceback
from collections.abc import Mapping
from pathlib import Path

import address
import complaints

SITE = Path("site")
SETTINGS = "mkdocs.yml"
NOTHING_BUILT = "overrides/main.html:1:1 no start page came of docs/index.md: mend what was changed last in overrides/"


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
        if not (built / "index.html").exists():
            faults = faults or [NOTHING_BUILT]
        else:
            faults += finish(built) + example_address(os.environ)
            silence = ["--only-findings"] if faults else []  # "0 findings" would be no news then
            status = check([str(built), "--named", str(SITE), *silence, *options])
            if "--fix" in options and written() != before:  # mended: what was built has the words of before
                return main([option for option in options if option != "--fix"])
            if status:
                return status
        if faults:
            print(*map(annotated, faults), sep="\n")
            return 1
        replace(SITE, built)
    print(f"The site is in {SITE}/: open {SITE / 'index.html'}, or run scripts/serve for a live preview.")
    return 0


def example_address(environment: Mapping[str, str]) -> list[str]:
    """What to set when a host builds for an address that no reader can come to."""
    if not address.unattended(environment):
        return []
    from sitecheck.project.marked_yaml import parse

    settings = parse(Path(SETTINGS).read_text("utf-8"))
    site_url = str(settings.value("site_url") or "")
    if not address.is_example(site_url):
        return []
    mark = settings.key_at("site_url")
    what = f"{site_url} is an example" if site_url else "there is no address"
    return [f"{SETTINGS}:{mark.line}:{mark.column} {what}: set the variable SITE_URL to where the guide will be read"]


def annotated(fault: str) -> str:
    """A fault as GitHub shows it beside its line, when GitHub listens."""
    place = re.match(r"([^:\s]+):(\d+):(\d+) ", fault)
    if os.environ.get("GITHUB_ACTIONS") != "true" or not place:
        return fault
    return f"::error file={place[1]},line={place[2]},col={place[3]}::{fault.replace('%', '%25')}"


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
    except Exception as error:  # a fault of ours, and no page is half finished: told in a line like any other
        where = traceback.extract_tb(error.__traceback__)[-1]
        file = Path(where.filename).name
        return [f"scripts/finish failed in {file}, line {where.lineno}, on what the site holds: {error!r}; report it"]
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
