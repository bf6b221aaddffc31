"""Editors' blocks (/// emergency | Call 911 now if:) as sections with real headings, which a screen reader can find."""

from __future__ import annotations

from turbohtml import Element, Text

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
        taken = {element.attr("id") or "" for element in document.select("[id]")}
        level = 1
        for block in document.select(f"{HEADINGS}, div.admonition"):
            if block.tag == "div":
                _rewrite_block(block, min(level + 1, 6), taken)
            else:
                level = int(block.tag[1])


def _rewrite_block(block: Element, level: int, taken: set[str]) -> None:
    """Make a block a section whose heading has this level; an inset stays a <div>.

    An inset stands out by its look alone, and readers do not navigate to it.
    """
    names = (block.attr("class") or "").split()
    kind = next((name for name in names if name in KINDS), "")
    title = block.select_one(".admonition-title")
    own = KINDS[kind][0] if kind and title else "inset"
    block.attrs["class"] = " ".join(dict.fromkeys([own, *(name for name in names if name not in ("admonition", kind))]))
    if title is None:
        return
    if kind:
        _to_section(block, title, kind, level, taken)
    elif title.text.strip() == NO_TITLE:
        title.decompose()
    else:
        title.attrs["class"] = "inset-title"


def _to_section(block: Element, title: Element, kind: str, level: int, taken: set[str]) -> None:
    if kind == "in-short":
        label = anchor("in-short", taken)
    else:
        id = block.attr("id") or anchor(title.text, taken)
        block.attrs["id"] = id
        label = anchor(f"{id}-heading", taken)
    block.tag = "section"
    block.attrs["aria-labelledby"] = label
    heading = Element(f"h{level}", {"id": label}, list(title.children))
    if spoken := KINDS[kind][1]:
        heading.insert(0, Element("span", {"class": "visually-hidden"}, [Text(spoken)]))
    title.replace_with(heading)


def anchor(words: str, taken: set[str]) -> str:
    """Make an id of `words` that is not in `taken`, and add it: "call-your-doctor", "call-your-doctor-2"."""
    name = slug = slug_of(words) or "block"
    number = 1
    while name in taken:
        number += 1
        name = f"{slug}-{number}"
    taken.add(name)
    return name
