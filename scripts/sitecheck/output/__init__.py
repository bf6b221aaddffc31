"""The formats of a report: for a person, a program, a code host, or a viewer of test results."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from .report import Report

FORMATS = ("text", "json", "github", "sarif", "junit")
FORMATS_WITH_RULES = ("sarif", "junit")  # these also list the rules that ran


def writer(format: str) -> Callable[[Report], Iterator[str]]:
    """The function that yields the text of a report in a format, piece by piece; no other format is imported."""
    from importlib import import_module

    write: Callable[[Report], Iterator[str]] = import_module(f"{__name__}.{format}").write
    return write
