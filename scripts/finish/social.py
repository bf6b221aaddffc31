"""How a link to a page looks when somebody shares it: Open Graph and Twitter tags, and the one picture."""

from __future__ import annotations

from turbohtml import Document, Element

from . import picture
from .fingerprints import fingerprinted
from .site import Site, site_name

PICTURE_ALT = "Two lines: the dose goes up step by step; the pain first goes down, then up."


def describe(site: Site) -> None:
    """Write the tags into every page that has an address, and the picture into assets/."""
    front = site.pages["index.html"]
    name = site_name(site)
    png = picture.draw(_title(front), name, site.clinic["name"])
    file = "assets/" + fingerprinted("social.png", png)
    site.write(file, png)
    for page, document in site.pages.items():
        for old in document.select('meta[property^="og:"], meta[name^="twitter:"]'):
            old.decompose()
        canonical = document.select_one('link[rel="canonical"]')
        if canonical is None:
            continue
        description = document.select_one('meta[name="description"]')
        tags = {
            "og:type": "website" if page == "index.html" else "article",
            "og:site_name": name,
            "og:title": _title(document),
            "og:description": description.attr("content") if description else "",
            "og:url": site.address(page),
            "og:image": site.home + file,
            "og:image:width": str(picture.WIDTH),
            "og:image:height": str(picture.HEIGHT),
            "og:image:alt": PICTURE_ALT,
        }
        canonical.insert_after(
            *(Element("meta", {"property": key, "content": value}) for key, value in tags.items() if value),
            Element("meta", {"name": "twitter:card", "content": "summary_large_image"}),
        )


def _title(document: Document) -> str:
    heading = document.select_one("h1") or document.select_one("title")
    return heading.text.strip() if heading else ""
