"""AS: pictures, styles, scripts and sounds that pages load."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import partial

from ..links.broken_link import BrokenLink
from ..links.site import Site
from ..model.finding import Fault
from ..model.reference_kinds import ASSETS
from ..suggest.broken_links import meant_file, suggest_file
from .links import CAPITALS, report
from .registry import rule

# Kinds of files that a reader gets only by a reference. Not scripts and data, which other scripts load by name.
REFERENCED_KINDS = frozenset((
    "png", "jpg", "jpeg", "gif", "webp", "avif", "svg", "ico", "bmp", "mp4", "webm", "ogv", "mp3", "ogg", "oga",
    "wav", "m4a", "vtt", "pdf", "doc", "docx", "odt", "xls", "xlsx", "ods", "ppt", "pptx", "zip", "css", "woff",
    "woff2", "ttf", "otf", "eot",
))  # fmt: skip
SCRIPTS = (".js", ".mjs")
REQUESTED_BY_NAME = frozenset(("favicon.ico", "apple-touch-icon.png", "apple-touch-icon-precomposed.png"))
# Files that hosts, crawlers and browsers request from the root without a reference.
ROOT_FILES = frozenset((
    "CNAME", "_headers", "_redirects", "robots.txt", "humans.txt", "llms.txt", "llms-full.txt", "browserconfig.xml",
    "security.txt", "ads.txt", "sitemap.xml",
))  # fmt: skip


def assets(site: Site, *verdicts: str) -> Iterator[BrokenLink]:
    """Broken references to what a page loads, but for modules in whose place an import map names others.

    Themes leave scripts behind that no page loads: theirs do not count.
    """
    mapped = {one.path for one in site.links.of("mapped")}
    found = [one for one in site.links.of(*verdicts) if one.ref.kind in ASSETS and one.path not in mapped]
    left_over = {broken.page for broken in found if broken.page.endswith(SCRIPTS)}
    if left_over:
        left_over -= site.links.reachable(site.pages, {*site.pages, *site.others})
    return (broken for broken in found if broken.page not in left_over)


@rule("AS001", error="nothing is shown", fixable=True)
def asset_missing(site: Site) -> Iterator[Fault]:
    """A reader sees a gap where the picture should be, or a page without its style."""
    message = "{raw}, loaded as {kind}, is not in the site"
    return report(assets(site, "missing"), message, partial(suggest_file, site))


@rule("AS002", error="nothing is shown", fixable=True)
def asset_case_wrong(site: Site) -> Iterator[Fault]:
    """The picture shows on the editor's computer and for no reader: web hosts tell capitals apart."""
    return report(assets(site, "case"), CAPITALS, partial(suggest_file, site))


@rule("AS003", error="nothing is shown")
def asset_unnamed(site: Site) -> Iterator[Fault]:
    """A browser shows a broken picture, or asks for the page a second time."""
    for broken in assets(site, "empty"):
        yield broken.fault(f"write which {broken.ref.kind} to load, or take the element away", target=" ")
    message = "<{}> names nothing to load; give it an address or take it away"
    yield from site.issue_faults(message, "source-missing")


@rule("AS005", error="nothing is shown")
def asset_is_page(site: Site) -> Iterator[Fault]:
    """A browser that requests a picture or a style gets a page, and shows neither."""
    links = site.links.of("page-as-asset")
    return report(links, "{path} is a page, and cannot be loaded as {kind}; name the right file")


@rule("AS004", advice="no reader meets it")
def asset_unused(site: Site) -> Iterator[Fault]:
    """Readers download nothing from it, but somebody keeps it up to date, and search engines may show it."""
    meant = {meant_file(site, broken).address for broken in assets(site, "missing", "case")}  # AS001 reports these
    for path in site.listing.files.keys() - site.links.all_targets() - ROOT_FILES - meant:
        name = path.rpartition("/")[2]
        by_hand = is_from_docs(site, path)
        may_be_unused = by_hand or name.rpartition(".")[2].lower() in REFERENCED_KINDS
        if not may_be_unused or "/." in f"/{path}" or is_of_a_pair(site, path):
            continue
        if name not in REQUESTED_BY_NAME and name not in site.named_in_scripts:
            what = "nothing in the site refers to this file" + (", and everybody can open it" if by_hand else "")
            yield Fault(f"{what}; take it away, or link to it", page=path, single=True)


def is_of_a_pair(site: Site, path: str) -> bool:
    """Whether a style belongs to a script or feed style sheet of the same name; generators write both, used or not."""
    stem = path.removesuffix(".css")
    return stem != path and any(stem + kind in site.listing.files for kind in (".js", ".mjs", ".xsl"))


def is_from_docs(site: Site, path: str) -> bool:
    """Whether a person put a file into docs/, other than the scripts and data in docs/assets, which load by name."""
    if path in site.pages or re.fullmatch(r"assets/.*\.(?:m?js|json)", path):
        return False
    return site.project is not None and f"docs/{path}" in site.project.assets
