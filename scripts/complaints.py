"""What MkDocs complains of, for the faults that no rule of ours names: a line that says which file to open."""

from __future__ import annotations

import re
from pathlib import Path

LOGGED = re.compile(r"^(?:WARNING|ERROR) +-  ?(.*)|^(Aborted.*|Config value.*|Error: .*)", re.M)
MACRO = re.compile(r"^[^\n]*# _Macro [^\n]*\n+_File_: `(?P<page>[^`]+)`(?P<why>.*?)(?=^[A-Z]+ +-  |\Z)", re.M | re.S)
MACRO_WHY = re.compile(r"\*\*(.+?)\*\*|^_(\w+)_: (.+)", re.M)
MACRO_LINE = re.compile(r'_Line (\d+) in Markdown|File "<template>", line (\d+)')
LINK = re.compile(r"Doc file '([^']+)' contains an? [\w ]*link '([^']+)'")
FRAME = re.compile(r'^ +File "(.+?)", line (\d+)', re.M)
FRONT_MATTER = re.compile(r"\A---\s*\n.*?\n(?:---|\.\.\.)[ \t]*\n+", re.S)
OURS = ("docs/", "overrides/", "scripts/macros.py")


def told(output: str) -> list[str]:
    """The complaints in all that MkDocs printed, a traceback included; each begins `file:line:column`."""
    macros = [_of_macro(*found.group("page", "why")) for found in MACRO.finditer(output)]
    if macros:
        return macros
    trace = output.partition("Traceback (most recent call last)")[2].strip()
    last = trace.splitlines()[-1].removeprefix("jinja2.exceptions.") if trace else ""
    if place := _last_of_ours(trace):
        return [f"{place} {last}"]
    said = [found[1] or found[2] for found in LOGGED.finditer(output)] or [last or output.strip().rpartition("\n")[2]]
    return [_placed(one) for one in said if one and not one.startswith("Aborted")]


def _of_macro(page: str, why: str) -> str:
    """What stands in braces on a page and cannot be printed. The plugin counts lines without the front matter."""
    text, line = _text(page), MACRO_LINE.search(why)
    before = FRONT_MATTER.match(text)
    number = int(line[1] or line[2]) + (before[0].count("\n") if before else 0) if line else 1
    said = MACRO_WHY.search(why)
    return f"docs/{page}:{number}:1 {' '.join(filter(None, said.groups())) if said else 'mend what stands in braces'}"


def _last_of_ours(trace: str) -> str:
    """The place in a template that a traceback went through last, "" for none: Jinja lists its lines like Python's."""
    here = Path.cwd()
    files = ((Path(file), line) for file, line in FRAME.findall(trace))
    ours = [f"{file.relative_to(here).as_posix()}:{line}:1" for file, line in files if file.is_relative_to(here)]
    return next((place for place in reversed(ours) if place.startswith(OURS)), "")


def _placed(complaint: str) -> str:
    """A complaint behind the place of the link that it names."""
    if found := LINK.search(complaint):
        text = _text(found[1])
        at = max(text.find(found[2]), 0)
        line, column = text.count("\n", 0, at) + 1, at - text.rfind("\n", 0, at)
        return f"docs/{found[1]}:{line}:{column} MkDocs: {complaint}"
    return f"mkdocs.yml:1:1 MkDocs: {complaint}"


def _text(page: str) -> str:
    """The words of a page, "" when it has gone meanwhile."""
    path = Path("docs", page)
    return path.read_text("utf-8", "replace") if path.is_file() else ""
