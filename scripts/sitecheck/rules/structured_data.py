"""LD: structured data, compared with the clinic's facts and with what a reader sees."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from urllib.parse import urljoin

from ..links.site import Site
from ..model.finding import Fault
from ..model.page import Page
from ..project.model import Clinic, Document, Hours, Project
from ..project.pages.find_words import normalized
from ..project.pages.json_ld import BadLinkedData, all_things, as_list, of_type, things, words_in
from ..project.pages.markdown import mark_of
from .registry import rule

SHOWN = frozenset({"name", "streetAddress", "addressLocality", "addressRegion", "postalCode", "telephone", "email"})
OPTIONAL = {"telephone", "email"}
SCHEMA_ORG = ("https://schema.org/", "http://schema.org/")


@rule("LD001", error="missing fact", needs_project=True)
def json_ld_broken(site: Site, project: Project) -> Iterator[Fault]:
    """A search engine that cannot read it shows no hours and no address."""
    for page in site.pages.values():
        for text, line, column in page.json_ld:
            try:
                things(text)
            except BadLinkedData as error:
                yield fault_of(project, page, f"correct the structured data: {error}", line, column)


@rule("LD002", error="false promise", needs_project=True)
def web_page_differs(site: Site, project: Project) -> Iterator[Fault]:
    """A search result with another title or an older date than the page leads people to distrust both."""
    for document, page in built(site, project):
        kind = "MedicalWebPage" if project.type_of(document).cites else "WebPage"  # hours and terms are no medicine
        pages = [*of_type(page, "WebPage"), *of_type(page, "MedicalWebPage")]
        if [kind] != [one.get("@type") for one in pages]:
            yield fault_of(project, page, f"describe the page once, as a {kind}")
            continue
        wanted = {
            "name": document.meta.get("title"),
            "description": document.meta.get("description"),
            "lastReviewed": document.meta.get("last_reviewed"),
            "url": address(site, project, page),
        }
        yield from differences(project, page, kind, pages[0], wanted)


@rule("LD003", error="wrong fact", needs_project=True)
def clinic_in_data_differs(site: Site, project: Project) -> Iterator[Fault]:
    """Maps take the address from here: if it differs from the page, someone stands before the wrong door."""
    clinic = project.clinic
    if clinic is None:
        return
    for document, page in built(site, project):
        if document.type != "hours":
            for thing in of_type(page, "MedicalClinic"):
                if not thing.keys() <= {"@context", "@type", "@id"}:
                    advice = 'describe the clinics on the page of hours and locations; here name them by "@id" alone'
                    yield fault_of(project, page, advice)
            continue
        described = {place_of(thing): thing for thing in of_type(page, "MedicalClinic")}
        for place in clinic.locations:
            entry = described.pop((place.street, place.zip), None)
            if entry is None:
                yield fault_of(project, page, f"give a MedicalClinic for {place.street}, with its address")
                continue
            post = (as_list(entry.get("address")) or [{}])[0]
            wanted = {"addressLocality": place.city, "addressRegion": place.state}
            yield from differences(project, page, f"the address of {place.street}", post, wanted)
            yield from differences(project, page, f"the MedicalClinic at {place.street}", entry, known(clinic))
        for street, _ in described:
            yield fault_of(project, page, f'take out the MedicalClinic at "{street}": clinic.yml has no such address')


@rule("LD007", error="wrong fact", needs_project=True)
def hours_in_data_differ(site: Site, project: Project) -> Iterator[Fault]:
    """Machines do not read "usually" or "holidays not confirmed": a map says "open" on Christmas Day."""
    clinic = project.clinic
    if clinic is None:
        return
    for document, page in built(site, project):
        timed = timed_things(page)
        if document.type != "hours" or clinic.closures is None:
            why = "holiday hours are unknown" if document.type == "hours" else "only the hours page states all of them"
            for _ in timed:
                yield fault_of(project, page, f"take openingHoursSpecification out: {why}")
        elif len(timed) != 1:
            advice = "give openingHoursSpecification once, to the clinic as a whole"
            why = "nobody has said that the hours hold at each address"
            yield fault_of(project, page, f"{advice}: {why}; it stands here {len(timed)} times")
        elif hours_in(timed[0]) != week(clinic.hours):
            yield fault_of(project, page, "make openingHoursSpecification the hours of clinic.yml")


@rule("LD004", advice="the page itself works", needs_project=True)
def breadcrumb_differs(site: Site, project: Project) -> Iterator[Fault]:
    """The trail in a search result must lead where it says."""
    for document, page in built(site, project):
        trails = of_type(page, "BreadcrumbList")
        if page.path == "index.html":
            if trails:
                yield fault_of(project, page, "take the BreadcrumbList out of the front page: nothing stands before it")
            continue
        if len(trails) != 1:
            yield fault_of(project, page, f"give the page one BreadcrumbList; it has {len(trails)}")
            continue
        steps = [step for step in as_list(trails[0].get("itemListElement")) if isinstance(step, dict)]
        if [step.get("position") for step in steps] != list(range(1, len(steps) + 1)):
            yield fault_of(project, page, "number the steps of the BreadcrumbList from 1 on")
        home = site.base or project.site_url
        wanted = [(project.site_name, home), (document.meta.get("title"), address(site, project, page))]
        stated = [(step.get("name"), step.get("item")) for step in steps]
        if [name for name, _ in stated] != [name for name, _ in wanted]:
            names = ", ".join(str(name) for name, _ in wanted)
            yield fault_of(project, page, f"name the steps of the BreadcrumbList: {names}")
        elif home and stated != wanted:
            yield fault_of(project, page, "lead the steps of the BreadcrumbList to " + ", ".join(u for _, u in wanted))


@rule("LD005", error="false promise", needs_project=True)
def data_not_shown(site: Site, project: Project) -> Iterator[Fault]:
    """People cannot check what only machines can see."""
    for _, page in built(site, project):
        texts = [page.title, *(block.text for block in page.blocks), *(fact.text for fact in page.stated)]
        seen = normalized(" ".join(texts))
        for kind in ("WebPage", "MedicalWebPage", "MedicalClinic", "MedicalBusiness"):
            for thing in of_type(page, kind):
                for key, words in words_in(thing, SHOWN):
                    if normalized(words) not in seen and not other_name_shown(thing, words, seen):
                        yield fault_of(project, page, f'show "{words}" on the page, or take it out of the data ({key})')


@rule("LD006", error="wrong fact", needs_project=True)
def closure_not_in_data(site: Site, project: Project) -> Iterator[Fault]:
    """The map says "open" on the holiday, and someone believes the map."""
    clinic = project.clinic
    closures = (clinic.closures if clinic else None) or ()
    coming = [closure for closure in closures if closure.date >= site.today.isoformat()]
    for _, page in built(site, project) if coming else ():
        for thing in timed_things(page):
            spans = [span for span in as_list(thing.get("specialOpeningHoursSpecification")) if isinstance(span, dict)]
            stated = {(span.get("validFrom"), span.get("opens", ""), span.get("closes", "")) for span in spans}
            for closure in coming:
                times = {(closure.opens, closure.closes)} if closure.opens else {("", ""), ("00:00", "00:00")}
                if not any((closure.date, *time) in stated for time in times):
                    what = f"{closure.name} ({closure.date})"
                    yield fault_of(project, page, f"add {what} to specialOpeningHoursSpecification")


def built(site: Site, project: Project) -> Iterator[tuple[Document, Page]]:
    """Each page of a guide whose address is known, with its document; the search page describes nothing."""
    for document in project.documents if project.site_url else ():
        page = site.pages.get(document.page)
        if page is not None and document.type != "search":
            yield document, page


def differences(
    project: Project, page: Page, what: str, stated: dict[str, Any], wanted: dict[str, Any]
) -> Iterator[Fault]:
    """A fault for each key with a wrong value, and for each that states what the clinic's file has as unknown ("")."""
    for key, value in wanted.items():
        if value and stated.get(key) != value and (key in stated or key not in OPTIONAL):
            yield fault_of(project, page, f'make "{key}" of {what} say "{value}"')
        elif not value and value is not None and key in stated:
            yield fault_of(project, page, f'take "{key}" out of {what}: clinic.yml says that it is unknown')


def address(site: Site, project: Project, page: Page) -> str:
    """The page's full address, "" while the site's address is not known."""
    base = site.base or project.site_url
    return urljoin(base, page.path.removesuffix("index.html")) if base else ""


def known(clinic: Clinic) -> dict[str, str]:
    """What a MedicalClinic must state, by key; "" for what it must leave out."""
    return {"name": clinic.name, "telephone": clinic.phone, "email": clinic.email}


def place_of(thing: dict[str, Any]) -> tuple[str, str]:
    """Street and postal code of a MedicalClinic, which identify it."""
    post = (as_list(thing.get("address")) or [{}])[0]
    post = post if isinstance(post, dict) else {}
    return str(post.get("streetAddress", "")), str(post.get("postalCode", ""))


def week(hours: tuple[Hours, ...]) -> set[tuple[str, str, str]]:
    """The open days as (day, opens, closes)."""
    return {(day.day, day.opens, day.closes) for day in hours if day.opens}


def timed_things(page: Page) -> list[dict[str, Any]]:
    """All structured data on a page that has opening hours."""
    keys = {"openingHoursSpecification", "specialOpeningHoursSpecification", "openingHours"}
    return [thing for thing in all_things(page) if keys & thing.keys()]


def hours_in(thing: dict[str, Any]) -> set[tuple[str, str, str]]:
    """The open days in structured data as (day, opens, closes); one entry there may hold for many days."""
    found = set()
    for span in as_list(thing.get("openingHoursSpecification")):
        for day in as_list(span.get("dayOfWeek")) if isinstance(span, dict) else ():
            for prefix in SCHEMA_ORG:
                day = str(day).removeprefix(prefix)
            found.add((day, str(span.get("opens", ""))[:5], str(span.get("closes", ""))[:5]))
    return found


def other_name_shown(thing: dict[str, Any], words: str, seen: str) -> bool:
    """Whether the page shows a thing by another of its names: OIH for opioid-induced hyperalgesia."""
    about = (as_list(thing.get("about")) or [{}])[0]
    return (
        isinstance(about, dict)
        and about.get("name") == words
        and any(normalized(str(name)) in seen for name in as_list(about.get("alternateName")))
    )


def fault_of(project: Project, page: Page, message: str, line: int = 0, column: int = 0) -> Fault:
    """A fault in the template that prints the data, or on the page when no template does."""
    for path, text in project.templates.items():
        if (place := text.find("application/ld+json")) >= 0:
            return Fault(message, page.path, *mark_of(text, place), path)
    first = page.json_ld[0][1:] if page.json_ld else (1, 1)
    return Fault(message, page.path, line or first[0], column or first[1])
