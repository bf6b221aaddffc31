"""The files of a built site before any is read: their names and stamps, and the cache of their facts."""

from pathlib import Path
from typing import NamedTuple

from ..model.options import Options
from .cache import Cache, cache_of
from .listing import Listing, list_site

REDIRECTS = "_redirects"


class Snapshot(NamedTuple):
    """A built site whose files are listed but not read."""

    name: str  # of the folder, as findings give it
    listing: Listing
    redirects: str  # the text of _redirects at the root (Netlify, Cloudflare Pages)
    base: str  # where the site will live; "" if unknown
    options: Options
    has_project: bool  # so that the words of the pages are read too
    cache: Cache


def take_snapshot(folder: Path, base: str, options: Options, has_project: bool, name: str = "") -> Snapshot:
    """List a folder. `name` stands for it in findings, and finds its cache. Raises OSError if there is no folder."""
    listing = list_site(folder)
    try:
        redirects = (folder / REDIRECTS).read_text("utf-8-sig", "replace") if REDIRECTS in listing.files else ""
    except OSError:
        redirects = ""
    names = (sorted(listing.files), sorted(listing.folders), listing.unreadable, redirects)
    choices = (options.reading, options.index_files, options.clean_urls, options.rewrite, base)
    cache = cache_of(Path(name or folder), options.cache, has_project, names, choices)
    return Snapshot(name or folder.as_posix(), listing, redirects, base, options, has_project, cache)
