"""One check: read the site and its project, run the rules, write the report."""

from __future__ import annotations

import io
import os
import sys
import time
from argparse import Namespace
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

from ..links.resolver import normalized_base
from ..model.command_name import BUILD_FIRST
from ..model.errors import CANNOT_RUN, CannotRun, ProjectError
from ..model.finding import Fault, Finding
from ..model.options import Options
from ..output import FORMATS_WITH_RULES, writer
from ..output.report import Report
from ..read import kind_of
from ..report.check_site import Result, check_site, selected_rules
from ..scan.snapshot import take_snapshot
from .progress import Progress
from .settings import FILE, TABLE, read_config

if TYPE_CHECKING:
    from ..links.site import Site
    from ..project.programs import Programs

BATCH = 10_000  # findings written at a time: whoever reads the first lines only may close the pipe before a second


def check_and_report(arguments: Namespace, root: Path | None, begun: Programs | None, started: float) -> int:
    """Do a check of the project in `root`, if there is one, or before the build; return the exit status.

    `begun` are the programs that look at it. Raises CannotRun.
    """
    options = options_of(arguments, root)
    try:
        result = check_before_build(options, root) if arguments.before_build else check(arguments, options, root, begun)
    except ProjectError as error:
        report(arguments, Result([unreadable(error.fault)], base=options.base), options, root, started)
        return CANNOT_RUN
    if not result.findings and (arguments.only_findings or arguments.before_build):
        return 0
    return report(arguments, result, options, root, started)


def check(arguments: Namespace, options: Options, root: Path | None, begun: Programs | None) -> Result:
    """Check the built site, and fix what can be fixed if that is wanted. Raises CannotRun, ProjectError."""
    folder, page = site_folder(arguments.site)
    with Progress(sys.stderr) as progress:
        base = options.base
        if root and not base:
            from ..project.site_url import site_url

            base = site_url(root)
        snapshot = take_snapshot(folder, base, options, root is not None, arguments.named)
        result, site = check_site(arguments, snapshot, root, begun, progress.show)
    found = [finding for finding in result.findings if page in ("", finding.page)]
    if arguments.fix:
        found = apply_fixes(arguments, site, root, found)
    return result._replace(findings=against_baseline(arguments, found, root is not None, page))


def check_before_build(options: Options, root: Path | None) -> Result:
    """Look for what would stop the generator. Raises CannotRun, ProjectError."""
    if root is None:
        raise CannotRun("there is no mkdocs.yml with docs/_data beside it here; run it from the project's folder")
    from ..project.read_project import read_project
    from ..report.before_build import blocking_findings

    return Result(blocking_findings(read_project(root), options), base=options.base)


def unreadable(fault: Fault) -> Finding:
    """The finding for a data file that is not YAML, under the rule that checks the file's shape."""
    from .. import rules
    from ..rules.registry import RULES

    rules.load()
    return next(rule for rule in RULES.values() if fault.file in rule.reads).finding(fault)


def apply_fixes(arguments: Namespace, site: Site | None, root: Path | None, found: list[Finding]) -> list[Finding]:
    """Write what can be fixed, and return the findings left. Corrections are printed to stderr, apart from the report.

    Raises CannotRun where there is no project.
    """
    if root is None or site is None:
        raise CannotRun("--fix changes the project's own files; run it from the project's folder, without --no-project")
    from ..report.fix import fix  # reads YAML, which is there for a project only

    left, corrections = fix(site, root, found)
    for line in corrections:
        print(f"fixed {line}", file=sys.stderr)
    if corrections and not arguments.named:  # scripts/build does so by itself
        print("build the site again: it still has the old words", file=sys.stderr)
    return left


def site_folder(name: str) -> tuple[Path, str]:
    """(the folder to read, the page to report on if `name` is a file). Raises CannotRun."""
    path = Path(name)
    try:
        if name and path.is_dir():
            return path, ""
        if path.is_file() and kind_of(name) == "html":
            return path.parent, path.name
    except OSError as error:
        raise CannotRun(f"{name} cannot be read: {error.strerror}") from None
    raise CannotRun(f"there is no {name}; {BUILD_FIRST}")


def options_of(arguments: Namespace, root: Path | None) -> Options:
    """The settings of the project, overridden by the command line. Raises CannotRun.

    Without a project, those of the folder in which one stands, if it holds the site: they are not meant for others.
    """
    here = Path.cwd()
    are_meant = root or Path(arguments.site).resolve().is_relative_to(here)
    options = read_config(root or here) if are_meant and not arguments.no_project else Options()
    for name, base in (("--base", arguments.base), (f"{FILE}: {TABLE}.base", options.base)):
        if base and not normalized_base(base):
            raise CannotRun(f"{name} {base} is not an address such as https://clinic.example/guide/")
    return options._replace(
        base=arguments.base or options.base,
        raised=("",) if arguments.strict else options.raised,
        jobs=arguments.jobs,
        cache=not arguments.no_cache,
    )


def against_baseline(arguments: Namespace, found: list[Finding], project: bool, page: str) -> list[Finding]:
    """The findings that the baseline does not let pass; when only one `page` is reported, no entry counts as fixed."""
    if not arguments.baseline and not arguments.write_baseline:
        return found
    from ..report import baseline

    if arguments.write_baseline:
        try:
            count = baseline.write(Path(arguments.write_baseline), found)
        except OSError as error:
            raise CannotRun(f"{arguments.write_baseline} cannot be written: {error.strerror}") from None
        print(f"{count} findings written to {arguments.write_baseline}; they pass from now on", file=sys.stderr)
        return []
    path = Path(arguments.baseline)
    codes = {rule.code for rule in selected_rules(arguments, project).rules()} if not page else set()
    return sorted(baseline.compare(path, baseline.read(path), found, codes))


def report(arguments: Namespace, result: Result, options: Options, root: Path | None, started: float) -> int:
    """Print the report in the chosen format; return the exit status. Raises CannotRun, BrokenPipeError."""
    format = arguments.format or ("github" if os.environ.get("GITHUB_ACTIONS") == "true" else "text")
    terminal = sys.stdout.isatty() and format == "text"
    colorful = terminal and os.environ.get("TERM") != "dumb"
    color = not os.environ.get("NO_COLOR") and (colorful or bool(os.environ.get("FORCE_COLOR")))
    rules = selected_rules(arguments, root is not None).rules() if format in FORMATS_WITH_RULES else []
    found = [
        finding._replace(level="error") if finding.code.startswith(options.raised) else finding
        for finding in result.findings
    ]
    seconds = time.perf_counter() - started
    content = Report(
        arguments.named or arguments.site, result.base, result.pages, result.references, seconds,
        tuple(found), tuple(rules), root or Path.cwd(), color and format == "text", terminal,
    )  # fmt: skip
    print_report(content, format)
    if arguments.stats:
        print(f"{result.files} files, {result.base or 'no base'}, {seconds:.3f} s", file=sys.stderr)
    return 1 if content.errors else 0


def print_report(content: Report, format: str) -> None:
    """Write a report to stdout. Raises CannotRun, and BrokenPipeError when nobody reads on."""
    # Names need not be Unicode. What a program reads is in UTF-8 wherever it is written.
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(errors="backslashreplace", encoding=None if format == "text" else "utf-8")
    try:
        pieces = writer(format)(content)
        while text := "".join(islice(pieces, BATCH)):
            sys.stdout.write(text)
        sys.stdout.flush()
    except BrokenPipeError:
        raise
    except OSError as error:
        sys.stdout = None  # or Python would try to write the rest once more
        raise CannotRun(f"the report cannot be written: {error.strerror}") from None
