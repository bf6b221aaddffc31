"""A .br and a .gz beside each text file, for hosts that send such files but make none."""

from __future__ import annotations

import gzip
import zlib
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import brotli

from .site import Site

TEXT = {".html", ".css", ".js", ".json", ".svg", ".xml", ".txt", ".ics", ".vcf", ".webmanifest"}
ENDINGS = {".br", ".gz"}


def write(site: Site) -> None:
    """Write the siblings that are smaller than their file, and take away every other."""
    for old in [path for path in site.root.rglob("*") if path.suffix in ENDINGS]:
        old.unlink()
    files = sorted(path for path in site.root.rglob("*") if path.suffix in TEXT)
    with ThreadPoolExecutor() as pool:  # both compressors let other threads run
        list(pool.map(_write_siblings, files))


def siblings(content: bytes) -> dict[str, bytes]:
    """The compressed forms of a text that are smaller than it, by ending."""
    # No time and no name inside: the same content gives the same bytes.
    packed = {".br": brotli.compress(content), ".gz": gzip.compress(content, mtime=0)}
    return {ending: small for ending, small in packed.items() if len(small) < len(content)}


def holds(packed: bytes, ending: str, content: bytes) -> bool:
    """Whether a .br or .gz unpacks to exactly `content`, with nothing after it. Never unpacks more than it must."""
    limit = len(content) + 1  # a byte more than there should be is enough to know
    try:
        if ending == ".gz":
            gzipped = zlib.decompressobj(wbits=31)  # 31: one gzip member
            return gzipped.decompress(packed, limit) == content and gzipped.eof and not gzipped.unused_data
        decoder, unpacked = brotli.Decompressor(), bytearray()
        unpacked += decoder.process(packed, output_buffer_limit=limit)
        while len(unpacked) < limit and not decoder.can_accept_more_data() and not decoder.is_finished():
            unpacked += decoder.process(b"", output_buffer_limit=limit)
        return unpacked == content and decoder.is_finished()
    except (zlib.error, brotli.error):
        return False


def _write_siblings(file: Path) -> None:
    for ending, small in siblings(file.read_bytes()).items():
        file.with_name(file.name + ending).write_bytes(small)
