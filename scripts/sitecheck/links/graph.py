"""All references of a site put together: the broken ones, and which file refers to which."""

from __future__ import annotations

import marshal
from array import array
from collections.abc import Container, Iterable, Iterator, Mapping
from urllib.parse import unquote

from ..model.page import Page, Ref
from .broken_link import BrokenLink
from .follow import NUMBER, Followed
from .fragments import fragments_of, has_fragment
from .redirects import bad_forwards, destination
from .resolver import Resolver


class Links:
    """The references of a site after each has been followed."""

    def __init__(self, files: Iterable[str]) -> None:
        self.count = 0  # references followed
        self.broken: dict[str, list[BrokenLink]] = {}  # by verdict
        self.reached: dict[str, bytes] = {}  # file -> numbers of the files that it refers to
        self.files = tuple(files)  # number -> file
        self.pointed: set[tuple[str, str]] = set()  # (page, repeated id) that a reference points to
        self.external: dict[str, list[BrokenLink]] = {}  # address on another host -> its uses

    def of(self, *verdicts: str) -> list[BrokenLink]:
        """The broken links with these verdicts."""
        return [broken for verdict in verdicts for broken in self.broken.get(verdict, ())]

    def add(self, broken: BrokenLink) -> None:
        self.broken.setdefault(broken.verdict, []).append(broken)

    def targets(self, page: str) -> Iterator[str]:
        """The files that a file refers to."""
        return (self.files[number] for number in numbers(self.reached.get(page, b"")))

    def reachable(self, starts: Container[str], pages: Container[str]) -> set[str]:
        """The pages that a reader reaches from `starts` by following links from page to page."""
        allowed = {number for number, file in enumerate(self.files) if file in pages}
        found = fresh = {number for number in allowed if self.files[number] in starts}
        while fresh:
            steps = (numbers(self.reached.get(self.files[number], b"")) for number in fresh)
            fresh = (set().union(*steps) & allowed) - found
            found |= fresh
        return {self.files[number] for number in found}

    def all_targets(self) -> frozenset[str]:
        """The files that some file refers to."""
        return frozenset(self.files[number] for number in set().union(*map(numbers, self.reached.values())))


def numbers(reached: bytes) -> array[int]:
    return array(NUMBER, reached)


def join(followed: Mapping[str, Followed], documents: Mapping[str, Page], resolver: Resolver) -> Links:
    """Join what was followed file by file, and check the fragments, which needs the ids of all files."""
    links = Links(resolver.listing.files)
    ends: dict[str, tuple[str, frozenset[str]]] = {}  # file -> the file that a link to it ends on, and the ids in that
    for page, part in followed.items():
        links.count += part.references
        links.reached[page] = part.reached
        for row, verdict, path, fragment in part.broken:
            links.add(BrokenLink(page, Ref._make(row), verdict, path, fragment))
        for row, address in part.external:
            links.external.setdefault(address, []).append(BrokenLink(page, Ref._make(row), "external", address, ""))
        for file, fragment, row in marshal.loads(part.pending) if part.pending else ():
            if file not in ends:
                last = destination(file, documents, resolver)
                ends[file] = last, fragments_of(documents[last]) if last in documents else frozenset()
            last, targets = ends[file]
            if last not in documents:
                continue
            if not has_fragment(targets, fragment, last):
                links.add(BrokenLink(page, Ref._make(row), "no-fragment", last, fragment))
            elif unquote(fragment) in documents[last].repeated_ids:
                links.pointed.add((last, unquote(fragment)))
    for broken in bad_forwards(documents, resolver):
        links.add(broken)
    return links
