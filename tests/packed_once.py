"""Compressing as a host wants it is a third of a build: only the guide that all tests share is compressed like that.

Other builds take its compressed files where they have the same content, and compress the rest quickly.
`python packed_once.py MODULE ARGUMENTS` is `python -m MODULE ARGUMENTS` that does so.
"""

from __future__ import annotations

import contextlib
import gzip
import hashlib
import os
import runpy
import sys
from collections.abc import Iterator
from pathlib import Path

import brotli

from finish import compress

FOLDER = "PACKED_ONCE"  # the variable that names it

thorough = compress.compressed_forms


def kept(content: bytes) -> Path:
    """The file of the shared guide that has this content, if one has."""
    return Path(os.environ[FOLDER], hashlib.sha256(content).hexdigest())


def quick(content: bytes) -> dict[str, bytes]:
    """The forms of the shared guide, else larger ones."""
    if kept(content).exists():
        beside = {ending: Path(f"{kept(content).resolve()}{ending}") for ending in compress.COMPRESSED_SUFFIXES}
        return {ending: path.read_bytes() for ending, path in beside.items() if path.exists()}
    packed = {".br": brotli.compress(content, quality=1), ".gz": gzip.compress(content, 1, mtime=0)}
    return {ending: small for ending, small in packed.items() if len(small) < len(content)}


def pack_quickly(folder: Path) -> None:
    """Compress quickly from here on, in this process and those that it starts; `folder` is of this run."""
    folder.mkdir(exist_ok=True)
    os.environ[FOLDER] = str(folder)
    compress.compressed_forms = quick


@contextlib.contextmanager
def shared(site: Path) -> Iterator[None]:
    """Build the guide that all share: compressed as always, and known to other builds afterwards."""
    compress.compressed_forms = thorough
    yield
    compress.compressed_forms = quick
    for file in site.rglob("*"):
        if file.suffix in compress.TEXT_SUFFIXES:
            with contextlib.suppress(FileExistsError):
                kept(file.read_bytes()).symlink_to(file)


if __name__ == "__main__":
    compress.compressed_forms = quick
    sys.argv[:2], sys.path[0] = sys.argv[1:2], ""
    runpy.run_module(sys.argv[0], run_name="__main__", alter_sys=True)
