"""Reads every file of the site that can refer to another, and follows its references."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import partial
from io import FileIO
from itertools import chain
from typing import Any

from ..model.page import Alternate, Block, Heading, IdReference, MarkupIssue, NamedLink, Page, Ref, Stated
from ..read import Record, kind_of, read_bytes
from ..read.html.references import References
from ..read.record import Row
from ..scan.cache import Cache, digest_of
from ..scan.listing import Listing
from ..scan.workers import MAX_PIECES, spread, usable_processors, worthwhile_jobs
from .follow import Followed, Follower

BATCH_BYTES = 1_000_000  # what a process takes at once: hand-over is cheap, and small batches end together

Unpacked = tuple[Page, Followed]
Facts = tuple[Row, Row]  # the fields of a Record and of its Followed: what marshal can write
FactsOfFile = tuple[str, bytes, Facts | None]  # path; digest of the content, or the error; no facts after an error


class SiteFacts:
    """The facts of every file, by path and in order."""

    def __init__(self, unreadable: Iterable[tuple[str, str]]) -> None:
        self.pages: dict[str, Page] = {}
        self.others: dict[str, Page] = {}
        self.followed: dict[str, Followed] = {}
        self.unreadable = dict(unreadable)  # path -> the error of the operating system

    def add(self, path: str, unpacked: Unpacked) -> None:
        (self.pages if kind_of(path) == "html" else self.others)[path], self.followed[path] = unpacked


class SiteReading:
    """Reads all files that can refer to another, except those whose facts are in the cache, in `jobs` processes.

    With 0, in as many as save time. The others begin at once, this process when the facts are asked for.
    """

    def __init__(self, reader: Reader, jobs: int = 0) -> None:
        files, self.reader = reader.listing.files, reader
        read = [path for path in sorted(files) if kind_of(path) and not (path.endswith(".gz") and path[:-3] in files)]
        self.known = {path: reader.cache.by_stamp(path, files[path]) for path in read}
        self.unread = [path for path, facts in self.known.items() if facts is None]
        size = sum(files[path][0] for path in self.unread)
        # This process has a project to read meanwhile, which takes as long as a small site.
        jobs = jobs or (usable_processors() if reader.prose else worthwhile_jobs(size))
        if not reader.prose:
            from ..read.html import page as html  # noqa: F401  (imported before forking: once, not in every process)
        batches = list(batched({path: files[path][0] for path in self.unread}, jobs))
        self.batches = spread(batches, lambda batch: [reader.read(path) for path in batch], jobs)

    def facts(self, progress: Callable[[int, int], None] | None = None) -> SiteFacts:
        """The facts of all files. `progress` is called with the numbers of files read and to read."""
        files, cache = self.reader.listing.files, self.reader.cache
        site = SiteFacts(self.reader.listing.unreadable)
        fresh: dict[str, Unpacked] = {}
        for done, (path, digest, facts) in enumerate(chain.from_iterable(self.batches)):
            if progress:
                progress(done, len(self.unread))
            self.known[path] = facts
            if facts:
                cache.add(path, files[path], digest, facts)
                fresh[path] = unpack(path, facts)  # now, while other processes still read
            else:
                site.unreadable[path] = digest.decode()
        for path, facts in self.known.items():
            if facts:
                site.add(path, fresh.get(path) or unpack(path, facts))
        cache.save({path for path, facts in self.known.items() if facts})
        return site


class Reader:
    """Reads files one by one. The facts of equal content are worked out once."""

    def __init__(self, listing: Listing, follower: Follower, cache: Cache, prose: bool, choices: Row) -> None:
        self.listing = listing
        self.folder = os.fspath(listing.folder)
        self.follower = follower
        self.cache = cache
        self.prose = prose
        self.choices = choices
        self.copies: dict[bytes, Record] = {}  # digest and kind -> facts: scripts and styles often have copies

    def read(self, path: str) -> FactsOfFile:
        """Read one file, unless the cache knows its content, and follow its references."""
        try:
            data = read_file(f"{self.folder}/{path}")
        except OSError as error:
            return path, (error.strerror or str(error)).encode(), None
        kind = kind_of(path)
        digest = digest_of(data) if self.cache.cache_file or kind != "html" else b""
        if facts := self.cache.by_digest(path, digest):
            return path, digest, facts
        if record := self.copies.get(digest + kind.encode()):
            references = References(record.refs)
        else:
            record, references = read_bytes(path, data, self.prose, *self.choices)
            if kind != "html":
                self.copies[digest + kind.encode()] = record
        followed = self.follower.follow(path, record, references)
        return path, digest, (tuple(record), tuple(followed))


def read_file(path: str) -> bytes:
    """The bytes of a file, without the calls that a buffer costs."""
    with FileIO(path) as file:
        return file.readall()


def batched(sizes: Mapping[str, int], jobs: int) -> Iterator[list[str]]:
    """Cut files, given with their sizes, into at most MAX_PIECES batches, and enough for `jobs` to end together."""
    size = sum(sizes.values())
    limit = max(min(BATCH_BYTES, size // jobs // 4), size // MAX_PIECES) + 1
    batch: list[str] = []
    total = 0
    for path in sizes:
        batch.append(path)
        total += sizes[path]
        if total >= limit:
            yield batch
            batch, total = [], 0
    if batch:
        yield batch


ROWS: dict[str, Any] = {  # field of Page -> what its rows are made into
    "refs": Ref, "headings": Heading, "blocks": Block, "stated": Stated, "markup_issues": MarkupIssue,
    "named_links": NamedLink, "id_references": IdReference, "alternates": Alternate,
}  # fmt: skip
MAKERS = [(Page._fields.index(name), partial(tuple.__new__, kind)) for name, kind in ROWS.items()]


def unpack(path: str, facts: Facts) -> Unpacked:
    """The facts of one file as the rules take them."""
    record, followed = facts
    row = [path, *record]
    for index, make in MAKERS:
        if row[index]:
            row[index] = tuple(map(make, row[index]))
    return Page._make(row), Followed._make(followed)
