"""One run: find the project, read the site, ask the rules, write the report."""

from __future__ import annotations

import dataclasses
import os
import sys
import time
from argparse import Namespace
from pathlib import Path
from typing import TYPE_CHECKING

from . import baseline
from .arguments import Unusable, parse
from .config import read_config
from .finding import Finding
from .options import Options
from .output import Report, writer

MEMORY = ".external-links.json"  # when each external link was first found dead; keep it between runs

if TYPE_CHECKING:
    from .registry import Rule
    from .site import Site


def run(arguments: list[str], started: float) -> int:
    """Do what the command line asks. Raises Unusable, BadConfig or BadBaseline when that cannot be done."""
    asked = parse(arguments)
    if asked.rules or asked.catalogue or asked.explain:
        return catalogue(asked)
    root = None if asked.no_project else project_root(Path(asked.site))
    options = options_of(asked, root)
    if not asked.before_build:
        site_folder(asked.site)
    project = None
    if root is not None or asked.before_build:
        from .project import ProjectError, read_project

        try:
            if asked.before_build:
                return before_build(asked, options, root, started)
            project = read_project(root)
        except ProjectError as error:
            return report(asked, options, None, [error.finding], [], root, started) and 2
    from . import ignoring  # noqa: F401  (its rules)
    from .progress import Progress
    from .run import chosen, findings
    from .site import read_site

    rules = chosen(asked.select, asked.ignore, project=project is not None, due=asked.due)
    check_codes(asked)
    folder, only = site_folder(asked.site)
    with Progress(sys.stderr) as progress:
        base = asked.base or options.base or (project.site_url if project else "")
        site = read_site(folder, project, base=base, today=asked.today, options=options, progress=progress.tell)
        if asked.external:
            site = with_external(site, root)
        found = [called(one, folder, asked.named) for one in findings(site, rules)]
    if only:
        found = [one for one in found if one.page == only]
    if asked.fix:
        found = mended(site, root, found)
    found = against_baseline(asked, rules, found)
    return report(asked, options, site, found, rules, root, started)


def before_build(asked: Namespace, options: Options, root: Path | None, started: float) -> int:
    """What stands in the way of generating the site; silent when nothing does."""
    from .project.preflight import preflight

    if root is None:
        raise Unusable("there is no mkdocs.yml with docs/_data beside it here; run it from the project's folder")
    found = preflight(root)
    return report(asked, options, None, found, [], root, started) if found else 0


def with_external(site: Site, root: Path | None) -> Site:
    """The site with what following its external links has shown."""
    from . import external

    addresses = [one for one in site.links.away if one.startswith(("http:", "https:"))]
    try:
        memory = (root or Path.cwd()) / MEMORY
        return dataclasses.replace(site, dead=external.dead_twice(addresses, memory, site.today))
    except external.NoLychee as error:
        raise Unusable(str(error)) from None
    except OSError as error:
        raise Unusable(f"{MEMORY} cannot be written: {error.strerror}") from None


def mended(site: Site, root: Path | None, found: list[Finding]) -> list[Finding]:
    """What is left after --fix; what was mended goes to the error stream, so that reports stay whole."""
    from .mend import mend

    if root is None or site.project is None:
        raise Unusable("--fix mends the project's own files; run it from the project's folder, without --no-project")
    left, told = mend(site, root, found)
    for line in told:
        print(f"mended {line}", file=sys.stderr)
    if told:
        print("build the site again: it still has the old words", file=sys.stderr)
    return left


def catalogue(asked: Namespace) -> int:
    """--rules, --catalogue and --explain."""
    from . import explain, ignoring, rules  # noqa: F401  (with its own rules)
    from .registry import RULES

    rules.load()
    if asked.rules:
        print(explain.catalogue())
    elif asked.catalogue:
        print(explain.page(), end="")
    elif rule := RULES.get(asked.explain.strip().upper()):
        print(explain.explain(rule))
    else:
        raise Unusable(f"there is no rule {asked.explain}; scripts/check --rules lists them")
    return 0


def check_codes(asked: Namespace) -> None:
    """A code that names nothing would hide that nothing was asked."""
    from . import rules
    from .registry import RULES

    for code in asked.select + asked.ignore:
        if not any(known.startswith(code) for known in RULES):
            rules.load()
        if not any(known.startswith(code) for known in RULES):
            raise Unusable(f"there is no rule or family {code}; scripts/check --rules lists them")


def called(finding: Finding, folder: Path, name: str) -> Finding:
    """The finding with the site's folder under the name that the person knows."""
    inside = finding.file.removeprefix(f"{folder.as_posix()}/")
    return dataclasses.replace(finding, file=f"{name}/{inside}") if name and inside != finding.file else finding


def site_folder(name: str) -> tuple[Path, str]:
    """The folder to read, and the one page that was asked for if it was a file."""
    path = Path(name)
    try:
        if path.is_dir():
            return path, ""
        if path.is_file():
            return path.parent, path.name
    except OSError as error:
        raise Unusable(f"{name} cannot be read: {error.strerror}") from None
    raise Unusable(f"there is no {name}; build the site first (scripts/build), or name its folder")


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
    if asked.base:
        from urllib.parse import urlsplit

        parts = urlsplit(asked.base)
        if parts.scheme not in ("http", "https") or not parts.netloc:
            raise Unusable(f"--base {asked.base} is not an address such as https://clinic.example/guide/")
    return dataclasses.replace(options, jobs=asked.jobs, cache=not asked.no_cache)


def against_baseline(asked: Namespace, rules: list[Rule], found: list[Finding]) -> list[Finding]:
    """What is left when known faults pass."""
    if asked.write_baseline:
        try:
            many = baseline.write(Path(asked.write_baseline), found)
        except OSError as error:
            raise Unusable(f"{asked.write_baseline} cannot be written: {error.strerror}") from None
        print(f"{many} findings written to {asked.write_baseline}; they pass from now on", file=sys.stderr)
        return []
    if asked.baseline:
        path = Path(asked.baseline)
        return sorted(baseline.compare(path, baseline.read(path), found, {rule.code for rule in rules}))
    return found


def report(
    asked: Namespace, options: Options, site: Site | None, found: list[Finding], rules: list[Rule], root: Path | None,
    started: float,
) -> int:  # fmt: skip
    """Print the report in the format that was asked for; 1 if it has findings."""
    format = asked.format or ("github" if os.environ.get("GITHUB_ACTIONS") == "true" else "text")
    terminal = sys.stdout.isatty() and format == "text"
    color = not os.environ.get("NO_COLOR") and (terminal or bool(os.environ.get("FORCE_COLOR")))
    made = Report(
        asked.named or asked.site, site.base if site else options.base, len(site.pages) if site else 0,
        site.links.count if site else 0, time.perf_counter() - started, tuple(found), tuple(rules),
        root or Path.cwd(), color and format == "text", terminal,
    )  # fmt: skip
    sys.stdout.reconfigure(errors="backslashreplace")  # names need not be Unicode
    print(writer(format)(made), flush=True)
    if asked.stats and site:
        print(f"{len(site.listing.files)} files, {site.base or 'no base'}, {made.seconds:.3f} s", file=sys.stderr)
    return 1 if found else 0
