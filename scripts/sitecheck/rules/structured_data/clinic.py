"""LD: structured data about the clinic and its places, compared with docs/_data/clinic.yml."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from ...links.site import Site
from ...model.clinic import MIDNIGHT, Clinic, Closure, Hours
from ...model.finding import Fault
from ...model.page import Page
from ...project.model import Project
from ...project.pages.json_ld import all_things, as_list, of_type
from ..registry import rule
from .pages import described_pages, differences, fault_of

SCHEMA_ORG = ("https://schema.org/", "http://schema.org/")


@rule("LD003", error="wrong fact")
def clinic_in_data_differs(site: Site, project: Project) -> Iterator[Fault]:
    """Maps take the address from here: if it differs from the page, someone stands before the wrong door."""
    clinic = project.clinic
    if clinic is None:
        return
    for document, page in described_pages(site, project):
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
                yield fault_of(project, page, f"give a MedicalClinic for {place.title}, with its address")
                continue
            post = (as_list(entry.get("address")) or [{}])[0]
            wanted = {"addressLocality": place.city, "addressRegion": place.state}
            yield from differences(project, page, f"the address of {place.street}", post, wanted)
            own = {"telephone": clinic.phone if place.phone is None else place.phone, "email": clinic.email}
            own |= {"name": clinic.name, "foundingDate": place.first_day, "dissolutionDate": place.last_day}
            yield from differences(project, page, f"the MedicalClinic at {place.title}", entry, own)
        for street, _ in described:
            yield fault_of(project, page, f'take out the MedicalClinic at "{street}": clinic.yml has no such address')
        for thing in of_type(page, "MedicalBusiness"):
            yield from differences(project, page, "the clinic as a whole", thing, {"telephone": clinic.phone})
            if tuple(as_list(thing.get("knowsLanguage"))) != clinic.languages:
                spoken = ", ".join(clinic.languages) or "nothing: the languages spoken are unknown"
                yield fault_of(project, page, f"make knowsLanguage say {spoken}")


@rule("LD007", error="wrong fact")
def hours_in_data_differ(site: Site, project: Project) -> Iterator[Fault]:
    """Machines do not read "usually" or "holidays not confirmed": a map says "open" on Christmas Day."""
    clinic = project.clinic
    if clinic is None:
        return
    for document, page in described_pages(site, project):
        timed = timed_things(page, clinic)
        if document.type != "hours" or clinic.closures is None:
            why = "holiday hours are unknown" if document.type == "hours" else "only the hours page states all of them"
            for _ in timed:
                yield fault_of(project, page, f"take openingHoursSpecification out: {why}")
            continue
        wanted = {"": week(clinic.hours)} if clinic.has_own_hours else {}
        wanted |= {place.id: week(place.hours) for place in clinic.locations if place.hours}
        for owner, hours in wanted.items():
            stated = [hours_in(thing) for whose, thing in timed if whose == owner and hours_in(thing)]
            if stated != ([hours] if hours else []):
                what = f"openingHoursSpecification of {owner or 'the clinic as a whole'}"
                advice = f"make {what} the hours of clinic.yml, once"
                yield fault_of(project, page, f"{advice}; it stands here {len(stated)} times")
        for owner, thing in timed:
            if owner not in wanted and hours_in(thing):
                why = "nobody has said that the clinic's hours hold at each address"
                yield fault_of(project, page, f"take openingHoursSpecification of {owner or 'the clinic'} out: {why}")


@rule("LD006", error="wrong fact")
def closure_not_in_data(site: Site, project: Project) -> Iterator[Fault]:
    """The map says "open" on the holiday, and someone believes the map."""
    clinic = project.clinic
    coming = [one for one in (clinic.closures if clinic else None) or () if one.through >= site.today.isoformat()]
    if clinic is None or not coming:
        return
    for document, page in described_pages(site, project):
        timed = timed_things(page, clinic)
        for owner, thing in timed:
            place = next((place for place in clinic.locations if place.id == owner), None)
            spans = [span for span in as_list(thing.get("specialOpeningHoursSpecification")) if isinstance(span, dict)]
            keys = ("validFrom", "validThrough", "opens", "closes")
            stated = {tuple(str(span.get(key, "")) for key in keys) for span in spans}
            for closure in coming:
                concerned = closure.at == owner or (not closure.at and place is not None and place.hours)
                if concerned and not stated & special(closure):
                    what = f"{closure.name} ({closure.date})"
                    yield fault_of(project, page, f"add {what} to specialOpeningHoursSpecification")
        there = {owner for owner, _ in timed}
        for closure in coming if document.type == "hours" else ():
            if closure.at and closure.at not in there:
                yield fault_of(project, page, f"add {closure.name} ({closure.date}) to the MedicalClinic {closure.at}")


def special(closure: Closure) -> set[tuple[str, ...]]:
    """A closure in structured data, as (first day, last day, opens, closes); machines know no appointments."""
    days = (closure.date, closure.through)
    if closure.opens and not closure.by_appointment:
        return {(*days, closure.opens, for_machines(closure.closes))}
    return {(*days, "", ""), (*days, "00:00", "00:00")}


def for_machines(time: str) -> str:
    """A closing time as schema.org writes it, which has no 24:00."""
    return "23:59" if time == MIDNIGHT else time


def place_of(thing: dict[str, Any]) -> tuple[str, str]:
    """Street and postal code of a MedicalClinic, which identify it."""
    post = (as_list(thing.get("address")) or [{}])[0]
    post = post if isinstance(post, dict) else {}
    return str(post.get("streetAddress", "")), str(post.get("postalCode", ""))


def week(hours: tuple[Hours, ...]) -> set[tuple[str, str, str]]:
    """The open days as (day, opens, closes), without those by appointment, of which machines do not know."""
    return {(one.day, one.opens, for_machines(one.closes)) for one in hours if one.opens and not one.by_appointment}


def timed_things(page: Page, clinic: Clinic) -> list[tuple[str, dict[str, Any]]]:
    """All structured data on a page that has opening hours, with the id of its place; "": the clinic as a whole."""
    keys = {"openingHoursSpecification", "specialOpeningHoursSpecification", "openingHours"}
    ids = {place.id for place in clinic.locations}
    timed = [(str(thing.get("@id", "")).rpartition("#")[2], thing) for thing in all_things(page) if keys & thing.keys()]
    return [(id if id in ids else "", thing) for id, thing in timed]


def hours_in(thing: dict[str, Any]) -> set[tuple[str, str, str]]:
    """The open days in structured data as (day, opens, closes); one entry there may hold for many days."""
    found = set()
    for span in as_list(thing.get("openingHoursSpecification")):
        for day in as_list(span.get("dayOfWeek")) if isinstance(span, dict) else ():
            for prefix in SCHEMA_ORG:
                day = str(day).removeprefix(prefix)
            found.add((day, str(span.get("opens", ""))[:5], str(span.get("closes", ""))[:5]))
    return found
