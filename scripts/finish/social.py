"""How a link to a page looks when somebody shares it: Open Graph and Twitter tags, and the one picture."""

from __future__ import annotations

from turbohtml import Element

from .built_site import Site, site_name
from .fingerprints import rename_file

PICTURE = "assets/social.png"  # 1200 by 630 pixels, without facts of the clinic, which may change
WIDTH, HEIGHT = 1200, 630
PICTURE_ALT = "When pain medicine makes pain worse. Two graphs: the hope, dose up and pain down; in OIH, both go up."


def describe(site: Site) -> None:
    """Write the tags into every page with a canonical address, and put a hash into the picture's name."""
    name = site_name(site)
    file = _picture(site)
    for page, document in site.pages.items():
        document.remove('meta[property^="og:"], meta[name^="twitter:"]')
        canonical = document.select_one('link[rel="canonical"]')
        if canonical is None:
            continue
        description = document.select_one('meta[name="description"]')
        heading = document.select_one("h1") or document.select_one("title")
        tags = {
            "og:type": "website" if page == "index.html" else "article",
            "og:site_name": name,
            "og:title": heading.text.strip() if heading else "",
            "og:description": description.attr("content") if description else "",
            "og:url": site.address(page),
            "og:image": file and site.home + file,
            "og:image:width": file and str(WIDTH),
            "og:image:height": file and str(HEIGHT),
            "og:image:alt": file and PICTURE_ALT,
        }
        canonical.insert_after(
            *(Element("meta", {"property": key, "content": value}) for key, value in tags.items() if value),
            Element("meta", {"name": "twitter:card", "content": "summary_large_image"}),
        )


def _picture(site: Site) -> str:
    """Put a hash into the picture's name and return its path; "" when the site has none."""
    if (site.root / PICTURE).is_file():
        return rename_file(site, PICTURE)
    return next((f"assets/{path.name}" for path in site.root.glob("assets/social.*.png")), "")
