"""A built site, read once and never changed: everything that a rule may look at."""

from __future__ import annotations

import datetime
import functools
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, NamedTuple

from ..model.finding import Fault
from ..model.options import Options
from ..model.page import MarkupIssue, Page
from ..model.paths import NOT_FOUND
from ..scan.listing import Listing
from ..scan.snapshot import Snapshot, take_snapshot
from .file_names import FileNames
from .follow import Follower
from .graph import Links, join
from .read_site_files import Reader, SiteReading
from .redirects import parse_redirects
from .resolver import Link, Resolver

if TYPE_CHECKING:
    from ..project.model import Project


class Facts(NamedTuple):
    """What was read of a site. `pages` are its HTML files; `others` the styles, feeds and indexes with references."""

    name: str  # of its folder, as a person types it
    listing: Listing
    pages: Mapping[str, Page]
    others: Mapping[str, Page]
    links: Links
    resolver: Resolver
    options: Options
    today: datetime.date
    project: Project | None = None
    unreadable: Mapping[str, str] = MappingProxyType({})  # path -> the error of the operating system
    dead: Mapping[str, str] = MappingProxyType({})  # address on another host -> why it fails; only with --external


class Site(Facts):
    """One built site, with what several rules need."""

    @property
    def base(self) -> str:
        """The address where the site will live, with a slash at its end; "" if unknown."""
        return self.resolver.base if self.resolver.base_known else ""

    def resolve(self, raw: str, page: str) -> Link:
        """Where an address written on a page leads."""
        return self.resolver.link(raw, page, self.pages[page].base if page in self.pages else "")

    def content_pages(self) -> Iterator[Page]:
        """Pages with content: all but those that only forward."""
        return (page for page in self.pages.values() if not page.forwards)

    def markup_issues(self, *kinds: str) -> Iterator[tuple[Page, MarkupIssue]]:
        """The markup issues of these kinds, each with its file."""
        return (pair for kind in kinds for pair in self.issues_by_kind.get(kind, ()))

    def issue_faults(self, message: str, *kinds: str, nameless: str = "") -> Iterator[Fault]:
        """A fault for each markup issue of these kinds; {} in the message stands for its detail, or for `nameless`."""
        for page, issue in self.markup_issues(*kinds):
            yield page.fault(issue, message.format(issue.detail or nameless))

    @functools.cached_property
    def issues_by_kind(self) -> dict[str, list[tuple[Page, MarkupIssue]]]:
        """The markup issues of all files, by their kind."""
        by_kind: dict[str, list[tuple[Page, MarkupIssue]]] = {}
        for page in (*self.pages.values(), *self.others.values()):
            for issue in page.markup_issues:
                by_kind.setdefault(issue.kind, []).append((page, issue))
        return by_kind

    def places_of(self, raw: str, page: str) -> dict[tuple[int, int], int]:
        """(line, column) of the references in <main> of a page that are written like this -> its index."""
        if page not in self._places:
            places = self._places[page] = {}
            for ref in self.pages[page].refs if page in self.pages else ():
                if ref.in_main:
                    same = places.setdefault(ref.raw, {})
                    same.setdefault((ref.line, ref.column), len(same))
        return self._places[page].get(raw, {})

    @functools.cached_property
    def _places(self) -> dict[str, dict[str, dict[tuple[int, int], int]]]:
        return {}

    @functools.cached_property
    def orphans(self) -> list[str]:
        """Pages that no links lead to from the start page; without a start page, those that nothing links to."""
        found = {path for path, page in self.pages.items() if page.forwards} | {NOT_FOUND}
        if self.start:
            found |= self.links.reachable({self.start, *self.pages_named_in_scripts()}, self.pages)
        elif len(self.pages) > 1:
            found |= {target for path in self.pages for target in self.links.targets(path) if target != path}
            found |= self.pages_named_in_scripts()
        else:
            found |= self.pages.keys()
        return [path for path in self.pages if path not in found]

    @functools.cached_property
    def stray_templates(self) -> frozenset[str]:
        """Pages that no reader is led to and that a program has still to fill in: themes leave them behind."""
        templates = {path for path, page in self.pages.items() if page.is_template}
        return frozenset(templates.intersection(self.orphans) if templates else ())

    def pages_named_in_scripts(self) -> set[str]:
        """Pages that a script names, as Doxygen's menus do. An index does not count: every folder has one."""
        named = self.named_in_scripts.difference(self.options.index_files)
        return {path for path in self.pages if path.rpartition("/")[2] in named}

    @functools.cached_property
    def start(self) -> str:
        """The path of the start page; "" if there is none."""
        return self.resolver.table.get("", "")

    @functools.cached_property
    def names(self) -> FileNames:
        """The names of the files, indexed for suggestions."""
        return FileNames(self.listing.files)

    @functools.cached_property
    def named_in_scripts(self) -> frozenset[str]:
        """Names of files that scripts mention and may load."""
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
    options = options or Options()
    base = base or options.base or (project.site_url if project else "")
    return UnreadSite(take_snapshot(Path(folder), base, options, project is not None)).read(project, today)


class UnreadSite:
    """A site whose files other processes have begun to read, so that this one can do other work meanwhile."""

    def __init__(self, snapshot: Snapshot) -> None:
        options, listing = snapshot.options, snapshot.listing
        redirects = parse_redirects(snapshot.redirects) if snapshot.redirects else {}
        self.snapshot = snapshot
        self.resolver = Resolver(
            listing, snapshot.base, options.index_files, options.clean_urls, redirects, options.rewrite
        )
        cache = snapshot.cache.open()
        reader = Reader(listing, Follower(self.resolver), cache, snapshot.has_project, options.reading)
        self.reading = SiteReading(reader, options.jobs)

    def read(
        self,
        project: Project | None,
        today: datetime.date | None = None,
        progress: Callable[[int, int], None] | None = None,
    ) -> Site:
        """The site, when all is read. `progress` is called with the numbers of files read and to read."""
        name, listing, _, _, options, *_ = self.snapshot
        facts = self.reading.facts(progress)
        links = join(facts.followed, {**facts.pages, **facts.others}, self.resolver)
        return Site(
            name, listing, facts.pages, facts.others, links, self.resolver, options,
            today or datetime.date.today(), project, facts.unreadable,
        )  # fmt: skip
