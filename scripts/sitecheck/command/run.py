"""One run: find the project, read the site, ask the rules, write the report."""

from __future__ import annotations

import io
import os
import sys
import time
from argparse import Namespace
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

from ..links.resolver import home
from ..model.errors import CannotRun
from ..model.finding import Fault, Finding
from ..model.options import Options
from ..output import LISTING_RULES, Report, writer
from ..read import kind_of
from ..report.result_cache import Told, rules_asked, tell
from ..scan.snapshot import survey
from .arguments import parse
from .progress import Progress
from .settings import FILE, TABLE, read_config

if TYPE_CHECKING:
    from ..links.site import Site

AT_ONCE = 10_000  # findings written in one go: a reader of the first line only may be gone before a second


def run(arguments: list[str], started: float) -> int:
    """Do what the command line asks. Raises CannotRun when that cannot be done."""
    asked = parse(arguments)
    if asked.rules or asked.catalogue or asked.explain:
        return catalogue(asked)
    root = None if asked.no_project else project_root(Path(asked.site))
    options = options_of(asked, root)
    if not asked.before_build:
        site_folder(asked.site)
    project = None
    if root is None and asked.before_build:
        raise CannotRun("there is no mkdocs.yml with docs/_data beside it here; run it from the project's folder")
    if root is not None:
        from ..project import ProjectError, read_project

        try:
            if asked.before_build:
                return before_build(asked, options, root, started)
            project = read_project(root)
        except ProjectError as error:
            return report(asked, Told([], base=options.base), [unreadable(error.fault)], root, started) and 2
    folder, only = site_folder(asked.site)
    ground = survey(folder, project, asked.base, options, asked.named)
    if not any(kind_of(path) == "html" for path in ground.listing.files) and not ground.listing.unreadable:
        raise CannotRun(f"there is no page in {folder}; build the site first (scripts/build), or name its folder")
    with Progress(sys.stderr) as progress:
        told, site = tell(asked, ground, root, progress.tell)
    found = called(told.findings, folder, asked.named)
    if only:
        found = [one for one in found if one.page == only]
    if asked.fix:
        found = mended(asked, site, root, found)
    found = against_baseline(asked, found, project is not None, only)
    if asked.only_findings and not found:
        return 0
    return report(asked, told, found, root, started)


def unreadable(fault: Fault) -> Finding:
    """A data file that is not YAML, under the rule that holds the file."""
    from .. import rules
    from ..rules.registry import RULES

    rules.load()
    holder = next(rule for rule in RULES.values() if fault.file in rule.data_files)
    return Finding(fault.file, fault.line, fault.column, holder.code, holder.name, fault.message)


def before_build(asked: Namespace, options: Options, root: Path, started: float) -> int:
    """What stands in the way of generating the site; silent when nothing does."""
    from ..report.before_build import preflight

    found = preflight(root, options)
    return report(asked, Told([], base=options.base), found, root, started) if found else 0


def mended(asked: Namespace, site: Site | None, root: Path | None, found: list[Finding]) -> list[Finding]:
    """What is left after --fix; what was mended goes to the error stream, so that reports stay whole."""
    from ..report.fix import mend

    if root is None or site is None or site.project is None:
        raise CannotRun("--fix mends the project's own files; run it from the project's folder, without --no-project")
    left, told = mend(site, root, found)
    for line in told:
        print(f"mended {line}", file=sys.stderr)
    if told and not asked.named:  # scripts/build does so by itself
        print("build the site again: it still has the old words", file=sys.stderr)
    return left


def catalogue(asked: Namespace) -> int:
    """--rules, --catalogue and --explain."""
    from .. import rules
    from ..rules.registry import RULES
    from . import explain

    rules.load()
    if asked.rules:
        print(explain.catalogue())
    elif asked.catalogue:
        print(explain.page(), end="")
    elif rule := RULES.get(asked.explain.strip().upper()):
        print(explain.explain(rule))
    else:
        raise CannotRun(f"there is no rule {asked.explain}; scripts/check --rules lists them")
    return 0


def called(found: list[Finding], folder: Path, name: str) -> list[Finding]:
    """The findings with the site's folder under the name that the person knows."""
    before = f"{folder.as_posix()}/"
    if not name:
        return found
    return [
        one._replace(file=f"{name}/{one.file.removeprefix(before)}") if one.file.startswith(before) else one
        for one in found
    ]


def site_folder(name: str) -> tuple[Path, str]:
    """The folder to read, and the one page that was asked for if it was a file."""
    path = Path(name)
    try:
        if name and path.is_dir():
            return path, ""
        if path.is_file() and kind_of(name) == "html":
            return path.parent, path.name
    except OSError as error:
        raise CannotRun(f"{name} cannot be read: {error.strerror}") from None
    raise CannotRun(f"there is no {name}; build the site first (scripts/build), or name its folder")


def project_root(site: Path) -> Path | None:
    """The folder with mkdocs.yml and docs/_data: around the site, else the current one."""
    here = Path.cwd()
    for folder in (*site.absolute().parents, here):
        if (folder / "mkdocs.yml").is_file():
            return folder if (folder / "docs" / "_data").is_dir() else None
    return None


def options_of(asked: Namespace, root: Path | None) -> Options:
    """Settings of the project, then of the command line."""
    options = read_config(root or Path.cwd()) if not asked.no_project else Options()
    for asking, base in (("--base", asked.base), (f"{FILE}: {TABLE}.base", options.base)):
        if base and not home(base):
            raise CannotRun(f"{asking} {base} is not an address such as https://clinic.example/guide/")
    return options._replace(jobs=asked.jobs, cache=not asked.no_cache)


def against_baseline(asked: Namespace, found: list[Finding], project: bool, only: str) -> list[Finding]:
    """What is left when known faults pass. Where `only` one page was asked for, what is mended is not known."""
    if not asked.baseline and not asked.write_baseline:
        return found
    from ..report import baseline

    if asked.write_baseline:
        try:
            many = baseline.write(Path(asked.write_baseline), found)
        except OSError as error:
            raise CannotRun(f"{asked.write_baseline} cannot be written: {error.strerror}") from None
        print(f"{many} findings written to {asked.write_baseline}; they pass from now on", file=sys.stderr)
        return []
    path = Path(asked.baseline)
    codes = {rule.code for rule in rules_asked(asked, project)} if not only else set()
    return sorted(baseline.compare(path, baseline.read(path), found, codes))


def report(asked: Namespace, told: Told, found: list[Finding], root: Path | None, started: float) -> int:
    """Print the report in the format that was asked for; 1 if it has findings."""
    format = asked.format or ("github" if os.environ.get("GITHUB_ACTIONS") == "true" else "text")
    terminal = sys.stdout.isatty() and format == "text"
    colorful = terminal and os.environ.get("TERM") != "dumb"
    color = not os.environ.get("NO_COLOR") and (colorful or bool(os.environ.get("FORCE_COLOR")))
    rules = rules_asked(asked, root is not None) if format in LISTING_RULES else []
    made = Report(
        asked.named or asked.site, told.base, told.pages, told.references, time.perf_counter() - started,
        tuple(found), tuple(rules), root or Path.cwd(), color and format == "text", terminal,
    )  # fmt: skip
    # Names need not be Unicode. What a program reads is in UTF-8 wherever it is written.
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(errors="backslashreplace", encoding=None if format == "text" else "utf-8")
    try:
        pieces = writer(format)(made)
        while some := "".join(islice(pieces, AT_ONCE)):
            sys.stdout.write(some)
        sys.stdout.flush()
    except BrokenPipeError:
        raise
    except OSError as error:
        sys.stdout = None  # what is left in it would be tried again
        raise CannotRun(f"the report cannot be written: {error.strerror}") from None
    if asked.stats:
        print(f"{told.files} files, {told.base or 'no base'}, {made.seconds:.3f} s", file=sys.stderr)
    return 1 if found else 0
