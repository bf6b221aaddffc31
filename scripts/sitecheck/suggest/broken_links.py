"""Suggests what a broken link probably meant. Used for broken links only, so it need not be fast."""

from __future__ import annotations

import posixpath
from collections.abc import Callable
from typing import TYPE_CHECKING
from urllib.parse import quote, unquote

from ..links.file_names import NO_SUGGESTION, FileNames, Suggestion, bare
from ..model.similar_names import Effort, similar_names

if TYPE_CHECKING:
    from ..links.broken_link import BrokenLink
    from ..links.site import Site
    from ..model.page import Page

SIMILAR_NAME, SIMILAR_PATH = 0.75, 0.8  # difflib's ratio from which one word, and one whole path, counts as misspelled


def suggest_file(site: Site, broken: BrokenLink) -> Suggestion:
    """The address of the file that was most likely meant, written as on this page; "" if none stands out."""
    file = meant_file(site, broken)
    if not file.address:
        return file
    only_one = file.only_one and bare(file.address) not in site.names.ambiguous
    raw = broken.ref.raw.strip()
    query_and_fragment = raw[len(raw.split("#")[0].split("?")[0]) :]
    return Suggestion(address(site, file.address, broken.page, raw) + query_and_fragment, only_one)


def meant_file(site: Site, broken: BrokenLink) -> Suggestion:
    """The file of the site that was most likely meant; "" if none stands out."""
    if not broken.path or broken.ref.kind in ("search", "sitemap"):
        return NO_SUGGESTION
    if broken.verdict == "case":
        return Suggestion(broken.path, True)
    wanted = path_in_markdown(site, broken) or broken.path
    return search(site.names, wanted, lambda: nearest_file(site.names, wanted))


def path_in_markdown(site: Site, broken: BrokenLink) -> str:
    """The path that a missing link means in the page's Markdown, relative to its folder in docs/; "" without one."""
    document = site.project.document(broken.page) if site.project and broken.verdict == "missing" else None
    if document is None:
        return ""
    from ..project.pages.links import unresolved_file

    return unresolved_file(document, broken.ref.raw.strip())


def suggest_fragment(site: Site, broken: BrokenLink) -> Suggestion:
    """The most similar id of the page that the link leads to, as "#id"; "" if none is similar."""
    page, fragment = site.pages.get(broken.path), broken.fragment
    if page is None:
        return NO_SUGGESTION
    ids = plain_ids(site, page)
    return search(site.names, f"{broken.path}#{fragment}", lambda: nearest_fragment(ids, fragment, site.names.effort))


def search(names: FileNames, wanted: str, find: Callable[[], Suggestion]) -> Suggestion:
    """What `find` finds, once for each `wanted`."""
    if wanted not in names.suggestions:
        names.suggestions[wanted] = find()
    return names.suggestions[wanted]


def plain_ids(site: Site, page: Page) -> dict[str, list[str]]:
    """The ids and names on a page: as `plain` writes them -> as they are."""
    if (ids := site.names.plain_ids.get(page.path)) is None:
        ids = site.names.plain_ids[page.path] = {}
        for name in dict.fromkeys([*page.ids, *page.names]):
            ids.setdefault(plain(name), []).append(name)
    return ids


def nearest_fragment(ids: dict[str, list[str]], fragment: str, effort: Effort) -> Suggestion:
    """The id, of those from `plain_ids`, that equals a fragment but for capitals and dashes, else a similar one."""
    wanted = plain(unquote(fragment))
    names = [wanted] if wanted in ids else similar_names(wanted, ids, 2, SIMILAR_NAME, effort)
    candidates = [candidate for name in names for candidate in ids[name]]
    return Suggestion(f"#{candidates[0]}", len(candidates) == 1) if candidates else NO_SUGGESTION


def plain(word: str) -> str:
    """A word without differences in capitals, dashes, underscores and spaces."""
    return word.casefold().replace("_", "-").replace(" ", "-").strip("-")


def nearest_file(names: FileNames, wanted: str) -> Suggestion:
    """A file of the same name in another folder, else one of a similar name in this folder, else of a similar path."""
    files = names.addresses
    wanted = bare(wanted)
    folder, _, name = wanted.rpartition("/")
    match names.namesakes.get(name):
        case [only]:
            return Suggestion(files[only], True)
    siblings = similar_names(name, names.siblings.get(folder, ()), 2, SIMILAR_NAME, names.effort)
    candidates = [f"{folder}/{sibling}" if folder else sibling for sibling in siblings]
    if not candidates:
        candidates = similar_names(wanted, files, 2, SIMILAR_PATH, names.effort)
    return Suggestion(files[candidates[0]], len(candidates) == 1) if candidates else NO_SUGGESTION


def address(site: Site, file: str, page: str, style: str) -> str:
    """How to write a file's address on a page: absolute or from the root if the address `style` is, else relative."""
    folder = file.removesuffix("index.html") if file.endswith("/index.html") or file == "index.html" else file
    if style.startswith("/"):
        return site.resolver.root + quote(folder)
    if style.lower().startswith(("http:", "https:")):
        return site.resolver.base + quote(folder)
    relative = posixpath.relpath(folder or ".", posixpath.dirname(page) or ".")
    if style.startswith(".") and file.endswith((".js", ".mjs")) and not relative.startswith("."):
        relative = f"./{relative}"  # an import of a module needs the dots
    return quote(relative) + ("/" if folder.endswith("/") or not folder else "")
