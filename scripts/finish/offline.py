"""Get help now and Hours without a network: sw.js keeps a copy of them, and says from what day the copy is.

docs/_data/offline.yml lists the pages. Kill switch: with an empty list (`pages: []`) the published sw.js deletes every
saved copy and unregisters itself, on the next visit of each browser that has it.
"""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

from turbohtml import Element

from .fingerprints import LOADED
from .site import COMPACT, Site

WORKER = Path(__file__).with_name("sw.js")
REGISTRATION = "assets/js/offline.js"
PLACE = '{"version":"","pages":[],"assets":[]}'  # stands in sw.js where the list goes


def announce(site: Site) -> None:
    """Let every page register the worker, by a script of ours that waits until the page is there."""
    for page, document in site.pages.items():
        head, present = document.select_one("head"), document.select('script[src*="/js/offline."]')
        if not site.kept_offline:
            for script in present:
                script.decompose()
        elif head is not None and not present and (site.root / REGISTRATION).is_file():
            head.append(Element("script", {"src": site.link(page, REGISTRATION), "defer": ""}))


def write_worker(site: Site) -> None:
    """Write sw.js with the list of what it keeps, and a hash of just that: other pages do not renew it."""
    pages = [site.target("index.html", address) or "" for address in site.kept_offline]
    for address, page in zip(site.kept_offline, pages, strict=True):
        if page not in site.pages:
            site.unfit.append(f"docs/_data/offline.yml: there is no page {address}: correct the line or remove it")
            return
    assets = sorted(
        {
            file
            for page in pages
            for selector, attribute in LOADED.items()
            for element in site.pages[page].select(selector)
            if (file := site.target(page, element.attr(attribute) or "")) and (site.root / file).is_file()
        }
    )
    content = hashlib.sha256(WORKER.read_bytes())
    for page in pages:
        content.update(site.pages[page].serialize(COMPACT).encode())
    for file in assets:
        content.update(file.encode())
    kept = {"version": content.hexdigest()[:12], "pages": site.kept_offline, "assets": assets}
    site.write("sw.js", WORKER.read_text("utf-8").replace(PLACE, json.dumps(kept, separators=(",", ":"))))
