"""downloads/LOCATION.vcf: a location as a contact, in vCard 3.0 (RFC 2426), which old phones read too."""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from typing import Any

import icalendar
from icalendar.parser import Contentline, Contentlines

from sitecheck.model.clinic import BY_VIDEO, in_contacts, read_clinic

from .built_site import Site


def write(site: Site) -> None:
    """Write one card for each location of clinic.yml."""
    for place in site.clinic["locations"]:
        site.write(f"downloads/{place['id']}.vcf", card(site.clinic, place, site.home))


def card(raw: dict[str, Any], raw_place: dict[str, Any], home: str) -> bytes:
    """Return the vCard of a location, with CRLF line ends and lines folded at 75 octets."""
    clinic = read_clinic({**raw, "locations": [raw_place]})
    (place,) = clinic.locations
    phone = clinic.phone if place.phone is None else place.phone
    address = ["", "", place.street, place.city, place.state, place.zip, "USA"]
    full_name = f"{clinic.name}, {place.title}"
    facts = {
        "N": f"{escaped(full_name)};;;;",
        "FN": escaped(full_name),
        "ORG": escaped(clinic.name),
        "X-ABSHOWAS": "COMPANY",
        "ADR;TYPE=WORK": ";".join(map(escaped, address)) if place.street else "",
        "TEL;TYPE=WORK,VOICE": escaped(in_contacts(phone)),
        "EMAIL;TYPE=INTERNET,WORK": escaped(clinic.email),
        "URL;TYPE=WORK": escaped(clinic.website),
        "NOTE": escaped(place.dates or ("" if place.street else BY_VIDEO)),
        "UID": f"urn:uuid:{uuid.uuid5(uuid.NAMESPACE_URL, f'{home}#{place.id}')}",
    }
    return written(f"{name}:{value}" for name, value in facts.items() if value)


def leading_to(raw: dict[str, Any], address: str) -> bytes:
    """Return the vCard of a location that is no more: only the clinic's name, and where its places are."""
    name = escaped(raw["name"])
    note = escaped(f"This location has closed. Hours and addresses: {address}")
    facts = (f"N:{name};;;;", f"FN:{name}", f"ORG:{name}", f"URL:{address}", f"NOTE:{note}")
    return written(facts)


def written(facts: Iterable[str]) -> bytes:
    """Return a vCard with these lines, folded at 75 octets."""
    lines = ("BEGIN:VCARD", "VERSION:3.0", *facts, "END:VCARD")
    folded: bytes = Contentlines(map(Contentline, lines)).to_ical()  # type: ignore[no-untyped-call]  # it has no types
    return folded


def escaped(text: str) -> str:
    """Escape text as a vCard value, which is as in a calendar."""
    return icalendar.vText(text).to_ical().decode()
