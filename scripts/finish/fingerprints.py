"""Names that carry a hash of the content, so that a browser may keep a file and never show an old one."""

from __future__ import annotations

import hashlib
import re
from pathlib import PurePosixPath

from .site import Site

# Where a page names a file that it loads. Links that a reader follows keep their names.
LOADED = {"script[src]": "src", "link[rel~=icon]": "href", "link[rel=apple-touch-icon]": "href", "img[src]": "src"}
HASH = re.compile(r"\.[0-9a-f]{10}\.\w+$")
LENGTH = 10


def rename(site: Site) -> None:
    """Rename what the pages load from assets/, and write the new names into the pages."""
    renamed: dict[str, str] = {}
    for page, document in site.pages.items():
        for selector, attribute in LOADED.items():
            for element in document.select(selector):
                file = site.target(page, element.attr(attribute) or "")
                if file and file.startswith("assets/") and ((site.root / file).is_file() or file in renamed):
                    renamed[file] = renamed.get(file) or _renamed(site, file)
                    element.attrs[attribute] = site.link(page, renamed[file])


def _renamed(site: Site, file: str) -> str:
    """Rename one file; its name stays when it carries the right hash already."""
    if HASH.search(file):
        return file
    old, path = site.root / file, PurePosixPath(file)
    new = path.with_name(fingerprinted(path.name, old.read_bytes())).as_posix()
    old.rename(site.root / new)
    return new


def fingerprinted(name: str, content: bytes) -> str:
    """`name` with the hash of `content` before its ending: site.js, site.0123456789.js."""
    path = PurePosixPath(name)
    return f"{path.stem}.{hashlib.sha256(content).hexdigest()[:LENGTH]}{path.suffix}"
