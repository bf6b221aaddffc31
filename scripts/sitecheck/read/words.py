"""The words by which a person knows a link, a heading or a button."""

from __future__ import annotations

from .parser import Element

LENGTH = 80  # enough to find the words again in the source
NAMING = ("aria-label", "aria-labelledby", "title")


def short(text: str) -> str:
    """White space collapsed, cut to what is needed to find the words again."""
    text = text.strip()
    if "\n" in text or "  " in text:
        text = " ".join(text.split())
    return text[:LENGTH]


def words_of(element: Element) -> str:
    """The accessible name, near enough: the element's text, or what stands in for it."""
    if text := short(element.text):
        return text
    for name in NAMING:
        if value := short(element.attr(name) or ""):
            return value
    for inner in element.select("[alt],[aria-label],[title],svg title,input[value]"):
        for name in ("alt", "aria-label", "title", "value"):
            if value := short(inner.attr(name) or ""):
                return value
    return ""
