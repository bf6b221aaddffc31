"""The words by which a person knows a link, a heading or a button."""

from __future__ import annotations

from .parser import Element, Text

LENGTH = 80  # enough to find the words again in the source
NAMING = ("aria-label", "aria-labelledby", "title")
STANDING_IN = ("alt", "aria-label", "title", "value")  # for the text of what is inside


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
        for name in STANDING_IN:
            if value := short(inner.attr(name) or ""):
                return value
    return ""


def is_spoken(element: Element) -> bool:
    """Whether the element has a name for who listens: words that are kept from them (aria-hidden) give none."""
    if element.select_one("[aria-hidden=true]") is None or any((element.attr(name) or "").strip() for name in NAMING):
        return bool(words_of(element))
    inside = [one for one in element.descendants if one.closest("[aria-hidden=true]") is None]
    words = [one.data for one in inside if isinstance(one, Text)]
    words += [one.attr(name) or "" for one in inside if isinstance(one, Element) for name in STANDING_IN]
    return any(map(str.strip, words))
