"""Findings in the words of whoever asked: a person, a program, or a code host."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from .report import Report as Report

FORMATS = ("text", "json", "github", "sarif", "junit")
LISTING_RULES = ("sarif", "junit")  # these also tell which rules were asked


def writer(format: str) -> Callable[[Report], Iterator[str]]:
    """The function that turns a report into the text of a format, piece by piece; only that one is loaded."""
    from importlib import import_module

    write: Callable[[Report], Iterator[str]] = import_module(f"{__name__}.{format}").write
    return write
