"""Read every file of the site that can refer to another, once, and follow what it refers to."""

from __future__ import annotations

import marshal
import os
from collections.abc import Callable, Iterable, Iterator
from typing import Any

from ..model.page import Alternate, Block, Heading, MarkupIssue, NamedLink, Page, Pointer, Ref, Stated
from ..read import Record, kind_of, read_bytes
from ..read.html.reference_list import References
from ..read.record import Row
from ..scan.cache import Cache, digest_of
from ..scan.listing import Listing
from ..scan.workers import MAX_PIECES, spread
from .follow import Followed, Follower

MOUTHFUL = 1 << 20  # bytes asked for at once of a file that has grown since it was listed
PIECE = 1_000_000  # bytes handed to a process at once: hand-over is cheap, and the last ones end together
BREAK_EVEN = 1_500_000  # bytes to read below which starting a process costs more than it saves

Unpacked = tuple[Page, Followed]
Reading = tuple[str, bytes, bytes]  # path; digest of the content, or the reason why there is none; packed facts


class Collected:
    """What reading every file has given, by path and in order."""

    def __init__(self, unreadable: Iterable[tuple[str, str]]) -> None:
        self.pages: dict[str, Page] = {}
        self.others: dict[str, Page] = {}
        self.followed: dict[str, Followed] = {}
        self.failed = dict(unreadable)  # what could not be read, and why

    def add(self, path: str, unpacked: Unpacked) -> None:
        (self.pages if kind_of(path) == "html" else self.others)[path], self.followed[path] = unpacked


def collect(reader: Reader, jobs: int = 0, progress: Callable[[int, int], None] | None = None) -> Collected:
    """Everything that the files can tell; what the cache knows already is not read again."""
    files, cache = reader.listing.files, reader.cache
    known = {path: cache.untouched(path, files[path]) for path in sorted(files) if kind_of(path)}
    unread = [path for path, facts in known.items() if facts is None]
    found = Collected(reader.listing.unreadable)
    fresh: dict[str, Unpacked] = {}
    for done, (path, digest, read) in enumerate(read_all(reader, unread, jobs)):
        if progress:
            progress(done, len(unread))
        known[path] = read
        if read:
            cache.learn(path, files[path], digest, read)
            fresh[path] = unpack(path, read)  # now, while other processes still read
        else:
            found.failed[path] = digest.decode()
    for path, facts in known.items():
        if facts:
            found.add(path, fresh.get(path) or unpack(path, facts))
    cache.save({path for path, facts in known.items() if facts})
    return found


def read_all(reader: Reader, paths: list[str], jobs: int) -> Iterator[Reading]:
    """Read files here, or in as many processes as pay."""
    size = sum(reader.listing.files[path][0] for path in paths)
    jobs = jobs or (processors() if size > BREAK_EVEN else 1)
    if jobs == 1 or not hasattr(os, "fork"):
        yield from map(reader.read, paths)
        return
    from ..read.html import page as html  # noqa: F401  (loaded once here, not once in every process)

    piece = max(min(PIECE, size // jobs // 4), size // MAX_PIECES) + 1
    pieces = list(cut(paths, lambda path: reader.listing.files[path][0], piece))
    for readings in spread(pieces, lambda some: [reader.read(path) for path in some], jobs):
        yield from readings


class Reader:
    """Reads one file after the other; what its content has given before is not worked out again."""

    def __init__(self, listing: Listing, follower: Follower, cache: Cache, prose: bool, choices: Row) -> None:
        self.listing = listing
        self.folder = os.fspath(listing.folder)
        self.follower = follower
        self.cache = cache
        self.prose = prose
        self.choices = choices
        self.copies: dict[bytes, Record] = {}  # a script or style is often there several times, a page hardly ever

    def read(self, path: str) -> Reading:
        """The facts of one file."""
        try:
            data = content(f"{self.folder}/{path}", self.listing.files[path][0])
        except OSError as error:
            return path, (error.strerror or str(error)).encode(), b""
        kind = kind_of(path)
        digest = digest_of(data) if self.cache.cache_file or kind != "html" else b""
        if facts := self.cache.unchanged(path, digest):
            return path, digest, facts
        if record := self.copies.get(digest + kind.encode()):
            references = References(record.refs)
        else:
            record, references = read_bytes(path, data, self.prose, *self.choices)
            if kind != "html":
                self.copies[digest + kind.encode()] = record
        followed = self.follower.follow(path, record, references)
        packed = tuple(marshal.dumps(value) if name == "ids" else value for name, value in record._asdict().items())
        return path, digest, marshal.dumps((packed, tuple(followed)))


def content(path: str, size: int) -> bytes:
    """The bytes of a file of about this size, with fewer questions to the system than open() asks for each."""
    file = os.open(path, os.O_RDONLY | getattr(os, "O_BINARY", 0))
    try:
        data = os.read(file, size + 1)
        while len(data) != size and (more := os.read(file, MOUTHFUL)):
            data, size = data + more, -1
    finally:
        os.close(file)
    return data


def cut(paths: list[str], size: Callable[[str], int], limit: int) -> Iterator[list[str]]:
    """Cut a list into runs of about `limit` bytes."""
    run: list[str] = []
    total = 0
    for path in paths:
        run.append(path)
        total += size(path)
        if total >= limit:
            yield run
            run, total = [], 0
    if run:
        yield run


def processors() -> int:
    """How many processes this one may keep busy."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


SHAPES: dict[int, Callable[..., Any]] = {
    Page._fields.index("refs"): Ref._make,
    Page._fields.index("headings"): Heading._make,
    Page._fields.index("blocks"): Block._make,
    Page._fields.index("stated"): Stated._make,
    Page._fields.index("markup_issues"): MarkupIssue._make,
    Page._fields.index("named_links"): NamedLink._make,
    Page._fields.index("pointers"): Pointer._make,
    Page._fields.index("alternates"): Alternate._make,
}


def unpack(path: str, facts: bytes) -> Unpacked:
    """What a reader has packed of one file."""
    record, followed = marshal.loads(facts)
    row = [path, *record]
    for at, shape in SHAPES.items():
        if row[at]:
            row[at] = tuple(map(shape, row[at]))
    return Page._make(row), Followed._make(followed)
