"""CF: facts of the clinic, and hours and phone numbers, that somebody typed by hand."""

import re
from collections.abc import Iterator
from typing import NamedTuple

from ...model.clinic import Clinic
from ...model.finding import Fault
from ...project.faults import in_text
from ...project.model import Project
from ...project.same_length import blanked, lowered
from ..language.meaning.calls import about_a_day, looks_like, names_another
from ..language.meaning.sentence import sentence_at
from ..registry import rule
from .phone_and_email import digits, numbers, own_names, texts_of

TIME = r"(?:\d{1,2}(?::\d\d)?\s*[ap](?:\.m\.|m\b)|\d{1,2}:\d\d)"
HOUR = r"(?:\d{1,2}(?::\d\d)?|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|noon)"
WEEKDAY = r"(?:mon|tues|wednes|thurs|fri|satur|sun)day|weekend|holiday"
NO_HOUR = r"(?![\s-]*(?:%|min|hour|day|week|month|year|time|step|percent|people|of\b|in\b))"
TYPED_HOURS = (
    rf"\b{TIME}\s*(?:–|—|-|to|until|till|and)\s*{TIME}|\b(?:opens?|closes?)\s+(?:at|from|until|till)\s+(?:{TIME}|{HOUR})"
    rf"|\b(?:{WEEKDAY})s?\b[^.\n]{{0,20}}?\b\d{{1,2}}\s*(?:–|—|-|to|until|till)\s*(?:\d{{1,2}}|noon)\b{NO_HOUR}"
    rf"|\b(?:open|here|work|staffed)(?:\s+from)?\s+{HOUR}\s*(?:–|—|-|to|until|till)\s*{HOUR}\b{NO_HOUR}"
    rf"|\b(?:open|closed?|closes)(?:\s+(?:on|for|over|all|day|every|each|federal|public))*"
    rf"\s+(?:(?:{WEEKDAY}|weekday|thanksgiving|christmas|new year|lunch)s?\b|24/7|day and night|around the clock)"
)  # for words in lower case: to ignore the case takes twice as long
# A phone number outside a link: a link's own words stand in brackets. The search for its first sign is fast.
LAST_SEVEN = r"[-. ]{1,2}\d{3}[-. ]\d{4}"
PHONE = (
    r"[+(\d](?<![\[\w+.:/-].)(?:"
    rf"(?:(?<=\+)1|(?<=1))[-. ](?:\(\d{{3}}\)|\d{{3}}){LAST_SEVEN}"  # +1 (212) 555-0100
    rf"|(?:(?<=\()\d{{3}}\)|(?<=\d)\d\d){LAST_SEVEN}"  # 212 555 0100
    r"|(?:(?<=1)[2-9]|(?<=[2-9]))\d\d[2-9]\d{6}"  # 2125550100
    r"|(?<=1)[- ]8\d\d[- ][A-Z\d-]*[A-Z]{3,}"  # 1-800-GET-HELP
    r")(?![\w\]-])"
)
LINK = "or link to the page of hours and locations"
PARAGRAPH = 600  # characters before and after a fact that are searched for its sentence
THEIRS = re.compile(r"[^\n{*\])]{0,80}[*\])]+\{[^{}\n]{0,80}\.theirs\b")  # the mark of what is another organization's
BRACES = re.compile(r"\{\{(?:(?!\{\{).)*?\}\}|\{%(?:(?!\{%).)*?%\}|\{#(?:(?!\{#).)*?#\}", re.S)


class Typed(NamedTuple):
    """A pattern for words that belong in clinic.yml, and what to write in their place."""

    pattern: str
    instead: str
    suggestion: str = ""
    address: bool = False  # a part of an address
    any_owner: bool = False  # may be another organization's if the sentence says whose
    begins: str = ""  # its first word, which few texts have


@rule("CF006", error="wrong fact")
def fact_typed_by_hand(project: Project, clinic: Clinic) -> Iterator[Fault]:
    """When the clinic moves, the page that typed the address by hand still sends people to the old door."""
    typed, own = list(typed_facts(clinic)), own_names(clinic)
    known = {digits(number) for number in numbers(project)}
    for path, text in texts_of(project):
        for fault, kind, words, sentence in by_hand(path, text, typed):
            may_be_theirs = kind.any_owner and path not in project.templates
            if not (may_be_theirs and of_another(sentence, words, own, known)):
                yield fault


def typed_facts(clinic: Clinic) -> Iterator[Typed]:
    """What nobody should type by hand; where one contains another, the longer comes first."""
    for key in ("name", "short_name", "email", "website"):
        if words := getattr(clinic, key):
            yield whole_words(words, "take it from clinic.yml", f"{{{{ clinic.{key} }}}}")
    for place in clinic.locations:
        number_and_name = " ".join(place.street.split()[:2])  # 26 Court, whether St or Street follows
        for words in filter(None, (place.street, number_and_name, place.street and place.name, place.zip)):
            yield whole_words(words, f"take it from clinic.yml, {LINK}", address=True)
    for phone in filter(None, (clinic.phone, *(place.phone for place in clinic.locations))):
        yield Typed(by_digits(phone), "take it from clinic.yml", "{{ clinic.phone }}" if phone == clinic.phone else "")
    whose = "if they are another's, name the organization in the same sentence, or mark them: *8 am to 8 pm*{ .theirs }"
    yield Typed(PHONE, f"take the clinic's from clinic.yml, {whose}", any_owner=True)
    advice = f"take the hours from clinic.yml, {LINK}; {whose}"
    yield Typed(TYPED_HOURS, advice, any_owner=True)


def whole_words(words: str, instead: str, suggestion: str = "", address: bool = False) -> Typed:
    """Words with any space between them, outside longer words."""
    first, *rest = map(re.escape, words.split())
    inner = r"\s+".join([rf"{first}(?<![\w-]{first})", *rest])  # the search for a first word is fast
    return Typed(rf"{inner}(?![\w-])", instead, suggestion, address, begins=words.split()[0])


def by_digits(number: str) -> str:
    """A pattern for a phone number with any separators, with or without its country code."""
    return r"(?<![\w-])\(?" + r"[-. ()]{0,2}".join(digits(number)) + r"(?![\w-])"


def by_hand(path: str, text: str, typed: list[Typed]) -> Iterator[tuple[Fault, Typed, str, str]]:
    """Yield (fault, kind, words, sentence) for each fact typed into a file; an address only once a line.

    The sentence is "" when the words are marked as another organization's: *8 am to 8 pm*{ .theirs }.
    """
    shown = BRACES.sub(lambda match: blanked(match[0]), text)
    low = lowered(shown)
    taken: set[int] = set()
    address_lines: set[int] = set()
    for kind in typed:
        searched = low if kind.pattern is TYPED_HOURS else shown
        for match in re.finditer(kind.pattern, searched) if kind.begins in shown else ():
            words = shown[match.start() : match.end()]
            if match.start() in taken:
                continue
            fault = in_text(path, text, match.start(), f'"{words}" is typed by hand: {kind.instead}', kind.suggestion)
            if kind.address and fault.line in address_lines:
                continue
            address_lines |= {fault.line} if kind.address else set()
            taken.update(range(*match.span()))
            marked = kind.any_owner and THEIRS.match(text, match.end())
            yield fault, kind, words, "" if marked else sentence_around(shown, *match.span())


def sentence_around(text: str, start: int, end: int) -> str:
    """The sentence around a span of a Markdown text."""
    before = re.split(r"\n\n|\n- ", text[max(start - PARAGRAPH, 0) : start])[-1]
    after, _, _ = text[end : end + PARAGRAPH].partition("\n\n")
    return sentence_at(before + text[start:end] + after, len(before)).text


def of_another(sentence: str, words: str, own: tuple[str, ...], known: set[str]) -> bool:
    """Whether a phone number, or hours, are another organization's, or the hours are no opening hours at all."""
    number = digits(words) if re.fullmatch(PHONE, words) else ""
    if number and (number in known or looks_like(number, known)):
        return number in known
    if not number and about_a_day(sentence):
        return True
    return not sentence or names_another(sentence, own)
