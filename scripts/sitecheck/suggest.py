"""What was probably meant. Asked only about what is wrong, so it may take its time."""

from __future__ import annotations

import difflib
import posixpath
from typing import TYPE_CHECKING
from urllib.parse import quote, unquote

if TYPE_CHECKING:
    from .site import Site
    from .trouble import Trouble

ALIKE, VERY_ALIKE = 0.75, 0.8  # difflib's measure of a near miss, for one word and for a whole path
MANY = 4000  # names to compare one by one; past it, only those in the same folder


def like_file(site: Site, trouble: Trouble) -> str:
    """The address of the file that was most likely meant, written as this page would; "" if none stands out."""
    if not trouble.path or trouble.ref.kind in ("search", "sitemap"):
        return ""
    if (real := site.meant.get(trouble.path)) is None:
        real = trouble.path if trouble.verdict == "case" else nearest_file(site, trouble.path)
        site.meant[trouble.path] = real
    if not real:
        return ""
    raw = trouble.ref.raw.strip()
    kept = raw[len(raw.split("#")[0].split("?")[0]) :]
    return address(site, real, trouble.page, raw) + kept


def like_fragment(site: Site, trouble: Trouble) -> str:
    """The nearest id of the page that is meant, as "#id"; "" if none is near."""
    page = site.pages.get(trouble.path)
    if page is None:
        return ""
    found = nearest(unquote(trouble.fragment), [row[0] for row in page.ids] + list(page.names))
    return f"#{found}" if found else ""


def nearest(word: str, words: list[str]) -> str:
    """The word most like another, capitals and underscores aside; "" if none is near enough."""
    plain = {plainly(one): one for one in reversed(words)}
    if plainly(word) in plain:
        return plain[plainly(word)]
    return next((plain[one] for one in difflib.get_close_matches(plainly(word), plain, 1, ALIKE)), "")


def plainly(word: str) -> str:
    return word.casefold().replace("_", "-").replace(" ", "-").strip("-")


def nearest_file(site: Site, wanted: str) -> str:
    """A file of the same name elsewhere, else one of a like name in the same folder, else one of a like path."""
    files = site.addresses
    wanted = bare(wanted)
    folder, _, name = wanted.rpartition("/")
    same = [path for path in files if path.rpartition("/")[2] == name]
    if len(same) == 1:
        return files[same[0]]
    siblings = {path.rpartition("/")[2]: path for path in files if path.rpartition("/")[0] == folder}
    for near in difflib.get_close_matches(name, siblings, 1, ALIKE):
        return files[siblings[near]]
    for near in difflib.get_close_matches(wanted, files, 1, VERY_ALIKE) if len(files) < MANY else ():
        return files[near]
    return ""


def bare(path: str) -> str:
    """A path without what differs between Markdown and the site: "a/b.md", "a/b/index.html" and "A/B/" are one."""
    path = path.casefold().rstrip("/").removesuffix("/index.html")
    return path.removesuffix(".md").removesuffix(".html")


def address(site: Site, file: str, page: str, like: str) -> str:
    """How to write a file's address on a page: from the root if `like` does, else relative."""
    folder = file.removesuffix("index.html") if file.endswith(("/index.html",)) or file == "index.html" else file
    if like.startswith("/"):
        return site.resolver.root + quote(folder)
    if like.lower().startswith(("http:", "https:")):
        return site.resolver.base + quote(folder)
    relative = posixpath.relpath(folder or ".", posixpath.dirname(page) or ".")
    return quote(relative) + ("/" if folder.endswith("/") or not folder else "")
