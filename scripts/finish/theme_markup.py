"""What the theme leaves around our pages and nobody uses: hidden controls, inline scripts, empty boxes, class names."""

from __future__ import annotations

import re

from turbohtml import Document, Element, Text

from .site import Site

LEFTOVERS = (
    "input.md-toggle, label.md-overlay, .md-dialog, [data-md-component=announce], script#__config, script#__icons, "
    "a#__skip, meta[name=generator]"
)
THEME_SCRIPT = re.compile(r"__md_|__tabbed_")
SKIP = "md-skip"  # the theme's name for it, so that a live preview looks the same
STYLES = "link[rel=stylesheet]"


def strip(site: Site) -> None:
    """Leave of the theme's frame only what our own styles and scripts name."""
    named = site.words(f"style, {STYLES}, script[src]") | {SKIP}
    for document in site.pages.values():
        for leftover in document.select(LEFTOVERS):
            leftover.decompose()
        for script in document.select("script:not([src]):not([type])"):
            if THEME_SCRIPT.search(script.text):
                script.decompose()
        _skip_link(document)
        for element in document.select("[class], [data-md-component]"):
            _undress(element, named)


def _undress(element: Element, named: set[str]) -> None:
    """Take the theme's names off an element, and the element away when it was only there to carry them."""
    attrs = element.attrs
    bare = set(attrs) <= {"class", "data-md-component"}
    attrs.pop("data-md-component", None)
    classes = (element.attr("class") or "").split()
    kept = [name for name in classes if name in named or not (name.startswith("md-") or name == "no-js")]
    if kept:
        attrs["class"] = " ".join(kept)
    elif "class" in attrs:
        del attrs["class"]
    if element.tag == "div" and bare and not kept:
        element.unwrap()


def _skip_link(document: Document) -> None:
    """The first stop of the tab key leads past the frame, on every page and by the same words."""
    body, main = document.select_one("body"), document.select_one("main")
    if body is None or main is None:
        return
    for old in body.select(f"a.{SKIP}"):
        old.decompose()
    main.attrs.setdefault("id", "content")
    link = Element("a", {"class": SKIP, "href": f"#{main.attr('id')}"}, [Text("Skip to content")])
    body.insert(0, link)
