"""Put a hash of the content into file names, so that a browser may cache a file for good."""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Iterator
from pathlib import PurePosixPath

from turbohtml import Element

from .built_site import Site

# Where a page names a file that it loads. Files that a reader opens by a link keep their names.
LOADED = {"script[src]": "src", "link[rel~=icon]": "href", "link[rel=apple-touch-icon]": "href", "img[src]": "src"}
HASHED_NAME = re.compile(r"\.[0-9a-f]{10}\.\w+$")
HASH_LENGTH = 10


def rename(site: Site) -> None:
    """Rename what the pages load from assets/, and write the new names into the pages."""
    renamed: dict[str, str] = {}
    for page in site.pages:
        for element, attribute, file in loads(site, page):
            if file.startswith("assets/") and ((site.root / file).is_file() or file in renamed):
                renamed[file] = renamed.get(file) or rename_file(site, file)
                element.attrs[attribute] = site.link(page, renamed[file])


def loads(site: Site, page: str) -> Iterator[tuple[Element, str, str]]:
    """Yield each element with which a page loads a file of this site: (the element, its attribute, the file)."""
    for selector, attribute in LOADED.items():
        for element in site.pages[page].select(selector):
            if file := site.target(page, element.attr(attribute) or ""):
                yield element, attribute, file


def rename_file(site: Site, file: str) -> str:
    """Rename one file, unless its name already carries a hash, and return its new path."""
    if HASHED_NAME.search(file):
        return file
    old, path = site.root / file, PurePosixPath(file)
    new = path.with_name(fingerprinted(path.name, old.read_bytes())).as_posix()
    old.rename(site.root / new)
    return new


def fingerprinted(name: str, content: bytes) -> str:
    """Insert the hash of `content` before the suffix: site.js becomes site.0123456789.js."""
    path = PurePosixPath(name)
    return f"{path.stem}.{hashlib.sha256(content).hexdigest()[:HASH_LENGTH]}{path.suffix}"


def has_own_hash(file: str, content: bytes) -> bool:
    """Return whether the hash in a file's name, such as site.0123456789.js, is the hash of its content."""
    path = PurePosixPath(file)
    return fingerprinted(PurePosixPath(path.stem).stem + path.suffix, content) == path.name


def integrity(content: bytes) -> str:
    """Return the hash of `content` as Subresource Integrity and security policies write it: "sha256-…"."""
    return f"sha256-{base64.b64encode(hashlib.sha256(content).digest()).decode()}"
