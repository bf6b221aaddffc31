"""Remove the theme's unused markup: hidden controls, inline scripts, empty boxes, class names."""

from __future__ import annotations

import re

from turbohtml import Document, Element, Text

from .built_site import Site, element

LEFTOVERS = (
    "input.md-toggle, label.md-overlay, .md-dialog, [data-md-component=announce], script#__config, script#__icons, "
    "a#__skip, meta[name=generator]"
)
THEME_SCRIPT = re.compile(r"__md_|__tabbed_")
SKIP = "md-skip"  # the theme's own class, so that a preview looks the same
STYLES = "link[rel=stylesheet]"


def strip(site: Site) -> None:
    """Remove the theme's frame, except the class names that our own styles and scripts use."""
    named = site.words_in(f"style, {STYLES}, script[src]") | {SKIP}
    for document in site.pages.values():
        document.remove(LEFTOVERS)
        for script in document.select("script:not([src]):not([type])"):
            if THEME_SCRIPT.search(script.text):
                script.decompose()
        _skip_link(document)
        for marked in document.select("[class], [data-md-component]"):
            _strip_element(marked, named)


def _strip_element(marked: Element, named: set[str]) -> None:
    """Remove the theme's class names from an element, and unwrap a <div> that had nothing else."""
    attrs = marked.attrs
    bare = set(attrs) <= {"class", "data-md-component"}
    attrs.pop("data-md-component", None)
    classes = (marked.attr("class") or "").split()
    kept = [name for name in classes if name in named or not (name.startswith("md-") or name == "no-js")]
    if kept:
        attrs["class"] = " ".join(kept)
    elif "class" in attrs:
        del attrs["class"]
    if marked.tag == "div" and bare and not kept:
        marked.unwrap()


def _skip_link(document: Document) -> None:
    """Make "Skip to content" the first link of the page, for readers who use the tab key."""
    main = document.select_one("main")
    if main is None:
        return
    document.remove(f"a.{SKIP}")
    main.attrs.setdefault("id", "content")
    link = Element("a", {"class": SKIP, "href": f"#{main.attr('id')}"}, [Text("Skip to content")])
    element(document, "body").insert(0, link)
