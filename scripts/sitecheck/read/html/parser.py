"""The compiled core of turbohtml, without its Python layer, which takes longer to import than fifty pages to read."""

from __future__ import annotations

import re
import sys
from importlib.machinery import PathFinder
from importlib.util import find_spec, module_from_spec
from types import ModuleType
from typing import Any


def core() -> ModuleType:
    """The module that parses: all of turbohtml if it is imported already, or if its core is not where we expect it."""
    package = None if "turbohtml" in sys.modules else find_spec("turbohtml")
    spec = PathFinder.find_spec("turbohtml._html", package.submodule_search_locations) if package else None
    if spec is None or spec.loader is None:
        import turbohtml

        return turbohtml
    module = sys.modules[spec.name] = module_from_spec(spec)  # `import turbohtml` will find it there
    spec.loader.exec_module(module)
    return module


_core = core()
Doctype = _core.Doctype
Document = _core.Document
Element = _core.Element
Text = _core.Text
HTML = _core.Namespace.HTML
LARGE = 64_000  # letters of a page; a smaller one takes at most 0.1 s
# The parser looks for each attribute of a later <html> or <body> among all of the first.
MERGED = re.compile(r"<(?:html|body)(?=[\s/])[^>]*", re.I)
BEGUN = re.compile(rb"<[hHbB](?:[tT][mM][lL]|[oO][dD][yY])")  # the same, in a third of the time
MAX_COST = 1e8  # about 20 ms


def parse(data: bytes | str) -> Any:
    """The tree of a page. A shadow root stays a <template>, which is found by its tag (see shadow_roots.py)."""
    if len(data) > LARGE:
        if isinstance(data, str):
            data = without_costly_tags(data)
        elif len(BEGUN.findall(data)) > 2:
            data = without_costly_tags(data.decode("latin-1")).encode("latin-1")
    return _core.parse(data, allow_declarative_shadow_roots=False)


def without_costly_tags(text: str) -> str:
    """The page with tags of <html> and <body> as comments once their attributes take too long to compare."""
    size = cost = 0

    def keep(match: re.Match[str]) -> str:
        nonlocal size, cost
        cost += size * len(match[0])
        size += len(match[0])
        return match[0] if cost < MAX_COST else f"<!{match[0][2:]}"

    return MERGED.sub(keep, text)
