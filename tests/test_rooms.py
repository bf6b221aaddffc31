"""The rooms of scripts/: an import goes down the list, never up, so that no two rooms can need each other."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

SCRIPTS = Path(__file__).parents[1] / "scripts"
PACKAGES = ("guide", "finish", "sitecheck")
ROOMS = ("command", "output", "report", "rules", "suggest", "links", "scan", "project", "read", "model")


def imports(file: Path) -> Iterator[str]:
    """The modules that a file imports from this project, from scripts/ on: "sitecheck.model.finding"."""
    package = file.relative_to(SCRIPTS).parent.parts
    for node in ast.walk(ast.parse(file.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            above = package[: len(package) - node.level + 1] if node.level else ()
            inside = ".".join((*above, *((node.module,) if node.module else ())))
            yield from (f"{inside}.{alias.name}" for alias in node.names)


def imports_up(folder: Path, order: tuple[str, ...], prefix: str) -> list[str]:
    """Each import of a room by one that stands below it."""
    return [
        f"{file.relative_to(SCRIPTS)} imports {name}"
        for room in order
        for file in (folder / room).rglob("*.py")
        for name in imports(file)
        if name.startswith(prefix)
        and (target := name.removeprefix(prefix).split(".")[0]) in order
        and order.index(target) < order.index(room)
    ]


@pytest.mark.parametrize(
    ("folder", "order", "prefix"),
    [(SCRIPTS / "sitecheck", ROOMS, "sitecheck."), (SCRIPTS, PACKAGES, "")],
    ids=["sitecheck", "scripts"],
)
def test_no_room_imports_one_above_it(folder: Path, order: tuple[str, ...], prefix: str) -> None:
    assert imports_up(folder, order, prefix) == []


def test_every_module_stands_in_a_room() -> None:
    loose = {path.name for path in SCRIPTS.glob("*.py")} | {path.name for path in (SCRIPTS / "sitecheck").glob("*.py")}
    assert loose == {"macros.py", "mkdocs_hooks.py", "__init__.py", "__main__.py"}
    assert {path.parent.name for path in (SCRIPTS / "sitecheck").glob("*/*.py")} == set(ROOMS)
