"""The lang attributes: the theme declares one language for the site, and some pages are in another."""

from __future__ import annotations

from .built_site import Site, element, text_box
from .theme_markup import SKIP

FRAME = f".{SKIP}, .header, .rail, .footer, .end-block"  # the same on every page
ENGLISH = "en"


def declare(site: Site) -> None:
    """Declare the language of a page's text on its <html>, and mark the frame around the text as English."""
    for document in site.pages.values():
        text = text_box(document)
        language = text.attr("lang") if text else None
        if language:
            element(document, "html").attrs["lang"] = language
            for part in document.select(FRAME):
                part.attrs["lang"] = ENGLISH
