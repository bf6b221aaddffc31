"""A .br and a .gz beside each text file, for hosts that serve such files but do not make them."""

from __future__ import annotations

import gzip
import zlib
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import brotli

from .built_site import Site

TEXT_SUFFIXES = {".html", ".css", ".js", ".json", ".svg", ".xml", ".txt", ".ics", ".vcf", ".webmanifest"}
COMPRESSED_SUFFIXES = {".br", ".gz"}
LAST = Path("site")  # in the project's folder, where the verbs run


def write(site: Site) -> None:
    """Write the compressed files that are smaller than their original, and delete all older ones.

    What the last build in `LAST` has of the same content is copied: packing takes a third of a build.
    """
    for old in [path for path in site.root.rglob("*") if path.suffix in COMPRESSED_SUFFIXES]:
        old.unlink()
    files = sorted(path for path in site.root.rglob("*") if path.suffix in TEXT_SUFFIXES)
    with ThreadPoolExecutor() as pool:  # both compressors release the interpreter lock
        list(pool.map(lambda file: compress_file(file, LAST / file.relative_to(site.root)), files))


def compressed_forms(content: bytes) -> dict[str, bytes]:
    """Return the compressed forms of a text by suffix, without those that are not smaller."""
    # mtime=0 and no file name: the same content gives the same bytes.
    packed = {".br": brotli.compress(content), ".gz": gzip.compress(content, mtime=0)}
    return {ending: small for ending, small in packed.items() if len(small) < len(content)}


def decompresses_to(packed: bytes, ending: str, content: bytes) -> bool:
    """Return whether a .br or .gz holds exactly `content`."""
    decompress = brotli.decompress if ending == ".br" else gzip.decompress
    try:
        return bool(decompress(packed) == content)
    except (OSError, EOFError, zlib.error, brotli.error):
        return False


def compress_file(file: Path, last: Path | None = None) -> None:
    """Write the compressed forms of a file beside it: those of `last`, if that has the same content."""
    content = file.read_bytes()
    copied = _forms_beside(last, content) if last else {}
    for ending, small in (copied or compressed_forms(content)).items():
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
