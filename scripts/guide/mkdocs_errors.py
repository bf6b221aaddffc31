"""What MkDocs complains of, for the faults that no rule of ours names: a line that says which file to open."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterator
from pathlib import Path

import jinja2

LOGGED = re.compile(r"^(?:WARNING|ERROR) +-  ?(.*)|^(Aborted.*|Config value.*|Error: .*)", re.M)
MACRO = re.compile(r"^[^\n]*# _Macro [^\n]*\n+_File_: `(?P<page>[^`]+)`(?P<why>.*?)(?=^[A-Z]+ +-  |\Z)", re.M | re.S)
MACRO_WHY = re.compile(r"\*\*(.+?)\*\*|^_(\w+)_: (.+)", re.M)
MACRO_LINE = re.compile(r'_Line (\d+) in Markdown|File "<template>", line (\d+)')
LINK = re.compile(r"Doc file '([^']+)' contains an? [\w ]*link '([^']+)'(?:.*Did you mean '([^']+)')?")
LISTED = re.compile(r"A reference to '([^']+)' is included in the 'nav' configuration, which is not found")
UNLISTED = re.compile(r"pages exist in the docs directory, but are not included in the \"nav\".*\n((?: +- .*\n?)+)")
SETTING = re.compile(r"Config value '([^']+)': (Unrecognised|Required)")
QUOTED = re.compile(r"['\"]([^'\"]+)['\"]")
# What Jinja says of a template, in the words of whoever mends it.
OF_JINJA = [
    (re.compile(r"TemplateNotFound:? '([^']+)'.*"), r"there is no template overrides/\1"),
    (re.compile(r"TemplateAssertionError: No (filter|test) named '(\w+)'\."), r"there is no \1 \2: mend its name"),
    (
        re.compile(r"UndefinedError: (?:.*has no \w+ )?'?(\w+)'?(?: is undefined)?$"),
        r"nothing is called \1 here: mend the name",
    ),
    (
        re.compile(r"TemplateSyntaxError: unexpected char '[“”„‘’]'.*"),
        'type straight quotes (") in place of the curled ones',
    ),
    (re.compile(r"TemplateSyntaxError: "), "mend what stands between the braces: "),
]
FRAME = re.compile(r'^ +File "(.+?)", line (\d+)', re.M)
FRONT_MATTER = re.compile(r"\A---\s*\n.*?\n(?:---|\.\.\.)[ \t]*\n+", re.S)
OURS = ("docs/", "overrides/", "scripts/macros.py")


def readable(output: str) -> list[str]:
    """The complaints in all that MkDocs printed, a traceback included; each begins `file:line:column`."""
    if broken := list(broken_templates()):
        return broken
    macros = [_of_macro(*found.group("page", "why")) for found in MACRO.finditer(output)]
    if macros:
        return macros
    trace = output.partition("Traceback (most recent call last)")[2].strip()
    last = trace.splitlines()[-1].removeprefix("jinja2.exceptions.") if trace else ""
    if place := _last_of_ours(trace):
        return [f"{place} {_of_jinja(last)}"]
    said = [found[1] or found[2] for found in LOGGED.finditer(output)] or [last or output.strip().rpartition("\n")[2]]
    said = [one for one in said if one and not one.startswith(("Aborted", "The following pages exist"))]
    return [_placed(one) for one in _causes(said)] + list(_unlisted(output))


def broken_templates() -> Iterator[str]:
    """Templates that cannot be read, each with the place: the generator names the page that asked for one."""
    for path in sorted(Path("overrides").rglob("*.html")):
        try:
            jinja2.Environment().parse(path.read_text("utf-8"))
        except jinja2.TemplateSyntaxError as error:
            yield f"{path.as_posix()}:{error.lineno}:1 {_of_jinja(f'{type(error).__name__}: {error.message}')}"
        except UnicodeDecodeError:
            yield f"{path.as_posix()}:1:1 here is a character that is not UTF-8: save the file as UTF-8"


def _of_jinja(said: str) -> str:
    """What Jinja said of a template, and what to do."""
    for pattern, words in OF_JINJA:
        said = pattern.sub(words, said)
    return said


def _causes(said: list[str]) -> list[str]:
    """The complaints without those that a misspelt setting brings up a second time."""
    found = [SETTING.match(one) for one in said]
    misspelt = [one[1] for one in found if one and one[2] == "Unrecognised"]
    return [
        said
        for said, one in zip(said, found, strict=True)
        if not (one and one[2] == "Required" and difflib.get_close_matches(one[1], misspelt))
    ]


def _unlisted(output: str) -> Iterator[str]:
    """Pages that the menu leaves out, but for those that a misspelt line of it means."""
    pages = [line.strip(" -") for found in UNLISTED.finditer(output) for line in found[1].splitlines()]
    meant = {_nearest_page(name) for names in LISTED.findall(output) for name in names.split(" - ")}
    for page in pages:
        if page not in meant:
            yield f"docs/{page}:1:1 list this page under nav in mkdocs.yml, or name it there under not_in_nav"


def _nearest_page(name: str) -> str:
    """The page of docs/ that a misspelt name means, "" for none."""
    pages = [path.relative_to("docs").as_posix() for path in Path("docs").rglob("*.md")]
    return next(iter(difflib.get_close_matches(name, pages, 1)), "")


def _of_macro(page: str, why: str) -> str:
    """What stands in braces on a page and cannot be printed. The plugin counts lines without the front matter."""
    text, line = _text(page), MACRO_LINE.search(why)
    before = FRONT_MATTER.match(text)
    number = int(line[1] or line[2]) + (before[0].count("\n") if before else 0) if line else 1
    said = MACRO_WHY.search(why)
    words = _of_jinja(" ".join(filter(None, said.groups()))) if said else "mend what stands in braces"
    return f"docs/{page}:{number}:1 {words}"


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
        if "target" in complaint:  # "but the target is not found among documentation files"
            near = _nearest_page(found[2])
            return f"docs/{found[1]}:{line}:{column} {found[2]} is no page in docs/{near and f'; did you mean {near}?'}"
        advice = f"link to the page's file, {found[3]}, and not to {found[2]}" if found[3] else f"MkDocs: {complaint}"
        return f"docs/{found[1]}:{line}:{column} {advice}"
    complaint = complaint.replace(f"{Path.cwd()}/", "")
    if found := LISTED.search(complaint):
        if " - " in found[1]:  # YAML takes a line that is indented further for more of the one above
            return f"{_in_settings(found[1].split()[:1])} indent the line below this one as this one is"
        near = _nearest_page(found[1])
        hint = f"; did you mean {near}?" if near else ": mend the line, or take it away"
        complaint = f"{found[1]}, listed under nav, is no page in docs/{hint}"
        return f"{_in_settings([found[1]])} {complaint}"
    return f"{_in_settings(QUOTED.findall(complaint)[:2])} MkDocs: {complaint}"


def _in_settings(words: list[str]) -> str:
    """Where in mkdocs.yml a setting and its value stand, as far as they do."""
    path = Path("mkdocs.yml")
    text, at = path.read_text("utf-8", "replace") if path.is_file() else "", 0
    for word in words:
        if found := re.compile(rf"(?<![\w/.-]){re.escape(word)}(?![\w-])").search(text, at):
            at = found.start()
    return f"mkdocs.yml:{text.count(chr(10), 0, at) + 1}:{at - text.rfind(chr(10), 0, at)}"


def _text(page: str) -> str:
    """The words of a page, "" when it has gone meanwhile."""
    path = Path("docs", page)
    return path.read_text("utf-8", "replace") if path.is_file() else ""
