"""CF: the phone numbers and e-mail addresses that pages give."""

from __future__ import annotations

import bisect
import functools
import re
from collections.abc import Iterator
from urllib.parse import unquote

from ...links.broken_link import BrokenLink
from ...links.site import Site
from ...model.clinic import Clinic
from ...model.finding import Fault
from ...project.faults import in_text
from ...project.model import Project
from ..built_pages import fault_of, own_words
from ..language.meaning.calls import calls_in, is_text_code, looks_like, misused, names_another
from ..language.meaning.sentence import sentence_at, sentences_of
from ..registry import rule

EMAIL = re.compile(r"(?<![\w.+-])[\w.+-]++@[\w-]++(?:\.[\w-]++)+")
CALL = re.compile(
    r"\[(?P<words>[^][\n]*)\]\((?:tel|sms):(?P<number>[^)\s?]+)"
    r"|href=[\"'](?:tel|sms):(?P<called>[^\"'{?]+)[^<>]*>(?P<inside>[^<]*)</a>"
)
IN_WORDS = re.compile(r"(?<!\d)\d(?:[().\s-]*+\d)+")
EXTENSION = re.compile(r",| ext\. ")
SHORT = 9  # digits; CF006 checks whose a longer number is
SERVICES = ("211", "311", "711")  # answer everywhere: help in need, the city, relay for the deaf
WHERE = "numbers in docs/_data/ladder.yml"


@rule("CF016", error="wrong number")
def contact_unknown(site: Site, project: Project) -> Iterator[Fault]:
    """Two digits change places, and a person in danger calls a stranger: each number must be one that is known."""
    known = {digits(number): number for number in numbers(project)}
    for broken in site.links.of("scheme:tel", "scheme:sms") if known else ():
        number = unquote(broken.ref.raw.strip().partition(":")[2]).partition("?")[0]
        if digits(number) and digits(number) not in known:
            near = known.get(looks_like(digits(number), known), "")
            if not near and is_of_another(site, project, broken):
                continue
            instead = f"write {near}" if near else "correct it"
            theirs = "if it is another organization's, name that in the sentence or write { .theirs } behind the link"
            yield broken.fault(f"{number} is not a number that the guide knows: {instead}; {theirs}")
    own = project.clinic.email if project.clinic else ""
    for path, text in texts_of(project):
        for match in EMAIL.finditer(text) if "@" in text else ():
            if match[0] != own:  # which CF006 reports
                advice = f"take {match[0]} out: patients write to {{{{ clinic.email }}}} alone; link to others' pages"
                yield in_text(path, text, match.start(), advice)
    yield from wrong_numbers_in_words(site, project, known) if known else ()


@rule("CF017", error="wrong number")
def phone_differs(project: Project) -> Iterator[Fault]:
    """A reader who taps the number reaches somebody else than one who dials what is written."""
    for path, text in texts_of(project):
        for match in CALL.finditer(text):
            number, words = match["number"] or match["called"], match["words"] or match["inside"] or ""
            shown = [digits(text) for text in IN_WORDS.findall(words)]
            if shown and not any(text in digits(number) or digits(number) in text for text in shown):
                advice = f'the words say "{words.strip()}" and the link calls {number}: make them the same'
                yield in_text(path, text, match.start(), advice)


def wrong_numbers_in_words(site: Site, project: Project, known: dict[str, str]) -> Iterator[Fault]:
    """Faults of unknown short numbers in sentences ("call 912") and of real numbers given for the wrong need."""

    @functools.lru_cache(maxsize=4096)  # the same words stand on many pages
    def wrong_in(text: str) -> list[tuple[str, str]]:
        found, before = [], None
        for sentence in sentences_of(text):
            for call in calls_in(sentence):
                what = sentence.said(call.first, call.last, text)
                dialed = digits(call.digits)
                if len(dialed) < SHORT and dialed not in known and dialed not in SERVICES:
                    near = known.get(looks_like(dialed, known), "")
                    if near or not is_text_code(sentence, call):
                        near = near or "911 in danger, 988 in a crisis"
                        advice = f"{what} is not a number that the guide knows: write {near}, or add it to {WHERE}"
                        found.append((what, advice))
                elif instead := misused(sentence, call, before):
                    found.append((what, f"{what} is not for this: write {instead}"))
            before = sentence
        return found

    for document, page, block in own_words(site, project):
        for what, advice in wrong_in(block.text):
            yield fault_of(document, page, block, what, advice)


def numbers(project: Project) -> Iterator[str]:
    """The numbers that the guide knows: the clinic's, the ladder's, and those that some page must say."""
    plans = (words for plan in project.plans.values() for words in plan.must_say)
    yield from (words for words in plans if re.fullmatch(r"\+?[\d() .-]{3,}", words))
    if project.ladder:
        yield from project.ladder.numbers
    if clinic := project.clinic:
        yield from filter(None, (clinic.phone, *(place.phone for place in clinic.locations)))


def texts_of(project: Project) -> list[tuple[str, str]]:
    """The path and text of each page, as it was typed, and of each template."""
    return [*((document.path, document.text) for document in project.documents), *project.templates.items()]


def digits(number: str) -> str:
    """The digits to dial within the country, without extension: 1-800-662-4357 and +1 800 662 4357 are the same."""
    only = re.sub(r"\D", "", EXTENSION.split(number)[0])
    return only[1:] if len(only) == 11 and only.startswith("1") else only


def is_of_another(site: Site, project: Project, broken: BrokenLink) -> bool:
    """Whether a phone link is marked as another organization's, or its sentence names one other than the clinic."""
    page, ref = site.pages.get(broken.page), broken.ref
    document = project.document(broken.page)
    if document and re.search(rf"\({re.escape(ref.raw)}\)\{{[^}}\n]*\.theirs\b", document.text):
        return True
    blocks = page.blocks if page else ()
    place = bisect.bisect_right(blocks, (ref.line, ref.column), key=lambda block: (block.line, block.column))
    around = blocks[place - 1].text if place else ""
    at_number = around.find(digits(ref.raw)[-4:])
    return at_number >= 0 and names_another(sentence_at(around, at_number).text, own_names(project.clinic))


def own_names(clinic: Clinic | None) -> tuple[str, ...]:
    """The names and streets of the clinic."""
    if clinic is None:
        return ()
    places = (words for place in clinic.locations for words in (place.name, place.street))
    return tuple(filter(None, (clinic.name, clinic.short_name, *places)))
