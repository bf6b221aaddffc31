"""SG: who may sign a page, docs/_data/people.yml."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ...model.finding import Fault
from ...project.faults import in_data
from ...project.model import Person, Project
from ...project.read_project import PEOPLE, SIGNATURES
from ..dates import impossible
from ..entries import repeated
from ..registry import rule

TITLES = {"dr", "dra", "prof", "professor", "mr", "mrs", "ms", "mx", "miss", "sir", "sr", "sra"}
# Words that stand where a name, a license or a role is still to come.
PLACEHOLDERS = {
    "unknown", "none", "nobody", "noone", "somebody", "someone", "anybody", "anyone", "anonymous", "whoever",
    "pending", "tbd", "tba", "tbc", "todo", "fixme", "later", "yet", "confirmed", "decided", "name", "names",
    "firstname", "lastname", "surname", "credential", "credentials", "degree", "license", "role", "title",
    "placeholder", "example", "sample", "dummy", "test", "foo", "bar", "lorem", "ipsum", "xx", "xxx", "yes", "no",
    "n/a",
}  # fmt: skip
# Words for an office or a group, which cannot read a page.
OFFICES = {
    "clinic", "clinics", "team", "staff", "department", "office", "hospital", "practice", "group", "committee",
    "board", "editor", "editors", "author", "authors", "reviewer", "reviewers", "clinician", "clinicians",
    "physician", "physicians", "doctor", "doctors", "psychiatrist", "pharmacist", "nurse", "therapist", "prescriber",
    "translator", "director", "officer", "manager", "administrator", "admin", "webmaster", "user", "person", "people",
    "patient", "we", "us", "health", "psychiatry", "psych", "medicine", "medical", "care", "inc", "llc",
}  # fmt: skip
MADE_UP = re.compile(
    r"(?:j|joh?n|jane|janie|joe|jon)(?: \w)? (?:doe|roe|public|bloggs)|richard roe|(?:max|erika) mustermann"
    r"|(?:mickey|minnie) mouse|donald duck|santa claus|first last|(\w)\1+(?: \w+)?"
)
NAME_PARTS = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
WORDS = re.compile(r"[\w/]+")


@rule("SG001", error="false promise", blocks_build=True, reads=(PEOPLE, SIGNATURES))
def signatures_wrong(project: Project) -> Iterator[Fault]:
    """A signature that cannot be read is none: the page would say that nobody has reviewed it."""
    for place, id in repeated(person.id for person in project.people):
        yield at(project, place, "id", f'two people have the id "{id}": give each an id of their own')
    for place, signature in enumerate(project.signatures):
        for key in ("date", "next"):
            if advice := impossible(getattr(signature, key)):
                yield in_data(project, SIGNATURES, ("signatures", place, key), advice)


@rule("SG002", error="false promise", blocks_build=True)
def person_is_nobody(project: Project) -> Iterator[Fault]:
    """A reader trusts a page that a clinician has read: it must name a person who can answer for it."""
    for place, person in enumerate(project.people):
        for key, advice in wrong_in(person).items():
            value = getattr(person, key)
            yield at(project, place, key, f'"{value}" cannot be the {key} of somebody who signs: {advice}')


def wrong_in(person: Person) -> dict[str, str]:
    """What to do about each fact of a person that cannot be true, by its key."""
    advice = {"name": no_name(person.name)}
    credentials, role = words_of(person.credentials), words_of(person.role)
    typed_small = person.credentials.isascii() and person.credentials == person.credentials.lower()
    if not credentials or credentials & (PLACEHOLDERS | OFFICES) or typed_small:
        advice["credentials"] = "write the license or degree, such as MD, PharmD or NP; who has none does not sign"
    if not role or role & PLACEHOLDERS:
        advice["role"] = "write what the person is, such as psychiatrist at the clinic"
    return {key: what for key, what in advice.items() if what}


def no_name(name: str) -> str:
    """What to do about words that are not the name of a person, "" if they may be one."""
    parts = [part.lower() for part in NAME_PARTS.findall(name)]
    own = [part for part in parts if part not in TITLES]
    if not own or re.search(r"[\d@?<>\[\]{}…_]", name) or words_of(name) & PLACEHOLDERS:
        return "write the first and last name of the clinician, or take the line out until one signs"
    if OFFICES & {*own}:
        return "an office or a group cannot read a page, so write the first and last name of one person"
    if MADE_UP.fullmatch(" ".join(own)):
        return "it is made up, so write the name of the clinician, or take the line out until one signs"
    if name.isascii() and (len(own) < 2 or name == name.lower() or all(len(part) == 1 for part in own)):
        return "write the first and last name, as the person signs"
    return ""


def words_of(text: str) -> set[str]:
    """The words of a text in small letters."""
    return {word.lower() for word in WORDS.findall(text)}


def at(project: Project, place: int, key: str, message: str) -> Fault:
    """A fault at a value of an entry of people.yml."""
    return in_data(project, PEOPLE, ("people", place, key), message)
