"""CF: hours, addresses and names, held against docs/_data/clinic.yml."""

from __future__ import annotations

from collections.abc import Iterator

from ..facts import Page, Stated
from ..finding import Fault
from ..project.anchors import anchor_mark
from ..project.faults import in_document
from ..project.marked_yaml import Mark
from ..project.model import DAYS
from ..project.schema import nearest
from ..project.shown import HOURS, agrees, every_page, hours_page, texts
from ..registry import rule
from ..site import Site


@rule("CF004", project=True)
def fact_differs(site: Site) -> Iterator[Fault]:
    """Someone travels across the city to a closed door."""
    for page, stated, wanted in facts_on_pages(site):
        if wanted is not None and not agrees(stated.key, stated.text, wanted):
            message = f'the page says "{stated.text}" where clinic.yml has "{wanted}": print the fact, do not type it'
            yield fault_of(page, stated, message)


@rule("CF005", project=True)
def fact_unknown(site: Site) -> Iterator[Fault]:
    """A fact that nobody keeps goes stale in silence."""
    for page, stated, wanted in facts_on_pages(site):
        if wanted is None:
            near = nearest(stated.key, texts(site.project.clinic))
            yield fault_of(page, stated, f'clinic.yml has no fact for data-fact="{stated.key}"', near)


@rule("CF007", project=True)
def facts_missing(site: Site) -> Iterator[Fault]:
    """On the night before a visit, a reader looks for one day's hours or one address, and it is left out."""
    clinic = site.project.clinic
    for document in site.project.documents if clinic else ():
        page = site.pages.get(document.page)
        if page is None:
            continue
        if tuple(hours.day for hours in clinic.hours) != DAYS:
            return  # the clinic's file is to be mended first: another rule says so
        for key, lack in lacking(page, every_page(clinic), in_main=False):
            target = f"data-fact={key}"
            yield Fault(f"the foot of the page {lack}", page.path, *foot_of(page), target=target, frame=True)
        if document.type == "hours":
            mark = anchor_mark(document, "opening-hours") or Mark(document.body_line, 1)
            for _, lack in lacking(page, hours_page(clinic), in_main=True):
                yield in_document(document, mark, f"this page {lack}")


def facts_on_pages(site: Site) -> Iterator[tuple[Page, Stated, str | None]]:
    """Every stated fact, with the words that it should have, None when the clinic's file has no such fact."""
    if site.project.clinic is None:
        return
    wanted = texts(site.project.clinic)
    for page in site.pages.values():
        for stated in page.stated:
            if stated.key.startswith("open-now."):
                continue  # for a script, and held by a rule of its own
            yield page, stated, wanted.get(stated.key)


def fault_of(page: Page, stated: Stated, message: str, suggestion: str = "") -> Fault:
    """The same fault of the same fact is one finding, on however many pages it stands."""
    target = f"data-fact={stated.key}"
    place = (page.path, stated.line, stated.column)
    return Fault(message, *place, target=target, raw=stated.text, suggestion=suggestion, frame=True)


def lacking(page: Page, keys: tuple[str, ...], in_main: bool) -> Iterator[tuple[str, str]]:
    """(key, what is wrong in words) for what a page, or its foot, does not state as it should."""
    stated = [one.key for one in page.stated if one.in_main == in_main]
    for key in keys:
        if key not in stated:
            yield key, f'does not state {words_for(key)}: print it with data-fact="{key}"'
    days = [key for key in stated if key in HOURS]
    for key in HOURS:
        if key not in days:
            yield key, f"does not state the hours of {words_for(key)}"
        elif days.count(key) > 1:
            yield key, f"states the hours of {words_for(key)} more than once"
    if sorted(days, key=HOURS.index) != days:
        yield HOURS[0], "states the days out of order: Monday comes first"


def words_for(key: str) -> str:
    """A fact's key as an editor would say it."""
    family, _, rest = key.partition(".")
    if family == "hours":
        return rest.capitalize()
    return f"the {rest.rpartition('.')[2]} of {rest.rpartition('.')[0]}" if rest else f"the clinic's {key}"


def foot_of(page: Page) -> tuple[int, int]:
    """Where the foot of the page states its first fact, or the page's last words."""
    foot = [one for one in page.stated if not one.in_main] or [one for one in page.blocks if not one.in_main][-1:]
    return (foot[0].line, foot[0].column) if foot else (1, 1)
