"""Two states of a small guide, to compare: its front page with these words, and with others."""

from __future__ import annotations

from pathlib import Path

from finish.built_site import Site, load
from finishing import DATA, site_of
from guide.changes import page_units

TEXT = '<div class="text"><h1>Pain</h1>{}<section class="end-block"><p>Checked.</p></section></div>'
WORDS = (
    '<p>Call <a href="tel:911">911</a> now. Wait 2 minutes. Rest well.</p><ul><li>Take care.</li></ul>'
    '<svg viewBox="0 0 9 9"><title>Stairs</title><path d="M0 0h9"/></svg>'
    '<p>More.<sup class="cite"><a href="#source-a">1</a></sup></p>'
)
NAMES = {"index.html": "index.md"}


def state(folder: Path, words: str) -> Site:
    """A site whose front page, and no other, has these words."""
    site = load(site_of(folder, TEXT.format(words)), DATA)
    site.pages = {"index.html": site.pages["index.html"]}
    return site


def read(site: Site) -> dict[str, page_units.BuiltPage]:
    return {page: page_units.read_page(site, page, frozenset()) for page in site.pages}
