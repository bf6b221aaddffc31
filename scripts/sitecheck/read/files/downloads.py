"""Contacts (vCard, RFC 6350) and calendars (iCalendar, RFC 5545), as facts that rules can compare."""

from __future__ import annotations

import re

from ..record import Record, Row

FOLD = re.compile(r"\r?\n[ \t]")
LINE = re.compile(r"(?P<name>[A-Za-z-]+)(?P<parameters>(?:;(?:[^:;\"]|\"[^\"]*\")*)*):(?P<value>.*)")


def read_download(text: str) -> Record:
    """Every property of every component, keyed like "VEVENT.DTSTART", with the line on which it begins."""
    stated: list[Row] = []
    inside: list[str] = []
    number = 1
    unfolded = FOLD.sub("\x00", text)
    for line in unfolded.splitlines():
        folds = line.count("\x00")
        match = LINE.match(line.replace("\x00", "").strip())
        if match:
            name, value = match["name"].upper(), match["value"]
            if name == "BEGIN":
                inside.append(value.upper())
                stated.append((f"{value.upper()}.BEGIN", "", number, 1, True))
            elif name == "END" and inside:
                inside.pop()
            elif inside:
                stated.append((f"{inside[-1]}.{name}", value, number, 1, True))
        number += 1 + folds
    return Record(stated=tuple(stated))


def unescape(value: str) -> str:
    """A value with its escapes undone (RFC 6350, section 3.4)."""
    return re.sub(r"\\(.)", lambda match: "\n" if match[1] in "nN" else match[1], value)


def split_value(value: str) -> list[str]:
    """The parts of a structured value, such as an address: between semicolons that no backslash escapes."""
    return [unescape(part) for part in re.findall(r"((?:[^;\\]|\\.)*)(?:;|$)", value)[:-1] or [value]]
