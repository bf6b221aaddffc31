"""The result of checking a site: kept from the last run while no file has changed, else made by running the rules."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from ..model.command_name import BUILD_FIRST, IN_GUIDE, NAME
from ..model.errors import CannotRun
from ..model.finding import Finding
from ..model.reference_kinds import NOT_FOLLOWED
from ..read import kind_of
from ..scan.cache import Cache
from ..scan.snapshot import Snapshot
from ..scan.workers import usable_processors

if TYPE_CHECKING:
    from ..links.site import Site
    from ..project.programs import Programs
    from .findings import Selection

Progress = Callable[[int, int], None]  # files read, files to read
LAST: list[Site] = []  # the last site is kept: to free its objects, one by one, takes longer than the process should
DEAD_LINKS = ".external-links.json"  # when each external link was first found dead; keep it between runs


class Result(NamedTuple):
    """What a report is made from."""

    findings: list[Finding]
    pages: int = 0
    references: int = 0
    files: int = 0
    base: str = ""


def check_site(
    arguments: Namespace, snapshot: Snapshot, root: Path | None, begun: Programs | None, progress: Progress
) -> tuple[Result, Site | None]:
    """(the result, the site if it had to be read). Raises CannotRun, ProjectError.

    `root` is the project's folder, if there is one, and `begun` what looks at it.
    """
    files_decide = not (root or arguments.external or arguments.due)  # the built files alone
    cache = snapshot.cache.of_whole_site(snapshot.listing) if files_decide else Cache()
    # Findings name the folder as it was typed.
    key = repr((arguments.select, arguments.ignore, snapshot.options, snapshot.name))
    if cached := cache.load_result(key):
        return Result(list(map(Finding._make, cached[0])), *cached[1:]), None
    result, site = read_and_check(arguments, snapshot, root, begun, progress)
    cache.save_result(key, ([tuple(finding) for finding in result.findings], *result[1:]))
    return result, site


def read_and_check(
    arguments: Namespace, snapshot: Snapshot, root: Path | None, begun: Programs | None, progress: Progress
) -> tuple[Result, Site]:
    """Read the site and its project, and run the rules. Raises CannotRun, ProjectError."""
    from .. import rules
    from ..links.site import UnreadSite
    from .findings import findings

    unread = UnreadSite(snapshot)  # other processes read it while this one reads the project
    project = None
    if root:
        from ..project.read_project import read_project

        project = read_project(root, begun)
        rules.load_modules(rules.FOR_A_PROJECT[0])  # the other processes still read; those that follow have them then
    require_page(snapshot)
    check_codes([*arguments.select, *arguments.ignore])
    LAST[:] = [site := unread.read(project, arguments.today, progress)]
    if arguments.external:
        site = with_dead_links(site, root)
    jobs = site.options.jobs or (usable_processors() if project else 1)  # without a project, the rules take no time
    found = findings(site, selected_rules(arguments, root is not None), jobs)
    return Result(found, len(site.pages), site.links.count, len(site.listing.files), site.base), site


def require_page(snapshot: Snapshot) -> None:
    """Raises CannotRun if a site has no page."""
    if not any(kind_of(path) == "html" for path in snapshot.listing.files) and not snapshot.listing.unreadable:
        raise CannotRun(f"there is no page in {snapshot.listing.folder}; {BUILD_FIRST}")


def selected_rules(arguments: Namespace, project: bool) -> Selection:
    """The rules that the command line selects, on a site with or without its project."""
    from .findings import select_rules

    return select_rules(
        arguments.select, arguments.ignore, project=project, due=arguments.due, external=arguments.external
    )


def check_codes(codes: list[str]) -> None:
    """Raises CannotRun for a code that no rule has: with a typing mistake in --select, no rule would run."""
    from .. import rules
    from ..rules.registry import RULES

    if codes:
        rules.load(IN_GUIDE)
    for code in codes:
        if not any(known.startswith(code) for known in RULES):
            raise CannotRun(f"there is no rule or family {code}; {NAME} --rules lists them")


def with_dead_links(site: Site, root: Path | None) -> Site:
    """The site with the external links that do not answer. Raises CannotRun."""
    from ..links import external

    addresses = [
        address
        for address, uses in site.links.external.items()
        if address.startswith(("http:", "https:")) and any(use.ref.kind not in NOT_FOLLOWED for use in uses)
    ]
    try:
        file = (root or Path.cwd()) / DEAD_LINKS
        return site._replace(dead=external.dead_twice(addresses, file, site.today))
    except external.NoLychee as error:
        raise CannotRun(str(error)) from None
    except OSError as error:
        raise CannotRun(f"{DEAD_LINKS} cannot be written: {error.strerror}") from None
