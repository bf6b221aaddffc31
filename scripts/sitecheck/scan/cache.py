"""What is known of files, kept between runs by their content and by the version of all that it depends on.

One pack a site. It can be deleted, shared or broken at any moment: whatever cannot be used is worked out again.
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

DAY = 86_400
MAX_AGE = 30 * DAY  # packs that nobody asked for in this time are removed; drafts of killed runs sooner
SETTLED = 2_000_000_000  # ns; a file younger than this may change again without a new time stamp
PARSERS = ("turbohtml", "ada_url")
DIGEST = 24  # bytes
CHECKSUM = 4


class Cache:
    """What is known of the files below one folder. Without a pack it knows nothing and keeps nothing."""

    def __init__(self, cache_file: Path | None = None, version: bytes = b"") -> None:
        self.cache_file = cache_file
        self.version = version
        self.changed = False
        self.started = time.time_ns()
        self.known: dict[str, tuple[Stamp | None, bytes, bytes]] = {}  # path -> (stamp, digest of its content, facts)

    def open(self) -> Cache:
        """Remember what the last run has kept."""
        if self.cache_file is not None:
            self.known = load(self.cache_file, self.version) or {}
        return self

    def untouched(self, path: str, stamp: Stamp) -> bytes | None:
        """The facts of a file that has not been touched since they were kept; None if that is not certain."""
        kept = self.known.get(path)
        return kept[2] if kept and kept[0] == stamp else None

    def unchanged(self, path: str, digest: bytes) -> bytes | None:
        """The facts of a file whose content is what it was when they were kept."""
        kept = self.known.get(path)
        return kept[2] if kept and kept[1] == digest else None

    def learn(self, path: str, stamp: Stamp, digest: bytes, facts: bytes) -> None:
        """Keep the facts of a file. One that was touched just now is trusted by its content alone."""
        if self.cache_file is not None:
            self.known[path] = (stamp if self.settled(stamp) else None, digest, facts)
            self.changed = True

    def settled(self, stamp: Stamp) -> bool:
        """Whether a file that changes from now on will have another stamp."""
        return max(stamp[1], stamp[2]) < self.started - SETTLED

    def save(self, paths: set[str]) -> None:
        """Keep these files for the next run."""
        if self.cache_file is not None and (self.changed or self.known.keys() - paths):
            store(self.cache_file, self.version, {path: self.known[path] for path in self.known.keys() & paths})
        self.known = {}  # only the next run will ask

    def of_whole_site(self, listing: Listing) -> Cache:
        """A cache beside this one for what depends on every file; it keeps nothing while a file is not settled."""
        if self.cache_file is None or not all(map(self.settled, listing.files.values())):
            return Cache()
        files = repr(sorted(listing.files.items())).encode("utf-8", "replace")
        return Cache(self.cache_file.with_suffix(".whole"), digest_of(self.version + files))

    def load_result(self, key: str) -> Any:
        """What was kept under this key for the very same files; None if nothing was."""
        kept = load(self.cache_file, self.version) if self.cache_file else None
        return kept[1] if kept and kept[0] == key else None

    def save_result(self, key: str, value: Any) -> None:
        """Keep what marshal can carry, for `recall`."""
        if self.cache_file is not None:
            store(self.cache_file, self.version, (key, value))


def load(file: Path, version: bytes) -> Any:
    """What was stored under this version; None if it is of another, cut short or spoiled."""
    with contextlib.suppress(OSError, ValueError, EOFError, TypeError):
        data = memoryview(file.read_bytes())
        start = DIGEST + CHECKSUM
        if data[:start] == version + crc32(data[start:]).to_bytes(CHECKSUM, "big"):
            return marshal.loads(data[start:])
    return None


def store(file: Path, version: bytes, value: Any) -> None:
    """Write a file whole or not at all. Where that is not possible the next run takes longer, no more."""
    body = marshal.dumps(value)
    with contextlib.suppress(OSError):
        file.parent.mkdir(parents=True, exist_ok=True)
        draft = file.with_suffix(f"{file.suffix}.{os.getpid()}")
        try:
            draft.write_bytes(version + crc32(body).to_bytes(CHECKSUM, "big") + body)
            draft.replace(file)
        finally:
            draft.unlink(missing_ok=True)
        for old in file.parent.iterdir():
            if old.stat().st_mtime < time.time() - (DAY if old.suffix[1:].isdigit() else MAX_AGE):
                old.unlink(missing_ok=True)


def cache_of(site: Path, wanted: bool, prose: bool, *depends: object) -> Cache:
    """The cache of a site's folder; `depends` is what the facts of its files depend on, beside their content."""
    if not wanted:
        return Cache()
    with contextlib.suppress(OSError, RuntimeError):
        home = os.environ.get("XDG_CACHE_HOME") or Path("~/.cache").expanduser()
        name = digest_of(repr((os.fspath(site.resolve()), prose)).encode("utf-8", "replace")).decode()
        return Cache(Path(home, "sitecheck", f"{name}.pack"), version_of(depends))
    return Cache()


def version_of(depends: tuple[Any, ...]) -> bytes:
    """A digest of what is given, of our own code and of the releases of Python and of the parsers."""
    parts = [repr((sys.version, depends)).encode("utf-8", "replace")]
    parts += [file.read_bytes() for file in sorted(Path(__file__).parents[1].rglob("*.py"))]
    for name in PARSERS:
        if (parser := find_spec(name)) and parser.origin:
            parts.append(repr(sorted(Path(parser.origin).parents[1].glob(f"{name}-*"))).encode())
    return digest_of(b"".join(parts))


def digest_of(data: bytes) -> bytes:
    """What tells one content from another: its length and two sums. No accident gets past both, and a person who wants
    to deceive would do it in the cache itself."""
    return b"%08x%08x%08x" % (len(data) & 0xFFFFFFFF, crc32(data), adler32(data))
