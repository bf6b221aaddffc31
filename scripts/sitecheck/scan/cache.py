"""The facts of a site's files, kept between runs.

Each site has one cache file. It holds the facts of each file with a digest of the file's content, and is valid for one
version of all else that the facts depend on. It may be deleted, shared or damaged: what cannot be used is read again.
"""

from __future__ import annotations

import contextlib
import marshal
import os
import sys
import time
from importlib.util import find_spec
from pathlib import Path
from typing import Any
from zlib import adler32, crc32

from .listing import Listing, Stamp

DAY = 86_400  # seconds
MAX_AGE = 30 * DAY  # cache files written longer ago are removed; temporary files of killed runs after one day
SETTLED = 2_000_000_000  # ns; a file changed more recently may change again without a new time stamp
PARSERS = ("turbohtml", "ada_url")


class Cache:
    """The facts of the files below one folder. Without a cache file it is empty and stores nothing."""

    def __init__(self, cache_file: Path | None = None, version: bytes = b"") -> None:
        self.cache_file = cache_file
        self.version = version
        self.changed = False
        self.started = time.time_ns()
        self.known: dict[str, tuple[Stamp | None, bytes, Any]] = {}  # path -> (stamp, digest of its content, facts)

    def open(self) -> Cache:
        """Load the facts that the last run saved."""
        if self.cache_file is not None:
            self.known = load(self.cache_file, self.version) or {}
        return self

    def by_stamp(self, path: str, stamp: Stamp) -> Any:
        """The facts of a file that has not been touched since they were saved; None if that is not certain."""
        entry = self.known.get(path)
        return entry[2] if entry and entry[0] == stamp else None

    def by_digest(self, path: str, digest: bytes) -> Any:
        """The facts of a file whose content is the same as when they were saved, else None."""
        entry = self.known.get(path)
        return entry[2] if entry and entry[1] == digest else None

    def add(self, path: str, stamp: Stamp, digest: bytes, facts: Any) -> None:
        """Add the facts of a file, which marshal can write.

        If the file was changed just now, the next run compares its content, not its stamp.
        """
        if self.cache_file is not None:
            self.known[path] = (stamp if self.is_settled(stamp) else None, digest, facts)
            self.changed = True

    def is_settled(self, stamp: Stamp) -> bool:
        """Whether any later change of the file will change its stamp."""
        return max(stamp[1], stamp[2]) < self.started - SETTLED

    def save(self, paths: set[str]) -> None:
        """Save the facts of these files for the next run and drop them from memory."""
        if self.cache_file is not None and (self.changed or self.known.keys() - paths):
            store(self.cache_file, self.version, {path: self.known[path] for path in self.known.keys() & paths})
        self.known = {}

    def of_whole_site(self, listing: Listing) -> Cache:
        """A second cache, for a result that depends on every file; it stores nothing until all files are settled."""
        if self.cache_file is None or not all(map(self.is_settled, listing.files.values())):
            return Cache()
        files = repr(sorted(listing.files.items())).encode("utf-8", "replace")
        return Cache(self.cache_file.with_suffix(".whole"), digest_of(self.version + files))

    def load_result(self, key: str) -> Any:
        """The result saved under this key for the very same files, else None."""
        saved = load(self.cache_file, self.version) if self.cache_file else None
        return saved[1] if saved and saved[0] == key else None

    def save_result(self, key: str, result: Any) -> None:
        """Save a result that marshal can write, for `load_result`."""
        if self.cache_file is not None:
            store(self.cache_file, self.version, (key, result))


def load(file: Path, version: bytes) -> Any:
    """The value stored under this version; None if the file has another version, is truncated or damaged."""
    with contextlib.suppress(OSError, ValueError, EOFError, TypeError):
        data = memoryview(file.read_bytes())
        start = len(header(version, b""))
        if data[:start] == header(version, data[start:]):
            return marshal.loads(data[start:])
    return None


def header(version: bytes, body: bytes | memoryview) -> bytes:
    """What comes before the body of a cache file: its version and its checksum."""
    return version + b"%08x" % crc32(body)


def store(file: Path, version: bytes, value: Any) -> None:
    """Write a file atomically, and remove old ones beside it. Where that fails, the next run only takes longer."""
    body = marshal.dumps(value)
    with contextlib.suppress(OSError):
        file.parent.mkdir(parents=True, exist_ok=True)
        temporary = file.with_suffix(f"{file.suffix}.{os.getpid()}")
        try:
            temporary.write_bytes(header(version, body) + body)
            temporary.replace(file)
        finally:
            temporary.unlink(missing_ok=True)
        for old in file.parent.iterdir():
            if old.stat().st_mtime < time.time() - (DAY if old.suffix[1:].isdigit() else MAX_AGE):
                old.unlink(missing_ok=True)


def cache_of(site: Path, enabled: bool, prose: bool, *depends: object) -> Cache:
    """The cache of a site's folder; `depends` is what the facts depend on besides the files' content."""
    if not enabled:
        return Cache()
    with contextlib.suppress(OSError, RuntimeError):
        home = os.environ.get("XDG_CACHE_HOME") or Path("~/.cache").expanduser()
        name = digest_of(repr((os.fspath(site.resolve()), prose)).encode("utf-8", "replace")).decode()
        return Cache(Path(home, "sitecheck", f"{name}.pack"), version_of(depends))
    return Cache()


def version_of(depends: tuple[object, ...]) -> bytes:
    """A digest of `depends`, of our own code, and of the versions of Python and the parsers."""
    parts = [repr((sys.version, depends)).encode("utf-8", "replace")]
    parts += [file.read_bytes() for file in sorted(Path(__file__).parents[1].rglob("*.py"))]
    for parser in filter(None, map(find_spec, PARSERS)):
        parts.append(repr(sorted(Path(parser.origin or "").parents[1].glob(f"{parser.name}-*"))).encode())
    return digest_of(b"".join(parts))


def digest_of(data: bytes) -> bytes:
    """The length and two checksums. They tell apart whatever differs by accident; whoever wanted to deceive could as
    well edit the cache file, so a cryptographic hash, which is slower, would protect nothing."""
    return b"%08x%08x%08x" % (len(data) & 0xFFFFFFFF, crc32(data), adler32(data))
