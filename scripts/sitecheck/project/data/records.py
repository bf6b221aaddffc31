"""Turn data that is valid against its schema into the facts that rules use."""

from __future__ import annotations

import functools
from itertools import chain
from typing import Any

from ...model.clinic import Clinic, read_clinic
from ..model import EASY_ENOUGH, Danger, PagePlan, PageType, Person, Signature, Source, WordToAvoid

NEAR_ENOUGH = 6  # words between two groups of what is dangerous to say


def clinic(data: Any) -> Clinic:
    """docs/_data/clinic.yml."""
    return read_clinic(data["extra"]["clinic"])


def sources(data: Any) -> dict[str, Source]:
    """docs/_data/sources.yml by id; the first wins if two share one."""
    found: dict[str, Source] = {}
    for place, raw in enumerate(data["sources"]):
        source = Source(raw["id"], raw["title"], str(raw.get("year", "")), raw.get("url", ""), place)
        found.setdefault(source.id, source)
    return found


def people(data: Any) -> tuple[Person, ...]:
    """docs/_data/people.yml."""
    return tuple(Person(**raw) for raw in data["people"] or ())


def signatures(data: Any) -> tuple[Signature, ...]:
    """docs/_data/signatures.yml."""
    return tuple(Signature(**raw) for raw in data["signatures"] or ())


def page_types(data: Any) -> dict[str, PageType]:
    """The kinds of page in docs/_data/page-types.yml, by name."""
    return {
        name: PageType(
            name,
            tuple(raw["front_matter"]),
            tuple(raw.get("sections", ())),
            raw.get("cites", False),
            raw.get("grade", EASY_ENOUGH),
        )
        for name, raw in data["types"].items()
    }


def page_plans(data: Any) -> dict[str, PagePlan]:
    """The pages that must exist in docs/_data/page-types.yml, by file name."""
    return {
        path: PagePlan(path, raw["type"], tuple(raw.get("sections", ())), tuple(raw.get("must_say", ())))
        for path, raw in data["pages"].items()
    }


def words(data: Any) -> tuple[WordToAvoid, ...]:
    """The words to avoid in docs/_data/terms.yml."""
    return tuple(
        WordToAvoid(
            tuple(raw["say_not"]),
            raw["instead"],
            raw["why"],
            tuple(raw.get("unless", ())),
            place,
            frozenset(raw.get("with", ())),
            "denied" in raw,
        )
        for place, raw in enumerate(data["avoid"])
    )


def dangers(data: Any) -> tuple[Danger, ...]:
    """What docs/_data/terms.yml declares dangerous."""
    return tuple(
        Danger(
            tuple(frozenset(chain.from_iterable(map(forms, group.split()))) for group in said["words"]),
            said["as"],
            said.get("within", NEAR_ENOUGH),
            raw["instead"],
            raw["why"],
            frozenset(said.get("with", "").split()),
            tuple(said.get("unless", ())),
        )
        for raw in data.get("dangerous", ())
        for said in raw["says"]
    )


@functools.cache
def forms(word: str) -> tuple[str, ...]:
    """A word and what it may be with -ing: slap, slapping; give, giving."""
    return (word, f"{word}ing", f"{word}{word[-1]}ing", f"{word.removesuffix('e')}ing")


def harmless(data: Any) -> tuple[str, ...]:
    """The phrases of docs/_data/terms.yml in which dangerous words do no harm."""
    return tuple(raw["say"] for raw in data.get("unless", ()))
