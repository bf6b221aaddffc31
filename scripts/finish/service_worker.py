"""Get help now and other pages without a network: sw.js keeps a copy of them and says how old it is.

docs/_data/offline.yml lists the pages. Kill switch: with an empty list (`pages: []`) the published sw.js deletes every
saved copy and unregisters itself, on the next visit of each browser that has it.

A host may answer with a login page, an error page, or half a page. The worker accepts only pages that carry our mark:
their last element names the page and, if it is kept, the release of all kept pages.
"""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

from turbohtml import Element

from .built_site import NOT_FOUND, SERIALIZER, Site, element
from .fingerprints import integrity, loads

WORKER = Path(__file__).with_name("sw.js")
REGISTRATION, REGISTERED = "assets/js/offline.js", 'script[src*="/js/offline."]'
PLACEHOLDER = '{"version":"","pages":[],"assets":{},"notes":{}}'  # in sw.js, where the settings go
MARK = "data-whole"  # sw.js looks for this attribute


def register(site: Site) -> None:
    """Add the script that registers the worker to every page; remove it when no page is kept."""
    for page, document in site.pages.items():
        if not site.kept_offline:
            document.remove(REGISTERED)
        elif not document.select(REGISTERED) and (site.root / REGISTRATION).is_file():
            element(document, "head").append(Element("script", {"src": site.link(page, REGISTRATION), "defer": ""}))


def write(site: Site) -> None:
    """Write sw.js with the list of what it keeps, and a mark into each page.

    The version is a hash of what is kept: a change to another page does not renew it.
    """
    for document in site.pages.values():
        document.remove(f"[{MARK}]")
    kept = {site.target("index.html", address) or "": address for address in site.kept_offline}
    missing = [address for page, address in kept.items() if page not in site.pages]
    errors = [f"there is no page {address}: correct the line or remove it" for address in missing]
    if kept and "en" not in site.offline_notes:
        errors.append("the English words above a saved copy are missing: put back `notes:` with `en:`")
    if errors:
        site.errors += [f"docs/_data/offline.yml: {error}" for error in errors]
        return
    settings = {"pages": site.kept_offline, "assets": _assets(site, list(kept)), "notes": site.offline_notes}
    content = hashlib.sha256(WORKER.read_bytes() + json.dumps(settings).encode())
    for page in kept:
        content.update(site.pages[page].serialize(SERIALIZER).encode())
    version = content.hexdigest()[:12]
    for page, document in site.pages.items():
        if page != NOT_FOUND:
            element(document, "body").append(
                Element("template", {MARK: mark(site, page, version if page in kept else "")})
            )
    text = json.dumps({"version": version, **settings}, separators=(",", ":"), ensure_ascii=False)
    site.write("sw.js", WORKER.read_text("utf-8").replace(PLACEHOLDER, text))


def mark(site: Site, page: str, version: str = "") -> str:
    """Return the mark of a page: "get-help-now/@0123456789ab"."""
    return f"{site.address(page).removeprefix(site.home)}@{version}"


def _assets(site: Site, pages: list[str]) -> dict[str, str]:
    """Return the files that these pages load, with Subresource Integrity hashes: the worker keeps no other content."""
    loaded = {file for page in pages for _, _, file in loads(site, page)}
    files = sorted(file for file in loaded if (site.root / file).is_file())
    return {file: integrity((site.root / file).read_bytes()) for file in files}
