"""The options of the command line, as `--help` lists them."""

from __future__ import annotations

import argparse
import datetime
import functools
from typing import NoReturn

from ..model.command_name import IN_GUIDE, NAME
from ..model.errors import CannotRun
from ..output import FORMATS

WIDTH = 80  # columns of the help; to ask the terminal, argparse would import four compressors (by way of shutil)


class Parser(argparse.ArgumentParser):
    def error(self, message: str) -> NoReturn:
        raise CannotRun(f"{message}; {NAME} --help lists the options")


def codes(text: str) -> list[str]:
    return [code.strip().upper() for code in text.split(",") if code.strip()]


def job_count(text: str) -> int:
    if not text.isdecimal() or not 0 < int(text) <= 256:
        raise argparse.ArgumentTypeError(f"{text} is not a number of processes from 1 to 256")
    return int(text)


def date(text: str) -> datetime.date:
    try:
        return datetime.date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"{text} is not a date such as 2026-11-22") from None


def in_guide(help: str) -> str:
    """The help of an option that needs the guide's project, which `sitecheck` on another site does not list."""
    return help if IN_GUIDE else argparse.SUPPRESS


def parse(words: list[str]) -> argparse.Namespace:
    """Parse the command line. Raises CannotRun; `--help` prints and exits with 0."""
    parser = Parser(
        prog=NAME,
        description=f"Check a built site: its links, files, markup{' and facts' if IN_GUIDE else ' and addresses'}.",
        epilog="Exit status: 0 no error, 1 errors, 2 it could not run.",
        allow_abbrev=False,
        formatter_class=functools.partial(argparse.HelpFormatter, width=WIDTH),
    )
    add = parser.add_argument
    add("site", metavar="SITE", nargs="?", default="site", help="a folder or one HTML file; default site/")
    add("--format", choices=FORMATS, help="text by default; github by itself inside GitHub Actions")
    add("--select", metavar="CODES", type=codes, default=[], help="run only these families or rules: LI,SE002")
    add("--ignore", metavar="CODES", type=codes, default=[], help="leave out these families or rules")
    add("--strict", action="store_true", help="advice fails too, and every place of it is listed")
    add("--no-project", action="store_true", help=in_guide("check the built files alone, without their project"))
    add("--base", metavar="URL", default="", help="where the site will live: https://clinic.example/guide/")
    add("--due", action="store_true", help=in_guide("run only the rules whose result changes with the calendar"))
    add("--today", metavar="YYYY-MM-DD", type=date, help=in_guide("the date to check against; today by default"))
    add("--baseline", metavar="FILE", help="let the findings listed in FILE pass; new ones fail")
    add("--write-baseline", metavar="FILE", help="list the present findings in FILE and let them pass")
    add("--before-build", action="store_true", help=in_guide("check only what would stop the generator; takes no SITE"))
    add("--only-findings", action="store_true", help=in_guide("print nothing when nothing is found"))
    add("--named", metavar="NAME", default="", help=in_guide("the name of SITE in the report"))
    add("--external", action="store_true", help="also follow links that leave the site")
    add("--fix", action="store_true", help=in_guide("fix in the source what has exactly one safe correction"))
    add("--jobs", metavar="N", type=job_count, default=0, help="read with N processes; by default, as many as pay")
    add("--no-cache", action="store_true", help="read every file again")
    add("--stats", action="store_true", help="print what was read and how long it took")
    add("--rules", action="store_true", help="list the rules")
    add("--catalogue", action="store_true", help=in_guide("print --explain of every rule, as a page of Markdown"))
    add("--explain", metavar="CODE", help="print what a rule finds and why, with a bad and a good example")
    return parser.parse_args(words)
