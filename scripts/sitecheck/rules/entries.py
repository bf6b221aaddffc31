"""Entries of lists and data files: unknown ones, repeated ones, and those in the wrong order."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence

from ..model.finding import Fault
from ..model.nearest import nearest, unknown
from ..project.data.marked_yaml import MarkedYaml
from ..project.faults import in_file
from ..project.mark import Mark


def unknown_values(
    read: MarkedYaml, path: str, keys: Collection[str], known: Collection[str], message: str, otherwise: str = ""
) -> Iterator[Fault]:
    """A fault for each string below some keys of a data file that is no known value: {} in the message stands for it.

    Where no known value is similar, `otherwise` is added to the message.
    """
    for way, mark in read.values.items():
        if not {*way}.isdisjoint(keys) and isinstance(value := read.value(*way), str) and value not in known:
            near = nearest(value, known)
            yield in_file(path, mark, message.format(value) + ("" if near else otherwise), near)


def repeated(ids: Iterable[str]) -> Iterator[tuple[int, str]]:
    """Each id that an earlier entry has already, with its place in the list."""
    seen: set[str] = set()
    for place, id in enumerate(ids):
        if id in seen:
            yield place, id
        seen.add(id)


def too_late(there: Iterable[str], wanted: Sequence[str]) -> tuple[str, str] | None:
    """The first entry that stands too late, and the one that has its place; None when all are in order."""
    known = [id for id in dict.fromkeys(there) if id in wanted]
    pairs = zip(sorted(known, key=wanted.index), known, strict=True)
    return next((pair for pair in pairs if len({*pair}) > 1), None)


def entries_wrong(read: MarkedYaml, key: str, wanted: Sequence[str]) -> Iterator[tuple[Mark, str, str]]:
    """Entries of the list `key` that are missing, unknown, repeated or too late: (place, advice, what was meant)."""
    entry = key.removesuffix("s")
    ids = [one["id"] for one in read.value(key)]
    late, before = too_late(ids, wanted) or ("", "")
    for place, id in enumerate(ids):
        mark = read.at(key, place, "id")
        if id not in wanted:
            yield mark, *unknown(f'no {entry} is called "{id}"', id, wanted)
        elif id in ids[:place]:
            yield mark, f'the {entry} "{id}" is there twice: keep one', ""
        elif id == late:
            yield mark, f'move the {entry} "{id}" up: it comes before "{before}"', ""
    meant = {nearest(id, wanted) for id in ids}
    for id in wanted:
        if id not in meant:
            yield read.key_at(key), f'add the {entry} "{id}": the order is {", ".join(wanted)}', ""
