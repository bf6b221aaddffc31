"""Accessible names of links, headings and buttons (accname 1.2, simplified)."""

from __future__ import annotations

from .parsed_page import ParsedPage
from .parser import Element, Text

UNREAD = ("script", "style", "template")  # nobody reads their text
MAY_BE_SILENT = ",".join(["[aria-hidden=true]", "[hidden]", "[style]", *UNREAD])
ZERO_WIDTH = "\u00ad\u200b\u200c\u200d\u2060\ufeff"  # where a word may be cut, or not
UNHEARD = dict.fromkeys(map(ord, ZERO_WIDTH), " ")
MAX_LENGTH = 80  # enough to find the words again in the source
NAME_ATTRIBUTES = ("aria-label", "aria-labelledby", "title")
TEXT_ALTERNATIVES = ("alt", "aria-label", "title", "value")  # for the text of an element inside


def short(text: str) -> str:
    """Text with white space collapsed, cut to MAX_LENGTH characters; "" if a screen reader says nothing for it."""
    text = text.strip()
    if text[:1] in ZERO_WIDTH and text.translate(UNHEARD).isspace():
        return ""
    if "\n" in text or "  " in text:
        text = " ".join(text.split())
    return text[:MAX_LENGTH]


def words_of(element: Element) -> str:
    """The accessible name, simplified: the element's text, or else the first text alternative."""
    if text := short(element.text):
        return text
    for name in NAME_ATTRIBUTES:
        if value := short(element.attr(name) or ""):
            return value
    for inner in element.select("[alt],[aria-label],[title],svg title,input[value]"):
        for name in TEXT_ALTERNATIVES:
            if value := short(inner.attr(name) or ""):
                return value
    return ""


def has_label(element: Element, *others: str) -> bool:
    """Whether one of the attributes that give an element a name, or of some others, says anything."""
    return any(map(str.strip, [element.attr(name) or "" for name in (*NAME_ATTRIBUTES, *others)]))


def is_spoken(page: ParsedPage, element: Element) -> bool:
    """Whether the element has a name for screen readers. What is hidden from them does not count."""
    if has_label(element):
        return True
    if element.select_one(MAY_BE_SILENT) is None:
        return bool(words_of(element))
    inside = [one for one in (element, *element.descendants) if isinstance(one, Element)]
    spoken = [one for one in inside if one.tag not in UNREAD and one not in page.hidden]
    words = [child.data for one in spoken for child in one.children if isinstance(child, Text)]
    words += [one.attr(name) or "" for one in spoken if one != element for name in TEXT_ALTERNATIVES]
    return any(map(str.strip, words))
