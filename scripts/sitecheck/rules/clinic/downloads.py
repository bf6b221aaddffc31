"""CF: contact files, the calendar file and the data of "open now", compared with docs/_data/clinic.yml."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from ...links.site import Site
from ...model.clinic import BY_VIDEO, Clinic, Place, in_contacts
from ...model.finding import Fault
from ...model.page import Page, Stated
from ...project.model import Document, Project
from ...project.read_project import CLINIC
from ...read.files.downloads import split_value, unescape
from ..registry import rule

REBUILD = "build the site again with scripts/build"


@rule("CF012", error="wrong fact")
def contact_differs(site: Site, project: Project, clinic: Clinic) -> Iterator[Fault]:
    """Whoever saved the contact goes to the address in their phone, long after the page was corrected."""
    cards = {path: page for path, page in site.others.items() if path.endswith(".vcf")}
    places = {f"downloads/{place.id}.vcf": place for place in clinic.locations}
    for path, page in cards.items():
        fields = {stated.key.removeprefix("VCARD."): stated for stated in page.stated}
        new_path = project.moved.get(path, path)
        if place := places.get(new_path):
            for key, words in contact(clinic, place).items():
                text = fields[key].text if key in fields else ""
                if words != (";".join(split_value(text)[2:6]) if key == "ADR" else unescape(text)):
                    what = f'{key} must be "{words}"' if words else f"{key} must not be here"
                    yield at(page, fields.get(key), f"{what}: {REBUILD}")
        elif new_path.endswith(".vcf"):  # the contact of a location that has closed leads to a page
            yield at(page, fields.get("ADR"), f"clinic.yml has no location with the id of this contact: {REBUILD}")
    for path, place in places.items() if cards else ():
        if path not in cards:
            yield at(next(iter(cards.values())), None, f"there is no contact for {place.title}: {REBUILD}")


def contact(clinic: Clinic, place: Place) -> dict[str, str]:
    """What the contact of a place must say, by property; of its address, the parts that are not always the same."""
    return {
        "ADR": f"{place.street};{place.city};{place.state};{place.zip}" if place.street else "",
        "ORG": clinic.name,
        "EMAIL": clinic.email,
        "URL": clinic.website,
        "TEL": in_contacts(clinic.phone if place.phone is None else place.phone),
        "NOTE": place.dates or ("" if place.street else BY_VIDEO),
    }


@rule("CF014", error="wrong fact")
def open_now_differs(site: Site, project: Project, clinic: Clinic) -> Iterator[Fault]:
    """The page says "Open now" to someone who stands before a closed door."""
    facts = project.data[CLINIC].value("extra", "clinic")
    wanted = {"zone": facts["time_zone"], "hours": facts.get("hours", []), "closures": facts["closures"]}
    wanted["places"] = places_of(clinic, facts["locations"]) if len(clinic.schedules) > 1 else None
    for page in site.pages.values():
        stated = {one.key.removeprefix("open-now.data-"): one for one in page.stated if one.key.startswith("open-now.")}
        for key, value in wanted.items() if stated else ():
            one = stated.get(key, next(iter(stated.values())))
            if (value_of(one) if key in stated else None) != value:
                message = f'data-{key} of "open now" must be that of clinic.yml'
                yield Fault(message, page.path, one.line, one.column, raw=f"data-{key}")


@rule("CF015", error="wrong fact")
def closure_not_shown(site: Site, document: Document, page: Page, clinic: Clinic) -> Iterator[Fault]:
    """A holiday that only the clinic knows of costs a reader a day's journey."""
    there = " ".join([*(fact.text for fact in page.stated), *(b.text for b in page.blocks if b.in_main)])
    for closure in (clinic.closures or ()) if document.type == "hours" else ():
        if closure.through >= site.today.isoformat() and closure.name not in there:
            yield Fault(f"show {closure.name} ({closure.date}) with the hours", page.path, file=document.path)


def places_of(clinic: Clinic, raw: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The places as "open now" must be given them, when they differ: "" is a fact that is the clinic's."""
    keys = ("hours", "first_day", "last_day")
    names = {place.id: place.title for place in clinic.locations}
    return [{"id": one["id"], "name": names[one["id"]], **{key: one.get(key, "") for key in keys}} for one in raw]


def value_of(stated: Stated) -> object:
    """The value of an attribute of "open now": parsed JSON, or the plain name of the time zone."""
    try:
        return json.loads(stated.text)
    except ValueError:
        return stated.text


def at(page: Page, stated: Stated | None, message: str) -> Fault:
    """A fault in a file that the build makes, at a line of it or at its start."""
    return Fault(message, page.path, stated.line if stated else 1, 1)
