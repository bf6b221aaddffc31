"""What the rules have to say about a site, and what they said the last time if nothing has changed since."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from ..model.errors import CannotRun
from ..model.finding import Finding
from ..model.reference_kinds import NOT_FOLLOWED
from ..scan.cache import Cache
from ..scan.snapshot import Survey

if TYPE_CHECKING:
    from ..links.site import Site
    from ..rules.registry import Rule

Progress = Callable[[int, int], None]  # files read, files to read
MEMORY = ".external-links.json"  # when each external link was first found dead; keep it between runs


class Told(NamedTuple):
    """What a report is made from."""

    findings: list[Finding]
    pages: int = 0
    references: int = 0
    files: int = 0
    base: str = ""


def tell(
    asked: Namespace, ground: Survey, root: Path | None, progress: Progress | None = None
) -> tuple[Told, Site | None]:
    """What is wrong with the site; the site itself only if it had to be read. Raises CannotRun."""
    memory = memory_of(asked, ground)
    key = repr((asked.select, asked.ignore, ground.options, ground.folder))  # findings name the folder as it was typed
    if kept := memory.recall(key):
        return Told(list(map(Finding._make, kept[0])), *kept[1:]), None
    told, site = tell_anew(asked, ground, root, progress)
    if memory.pack:
        memory.keep(key, (list(map(tuple, told.findings)), *told[1:]))
    return told, site


def memory_of(asked: Namespace, ground: Survey) -> Cache:
    """Where findings are kept; a project, the date and other hosts change while the built files stay as they are."""
    if ground.project is not None or asked.external or asked.due:
        return Cache()
    return ground.cache.whole(ground.listing)


def tell_anew(asked: Namespace, ground: Survey, root: Path | None, progress: Progress | None) -> tuple[Told, Site]:
    """Read the site and ask the rules."""
    from ..links.site import read
    from .findings import findings

    rules = rules_asked(asked, ground.project is not None)
    check_codes(asked)
    site = read(ground, asked.today, progress)
    if asked.external:
        site = with_external(site, root)
    found = findings(site, rules)
    return Told(found, len(site.pages), site.links.count, len(site.listing.files), site.base), site


def rules_asked(asked: Namespace, project: bool) -> list[Rule]:
    """The rules that are asked."""
    from .findings import chosen

    return chosen(asked.select, asked.ignore, project=project, due=asked.due, external=asked.external)


def check_codes(asked: Namespace) -> None:
    """A code that names nothing would hide that nothing was asked."""
    from .. import rules
    from ..rules.registry import RULES

    for code in asked.select + asked.ignore:
        if not any(known.startswith(code) for known in RULES):
            rules.load()
        if not any(known.startswith(code) for known in RULES):
            raise CannotRun(f"there is no rule or family {code}; scripts/check --rules lists them")


def with_external(site: Site, root: Path | None) -> Site:
    """The site with what following its external links has shown."""
    from ..links import external

    addresses = [
        address
        for address, uses in site.links.away.items()
        if address.startswith(("http:", "https:")) and any(use.ref.kind not in NOT_FOLLOWED for use in uses)
    ]
    try:
        memory = (root or Path.cwd()) / MEMORY
        return site._replace(dead=external.dead_twice(addresses, memory, site.today))
    except external.NoLychee as error:
        raise CannotRun(str(error)) from None
    except OSError as error:
        raise CannotRun(f"{MEMORY} cannot be written: {error.strerror}") from None
