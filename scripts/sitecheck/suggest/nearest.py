"""What was probably meant. Asked only about what is wrong, so it may take its time."""

from __future__ import annotations

import posixpath
from collections.abc import Sized
from typing import TYPE_CHECKING
from urllib.parse import quote, unquote

from ..links.file_names import NO_SUGGESTION, FileNames, Suggestion, bare
from .similar_names import near

if TYPE_CHECKING:
    from ..links.broken_link import BrokenLink
    from ..links.site import Site
    from ..model.page import Page

ALIKE, VERY_ALIKE = 0.75, 0.8  # difflib's measure of a near miss, for one word and for a whole path
MANY = 4000  # names to compare one by one; past it, only those in the same folder
ENOUGH = 1_000_000  # names compared in one run, some three seconds: nobody mends thousands of links by suggestions


def suggest_file(site: Site, broken: BrokenLink) -> Suggestion:
    """The address of the file that was most likely meant, written as this page would; "" if none stands out."""
    if not broken.path or broken.ref.kind in ("search", "sitemap"):
        return NO_SUGGESTION
    wanted = as_typed(site, broken) or broken.path
    if (meant := site.names.suggestions.get(wanted)) is None:
        if broken.verdict == "case":
            meant = Suggestion(broken.path, True)
        else:
            meant = nearest_file(site.names, wanted) if pays(site, site.names.addresses) else NO_SUGGESTION
        site.names.suggestions[wanted] = meant
    if not meant.address:
        return meant
    alone = meant.only_one and bare(meant.address) not in site.names.several
    raw = broken.ref.raw.strip()
    kept = raw[len(raw.split("#")[0].split("?")[0]) :]
    return Suggestion(address(site, meant.address, broken.page, raw) + kept, alone)


def as_typed(site: Site, broken: BrokenLink) -> str:
    """The file that a link of the page's Markdown names: from the folder of the Markdown, and not of the built page."""
    document = site.project.document(broken.page) if site.project and broken.verdict == "missing" else None
    if document is None:
        return ""
    from ..project.pages.links import unresolved_file

    return unresolved_file(document, broken.ref.raw.strip())


def suggest_fragment(site: Site, broken: BrokenLink) -> Suggestion:
    """The nearest id of the page that is meant, as "#id"; "" if none is near."""
    page = site.pages.get(broken.path)
    if page is None:
        return NO_SUGGESTION
    asked = f"{broken.path}#{broken.fragment}"
    if (meant := site.names.suggestions.get(asked)) is None:
        if (plain := site.names.plain_ids.get(page.path)) is None:
            plain = site.names.plain_ids[page.path] = plain_ids(page)
        meant = site.names.suggestions[asked] = (
            nearest_fragment(plain, broken.fragment) if pays(site, plain) else NO_SUGGESTION
        )
    return meant


def plain_ids(page: Page) -> dict[str, list[str]]:
    """What a fragment can point to on a page, without capitals and dashes -> as it is written."""
    plain: dict[str, list[str]] = {}
    for one in dict.fromkeys([*(row[0] for row in page.ids), *page.names]):
        plain.setdefault(plainly(one), []).append(one)
    return plain


def nearest_fragment(plain: dict[str, list[str]], fragment: str) -> Suggestion:
    """The id of a page that differs from a fragment by capitals and dashes, else one that is like it."""
    wanted = plainly(unquote(fragment))
    found = [wanted] if wanted in plain else near(wanted, plain, 2, ALIKE)
    ids = [one for name in found for one in plain[name]]
    return Suggestion(f"#{ids[0]}", len(ids) == 1) if ids else NO_SUGGESTION


def pays(site: Site, names: Sized) -> bool:
    """Whether one more search through these names keeps the run within bounds."""
    return len(site.names.suggestions) * len(names) < ENOUGH


def plainly(word: str) -> str:
    return word.casefold().replace("_", "-").replace(" ", "-").strip("-")


def nearest_file(known: FileNames, wanted: str) -> Suggestion:
    """A file of the same name elsewhere, else one of a like name in the same folder, else one of a like path."""
    files = known.addresses
    wanted = bare(wanted)
    folder, _, name = wanted.rpartition("/")
    same = known.namesakes.get(name, ())
    if len(same) == 1:
        return Suggestion(files[same[0]], True)
    siblings = known.siblings.get(folder, ())
    found = [f"{folder}/{like}" if folder else like for like in near(name, siblings, 2, ALIKE)]
    if not found and len(files) < MANY:
        found = near(wanted, files, 2, VERY_ALIKE)
    return Suggestion(files[found[0]], len(found) == 1) if found else NO_SUGGESTION


def address(site: Site, file: str, page: str, like: str) -> str:
    """How to write a file's address on a page: from the root if `like` does, else relative."""
    folder = file.removesuffix("index.html") if file.endswith(("/index.html",)) or file == "index.html" else file
    if like.startswith("/"):
        return site.resolver.root + quote(folder)
    if like.lower().startswith(("http:", "https:")):
        return site.resolver.base + quote(folder)
    relative = posixpath.relpath(folder or ".", posixpath.dirname(page) or ".")
    return quote(relative) + ("/" if folder.endswith("/") or not folder else "")
