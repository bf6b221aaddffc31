"""CF: hours, addresses and names on the pages, compared with docs/_data/clinic.yml."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from ...links.site import Site
from ...model.clinic import DAYS, Clinic, by_day
from ...model.finding import Fault
from ...model.nearest import nearest
from ...model.page import Page, Stated
from ...project.faults import in_document, in_front_matter, in_template
from ...project.mark import Mark
from ...project.model import LANGUAGE, Document, Project
from ...project.pages.anchors import anchor_mark
from ...project.pages.stated_facts import (
    ENGLISH,
    HOURS,
    agrees,
    clinic_days,
    expected_texts,
    footer_keys,
    hours_page_keys,
    language_page_keys,
    translated_texts,
    words_needed,
)
from ..registry import rule


@rule("CF004", error="wrong fact")
def fact_differs(site: Site, project: Project, clinic: Clinic) -> Iterator[Fault]:
    """Someone travels across the city to a closed door."""
    for page, stated, wanted in facts_on_pages(site, project, clinic):
        if wanted is not None and not agrees(stated.key, stated.text, wanted):
            message = f'the page says "{stated.text}" where clinic.yml has "{wanted}": print the fact, do not type it'
            document = project.document(page.path) if stated.in_main else None
            if document and document.type == LANGUAGE:
                yield in_front_matter(document, "hours", f"{message} (overrides/clinic/language.html)")
            else:
                yield fault_of(page, stated, message)


@rule("CF005", error="wrong fact")
def fact_unknown(site: Site, project: Project, clinic: Clinic) -> Iterator[Fault]:
    """A fact that nobody keeps up to date goes wrong unnoticed."""
    for page, stated, wanted in facts_on_pages(site, project, clinic):
        if wanted is None:
            near = nearest(stated.key, expected_texts(clinic))
            yield fault_of(page, stated, f'clinic.yml has no fact for data-fact="{stated.key}"', near)


@rule("CF007", error="missing fact")
def facts_missing(project: Project, clinic: Clinic, document: Document, page: Page) -> Iterator[Fault]:
    """On the night before a visit, a reader looks for one day's hours or one address and does not find it."""
    if clinic.has_own_hours and tuple(day for day, _ in by_day(clinic.hours)) != DAYS:
        return  # CF001 or CF002 reports the clinic's file, which comes first
    kinds = {
        LANGUAGE: ("hours", language_page_keys(clinic)),
        "hours": ("opening-hours", hours_page_keys(clinic)),
    }
    for problem in problems_of(page, footer_keys(clinic), clinic, in_main=False):
        yield in_template(project, "<footer", page, f"the foot of the page {problem}")
    if document.type in kinds:
        anchor, keys = kinds[document.type]
        mark = anchor_mark(document, anchor) or Mark(document.body_line)
        for problem in problems_of(page, keys, clinic, in_main=True):
            yield in_document(document, mark, f"this page {problem}")
    words: Any = document.meta.get("hours")
    for key in words_needed(clinic) if document.type == LANGUAGE and isinstance(words, dict) else ():
        if key not in words:
            advice = f'clinic.yml needs words for this: add {key} below hours; in English "{ENGLISH[key]}"'
            yield in_front_matter(document, "hours", advice)


def facts_on_pages(site: Site, project: Project, clinic: Clinic) -> Iterator[tuple[Page, Stated, str | None]]:
    """Every fact that a page states, with the words it should have; None when the clinic's file has no such fact."""
    wanted = expected_texts(clinic)
    for page in site.pages.values():
        document = project.document(page.path)
        own = translated_texts(clinic, document.meta) if document and document.type == LANGUAGE else {}
        for stated in page.stated:
            english = wanted.get(stated.key)
            if not stated.key.startswith("open-now."):  # for a script; CF014 checks it
                yield page, stated, own.get(stated.key, english) if stated.in_main else english


def fault_of(page: Page, stated: Stated, message: str, suggestion: str = "") -> Fault:
    """A fault that is one finding, however many pages and days show the same wrong fact."""
    target = "data-fact=hours." if ".hours." in f".{stated.key}" else f"data-fact={stated.key}"
    place = (page.path, stated.line, stated.column)
    return Fault(message, *place, target=target, raw=stated.text, suggestion=suggestion, frame=True)


def problems_of(page: Page, keys: tuple[str, ...], clinic: Clinic, in_main: bool) -> Iterator[str]:
    """What is wrong with the facts that a page's main part, or its foot, states: ends of a sentence."""
    stated = [fact.key for fact in page.stated if fact.in_main == in_main]
    for key in keys:
        if key not in stated:
            yield f'does not state {words_for(key)}: print it with data-fact="{key}"'
    days = [key for key in stated if key in HOURS]
    if missing := [words_for(key) for key in clinic_days(clinic) if key not in days]:
        yield f"does not state the hours of {', '.join(missing)}"
    if twice := [words_for(key) for key in HOURS if days.count(key) > 1]:
        yield f"states the hours of {', '.join(twice)} more than once"
    if sorted(days, key=HOURS.index) != days:
        yield "states the days out of order: Monday comes first"


def words_for(key: str) -> str:
    """A fact's key as an editor would say it."""
    match key.split("."):
        case ["location", place, part, *day]:
            return f"the {part} of {place}" + "".join(f" on {one.capitalize()}" for one in day)
        case ["closure", entry]:
            return f"the days of closures, entry {entry}"
        case ["hours", day]:
            return day.capitalize()
    return f"the clinic's {key}"
