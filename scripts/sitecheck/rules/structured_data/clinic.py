"""LD: structured data about the clinic and its places, compared with docs/_data/clinic.yml."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from ...links.site import Site
from ...model.clinic import MIDNIGHT, Clinic, Closure, Hours
from ...model.finding import Fault
from ...model.page import Page
from ...project.model import Project
from ...project.pages.json_ld import all_things, as_list, objects, of_type
from ..registry import rule
from .pages import described_pages, differences, fault_of

Data = dict[str, Any]
WEEK, SPECIAL = "openingHoursSpecification", "specialOpeningHoursSpecification"
SPAN = {"opens": 5, "closes": 5, "validThrough": 10}  # what counts of each: no seconds, and of a date no time


@rule("LD003", error="wrong fact")
def clinic_in_data_differs(site: Site, project: Project, clinic: Clinic) -> Iterator[Fault]:
    """Maps take the address from here: if it differs from the page, someone stands before the wrong door."""
    for document, page in described_pages(site, project):
        clinics = of_type(page, "MedicalClinic")
        if document.type != "hours":
            if any(thing.keys() - {"@context", "@type", "@id"} for thing in clinics):
                advice = 'describe the clinics on the page of hours and locations; here name them by "@id" alone'
                yield fault_of(project, page, advice)
            continue
        described = {place_of(thing): thing for thing in clinics}
        for place in clinic.locations:
            entry = described.pop((place.street, place.zip), None)
            if entry is None:
                yield fault_of(project, page, f"give a MedicalClinic for {place.title}, with its address")
                continue
            wanted = {
                "name": clinic.name,
                "telephone": clinic.phone if place.phone is None else place.phone,
                "email": clinic.email,
                "foundingDate": place.first_day,
                "dissolutionDate": place.last_day,
                "addressLocality": place.city,
                "addressRegion": place.state,
            }
            stated = address_in(entry) | entry
            yield from differences(project, page, f"the MedicalClinic at {place.title}", stated, wanted)
        for street, _ in described:
            yield fault_of(project, page, f'take out the MedicalClinic at "{street}": clinic.yml has no such address')
        for thing in of_type(page, "MedicalBusiness"):
            own = {"telephone": clinic.phone, "knowsLanguage": list(clinic.languages)}
            yield from differences(project, page, "the clinic as a whole", thing, own)


@rule("LD007", error="wrong fact")
def hours_in_data_differ(site: Site, project: Project, clinic: Clinic) -> Iterator[Fault]:
    """Machines do not read "usually" or "holidays not confirmed": a map says "open" on Christmas Day."""
    for document, page in described_pages(site, project):
        timed = timed_things(page, clinic)
        if document.type != "hours" or clinic.closures is None:
            why = "holiday hours are unknown" if document.type == "hours" else "only the hours page states all of them"
            for _ in timed:
                yield fault_of(project, page, f"take {WEEK} out: {why}")
            continue
        until = max((closure.through for closure in clinic.closures), default="")
        wanted = {place.id: week(place.hours or (), until) for place in clinic.locations}
        wanted[""] = week(clinic.hours, until) if clinic.has_own_hours else set()
        for owner, hours in wanted.items():
            stated = [found for whose, thing in timed if whose == owner and (found := hours_in(thing))]
            what = f"{WEEK} of {owner or 'the clinic as a whole'}"
            if hours and stated != [hours]:
                valid = f", with validThrough {until}, the last day of its closures" if until else ""
                advice = f"make {what} the hours of clinic.yml{valid}, once; it stands here {len(stated)} times"
                yield fault_of(project, page, advice)
            elif stated and not hours:
                yield fault_of(project, page, f"take {what} out: nobody has said that these hours hold there")


@rule("LD006", error="wrong fact")
def closure_not_in_data(site: Site, project: Project, clinic: Clinic) -> Iterator[Fault]:
    """The map says "open" on the holiday, and someone believes the map."""
    for document, page in described_pages(site, project):
        timed = timed_things(page, clinic)
        own_hours = {place.id for place in clinic.locations if place.hours}
        for closure in clinic.closures or ():
            if closure.through < site.today.isoformat():
                continue
            owners = {owner for owner, _ in timed} | ({closure.at} - {""} if document.type == "hours" else set())
            for owner in sorted(owners):
                concerned = closure.at == owner or (not closure.at and owner in own_hours)
                stated = {days for whose, thing in timed if whose == owner for days in special_in(thing)}
                if concerned and not stated & special(closure):
                    advice = f"add {closure.name} ({closure.date}) to {SPECIAL} of {owner or 'the clinic as a whole'}"
                    yield fault_of(project, page, advice)


def special(closure: Closure) -> set[tuple[str, ...]]:
    """A closure in structured data, as (first day, last day, opens, closes); machines know no appointments."""
    days = (closure.date, closure.through)
    if closure.opens and not closure.by_appointment:
        return {(*days, closure.opens, for_machines(closure.closes))}
    return {(*days, "", ""), (*days, "00:00", "00:00")}


def special_in(thing: Data) -> set[tuple[str, ...]]:
    """The special days in structured data, as `special` has them."""
    keys = ("validFrom", "validThrough", "opens", "closes")
    return {tuple(str(span.get(key, "")) for key in keys) for span in objects(thing.get(SPECIAL))}


def week(hours: tuple[Hours, ...], until: str) -> set[tuple[str, ...]]:
    """The open days as (day, opens, closes, until), without those by appointment, of which machines do not know.

    After `until`, the last day of the closures, the clinic has said nothing of holidays.
    """
    open_days = (one for one in hours if one.opens and not one.by_appointment)
    return {(one.day, one.opens, for_machines(one.closes), until) for one in open_days}


def hours_in(thing: Data) -> set[tuple[str, ...]]:
    """The open days in structured data, as `week` has them; one entry there may hold for many days."""
    return {
        (str(day).rpartition("/")[2], *(str(span.get(key, ""))[:length] for key, length in SPAN.items()))
        for span in objects(thing.get(WEEK))
        for day in as_list(span.get("dayOfWeek"))
    }


def for_machines(time: str) -> str:
    """A closing time as schema.org writes it, which has no 24:00."""
    return "23:59" if time == MIDNIGHT else time


def timed_things(page: Page, clinic: Clinic) -> list[tuple[str, Data]]:
    """All structured data on a page that has opening hours, with the id of its place; "": the clinic as a whole."""
    ids = {place.id for place in clinic.locations}
    timed = [thing for thing in all_things(page) if thing.keys() & {WEEK, SPECIAL, "openingHours"}]
    owners = [str(thing.get("@id", "")).rpartition("#")[2] for thing in timed]
    return [(owner if owner in ids else "", thing) for owner, thing in zip(owners, timed, strict=True)]


def address_in(thing: Data) -> Data:
    """The address of a MedicalClinic, empty when there is none."""
    return next(iter(objects(thing.get("address"))), {})


def place_of(thing: Data) -> tuple[str, str]:
    """Street and postal code of a MedicalClinic, which identify it."""
    post = address_in(thing)
    return str(post.get("streetAddress", "")), str(post.get("postalCode", ""))
