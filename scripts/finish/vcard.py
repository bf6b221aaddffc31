"""downloads/LOCATION.vcf: a location as a contact, in vCard 3.0 (RFC 2426), which old phones read too."""

from __future__ import annotations

import uuid
from typing import Any

from .site import Site

UNKNOWN = "unknown"  # stands in clinic.yml for a fact that the clinic has not given: it is left out
FOLD = 75  # octets a line, RFC 6350 section 3.2


def write(site: Site) -> None:
    """Write one card for each location of clinic.yml."""
    for place in site.clinic["locations"]:
        site.write(f"downloads/{place['id']}.vcf", card(site.clinic, place, site.home))


def card(clinic: dict[str, Any], place: dict[str, Any], home: str) -> str:
    """Return the vCard of one location, with CRLF line ends and lines folded at 75 octets."""
    where = place["street"] if place["name"] == UNKNOWN else place["name"]
    full_name = f"{clinic['name']}, {where}"
    address = ["", "", place["street"], place["city"], place["state"], place["zip"], "USA"]
    unique = uuid.uuid5(uuid.NAMESPACE_URL, f"{home}#{place['id']}")
    facts = {
        "N": f"{escaped(full_name)};;;;",
        "FN": escaped(full_name),
        "ORG": escaped(clinic["name"]),
        "X-ABSHOWAS": "COMPANY",
        "ADR;TYPE=WORK": ";".join(map(escaped, address)),
        "TEL;TYPE=WORK,VOICE": known(clinic["phone"]),
        "EMAIL;TYPE=INTERNET,WORK": known(clinic["email"]),
        "URL;TYPE=WORK": known(clinic["website"]),
        "UID": f"urn:uuid:{unique}",
    }
    lines = ["BEGIN:VCARD", "VERSION:3.0", *(f"{name}:{value}" for name, value in facts.items() if value), "END:VCARD"]
    return "".join(folded(line) + "\r\n" for line in lines)


def known(fact: str) -> str:
    """Return the fact escaped, or "" when it is unknown."""
    return "" if fact == UNKNOWN else escaped(fact)


def escaped(text: str) -> str:
    """Escape text as a vCard value (RFC 6350, section 3.4)."""
    return text.replace("\\", "\\\\").replace(",", "\\,").replace(";", "\\;").replace("\n", "\\n")


def folded(line: str) -> str:
    """Fold a line at 75 octets, never inside a character; each further line begins with a space."""
    parts, octets = [""], 0
    for character in line:
        size = len(character.encode())
        if octets + size > FOLD:
            parts.append(" ")
            octets = 1
        parts[-1] += character
        octets += size
    return "\r\n".join(parts)
