"""Every reference of the site followed once; what is kept is what went wrong, and who is pointed to."""

from __future__ import annotations

import re
from array import array
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from urllib.parse import unquote

from .facts import Page, Ref
from .kinds import NEVER_A_PAGE, NOT_FOLLOWED
from .redirects import forwarded
from .trouble import Trouble
from .urls import Link, Resolver, ancestors

CHECKED_SCHEMES = frozenset(("scheme:mailto", "scheme:tel", "scheme:sms", "scheme:geo", "scheme:file"))
SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:")
DROPPED = dict.fromkeys(map(ord, "\t\n\r"))
HTML = (".html", ".htm", ".xhtml")


@dataclass(slots=True)
class Links:
    """What following every reference has shown."""

    count: int = 0
    troubles: list[Trouble] = field(default_factory=list)
    reached: dict[str, array] = field(default_factory=dict)  # file -> numbers of the files that it refers to
    files: tuple[str, ...] = ()  # number -> file
    away: dict[str, list[Trouble]] = field(default_factory=dict)  # address of another host -> its uses

    def of(self, *verdicts: str) -> list[Trouble]:
        """The troubles of these kinds, in order of page and place."""
        return [trouble for trouble in self.troubles if trouble.verdict in verdicts]

    def targets(self, page: str) -> Iterator[str]:
        """The files that a file refers to."""
        return (self.files[number] for number in self.reached.get(page, ()))


def follow(documents: Mapping[str, Page], resolver: Resolver) -> Links:
    """Resolve every reference of every document, then its fragment against the ids of the page it leads to."""
    follower = Follower(documents, resolver)
    for page in documents.values():
        follower.follow(page)
    follower.links.troubles += forwarded(documents, resolver)
    return follower.links


class Follower:
    """One pass over all references."""

    def __init__(self, documents: Mapping[str, Page], resolver: Resolver) -> None:
        self.documents = documents
        self.resolver = resolver
        self.links = Links(files=tuple(resolver.listing.files))
        self.numbers = {path: number for number, path in enumerate(self.links.files)}
        self.fragments: dict[str, frozenset[str]] = {}
        # "../x" means the same on every page whose folder is in the same folder: a menu is worked out once for all.
        self.around: str | None = None
        self.upward: dict[str | tuple[str, str], tuple[str, str]] = {}
        self.answers: dict[str, Link] = {}  # of the page at hand: one that repeats an address often is quick as well

    def follow(self, page: Page) -> None:
        """Half of the time of a second run is spent in this loop, so the plain link is spelled out in it."""
        path, plain, above = page.path, self.resolver.plain, ancestors(page.path)
        around = above[1] if len(above) > 1 else None
        if around != self.around:
            self.around, self.upward = around, {}
        upward = self.upward
        self.answers.clear()
        odd = bool(page.base or self.resolver.rewrite) or path == "404.html"
        reached: set[str] = set()
        rows = page.refs.rows()
        for row in rows:
            kind, raw = row[0], row[1]
            if kind == "a" and raw[:1] == "#" and not odd:
                found = path, raw[1:]
            else:
                key = raw if kind == "a" else (kind, raw)
                found = None if odd else upward.get(key)
            if found is None:
                noted = len(self.links.troubles)
                if kind != "a" or odd or not (found := plain(raw, path, above)):
                    found = self.unusual(page, row)
                    if found is None:
                        continue
                if raw.startswith("../") and len(self.links.troubles) == noted:
                    upward[key] = found
            file, fragment = found
            reached.add(file)
            if fragment and file in self.documents:
                ids = self.fragments.get(file)
                if ids is None:
                    ids = self.fragments[file] = fragments_of(self.documents[file])
                if fragment not in ids and not fragment_exists(fragment, ids, file):
                    self.links.troubles.append(Trouble(path, Ref._make(row), "no-fragment", file, fragment))
        self.links.count += len(rows)
        known = self.numbers.keys() & reached
        self.links.reached[path] = array("L", sorted([self.numbers[file] for file in known]))

    def unusual(self, page: Page, row: tuple) -> tuple[str, str] | None:
        """(file, fragment) of a reference that is not a plain link; None, and a note of it, if it leads to no file."""
        ref = Ref._make(row)
        if ref.kind in NOT_FOLLOWED:
            return None
        if ref.kind == "usemap":
            if ref.raw[:1] != "#" or ref.raw[1:] not in page.maps:
                self.note(page, ref, "no-map")
            return None
        if not ref.raw.strip():
            self.note(page, ref, "empty", page.path)
            return None
        if (link := self.answers.get(ref.raw)) is None:
            link = self.answers[ref.raw] = self.resolver.link(ref.raw, page.path, page.base)
        verdict, target, fragment = link
        if verdict == "away":
            self.links.away.setdefault(target, []).append(Trouble(page.path, ref, verdict, target, ""))
            return None
        if verdict.startswith("scheme:") and verdict not in CHECKED_SCHEMES:
            return None
        if verdict == "redirect-loop" and ref.kind == "redirect":
            return None  # told by redirects.forwarded
        if verdict != "file":
            self.note(page, ref, verdict, target, fragment)
            return None
        if page.path == "404.html" and not page.base and is_relative(ref.raw):
            self.note(page, ref, "relative-on-404", target)
        elif self.resolver.base.startswith("https:") and ref.raw.lstrip()[:5].lower() == "http:":
            self.note(page, ref, "insecure-own", target)
        if (
            ref.kind in NEVER_A_PAGE
            and target != page.path
            and target in self.documents
            and target.endswith((".html", ".htm"))
        ):
            self.note(page, ref, "page-as-asset", target)
        return target, fragment

    def note(self, page: Page, ref: Ref, verdict: str, path: str = "", fragment: str = "") -> None:
        self.links.troubles.append(Trouble(page.path, ref, verdict, path, fragment))


def is_relative(raw: str) -> bool:
    """Whether an address depends on the folder of the page that holds it."""
    raw = raw.strip()
    return not raw.startswith(("/", "\\", "#", "?")) and not SCHEME.match(raw)


def fragments_of(page: Page) -> frozenset[str]:
    """What a fragment can point to on a page."""
    return frozenset([row[0] for row in page.ids]).union(page.names)


def fragment_exists(fragment: str, ids: frozenset[str], file: str) -> bool:
    """WHATWG HTML, "find a potential indicated element": as written, then percent-decoded, then "top"."""
    if not file.endswith(HTML) and (not file.endswith(".svg") or "(" in fragment or "=" in fragment):
        return True  # page 2 of a PDF, second 10 of a film, svgView(…): nothing here can tell
    fragment = fragment.translate(DROPPED).rstrip(" ")  # as the URL parser does
    fragment = fragment.split(":~:")[0]  # what follows is for the browser alone: text to highlight
    decoded = unquote(fragment)
    return not fragment or fragment in ids or decoded in ids or decoded.lower() == "top"
