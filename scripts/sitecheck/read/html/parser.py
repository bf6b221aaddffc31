"""The compiled core of turbohtml, without its Python layer, which takes longer to import than fifty pages to read."""

from __future__ import annotations

import sys
from functools import partial
from importlib.machinery import PathFinder
from importlib.util import find_spec, module_from_spec
from types import ModuleType


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
# A shadow root stays a <template>, which is found by its tag (see shadow_roots.py).
parse = partial(_core.parse, allow_declarative_shadow_roots=False)
