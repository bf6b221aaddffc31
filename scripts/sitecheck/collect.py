"""Read every file of the site that can refer to another, once; a big site in several processes."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from pathlib import Path

from .cache import Cache, digest_of
from .facts import Block, Flaw, Heading, Page, Refs, Stated
from .listing import Listing
from .options import Options
from .read import Record, kind_of, read_bytes

CHUNK = 2_000_000  # bytes handed to a process at once: hand-over is cheap, and the last ones end together
BREAK_EVEN = 6_000_000  # bytes to read below which starting processes costs more than it saves

Reading = tuple[str, bytes, tuple | None]  # path, digest of the content or else the reason, record


def collect(
    listing: Listing,
    options: Options,
    prose: bool,
    cache: Cache,
    progress: Callable[[int, int], None] | None = None,
) -> tuple[dict[str, Page], dict[str, Page], dict[str, str]]:
    """(pages, other documents, what could not be read and why), each by path and in order."""
    wanted = [path for path in sorted(listing.files) if kind_of(path)]
    failed = dict(listing.unreadable)
    records = {path: cache.known(path, listing.files[path]) for path in wanted}
    unread = [path for path, record in records.items() if record is None]
    for done, (path, digest, record) in enumerate(read_all(listing, unread, cache, options, prose)):
        if progress:
            progress(done, len(unread))
        if record is None:
            failed[path] = digest.decode()
            del records[path]
        else:
            records[path] = record
            cache.learn(path, listing.files[path], digest, record)
    cache.save(set(records))
    pages: dict[str, Page] = {}
    others: dict[str, Page] = {}
    for path, record in records.items():
        (pages if kind_of(path) == "html" else others)[path] = page_of(path, record)
    return pages, others, failed


def read_all(listing: Listing, paths: list[str], cache: Cache, options: Options, prose: bool) -> Iterator[Reading]:
    """Read files here, or in as many processes as pay."""
    size = sum(listing.files[path][0] for path in paths)
    jobs = options.jobs or (processors() if size > BREAK_EVEN else 1)
    reader = Reader(listing.folder, cache, prose, options.reading)
    if jobs == 1 or len(paths) < 2:
        for path in paths:
            yield reader(path)
        return
    from concurrent.futures import ProcessPoolExecutor

    from .read import html  # noqa: F401  (loaded once here, not once in every process)

    chunks = chunked(paths, lambda path: listing.files[path][0], min(CHUNK, size // jobs + 1))
    with ProcessPoolExecutor(jobs, initializer=start, initargs=(reader,)) as pool:
        for readings in pool.map(read_chunk, chunks):
            yield from readings


class Reader:
    """Reads one file; what its content has given before is not worked out again."""

    def __init__(self, folder: Path, cache: Cache, prose: bool, choices: tuple) -> None:
        self.folder = folder
        self.known = cache.by_digest
        self.caching = cache.pack is not None
        self.prose = prose
        self.choices = choices

    def __call__(self, path: str) -> Reading:
        try:
            data = (self.folder / path).read_bytes()
        except OSError as error:
            return path, (error.strerror or str(error)).encode(), None
        kind = kind_of(path)
        # A script or style is often there several times, a page hardly ever: that is worth knowing to a cache only.
        digest = digest_of(kind, data) if self.caching or kind != "html" else b""
        record = self.known.get(digest)
        if record is None:
            record = tuple(read_bytes(path, data, self.prose, *self.choices))
            if kind != "html":
                self.known[digest] = record
        return path, digest, record


_reader: Callable[[str], Reading]


def start(reader: Reader) -> None:
    """Make a process ready to read; the interrupt key is for the one that started it."""
    import signal

    global _reader
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    _reader = reader


def read_chunk(paths: list[str]) -> list[Reading]:
    return [_reader(path) for path in paths]


def chunked(paths: list[str], size: Callable[[str], int], limit: int) -> Iterator[list[str]]:
    """Cut a list into runs of about `limit` bytes."""
    chunk: list[str] = []
    total = 0
    for path in paths:
        chunk.append(path)
        total += size(path)
        if total >= limit:
            yield chunk
            chunk, total = [], 0
    if chunk:
        yield chunk


def processors() -> int:
    """How many processes this one may keep busy."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def page_of(path: str, record: tuple) -> Page:
    """A Page from what a reader kept."""
    row = Record._make(record)
    return Page(
        path,
        **row._replace(
            refs=Refs(row.refs),
            headings=tuple(map(Heading._make, row.headings)),
            blocks=tuple(map(Block._make, row.blocks)),
            stated=tuple(map(Stated._make, row.stated)),
            flaws=tuple(map(Flaw._make, row.flaws)),
        )._asdict(),
    )
