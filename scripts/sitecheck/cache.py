"""Facts of files kept between runs, by content and by the version of what read them.

One pack a site. It can be deleted, shared or broken at any moment: whatever cannot be used is read again.
"""

from __future__ import annotations

import contextlib
import marshal
import os
import time
import zlib
from hashlib import blake2b, sha256
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from .listing import Stamp

DAY = 86_400
KEPT = 30 * DAY  # packs that nobody asked for in this time are removed
SETTLED = 2_000_000_000  # ns; a file younger than this may change again without a new time stamp


class Cache:
    """What is known of the files below one folder. `off` knows nothing and learns nothing."""

    def __init__(self, pack: Path | None, version: bytes = b"") -> None:
        self.pack = pack
        self.version = version
        self.changed = False
        self.started = time.time_ns()
        self.by_path: dict[str, tuple[Stamp | None, bytes]] = {}  # path -> (stamp, digest of its content)
        self.by_digest: dict[bytes, Any] = {}
        if pack is not None:
            self._load(pack)

    def _load(self, pack: Path) -> None:
        with contextlib.suppress(OSError, ValueError, EOFError, TypeError):
            data = pack.read_bytes()
            head = self.version + zlib.crc32(memoryview(data)[20:]).to_bytes(4, "big")
            if data[:20] == head:
                self.by_path, self.by_digest = marshal.loads(memoryview(data)[20:])

    def known(self, path: str, stamp: Stamp) -> Any:
        """The record of a file that has not been touched since it was read; None if that is not certain."""
        kept = self.by_path.get(path)
        return self.by_digest.get(kept[1]) if kept and kept[0] == stamp else None

    def same(self, digest: bytes) -> Any:
        """The record of a file with this content."""
        return self.by_digest.get(digest)

    def learn(self, path: str, stamp: Stamp, digest: bytes, record: Any) -> None:
        """Keep what was read. A file that was touched just now is trusted by its content alone."""
        settled = max(stamp[1], stamp[2]) < self.started - SETTLED
        self.by_path[path] = (stamp if settled else None, digest)
        self.by_digest[digest] = record
        self.changed = True

    def save(self, paths: set[str]) -> None:
        """Write the pack, whole or not at all, with these files only. No cache costs time only."""
        if self.pack is None or not (self.changed or self.by_path.keys() - paths):
            return
        by_path = {path: self.by_path[path] for path in self.by_path.keys() & paths}
        used = {digest for _, digest in by_path.values()}
        body = marshal.dumps((by_path, {digest: self.by_digest[digest] for digest in used}))
        with contextlib.suppress(OSError):
            self.pack.parent.mkdir(parents=True, exist_ok=True)
            draft = self.pack.with_suffix(f".{os.getpid()}")
            try:
                draft.write_bytes(self.version + zlib.crc32(body).to_bytes(4, "big") + body)
                draft.replace(self.pack)
            finally:
                draft.unlink(missing_ok=True)
            self._sweep(self.pack.parent)

    def _sweep(self, folder: Path) -> None:
        old = time.time() - KEPT
        for file in folder.iterdir():
            if file.stat().st_mtime < old:
                file.unlink(missing_ok=True)


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
    """A digest of the code that reads files: its own text, and the release of the parser."""
    digest = blake2b(repr(choices).encode(), digest_size=16)
    here = Path(__file__).parent
    for file in [*sorted((here / "read").glob("*.py")), here / "facts.py"]:
        digest.update(file.read_bytes())
    parser = find_spec("turbohtml")
    if parser and parser.origin:
        releases = sorted(path.name for path in Path(parser.origin).parents[1].glob("turbohtml-*"))
        digest.update(repr(releases).encode())
    return digest.digest()
