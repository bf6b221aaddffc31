"""What following every reference of a site has shown: what went wrong, and who is pointed to."""

from __future__ import annotations

import marshal
from array import array
from collections.abc import Container, Iterable, Iterator, Mapping

from ..model.page import Page, Ref
from .broken_link import BrokenLink
from .follow import NUMBER, Followed
from .fragments import fragments_of, has_fragment
from .redirects import destination, forwarded
from .resolver import Resolver


class Links:
    """What following every reference has shown."""

    def __init__(self, files: Iterable[str]) -> None:
        self.count = 0
        self.broken: dict[str, list[BrokenLink]] = {}  # by verdict
        self.reached: dict[str, bytes] = {}  # file -> numbers of the files that it refers to
        self.files = tuple(files)  # number -> file
        self.external: dict[str, list[BrokenLink]] = {}  # address of another host -> its uses

    def of(self, *verdicts: str) -> list[BrokenLink]:
        """The broken of these kinds."""
        return [broken for verdict in verdicts for broken in self.broken.get(verdict, ())]

    def note(self, broken: BrokenLink) -> None:
        self.broken.setdefault(broken.verdict, []).append(broken)

    def targets(self, page: str) -> Iterator[str]:
        """The files that a file refers to."""
        return (self.files[number] for number in array(NUMBER, self.reached.get(page, b"")))

    def found_from(self, starts: Container[str], pages: Container[str]) -> set[str]:
        """The pages that a reader can find who starts at some and goes from link to link."""
        among = {number for number, file in enumerate(self.files) if file in pages}
        found = fresh = {number for number in among if self.files[number] in starts}
        while fresh:
            steps = (numbers(self.reached.get(self.files[number], b"")) for number in fresh)
            fresh = (set().union(*steps) & among) - found
            found |= fresh
        return {self.files[number] for number in found}

    def all_targets(self) -> frozenset[str]:
        """The files that some file refers to."""
        return frozenset(self.files[number] for number in set().union(*map(numbers, self.reached.values())))


def numbers(reached: bytes) -> array[int]:
    return array(NUMBER, reached)


def landing(file: str, documents: Mapping[str, Page], resolver: Resolver) -> tuple[str, frozenset[str]]:
    """The file in which a fragment is looked for at last, "" if nobody can know; and the targets in it."""
    last = destination(file, documents, resolver)
    return (last, fragments_of(documents[last])) if last in documents else ("", frozenset())


def joined(followed: Mapping[str, Followed], documents: Mapping[str, Page], resolver: Resolver) -> Links:
    """What the files have shown one by one, put together: now every fragment can be looked for where it leads."""
    links = Links(resolver.listing.files)
    there: dict[str, tuple[str, frozenset[str]]] = {}
    for page, one in followed.items():
        links.count += one.references
        links.reached[page] = one.reached
        for row, verdict, path, fragment in one.broken:
            links.note(BrokenLink(page, Ref._make(row), verdict, path, fragment))
        for row, address in one.away:
            links.external.setdefault(address, []).append(BrokenLink(page, Ref._make(row), "external", address, ""))
        for file, fragment, row in marshal.loads(one.wanted) if one.wanted else ():
            if file not in there:
                there[file] = landing(file, documents, resolver)
            last, targets = there[file]
            if last and not has_fragment(targets, fragment, last):
                links.note(BrokenLink(page, Ref._make(row), "no-fragment", last, fragment))
    for broken in forwarded(documents, resolver):
        links.note(broken)
    return links
