"""What was probably meant. Asked only about what is wrong, so it may take its time."""

from __future__ import annotations

import difflib
import functools
import posixpath
from typing import TYPE_CHECKING
from urllib.parse import quote, unquote

if TYPE_CHECKING:
    from .site import Site
    from .trouble import Trouble

ALIKE = 0.6  # difflib's own measure of a near miss
MANY = 4000  # names to compare one by one; past it, only those in the same folder


def like_file(site: Site, trouble: Trouble) -> str:
    """The address of the file that was most likely meant, written as this page would; "" if none stands out."""
    if not trouble.path or trouble.ref.kind in ("search", "sitemap"):
        return ""
    real = trouble.path if trouble.verdict == "case" else nearest_file(site, trouble.path)
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
    """A file of the same name elsewhere, or of a name like it."""
    names = by_name(site)
    wanted = wanted.rstrip("/")
    folder, _, name = wanted.rpartition("/")
    if len(same := names.get(name.casefold(), [])) == 1:
        return same[0]
    shown = [path for paths in names.values() for path in paths]
    if len(shown) > MANY:
        shown = [path for path in shown if posixpath.dirname(path.removesuffix("/index.html")) == folder]
    plain = {path.removesuffix("/index.html").casefold(): path for path in shown}
    return next((plain[one] for one in difflib.get_close_matches(wanted.casefold(), plain, 1, 0.8)), "")


def by_name(site: Site) -> dict[str, list[str]]:
    return _by_name(tuple(site.listing.files))


@functools.lru_cache(1)
def _by_name(files: tuple[str, ...]) -> dict[str, list[str]]:
    """Last part of an address -> the files that have it; a folder's index has the name of the folder."""
    names: dict[str, list[str]] = {}
    for path in files:
        name = path.removesuffix("/index.html").rpartition("/")[2]
        names.setdefault(name.casefold(), []).append(path)
    return names


def address(site: Site, file: str, page: str, like: str) -> str:
    """How to write a file's address on a page: from the root if `like` does, else relative."""
    folder = file.removesuffix("index.html") if file.endswith(("/index.html",)) or file == "index.html" else file
    if like.startswith("/"):
        return site.resolver.root + quote(folder)
    if like.lower().startswith(("http:", "https:")):
        return site.resolver.base + quote(folder)
    relative = posixpath.relpath(folder or ".", posixpath.dirname(page) or ".")
    return quote(relative) + ("/" if folder.endswith("/") or not folder else "")
