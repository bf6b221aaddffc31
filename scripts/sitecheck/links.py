"""Every reference of the site followed once; what is kept is what went wrong, and who is pointed to."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import NamedTuple
from urllib.parse import unquote

from .facts import Page, Ref
from .urls import Resolver

# Kinds that only promise an address and load nothing from it.
NOT_FOLLOWED = frozenset(("preconnect", "dns-prefetch", "usemap", "base"))


class Trouble(NamedTuple):
    """A reference that does not lead where its writer wanted."""

    page: str
    ref: Ref
    verdict: str  # as in urls.Link, or "no-fragment", "empty"
    path: str  # the file or address meant
    fragment: str


@dataclass(slots=True)
class Links:
    """What following every reference has shown."""

    count: int = 0
    troubles: list[Trouble] = field(default_factory=list)
    reached: dict[str, set[str]] = field(default_factory=dict)  # file -> files that it refers to
    away: dict[str, list[Trouble]] = field(default_factory=dict)  # address of another host -> its uses

    def of(self, *verdicts: str) -> list[Trouble]:
        """The troubles of these kinds, in order of page and place."""
        return [trouble for trouble in self.troubles if trouble.verdict in verdicts]


def follow(documents: Mapping[str, Page], resolver: Resolver) -> Links:
    """Resolve every reference of every document against the listing, then its fragment against the target's ids."""
    links = Links()
    targets: dict[str, frozenset[str]] = {}
    for page in documents.values():
        reached = links.reached[page.path] = set()
        for ref in page.refs:
            links.count += 1
            if ref.kind in NOT_FOLLOWED:
                continue
            if not ref.raw.strip():
                links.troubles.append(Trouble(page.path, ref, "empty", page.path, ""))
                continue
            verdict, path, fragment = resolver.link(ref.raw, page.path, page.base)
            if verdict == "file":
                reached.add(path)
                if fragment and (target := documents.get(path)) is not None:
                    if (ids := targets.get(path)) is None:
                        ids = targets[path] = fragments_of(target)
                    if fragment not in ids and not fragment_exists(fragment, ids):
                        links.troubles.append(Trouble(page.path, ref, "no-fragment", path, fragment))
            elif verdict == "away":
                links.away.setdefault(path, []).append(Trouble(page.path, ref, verdict, path, ""))
            else:
                links.troubles.append(Trouble(page.path, ref, verdict, path, fragment))
    return links


def fragments_of(page: Page) -> frozenset[str]:
    """What a fragment can point to on a page."""
    return frozenset([row[0] for row in page.ids]).union(page.names)


def fragment_exists(fragment: str, ids: frozenset[str]) -> bool:
    """WHATWG HTML, "find a potential indicated element": as written, then percent-decoded, then "top"."""
    fragment = fragment.split(":~:")[0]  # what follows is for the browser alone: text to highlight
    decoded = unquote(fragment)
    return not fragment or fragment in ids or decoded in ids or decoded.lower() == "top"
