"""Editors' blocks (/// emergency | Call 911 now if:) as sections with real headings, which a screen reader can find."""

from __future__ import annotations

from turbohtml import Document, Element, Text

from sitecheck.model.paths import slug_of

from .built_site import Site

# The classes of a block's section, and what a screen reader speaks in place of its color. NHS's grammar of care cards:
# the level in words, then a call to action.
KINDS = {
    "in-short": ("in-short", ""),
    "emergency": ("care care-emergency", "Immediate action required: "),
    "urgent": ("care care-urgent", "Urgent advice: "),
    "routine": ("care care-routine", "Non-urgent advice: "),
    "do": ("do", ""),
    "dont": ("dont", ""),
    "warning": ("warning", ""),
}
HEADINGS = "h1, h2, h3, h4, h5, h6"
NO_TITLE = "Note"  # the title that the generator gives to an inset without one


def rewrite(site: Site) -> None:
    """Rewrite every block of every page. Other markup stays as it is."""
    for document in site.pages.values():
        _rewrite_page(document)


def _rewrite_page(document: Document) -> None:
    taken = {element.attr("id") or "" for element in document.select("[id]")}
    level = 1
    for element in document.select(f"{HEADINGS}, div.admonition"):
        if element.tag != "div":
            level = int(element.tag[1])
            continue
        classes = (element.attr("class") or "").split()
        kind = next((name for name in classes if name in KINDS), "")
        more = [name for name in classes if name not in ("admonition", kind)]
        title = element.select_one(".admonition-title")
        if kind and title is not None:
            _to_section(element, title, kind, more, min(level + 1, 6), taken)
        else:
            _to_inset(element, title, more)


def _to_section(block: Element, title: Element, kind: str, more: list[str], level: int, taken: set[str]) -> None:
    name, words = KINDS[kind]
    heading = Element(f"h{level}", None, list(title.children))
    given = block.attr("id") or ""
    if kind == "in-short":
        labels = anchor("in-short", taken)
    else:
        given = given or anchor(heading.text, taken)
        labels = anchor(f"{given}-heading", taken)
    heading.attrs["id"] = labels
    if words:
        heading.insert(0, Element("span", {"class": "visually-hidden"}, [Text(words)]))
    title.replace_with(heading)
    block.tag = "section"
    block.attrs["class"] = " ".join([name, *more])
    if given:
        block.attrs["id"] = given
    block.attrs["aria-labelledby"] = labels


def _to_inset(block: Element, title: Element | None, more: list[str]) -> None:
    """Keep an inset a <div>: it stands out by its look alone, and readers do not navigate to it."""
    if title is not None and title.text.strip() == NO_TITLE:
        title.decompose()
    elif title is not None:
        title.attrs["class"] = "inset-title"
    block.attrs["class"] = " ".join(dict.fromkeys(["inset", *more]))


def anchor(words: str, taken: set[str]) -> str:
    """Make an id of `words` that is not in `taken`, and add it: "call-your-doctor", "call-your-doctor-2"."""
    name = slug = slug_of(words) or "block"
    number = 1
    while name in taken:
        number += 1
        name = f"{slug}-{number}"
    taken.add(name)
    return name
