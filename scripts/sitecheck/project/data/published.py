"""The addresses that readers have already: those of the published commit."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from ..programs import DOCS, PUBLISHED_DATA
from .marked_yaml import BadYaml, MarkedYaml, parse

CALENDAR = "downloads/opening-hours.ics"
# An id that somebody typed: behind a heading, in a block, or in HTML.
ID = re.compile(r"^#{1,6} .*\{[^}\n]*#([\w-]+)|^\s+attrs:.*\bid:\s*([\w-]+)|<[a-z][^>\n]*\sid=[\"']([\w-]+)", re.M)


def published_addresses(names: bytes, lines: bytes, present: Mapping[str, MarkedYaml]) -> frozenset[str]:
    """What is published of a project, by what git says of it (see `Programs`). `present` are its data files.

    Pages by their names, "a.md", their sections, "a.md#id", and downloads, "downloads/pier.vcf".
    """
    try:
        texts = _texts(names.decode(), lines.decode())
        types, moved, clinic, ladder = (_data(texts.get(path, ""), present[path]) for path in PUBLISHED_DATA)
    except (UnicodeDecodeError, BadYaml):
        return frozenset()
    listed = [types.get("pages"), moved.get("moved")]
    found = {str(name) for one in listed if isinstance(one, dict) for name in one}
    for path, text in texts.items():
        name = path.removeprefix(DOCS)
        if name.endswith(".md"):
            found |= {f"{name}#{next(filter(None, match.groups()))}" for match in ID.finditer(text)}
        elif not name.startswith(("_data/", "assets/")):
            found.add(name)
    places = _ids(clinic.get("extra", {}).get("clinic", {}).get("locations"))
    found |= {f"downloads/{id}.vcf" for id in places} | ({CALENDAR} if places else set())
    for kind, ids in (("hours", places), ("help", _ids(ladder.get("steps")))):
        pages = [name for name, plan in (types.get("pages") or {}).items() if plan.get("type") == kind]
        found |= {f"{name}#{id}" for name in pages for id in ids}
    return frozenset(found)


def _texts(names: str, lines: str) -> dict[str, str]:
    """The published texts of pages and data files, by path; "" for other files."""
    texts: dict[str, list[str]] = {name: [] for name in names.split("\0")[:-1]}
    for line in lines.split("\n")[:-1]:
        name, _, words = line.partition("\0")
        texts.setdefault(name.partition(":")[2], []).append(f"{words}\n")
    return {name: "".join(words) for name, words in texts.items()}


def _data(text: str, present: MarkedYaml) -> dict[str, Any]:
    data = (present if present.text == text else parse(text)).data
    return data if isinstance(data, dict) else {}


def _ids(entries: Any) -> list[str]:
    return [str(entry["id"]) for entry in entries or () if isinstance(entry, dict) and "id" in entry]
