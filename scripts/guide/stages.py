"""What each site goes through, whatever generates it: a look at its sources before, finishing and check after."""

from __future__ import annotations

import os
import re
import sys
import traceback
from collections.abc import Mapping, MutableMapping
from pathlib import Path

from finish import FinishError
from finish import finish as finish_site
from guide import hosts
from sitecheck.command.cli import main as sitecheck
from sitecheck.project.data.marked_yaml import parse

SETTINGS = "mkdocs.yml"
NO_START_PAGE = "overrides/main.html:1:1 no start page came of docs/index.md: undo the last change in overrides/"
CHECKER_OPTIONS: list[str] = []  # from the command line of scripts/build; `mkdocs build` has none


def before_generating() -> int:
    """Report what would stop the generator. Returns 0, or the checker's exit status."""
    return check(["--before-build", *CHECKER_OPTIONS])


def after_generating(site: Path, publishes: bool = False) -> int:
    """Finish and check a generated site, and report. Returns 0, or the exit status. `publishes`: it goes live next."""
    if not (site / "index.html").exists():
        print(for_github(NO_START_PAGE))
        return 1
    unfinished, unknown = finish(site), check_address(os.environ, publishes)
    if unknown:
        print(for_github(unknown))
    quiet = ["--only-findings"] if unfinished or unknown else []  # "0 findings" would mislead
    shown = os.path.relpath(site) if site.resolve().is_relative_to(Path.cwd()) else str(site)
    status = check([shown, *quiet, *CHECKER_OPTIONS])
    if unfinished and not status:  # otherwise the findings say why
        print(*map(for_github, unfinished), sep="\n")
    return status or int(bool(unfinished or unknown))


def finish(site: Path) -> list[str]:
    """Run the finishing pass on `site`. Returns its errors, one line each."""
    try:
        finish_site(site)
    except FinishError as error:
        return str(error).splitlines()
    except Exception as error:  # a bug in a step; pages are saved after all steps, so none is half finished
        where = traceback.extract_tb(error.__traceback__)[-1]
        file = Path(where.filename).name
        return [f"scripts/finish failed in {file}, line {where.lineno}, on this site: {error!r}; please report it"]
    return []


def check(arguments: list[str]) -> int:
    """Run the checker, which prints its report. Returns its exit status."""
    sys.stdout.flush()
    return sitecheck(arguments)


def set_address(environment: MutableMapping[str, str]) -> str:
    """Set SITE_URL as the host says, and return the address that mkdocs.yml then states. Raises BadAddress."""
    address = hosts.site_address(environment)
    environment.pop("SITE_URL", None)
    if address:
        environment["SITE_URL"] = address
    return str(parse(Path(SETTINGS).read_text("utf-8")).value("site_url") or "")


def check_address(environment: Mapping[str, str], publishes: bool = False) -> str:
    """Return an error when the site is about to be published at an address that no reader can open, else ""."""
    if not publishes and not hosts.is_automatic_build(environment):
        return ""
    settings = parse(Path(SETTINGS).read_text("utf-8"))
    site_url = str(settings.value("site_url") or "")
    if not hosts.is_example(site_url):
        return ""
    mark = settings.key_at("site_url")
    what = f"{site_url} is an example" if site_url else "there is no address"
    return f"{SETTINGS}:{mark.line}:{mark.column} {what}: set the variable SITE_URL to where the guide will be read"


def for_github(error: str) -> str:
    """In GitHub Actions, turn an error with a place into an annotation, which GitHub shows beside the line."""
    place = re.match(r"([^:\s]+):(\d+):(\d+) ", error)
    if os.environ.get("GITHUB_ACTIONS") != "true" or not place:
        return error
    return f"::error file={place[1]},line={place[2]},col={place[3]}::{error.replace('%', '%25')}"
