"""Which language each part of a page is in: the theme writes one for the whole site, and some pages speak another."""

from __future__ import annotations

from .print_parts import words_of
from .site import Site
from .theme_markup import SKIP

FRAME = f".{SKIP}, .header, .guide-list, .footer, .end-block"  # the same on every page
ENGLISH = "en"


def declare(site: Site) -> None:
    """Give a page the language of its words, and say of the frame around them that it is English."""
    for document in site.pages.values():
        words = words_of(document)
        language = words.attr("lang") if words else None
        if language:
            document.select_one("html").attrs["lang"] = language
            for part in document.select(FRAME):
                part.attrs["lang"] = ENGLISH
