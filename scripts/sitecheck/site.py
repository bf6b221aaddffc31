"""A built site, read once and frozen: everything that a rule may look at."""

from __future__ import annotations

import datetime
import functools
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from .collect import collect
from .facts import Page
from .links import Links, follow
from .listing import Listing, list_site
from .options import Options
from .urls import Link, Resolver

if TYPE_CHECKING:
    from .project.model import Project


@dataclass(frozen=True)
class Site:
    """One built site. `pages` holds its HTML, `others` the style sheets, feeds, indexes and so on that refer to files."""

    folder: Path
    listing: Listing
    pages: Mapping[str, Page]
    others: Mapping[str, Page]
    links: Links
    resolver: Resolver
    options: Options
    today: datetime.date
    project: Project | None = None

    @property
    def base(self) -> str:
        """Where the site will live, with a slash at its end; empty while nobody has said."""
        return self.resolver.base if self.resolver.known else ""

    def resolve(self, raw: str, page: str) -> Link:
        """Where an address written on a page leads."""
        return self.resolver.link(raw, page, self.pages[page].base if page in self.pages else "")

    @functools.cached_property
    def linked_from(self) -> dict[str, set[str]]:
        """File -> the files that refer to it, itself left out."""
        found: dict[str, set[str]] = {}
        for page, targets in self.links.reached.items():
            for target in targets - {page}:
                found.setdefault(target, set()).add(page)
        return found


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
    folder = Path(folder)
    listing = list_site(folder)
    pages, others = collect(listing, options, prose=project is not None)
    resolver = Resolver(listing, base or options.base, options.index, options.clean_urls)
    links = follow({**pages, **others}, resolver)
    return Site(
        folder, listing, pages, others, links, resolver, options, today or datetime.date.today(), project
    )  # fmt: skip
