"""A built site, read once and frozen: everything that a rule may look at."""

from __future__ import annotations

import datetime
import functools
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, NamedTuple

from ..model.options import Options
from ..model.page import Flaw, Page
from ..model.paths import NOT_FOUND
from ..scan.listing import Listing
from ..scan.snapshot import Survey, survey
from .file_names import FileNames
from .follow import Follower
from .graph import Links, joined
from .read_site_files import Reader, collect
from .redirects import rules_of
from .resolver import Link, Resolver

if TYPE_CHECKING:
    from ..project.model import Project


class Facts(NamedTuple):
    """What was read of a site. `pages` is its HTML; `others` the styles, feeds, indexes that refer to files too."""

    folder: Path
    listing: Listing
    pages: Mapping[str, Page]
    others: Mapping[str, Page]
    links: Links
    resolver: Resolver
    options: Options
    today: datetime.date
    project: Project | None = None
    unreadable: Mapping[str, str] = MappingProxyType({})  # path -> what the system says
    dead: Mapping[str, str] = MappingProxyType({})  # address of another host -> why it fails; --external only


class Site(Facts):
    """One built site, and what the rules ask of it more than once."""

    @functools.cached_property
    def name(self) -> str:
        """The folder as a person would type it."""
        return self.folder.as_posix()

    @property
    def base(self) -> str:
        """Where the site will live, with a slash at its end; empty while nobody has said."""
        return self.resolver.base if self.resolver.known else ""

    def resolve(self, raw: str, page: str) -> Link:
        """Where an address written on a page leads."""
        return self.resolver.link(raw, page, self.pages[page].base if page in self.pages else "")

    def whole_pages(self) -> Iterator[Page]:
        """Pages that a reader stays on: not those that only forward."""
        return (page for page in self.pages.values() if not page.forwards)

    def flaws(self, *kinds: str) -> Iterator[tuple[Page, Flaw]]:
        """What the readers of files noted, with the file."""
        return (noted for kind in kinds for noted in self.noted.get(kind, ()))

    @functools.cached_property
    def noted(self) -> dict[str, list[tuple[Page, Flaw]]]:
        """All flaws, by what they are."""
        found: dict[str, list[tuple[Page, Flaw]]] = {}
        for page in (*self.pages.values(), *self.others.values()):
            for flaw in page.flaws:
                found.setdefault(flaw.what, []).append((page, flaw))
        return found

    @functools.cached_property
    def linked(self) -> frozenset[str]:
        """The files that some file refers to."""
        return self.links.all_targets()

    @functools.cached_property
    def orphans(self) -> list[str]:
        """Pages that no way of links leads to from the start page; without one, pages that nothing links to."""
        found = {path for path, page in self.pages.items() if page.forwards} | {NOT_FOUND}
        if self.start:
            found |= self.links.found_from({self.start, *self.in_menus_of_scripts()}, self.pages)
        elif len(self.pages) > 1:
            found |= {target for path in self.pages for target in self.links.targets(path) if target != path}
            found |= self.in_menus_of_scripts()
        else:
            found |= self.pages.keys()
        return [path for path in self.pages if path not in found]

    def in_menus_of_scripts(self) -> set[str]:
        """Pages that a script names, as Doxygen's menus do. The name of an index tells nothing: each folder has one."""
        named = self.named_in_scripts.difference(self.options.index_files)
        return {path for path in self.pages if path.rpartition("/")[2] in named}

    @functools.cached_property
    def start(self) -> str:
        """The start page; "" if there is none."""
        return self.resolver.table.get("", "")

    @functools.cached_property
    def names(self) -> FileNames:
        """What suggestions are looked for in."""
        return FileNames(self.listing.files)

    @functools.cached_property
    def named_in_scripts(self) -> frozenset[str]:
        """Names of files that scripts mention, and may load."""
        return frozenset(name for other in self.others.values() for name in other.names)


def read_site(
    folder: Path | str,
    project: Project | None = None,
    *,
    base: str = "",
    today: datetime.date | None = None,
    options: Options | None = None,
) -> Site:
    """Read a built site: a folder, or one HTML file whose folder is then the site. Raises OSError if there is none."""
    return read(survey(Path(folder), project, base, options or Options()), today)


def read(
    ground: Survey, today: datetime.date | None = None, progress: Callable[[int, int], None] | None = None
) -> Site:
    """Read what a survey has listed."""
    options, listing = ground.options, ground.listing
    redirects = rules_of(ground.redirects) if ground.redirects else {}
    resolver = Resolver(listing, ground.base, options.index_files, options.clean_urls, redirects, options.rewrite)
    reader = Reader(listing, Follower(resolver), ground.cache.open(), ground.project is not None, options.reading)
    found = collect(reader, options.jobs, progress)
    links = joined(found.followed, {**found.pages, **found.others}, resolver)
    return Site(
        ground.folder, listing, found.pages, found.others, links, resolver, options,
        today or datetime.date.today(), ground.project, found.failed,
    )  # fmt: skip
