"""CF: how words and templates take the clinic's facts: by name, never typed."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from ...model.finding import Fault
from ...project.data.schema import nearest
from ...project.faults import in_document, in_file
from ...project.model import Clinic, Project
from ...project.pages.braces import Said, bound, braces, included
from ...project.pages.markdown import body, mark_of
from ...project.pages.paired_tags import Misread
from ...project.pages.template_tags import statements
from ...project.read_project import CLINIC, SETTINGS
from ..language.meaning.calls import about_a_day, looks_like, names_another
from ..language.meaning.sentence import sentence_at
from ..registry import rule
from .phone_and_email import digits, numbers, own_names

TIME = r"(?:\d{1,2}(?::\d\d)?\s*[ap](?:\.m\.|m\b)|\d{1,2}:\d\d)"
WEEKDAY = r"(?:mon|tues|wednes|thurs|fri|satur|sun)day|weekend|holiday"
NO_HOUR = r"(?![\s-]*(?:%|min|hour|day|week|month|year|time|step|percent|people|of\b|in\b))"
TYPED_HOURS = re.compile(
    rf"\b{TIME}\s*(?:–|—|-|to|until|till|and)\s*{TIME}|\b(?:opens?|closes?)\s+(?:at|from|until|till)\s+(?:{TIME}|noon|\d)"
    rf"|\b(?:{WEEKDAY})s?\b[^.\n]{{0,20}}?\b\d{{1,2}}\s*(?:–|—|-|to|until|till)\s*(?:\d{{1,2}}|noon)\b{NO_HOUR}"
    rf"|\b(?:open|closed?|closes)(?:\s+(?:on|all|day|every|each))*\s+(?:{WEEKDAY})s?\b",
    re.I,
)
# A number that no phone can call, because it is not the words of a link; a link's own words stand in brackets.
PHONE = re.compile(
    r"(?<![\[\w+.:/-])(?:(?:\+?1[-. ])?(?:\(\d{3}\)|\d{3})[-. ]{1,2}\d{3}[-. ]\d{4}|1?[2-9]\d\d[2-9]\d{6}"
    r"|1[- ]8\d\d[- ][A-Z\d-]*[A-Z]{3,})(?![\w\]-])"
)
HALF = re.compile(r"\{%(?:(?!%\}).)*$", re.M)
IN_TEMPLATE = re.compile(r"(?<![\w.\"'/])clinic\.(?P<key>[a-z_]+)\b(?!\.html)")
CURLED = re.compile("[“”„‘’]")
PARAGRAPH = 600  # characters before and after a fact in which its sentence is looked for
HOW = {"cite": '("its-id")', "figure": '("its-name")'}  # the macros that must be told which
GIVEN_BY_GENERATOR = {"page", "config"}
BRACES = re.compile(r"\{\{.*?\}\}|\{%.*?%\}|\{#.*?#\}", re.S)


class Typed(NamedTuple):
    """Words that stand in clinic.yml, and what to write in their place."""

    pattern: re.Pattern[str]
    instead: str
    suggestion: str = ""
    place: bool = False  # a part of an address
    anyone: bool = False  # may be another organization's: then the sentence says whose


@rule("CF006", needs_project=True)
def fact_typed_by_hand(project: Project) -> Iterator[Fault]:
    """When the clinic moves, the page that typed the address by hand still sends people to the old door."""
    typed = list(typed_facts(project.clinic))
    own, known = own_names(project.clinic), {digits(one) for one in numbers(project)}
    for document in project.documents if typed else ():
        for fault, one, words, sentence in by_hand(document.path, document.text, typed):
            if not (one.anyone and of_another(sentence, words, own, known)):
                yield fault
    for path, text in project.templates.items() if typed else ():
        yield from (fault for fault, *_ in by_hand(path, text, typed))


@rule("CF008", needs_project=True, blocks_build=True)
def braces_unknown(project: Project) -> Iterator[Fault]:
    """A misspelt fact would leave a hole in the sentence where the reader needs it most."""
    project = project
    for document in project.documents:
        own = bound(document)
        for said in braces(document):
            advice, near = brace_advice(project, said) if said.name.split(".")[0] not in own else ("", "")
            if advice:
                yield in_document(document, said.mark, advice, near)
        for path, mark in included(document):
            if project.templates and f"overrides/{path}" not in project.templates:
                near = nearest(f"overrides/{path}", project.templates).removeprefix("overrides/")
                yield in_document(document, mark, f"there is no file overrides/{path}", near)
        half = [Misread(match.start(), "close these braces with %}") for match in HALF.finditer(document.text)]
        for one in half or statements(body(document))[0]:
            yield in_document(document, mark_of(document.text, one.offset), one.advice)
    known = project.extra.get("clinic")
    if not isinstance(known, dict) or project.reading_faults(CLINIC, SETTINGS):
        return
    for path, text in project.templates.items():
        for match in IN_TEMPLATE.finditer(text):
            if match["key"] not in known:
                near = nearest(match["key"], known)
                advice = f"there is no fact {match[0]}" + ("" if near else f": clinic has {', '.join(known)}")
                yield in_file(path, mark_of(text, match.start()), advice, near and f"clinic.{near}")


def typed_facts(clinic: Clinic | None) -> Iterator[Typed]:
    """What nobody should type by hand, longest first where one holds the other."""
    if clinic is None:
        return
    for key, words in (("name", clinic.name), ("short_name", clinic.short_name)):
        yield Typed(whole(words), "take it from clinic.yml", f"{{{{ clinic.{key} }}}}")
    for place in clinic.locations:
        for words in filter(None, (place.street, place.name, place.zip)):
            yield Typed(whole(words), "take it from clinic.yml, or link to the page of hours and locations", place=True)
    for key, words in (("phone", clinic.phone), ("email", clinic.email), ("website", clinic.website)):
        if words:
            pattern = by_digits(words) if key == "phone" else whole(words)
            yield Typed(pattern, "take it from clinic.yml", f"{{{{ clinic.{key} }}}}")
    whose = "if they are another's, name the organization in the same sentence"
    yield Typed(PHONE, f"take the clinic's from clinic.yml; {whose}: the county helpline, 212-555-0100", anyone=True)
    advice = f"take the hours from clinic.yml, or link to the page of hours and locations; {whose}"
    yield Typed(TYPED_HOURS, advice, anyone=True)


def whole(words: str) -> re.Pattern[str]:
    """The words, whatever the spaces between them, not inside a longer word."""
    inner = r"\s+".join(map(re.escape, words.split()))
    return re.compile(rf"(?<![\w-]){inner}(?![\w-])")


def by_digits(number: str) -> re.Pattern[str]:
    """A phone number, however its digits are parted, with its country or without."""
    digits = re.sub(r"\D", "", number)
    return re.compile(r"(?<![\w-])\(?" + r"[-. ()]{0,2}".join(digits[-10:]) + r"(?![\w-])")


def by_hand(path: str, text: str, typed: list[Typed]) -> Iterator[tuple[Fault, Typed, str, str]]:
    """Facts typed into a file, each place once, and an address, which is several, once a line; with their sentence."""
    shown = BRACES.sub(lambda match: re.sub(r"[^\n]", " ", match[0]), text)
    taken: list[tuple[int, int]] = []
    places: set[int] = set()
    for one in typed:
        for match in one.pattern.finditer(shown):
            if any(start <= match.start() < end for start, end in taken):
                continue
            line = mark_of(text, match.start()).line
            if one.place and line in places:
                continue
            places |= {line} if one.place else set()
            taken.append(match.span())
            advice = f'"{match[0]}" is typed by hand: {one.instead}'
            fault = in_file(path, mark_of(text, match.start()), advice, one.suggestion)
            yield fault, one, match[0], sentence_around(shown, *match.span())


def sentence_around(text: str, start: int, end: int) -> str:
    """The sentence that holds a place of a Markdown text."""
    first = max(text.rfind(mark, max(start - PARAGRAPH, 0), start) for mark in ("\n\n", "\n- "))
    last = text.find("\n\n", end, end + PARAGRAPH)
    first = max(first, start - PARAGRAPH, 0)
    paragraph = text[first : last if last >= 0 else end + PARAGRAPH]
    return sentence_at(paragraph, start - first).text


def of_another(sentence: str, words: str, own: tuple[str, ...], known: set[str]) -> bool:
    """Whether a number or hours are another organization's, or no opening hours at all."""
    number = digits(words) if PHONE.fullmatch(words) else ""
    if number and (number in known or looks_like(number, known)):
        return number in known
    if not number and about_a_day(sentence):
        return True
    return names_another(sentence, own)


def brace_advice(project: Project, said: Said) -> tuple[str, str]:
    """(what to do about a pair of braces, the likely name); two empty words when there is nothing to do."""
    if not said.closed:
        return "close these braces with }}", ""
    if CURLED.search(said.inside):
        return 'type straight quotes (") in place of the curled ones between these braces', ""
    if said.inside.count('"') % 2:
        return 'close the quote (") between these braces', ""
    if not said.call and (wanted := said.name.split(".")[0]) in project.macros:
        return f"{wanted} is a macro: write {{{{ {wanted}{HOW.get(wanted, '()')} }}}}", ""
    if said.call and said.name in project.macros and not said.strings and said.name in HOW:
        return f"say which, in quotes: {{{{ {said.name}{HOW[said.name]} }}}}", ""
    if not said.name:
        return "" if said.strings else "write a fact, such as {{ clinic.name }}, or a macro between the braces", ""
    if said.call and "." not in said.name:
        if not project.macros or said.name in project.macros:
            return figure_advice(project, said) if said.name == "figure" else ("", "")
        near = nearest(said.name, project.macros)
        known = "" if near else f": there are {', '.join(sorted(project.macros))}"
        return f"there is no macro {said.name}(){known}", near
    if said.name.startswith("clinic.") and project.reading_faults(CLINIC, SETTINGS):
        return "", ""  # what is wrong in clinic.yml is told there
    inside: object = {**project.extra, **dict.fromkeys(GIVEN_BY_GENERATOR)}
    for step, word in enumerate(said.name.split(".") if project.extra else ()):
        before = ".".join(said.name.split(".")[:step])
        if isinstance(inside, list | str | int) and not said.call:
            return f"there is no fact {said.name}: {before} holds none by name", ""
        if not isinstance(inside, dict):
            break  # what only the generator knows
        if word not in inside:
            near = nearest(word, inside)
            full = f"{before}.{near}".lstrip(".") if near else ""
            if not before and isinstance(inside.get("clinic"), dict) and word in inside["clinic"]:
                full = f"clinic.{word}"
            known = f": {before} has {', '.join(inside)}" if before and not near else ""
            return f"there is no fact {said.name}{known}", full
        inside = inside[word]
    return "", ""


def figure_advice(project: Project, said: Said) -> tuple[str, str]:
    """The same for {{ figure("…") }}."""
    for name, _ in said.strings:
        known = {Path(path).stem for path in project.drawings}
        if known and name not in known:
            near = nearest(name, known)
            return f"there is no drawing docs/assets/figures/{name}.svg", near
    return "", ""
