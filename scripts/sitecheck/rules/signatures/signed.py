"""SG: the signatures under the words of pages, docs/_data/signatures.yml."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ...links.site import Site
from ...model.days import day_of
from ...model.finding import Fault
from ...model.nearest import listed, unknown
from ...project.faults import in_data, in_document, in_text
from ...project.model import Document, Project, Signature
from ...project.pages.markdown import body, matches
from ...project.read_project import OWNERS, SIGNATURES
from ..built_pages import built
from ..dates import is_to_come, wrong_next_check
from ..registry import rule

CLINICIAN = r"(?:clinician|doctor|physician|psychiatrist|pharmacist|nurse)s?"
REVIEW_BY_HAND = re.compile(
    rf"\breviewed (?:yet )?by (?:(?:an? |any |our |the )?{CLINICIAN}|dr|nobody|no one)\b"
    rf"|\bno {CLINICIAN} ha(?:s|ve) (?:yet )?reviewed\b|\bnot (?:yet (?:been )?|been )reviewed\b"
    r"|\b(?:medically|clinically) reviewed\b",
    re.I,
)
OWNER_TO_NAME = re.compile(r"^[^#\n]*(?P<owner>@YOUR-\S+)", re.M)


@rule("SG003", error="false promise", blocks_build=True)
def signature_of_nothing(project: Project) -> Iterator[Fault]:
    """A clinician signed, and no page shows it: the name of the page or of the person is another."""
    pages = [document.name for document in project.documents]
    ids = [person.id for person in project.people]
    for place, signature in enumerate(project.signatures):
        if signature.page not in pages:
            message, otherwise = f"docs/{signature.page} is not there", f": write one of {listed(pages)}"
            yield at(project, place, "page", *unknown(message, signature.page, pages, otherwise))
        if signature.by not in ids:
            message = f'docs/_data/people.yml lists no person with the id "{signature.by}"'
            otherwise = f": first add a line for the person there, with - {{id: {signature.by}, name: …"
            yield at(project, place, "by", *unknown(message, signature.by, ids, otherwise))


@rule("SG004", error="false promise")
def signature_date_wrong(site: Site, project: Project) -> Iterator[Fault]:
    """A reader trusts the date: it must be a day on which the person has read the page."""
    for place, signature in enumerate(project.signatures):
        signed, due = day_of(signature.date), day_of(signature.next)
        if signed and is_to_come(signed, site.today):
            yield at(project, place, "date", f"{signed} is still to come: write the day on which the page was read")
        elif signed and due and (advice := wrong_next_check(signed, due, ("date", "next"))):
            yield at(project, place, "next", advice)


@rule("SG005", advice="a correction need not wait for a signature", calendar=True)
def signed_words_changed(site: Site, project: Project) -> Iterator[Fault]:
    """The page tells its readers that it has changed since the review: somebody should read it again."""
    for document, signature, words in newest_signatures(site, project):
        if words and signature.words != words:
            person = next(one for one in project.people if one.id == signature.by)
            what = f"{document.path} has changed since {person.signs_as} reviewed it on {signature.date}"
            advice = f"{what}: once it is read again, scripts/sign {document.name} --by {person.id}"
            yield at(project, project.signatures.index(signature), "words", advice)


@rule("SG006", advice="the words may still be right", calendar=True)
def signature_due(site: Site, project: Project) -> Iterator[Fault]:
    """Advice about medicines ages: a reader should not act on words that nobody has looked at for long."""
    for document, signature, words in newest_signatures(site, project):
        due = day_of(signature.next)
        if due and due < site.today and signature.words == words:
            advice = f"{document.path} was due for a review on {due}: read all of it, then sign it again"
            yield at(project, project.signatures.index(signature), "next", advice)


@rule("SG007", error="false promise")
def review_typed_by_hand(project: Project) -> Iterator[Fault]:
    """Words that somebody typed stay when a clinician signs: the page contradicts itself, and readers trust neither."""
    include = '{% include "clinic/reviewed.html" %}'
    advice = f"what is said of a review follows from the signatures: write {include} in its place"
    for document in project.documents:
        for _, mark in matches(document, REVIEW_BY_HAND) if "reviewed" in body(document).lower() else ():
            yield in_document(document, mark, advice)


@rule("SG008", advice="readers see no difference", calendar=True)
def owners_to_fill_in(project: Project) -> Iterator[Fault]:
    """While nobody is named, GitHub asks no clinician to read a change of medical words."""
    if one := OWNER_TO_NAME.search(project.owners):  # the others are on the lines around it
        advice = f"write your own team or person for {one['owner']}: GitHub asks nobody until then"
        yield in_text(OWNERS, project.owners, one.start("owner"), advice)


def newest_signatures(site: Site, project: Project) -> Iterator[tuple[Document, Signature, str]]:
    """Each built page that somebody has signed: its newest signature, and the hash of its words now."""
    for document, page in built(site, project):
        if signature := project.signature_under(document, page.words):
            yield document, signature, page.words


def at(project: Project, place: int, key: str, message: str, suggestion: str = "") -> Fault:
    """A fault at a value of an entry of signatures.yml."""
    return in_data(project, SIGNATURES, ("signatures", place, key), message, suggestion)
