"""scripts/sign: a person's signature under the words of a page, or the state of every page and the lines to paste."""

from __future__ import annotations

import argparse
import re
import sys
import tempfile
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from finish.built_site import CHECKED, DATA, TEXT_BOX, Site, load, markdown_file
from finish.reviews import WORDS, review_of
from finish.signed_words import END, words_hash
from guide import command, generators, stages
from guide.command import Refused
from sitecheck.model.clinic import date_words

SIGNATURES, PEOPLE = DATA / "signatures.yml", DATA / "people.yml"
YOUR_ID = "YOUR-ID"  # in a line to paste, while it is not known who signs
TRANSLATION = f"{TEXT_BOX}[lang]"
EMPTY_LIST = re.compile(r"^signatures:[ \t]*(?:\[\]|null|~)[ \t]*$", re.M)


@dataclass(frozen=True, slots=True)
class PageState:
    """A page that can be signed: its Markdown file, the hash of its words, and what is known of its review."""

    name: str  # "get-help-now.md"
    words: str
    state: str  # "none", "current" or "changed": see finish.reviews
    about: str  # the same in words


def main(arguments: list[str]) -> int:
    """Sign, or list what is signed. Returns 0, or the exit status of the check. Raises Refused."""
    parser = argparse.ArgumentParser(prog="scripts/sign", description="Sign the words of a page that you have read.")
    parser.add_argument(
        "page", nargs="?", help="its file in docs/, such as get-help-now.md; without it, every page is listed"
    )
    parser.add_argument("--by", metavar="ID", help="who has read it: the id of a person in docs/_data/people.yml")
    parser.add_argument("--date", default=str(date.today()), help="the day on which they read it; today by default")
    parser.add_argument("--next", help="the day on which it is due to be read again; a year later by default")
    options = parser.parse_args(arguments)
    if options.by and not options.page:
        raise Refused(
            "Say which page: scripts/sign get-help-now.md --by ID. A page is signed by itself, once it is read."
        )
    read = day_of(options.date)
    due = day_of(options.next) if options.next else next_year(read)
    if status := stages.check(["--before-build", "--select", "SG", "--only-findings"]):
        return status
    site = built_site()
    pages = page_states(site)
    chosen = [page_named(options.page, pages)] if options.page else pages
    print(sign(chosen[0], options.by, read, due, site) if options.by else listed(chosen, site, read, due))
    return 0


def built_site() -> Site:
    """Generate the guide. Raises Refused when that fails; the report is printed then."""
    with tempfile.TemporaryDirectory() as scratch:
        built = Path(scratch) / "site"
        if generators.mkdocs(built, hooked=False):
            raise Refused("Nothing was signed: correct what is listed above first.")
        return load(built)


def page_states(site: Site) -> list[PageState]:
    """Return every dated page and every translation, in the order of their names."""
    found = []
    for page, document in site.pages.items():
        end = document.select_one(END)
        name = markdown_file(page)
        if end is None or not name or not (CHECKED in end.attrs or document.select_one(TRANSLATION)):
            continue
        words = end.attr(WORDS) or words_hash(site, page)
        review = review_of(site, page, words)
        day = review.signature.get("date", "")
        about = {
            "none": "nobody has signed it",
            "current": f"signed by {review.name}, on {day}; due again on {review.signature.get('next')}",
            "changed": f"changed since {review.name} signed it on {day}",
        }[review.state]
        found.append(PageState(name, words, review.state, about))
    return found


def page_named(name: str, pages: list[PageState]) -> PageState:
    """Return the page with this file name, given with or without docs/. Raises Refused."""
    bare = name.removeprefix("./").removeprefix("docs/")
    known = {page.name: page for page in pages}
    if bare not in known:
        raise Refused(f"docs/{bare} is not a page that can be signed: {command.instead_of(bare, known)}")
    return known[bare]


def sign(page: PageState, by: str, read: date, due: date, site: Site) -> str:
    """Add the signature to signatures.yml. Returns what was done, in words. Raises Refused."""
    if by not in site.people:
        listed = f"It lists {', '.join(site.people)}." if site.people else "It lists nobody yet."
        raise Refused(f"{PEOPLE} has no person with the id {by!r}. {listed} Add a line for them there first.")
    if read > date.today():
        raise Refused(f"{read} is still to come: give the day on which the page was read.")
    line = signature(page, by, read, due)
    text = EMPTY_LIST.sub("signatures:", SIGNATURES.read_text("utf-8"))
    if line in text:
        return f"{page.name}: this signature is there already."
    SIGNATURES.write_text(f"{text.rstrip()}\n{line}\n", "utf-8")
    person = site.people[by]
    who = f"{person['name']}, {person['credentials']}"
    days = f"on {date_words(str(read))}, due again on {date_words(str(due))}"
    return f"{page.name}: signed by {who}, {days}. Run scripts/build to see it."


def signature(page: PageState, by: str, read: date, due: date) -> str:
    """Return the line of signatures.yml."""
    return f'- {{page: {page.name}, by: {by}, date: "{read}", next: "{due}", words: "{page.words}"}}'


def listed(pages: list[PageState], site: Site, read: date, due: date) -> str:
    """Return the state of each page, and the line to paste for those whose words nobody has signed."""
    width = max((len(page.name) for page in pages), default=0)
    states = [f"{page.name:{width}}  {page.about}" for page in pages]
    lines = lines_to_paste(pages, site, read, due)
    if not lines:
        return "\n".join(states)
    return "\n".join([*states, "", *how_to_paste(site), "", *lines])


def lines_to_paste(pages: list[PageState], site: Site, read: date, due: date) -> list[str]:
    """Return a line of signatures.yml for each page that is not signed as it is."""
    by = next(iter(site.people)) if len(site.people) == 1 else YOUR_ID
    return [signature(page, by, read, due) for page in pages if page.state != "current"]


def how_to_paste(site: Site) -> list[str]:
    """Return what a person does with such a line in a browser."""
    steps = [f"Sign only what you have read. Paste the line of a page at the end of {SIGNATURES.as_posix()}."]
    if not site.people:
        steps.append(f"First add yourself to {PEOPLE.as_posix()}, and write the id from there for {YOUR_ID}.")
    elif len(site.people) > 1:
        steps.append(f"For {YOUR_ID} write your own: {', '.join(site.people)}.")
    return steps


def day_of(text: str) -> date:
    """Return the day that somebody typed. Raises Refused for no date."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise Refused(f"There is no day {text}: write it as year-month-day, such as {date.today()}.") from None


def next_year(day: date) -> date:
    """Return the same day of the next year; February 28 for February 29."""
    return day.replace(year=day.year + 1, day=28 if (day.month, day.day) == (2, 29) else day.day)


if __name__ == "__main__":
    sys.exit(command.run("sign", main, sys.argv[1:]))
