"""CF: the braces by which pages and templates take facts from clinic.yml, and call macros."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice
from pathlib import PurePath

from ...model.finding import Fault
from ...model.nearest import MANY, listed, nearest, unknown
from ...project.faults import in_document, in_text
from ...project.model import Project
from ...project.pages.expressions import Expression, assigned_names, expressions, includes
from ...project.pages.markdown import body, mark_of
from ...project.pages.paired_tags import MisreadMark
from ...project.pages.template_tags import statements
from ...project.read_project import CLINIC, SETTINGS
from ..registry import rule

UNCLOSED = re.compile(r"\{%(?:(?!%\}|\{%).)*(?=\{%|$)", re.M)
IN_TEMPLATE = re.compile(r"(?<![\w.\"'/])clinic\.(?P<key>[a-z_]+)\b(?!\.html)")
CURLED = re.compile("[“”„‘’]")
HOW = {"cite": '("its-id")', "figure": '("its-name")'}  # macros that need an argument
GIVEN_BY_GENERATOR = {"page", "config"}


@rule("CF008", error="missing words", blocks_build=True)
def braces_unknown(project: Project) -> Iterator[Fault]:
    """A misspelled fact would leave a hole in the sentence where the reader needs it most."""
    for document in project.documents:
        own = assigned_names(document)
        for said in expressions(document):
            if said.name.split(".")[0] not in own and (advice := brace_advice(project, said))[0]:
                yield in_document(document, said.mark, *advice)
        for path, mark in includes(document):
            if project.templates and f"overrides/{path}" not in project.templates:
                near = nearest(f"overrides/{path}", project.templates).removeprefix("overrides/")
                yield in_document(document, mark, f"there is no file overrides/{path}", near)
        opened = UNCLOSED.finditer(document.text)
        unclosed = [MisreadMark(match.start(), "close these braces with %}") for match in opened]
        for one in unclosed or statements(body(document))[0]:
            yield in_document(document, mark_of(document.text, one.offset), one.advice)
    for path, text in project.templates.items():
        for match in IN_TEMPLATE.finditer(text):
            if (advice := fact_advice(project, match[0], True))[0]:
                yield in_text(path, text, match.start(), *advice)


def brace_advice(project: Project, pair: Expression) -> tuple[str, str]:
    """(what to do about a pair of braces, the likely name); ("", "") when there is nothing to do."""
    if advice := syntax_advice(project, pair):
        return advice, ""
    if pair.name and pair.call and "." not in pair.name:
        return macro_advice(project, pair)
    return fact_advice(project, pair.name, pair.call) if pair.name else ("", "")


def syntax_advice(project: Project, pair: Expression) -> str:
    """What to do about braces, quotes and parentheses, "" when they are right."""
    if not pair.closed:
        return "close these braces with }}"
    if CURLED.search(pair.inside):
        return 'type straight quotes (") in place of the curled ones between these braces'
    if pair.inside.count('"') % 2:
        return 'close the quote (") between these braces'
    right = f"{{{{ {pair.name}{HOW.get(pair.name, '()')} }}}}"
    if pair.name in project.macros and not pair.call:
        return f"{pair.name} is a macro: write {right}"
    if pair.name in project.macros and pair.name in HOW and not pair.strings:
        return f"say which, in quotes: {right}"
    if not pair.name and not pair.strings:
        return "write a fact, such as {{ clinic.name }}, or a macro between the braces"
    return ""


def macro_advice(project: Project, pair: Expression) -> tuple[str, str]:
    """What to do about a call of a macro, as `brace_advice` returns it."""
    if project.macros and pair.name not in project.macros:
        return unknown(f"there is no macro {pair.name}()", pair.name, sorted(project.macros))
    for name, _ in pair.strings if pair.name == "figure" and project.drawings else ():
        if (path := f"docs/assets/figures/{name}.svg") not in project.drawings:
            others = [PurePath(other).stem for other in islice(project.drawings, MANY + 1)]
            return f"there is no drawing {path}", nearest(name, others)
    return "", ""


def fact_advice(project: Project, name: str, call: bool) -> tuple[str, str]:
    """What to do about the name of a fact, or of a function if it is called, as `brace_advice` returns it."""
    if not project.extra or project.reading_faults(CLINIC, SETTINGS):
        return "", ""  # CF001 reports what is wrong in clinic.yml
    words = name.split(".")
    inside: object = {**project.extra, **dict.fromkeys(GIVEN_BY_GENERATOR)}
    for step, word in enumerate(words):
        before = ".".join(words[:step])
        if isinstance(inside, list | str | int) and not call:
            return f"there is no fact {name}: {before} holds none by name", ""
        if not isinstance(inside, dict):
            return "", ""  # only the generator knows it
        if word not in inside:
            near = nearest(word, inside)
            full = f"{before}.{near}".lstrip(".") if near else ""
            if isinstance(clinic := inside.get("clinic"), dict) and word in clinic:
                full = f"clinic.{word}"
            known = f": {before} has {listed(inside)}" if before and not near else ""
            return f"there is no fact {name}{known}", full
        inside = inside[word]
    return "", ""
