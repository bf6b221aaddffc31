"""What is wrong with one element by itself, noted while the page is read; the AX and AS rules say it in words."""

from __future__ import annotations

from typing import Any

import turbohtml

Attributes = Any  # a mapping; turbohtml keeps its type private
NAMING = ("aria-label", "aria-labelledby", "title")
SILENT_ROLES = {"presentation", "none"}


def hidden(element: turbohtml.Element) -> bool:
    """Whether assistive technology never meets the element."""
    return element.closest("[aria-hidden=true],[hidden]") is not None


def words_of(element: turbohtml.Element) -> str:
    """The accessible name of a link, button or heading, near enough: its text, or what stands in for it."""
    if text := " ".join(element.text.split()):
        return text
    for name in NAMING:
        if (value := element.attr(name)) and value.strip():
            return value.strip()
    for inner in element.select("[alt],[aria-label],[title],svg title,input[value]"):
        for name in ("alt", "aria-label", "title", "value"):
            if (value := inner.attr(name)) and value.strip():
                return value.strip()
    return ""


def image_flaw(element: turbohtml.Element, attrs: Attributes) -> tuple[str, str] | None:
    """An image that nothing describes, or whose description is its file's name."""
    source = attrs.get("src") or ""
    alt = attrs.get("alt")
    if alt is None:
        if attrs.get("role") in SILENT_ROLES or any(attrs.get(name) for name in NAMING) or hidden(element):
            return None
        return "image-without-alt", source
    if alt and alt.strip() and alt.strip() in (source, source.rsplit("/", 1)[-1]):
        return "alt-is-file-name", source
    return None


def table_flaw(element: turbohtml.Element, attrs: Attributes) -> tuple[str, str] | None:
    """A table of data whose cells have no header to belong to."""
    if attrs.get("role") in SILENT_ROLES or element.select_one("th,[role=columnheader],[role=rowheader]"):
        return None
    if hidden(element) or not element.select_one("td"):
        return None
    return "table-without-header", ""


def flaw_of(tag: str, attrs: Attributes, element: turbohtml.Element, text: str) -> tuple[str, str] | None:
    """(what, detail) of the flaw that the element has, or None."""
    if tag == "a":
        if not text and attrs.get("href") is not None and not hidden(element):
            return "link-without-words", attrs.get("href")
    elif tag == "img":
        return image_flaw(element, attrs)
    elif tag == "table":
        return table_flaw(element, attrs)
    elif tag == "button":
        if not words_of(element) and not hidden(element):
            return "button-without-words", ""
    elif tag == "iframe":
        if not any((attrs.get(name) or "").strip() for name in NAMING) and not hidden(element):
            return "frame-without-title", attrs.get("src") or ""
    elif tag == "area":
        if attrs.get("href") is not None and not (attrs.get("alt") or "").strip():
            return "area-without-alt", attrs.get("href")
    elif tag == "input":
        if attrs.get("type") == "image" and not (attrs.get("alt") or "").strip():
            return "input-without-alt", attrs.get("src") or ""
    return None
