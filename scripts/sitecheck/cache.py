"""Facts of files kept between runs, by content and by the version of what read them.

One pack a site. It can be deleted, shared or broken at any moment: whatever cannot be used is read again.
"""

from __future__ import annotations

import contextlib
import marshal
import os
import pickle
import time
import zlib
from collections.abc import Callable
from hashlib import blake2b, sha256
from importlib.util import find_spec
from pathlib import Path
from typing import Any, TypeVar

from .listing import Listing, Stamp

DAY = 86_400
KEPT = 30 * DAY  # packs that nobody asked for in this time are removed
LINKING = ("links.py", "urls.py", "redirects.py", "kinds.py", "trouble.py", "listing.py")  # what links depend on
SETTLED = 2_000_000_000  # ns; a file younger than this may change again without a new time stamp

T = TypeVar("T")


class Cache:
    """What is known of the files below one folder. Without a pack it knows nothing and keeps nothing."""

    def __init__(self, pack: Path | None, version: bytes = b"") -> None:
        self.pack = pack
        self.version = version
        self.changed = False
        self.started = time.time_ns()
        self.by_path: dict[str, tuple[Stamp | None, bytes]] = {}  # path -> (stamp, digest of its content)
        self.by_digest: dict[bytes, Any] = {}
        if pack is not None and (kept := load(pack, version, marshal.loads)) is not None:
            self.by_path, self.by_digest = kept

    def known(self, path: str, stamp: Stamp) -> Any:
        """The record of a file that has not been touched since it was read; None if that is not certain."""
        kept = self.by_path.get(path)
        return self.by_digest.get(kept[1]) if kept and kept[0] == stamp else None

    def learn(self, path: str, stamp: Stamp, digest: bytes, record: Any) -> None:
        """Keep what was read. A file that was touched just now is trusted by its content alone."""
        if self.pack is None:
            return
        settled = max(stamp[1], stamp[2]) < self.started - SETTLED
        self.by_path[path] = (stamp if settled else None, digest)
        self.by_digest[digest] = record
        self.changed = True

    def save(self, paths: set[str]) -> None:
        """Keep these files for the next run."""
        if self.pack is None or not (self.changed or self.by_path.keys() - paths):
            return
        self.by_path = {path: self.by_path[path] for path in self.by_path.keys() & paths}
        used = {digest for _, digest in self.by_path.values()}
        store(
            self.pack,
            self.version,
            marshal.dumps((self.by_path, {digest: self.by_digest[digest] for digest in used})),
        )

    def links(self, listing: Listing, choices: object, follow: Callable[[], T]) -> T:
        """What `follow` gives, or gave when every file and name was what it is now."""
        if self.pack is None:
            return follow()
        contents = sorted((path, digest) for path, (_, digest) in self.by_path.items())
        names = sorted(listing.files)
        key = blake2b(repr((names, listing.unreadable, contents, choices)).encode("utf-8", "replace"), digest_size=16)
        key.update(self.version + version_of_code(*LINKING))
        beside = self.pack.with_suffix(".links")
        if (kept := load(beside, key.digest(), pickle.loads)) is not None:
            return kept
        found = follow()
        store(beside, key.digest(), pickle.dumps(found, pickle.HIGHEST_PROTOCOL))
        return found


def load(file: Path, version: bytes, read: Callable[[memoryview], Any]) -> Any:
    """What was stored under this version; None if it is of another, cut short or spoiled."""
    with contextlib.suppress(OSError, ValueError, EOFError, TypeError):
        data = memoryview(file.read_bytes())
        if data[:20] == version + zlib.crc32(data[20:]).to_bytes(4, "big"):
            return read(data[20:])
    return None


def store(file: Path, version: bytes, body: bytes) -> None:
    """Write a file whole or not at all. Where that is not possible the next run takes longer, no more."""
    with contextlib.suppress(OSError):
        file.parent.mkdir(parents=True, exist_ok=True)
        draft = file.with_suffix(f"{file.suffix}.{os.getpid()}")
        try:
            draft.write_bytes(version + zlib.crc32(body).to_bytes(4, "big") + body)
            draft.replace(file)
        finally:
            draft.unlink(missing_ok=True)
        for old in file.parent.iterdir():
            if old.stat().st_mtime < time.time() - KEPT:
                old.unlink(missing_ok=True)


def digest_of(kind: str, data: bytes) -> bytes:
    """The key of a record: equal bytes read by another reader give other facts."""
    return sha256(data).digest() + kind.encode()


def open_cache(site: Path, wanted: bool, *choices: object) -> Cache:
    """The cache of a site's folder; `choices` are what else the facts depend on."""
    if not wanted:
        return Cache(None)
    with contextlib.suppress(OSError, RuntimeError):
        home = os.environ.get("XDG_CACHE_HOME") or Path("~/.cache").expanduser()
        name = blake2b(repr((os.fspath(site.resolve()), choices)).encode("utf-8", "replace"), digest_size=12)
        return Cache(Path(home, "sitecheck", name.hexdigest() + ".pack"), version_of(choices))
    return Cache(None)


def version_of(choices: tuple) -> bytes:
    """A digest of what reads files: our code and the release of the parser."""
    digest = blake2b(repr(choices).encode() + version_of_code("read/*.py", "facts.py"), digest_size=16)
    parser = find_spec("turbohtml")
    if parser and parser.origin:
        releases = sorted(path.name for path in Path(parser.origin).parents[1].glob("turbohtml-*"))
        digest.update(repr(releases).encode())
    return digest.digest()


def version_of_code(*patterns: str) -> bytes:
    """A digest of files of this package."""
    digest = blake2b(digest_size=16)
    for pattern in patterns:
        for file in sorted(Path(__file__).parent.glob(pattern)):
            digest.update(file.read_bytes())
    return digest.digest()
