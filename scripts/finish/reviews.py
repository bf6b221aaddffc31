"""What each page says of its review, from the signatures under its words (docs/_data/signatures.yml).

Templates write every sentence that a page may need: `data-review` names the states in which it is true, and
`data-signature` the places for a name, a date or a number. This step keeps the sentences that are true.

Of one page: "none" (nobody has signed it), "current" (somebody signed these very words), "changed" (somebody signed
earlier words). Of the guide: "no-page", "some-pages", "all-pages", by how many of its dated pages are "current".
"""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import Any

from turbohtml import Document, Text

from sitecheck.model.clinic import date_words

from .built_site import CHECKED, Site, nodes_of, text_box
from .signed_words import END, words_hash

WORDS = "data-words"  # the hash of a page's words, on its end block


@dataclass(frozen=True, slots=True)
class Review:
    """What is known of a page's review."""

    state: str = "none"
    signature: dict[str, str] = field(default_factory=dict)
    person: dict[str, str] = field(default_factory=dict)

    @property
    def name(self) -> str:
        """The reviewer as a page names them: "Ana Diaz, MD"."""
        return f"{self.person.get('name', '')}, {self.person.get('credentials', '')}"


def show(site: Site) -> None:
    """Make every page and its structured data say who reviewed it. Does nothing on a site that is already finished."""
    ends = {page: end for page, document in site.pages.items() if (end := document.select_one(END))}
    if any(WORDS in end.attrs for end in ends.values()):
        return
    reviews = {}
    for page, end in ends.items():
        words = end.attrs[WORDS] = words_hash(site, page)
        reviews[page] = review_of(site, page, words)
        if CHECKED in end.attrs and reviews[page].state == "current":
            end.attrs[CHECKED] = max(end.attr(CHECKED) or "", reviews[page].signature["date"])
    dated = [reviews[page].state for page, end in ends.items() if CHECKED in end.attrs]
    current = dated.count("current")
    guide = "no-page" if not current else "all-pages" if current == len(dated) else "some-pages"
    counts = {"reviewed": str(current), "pages": str(len(dated))}
    for page, document in site.pages.items():
        review = reviews.get(page, Review())
        _keep_true_sentences(document, {review.state, guide}, review, counts)
        if review.state == "current":
            _tell_machines(document, review)


def review_of(site: Site, page: str, words: str) -> Review:
    """Return a page's newest review; a signature under the words as they are now comes before one under others."""
    signed = [
        Review("current" if entry["words"] == words else "changed", entry, site.people[entry["by"]])
        for entry in site.signatures
        if entry["page"] == page and entry["by"] in site.people
    ]
    return max(signed, key=lambda one: (one.state == "current", one.signature["date"]), default=Review())


def _keep_true_sentences(document: Document, states: set[str], review: Review, counts: dict[str, str]) -> None:
    text = text_box(document)
    translated = text is not None and "lang" in text.attrs
    known = counts | {"person": review.name, "role": review.person.get("role", "")}
    for sentence in document.select("[data-review]"):
        if states.isdisjoint((sentence.attr("data-review") or "").split()):
            sentence.decompose()
            continue
        sentence.attrs.pop("hidden", None)
        for slot in sentence.select("[data-signature]"):
            key = slot.attr("data-signature") or ""
            if slot.tag == "time":
                day = review.signature[key]
                del slot.attrs["data-signature"]
                slot.attrs["datetime"] = day
                slot.set_text(day if translated and not sentence.closest(END) else date_words(day))
            else:
                slot.replace_with(Text(known[key]))


def _tell_machines(document: Document, review: Review) -> None:
    """Add lastReviewed and reviewedBy to the page's own node of its structured data."""
    for script in document.select('script[type="application/ld+json"]'):
        data: Any = json.loads(script.text)
        for node in nodes_of(data):
            if str(node.get("@type")).endswith("WebPage"):
                person = review.person
                node["lastReviewed"] = review.signature["date"]
                node["reviewedBy"] = {"@type": "Person", "name": review.name, "jobTitle": person["role"]}
        script.set_text(json.dumps(data, ensure_ascii=False).replace("<", "\\u003c"))
