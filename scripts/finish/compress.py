"""A .br and a .gz beside each text file, for hosts that send such files but make none."""

from __future__ import annotations

import gzip
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
        list(pool.map(_siblings, files))


def _siblings(file: Path) -> None:
    content = file.read_bytes()
    # No time and no name inside: the same content gives the same bytes.
    for ending, small in (".br", brotli.compress(content)), (".gz", gzip.compress(content, mtime=0)):
        if len(small) < len(content):
            file.with_name(file.name + ending).write_bytes(small)
