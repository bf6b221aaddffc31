"""A .br and a .gz beside each text file, for hosts that serve such files but do not make them."""

from __future__ import annotations

import gzip
import zlib
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import brotli

from .built_site import DATA, Site

TEXT_SUFFIXES = {".html", ".css", ".js", ".json", ".svg", ".xml", ".txt", ".ics", ".vcf", ".webmanifest"}
COMPRESSED_SUFFIXES = {".br", ".gz"}
LAST = DATA.parents[1] / "site"


def write(site: Site) -> None:
    """Write the compressed files that are smaller than their original, and delete all older ones.

    What the last build in `LAST` has of the same content is copied: packing takes a third of a build.
    """
    for old in [path for path in site.root.rglob("*") if path.suffix in COMPRESSED_SUFFIXES]:
        old.unlink()
    files = sorted(path for path in site.root.rglob("*") if path.suffix in TEXT_SUFFIXES)
    with ThreadPoolExecutor() as pool:  # both compressors release the interpreter lock
        list(pool.map(lambda file: _write_siblings(file, LAST / file.relative_to(site.root)), files))


def compressed_forms(content: bytes) -> dict[str, bytes]:
    """Return the compressed forms of a text by suffix, without those that are not smaller."""
    # mtime=0 and no file name: the same content gives the same bytes.
    packed = {".br": brotli.compress(content), ".gz": gzip.compress(content, mtime=0)}
    return {ending: small for ending, small in packed.items() if len(small) < len(content)}


def decompresses_to(packed: bytes, ending: str, content: bytes) -> bool:
    """Return whether a .br or .gz holds exactly `content` and nothing after it. Unpacks at most one byte more."""
    limit = len(content) + 1  # one byte more than expected shows a difference
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


def _write_siblings(file: Path, last: Path) -> None:
    content = file.read_bytes()
    for ending, small in (_forms_beside(last, content) or compressed_forms(content)).items():
        file.with_name(file.name + ending).write_bytes(small)


def _forms_beside(file: Path, content: bytes) -> dict[str, bytes]:
    """Return the compressed forms beside a file with this content; none unless all are there and whole."""
    try:
        if file.read_bytes() != content:
            return {}
        forms = {ending: file.with_name(file.name + ending).read_bytes() for ending in COMPRESSED_SUFFIXES}
    except OSError:
        return {}
    return forms if all(decompresses_to(packed, ending, content) for ending, packed in forms.items()) else {}
