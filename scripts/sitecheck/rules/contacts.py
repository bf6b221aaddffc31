"""CF: the numbers and addresses at which a page tells its reader to find somebody."""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import unquote

from ..finding import Fault
from ..project.faults import in_file
from ..project.markdown import mark_of
from ..project.model import Project
from ..project.schema import nearest
from ..registry import rule
from ..site import Site
from .links import at

EMAIL = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
CALL = re.compile(
    r"\[(?P<words>[^\]\n]*)\]\((?:tel|sms):(?P<number>[^)\s?]+)"
    r"|href=[\"'](?:tel|sms):(?P<called>[^\"'{?]+)[^>]*>(?P<inside>[^<]*)</a>"
)
SAID = re.compile(r"\d(?:[\d().\s-]*\d)+")
WHERE = "must_say of a page in docs/_data/page-types.yml"


@rule("CF016", project=True)
def contact_unknown(site: Site) -> Iterator[Fault]:
    """Two digits change places, and a person in danger calls a stranger: each number must be one that is known."""
    known = {digits(number): number for number in numbers(site.project)}
    for trouble in site.links.of("scheme:tel", "scheme:sms") if known else ():
        number = unquote(trouble.ref.raw.strip().partition(":")[2]).partition("?")[0]
        if digits(number) and digits(number) not in known:
            near = known.get(nearest(digits(number), known))
            instead = f"write {near}" if near else "correct it"
            advice = f"{number} is no number that the guide knows: {instead}, or, if it is right, add it to {WHERE}"
            yield at(trouble, advice)
    clinic = site.project.clinic
    for path, text in (*words_of(site.project), *site.project.templates.items()):
        for match in EMAIL.finditer(text):
            if clinic is None or match[0] != clinic.email:  # the clinic's own, typed by hand, is told by CF006
                advice = f"take {match[0]} out: patients write to {{{{ clinic.email }}}} alone; link to others' pages"
                yield in_file(path, mark_of(text, match.start()), advice)


@rule("CF017", project=True)
def phone_differs(site: Site) -> Iterator[Fault]:
    """Whoever taps the number reaches somebody else than whoever reads it out."""
    for path, text in (*words_of(site.project), *site.project.templates.items()):
        for match in CALL.finditer(text):
            number, words = match["number"] or match["called"], match["words"] or match["inside"] or ""
            said = [digits(one) for one in SAID.findall(words)]
            if said and not any(one in digits(number) or digits(number) in one for one in said):
                advice = f'the words say "{words.strip()}" and the link calls {number}: make them the same'
                yield in_file(path, mark_of(text, match.start()), advice)


def numbers(project: Project) -> Iterator[str]:
    """The numbers that are held elsewhere too: the clinic's, and those that some page must say."""
    plans = (words for plan in project.plans.values() for words in plan.must_say)
    yield from (words for words in plans if re.fullmatch(r"\+?[\d() .-]{3,}", words))
    if project.clinic and project.clinic.phone:
        yield project.clinic.phone


def words_of(project: Project) -> Iterator[tuple[str, str]]:
    """The pages as they were typed."""
    return ((document.path, document.text) for document in project.documents)


def digits(number: str) -> str:
    """What is dialed within the country: 1-800-662-4357 and +1 800 662 4357 are one."""
    only = re.sub(r"\D", "", number)
    return only[1:] if len(only) == 11 and only.startswith("1") else only
