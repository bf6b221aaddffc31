"""FM: a page's front matter, its dates and the name of its file."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ..links.site import Site
from ..model.days import day_of
from ..model.finding import Fault
from ..model.nearest import listed, nearest, unknown
from ..model.paths import slug_of
from ..project.data.marked_yaml import MarkedYaml
from ..project.data.schema import schema_errors, schema_of
from ..project.faults import in_document, in_file, in_front_matter
from ..project.mark import Mark
from ..project.model import LANGUAGE, Document, Project
from ..project.pages.markdown import FRONT_MATTER_MISSING, FRONT_MATTER_UNREADABLE, matches
from ..project.read_project import PAGE_UNREADABLE
from .dates import impossible, is_to_come, wrong_next_check
from .registry import rule

ISO_DATE = re.compile(r"\d{4}-\d{2}-\d{2}")
DATES = ("checked", "next_check")
NAME = re.compile(r"[a-z0-9]+(?:[-_][a-z0-9]+)*")
# Pages to a generator or a person but not to the checker: nobody would have checked them.
MEANT_AS_PAGE = re.compile(r"\.(?:markdown|mdown|mdwn|mkdn?|mdx?|md\.txt|html?)$", re.I)
FIRST_HEADING = re.compile(r"^# +(?P<title>[^\n]+)$", re.M)
ADDRESS = re.compile(r"\{[^{}]*\}\Z")


@rule("FM001", error="no date", blocks_build=True, reads=(FRONT_MATTER_MISSING,))
def front_matter_missing() -> None:
    """Without it a page has no kind, no date of review and nothing for a search engine to show."""


@rule("FM002", error="unchecked", blocks_build=True, reads=(FRONT_MATTER_UNREADABLE,))
def front_matter_broken() -> None:
    """One wrong quote would take away the page's title, dates and kind, and with them every other check."""


@rule("FM003", error="unreadable", blocks_build=True, reads=(PAGE_UNREADABLE,))
def page_unreadable() -> None:
    """A reader would see nothing, or question marks in place of letters."""


@rule("FM004", error="no date", blocks_build=True)
def front_matter_key_missing(project: Project, document: Document, front_matter: MarkedYaml) -> Iterator[Fault]:
    """A reader cannot judge words without a date; a search result without a description says little."""
    for key in project.type_of(document).front_matter:
        keys = schema_of("page")["properties"]
        if not any(nearest(other, keys) == key for other in front_matter.data):
            advice = f"add a line {key}: to the front matter. {keys[key]['description']}"
            yield in_front_matter(document, "", advice)


@rule("FM005", error="false promise", blocks_build=True)
def front_matter_wrong(document: Document, front_matter: MarkedYaml) -> Iterator[Fault]:
    """A misspelled key is a promise that nobody keeps: the page looks dated, or described, and is not."""
    for wrong in schema_errors(front_matter, "page"):
        yield in_document(document, wrong.mark, wrong.message, wrong.suggestion)


@rule("FM006", error="no date", blocks_build=True)
def date_impossible(document: Document, front_matter: MarkedYaml) -> Iterator[Fault]:
    """A date that no calendar has cannot tell a reader how fresh the words are."""
    for key in DATES:
        value = front_matter.value(key)
        if isinstance(value, str) and ISO_DATE.fullmatch(value) and (advice := impossible(value)):
            yield in_front_matter(document, key, advice)


@rule("FM007", error="no date")
def dates_out_of_order(document: Document, front_matter: MarkedYaml) -> Iterator[Fault]:
    """A review that is due before the last one was made never warns anybody."""
    last, due = (day_of(front_matter.value(key)) for key in DATES)
    if last and due and (advice := wrong_next_check(last, due, DATES)):
        yield in_front_matter(document, "next_check", advice)


@rule("FM012", error="false promise")
def review_to_come(site: Site, project: Project) -> Iterator[Fault]:
    """A reader trusts the date: it must be a day on which somebody has looked at the page."""
    days = [(document, day) for document in readable(project) if (day := day_of(document.meta.get("checked")))]
    if all(day > site.today for _, day in days):
        return  # then the computer's clock is wrong
    for document, day in days:
        if is_to_come(day, site.today):
            advice = f"{day} is still to come: write the day on which somebody checked the whole page"
            yield in_front_matter(document, "checked", advice)


@rule("FM008", error="unchecked", blocks_build=True)
def page_type_unknown(project: Project) -> Iterator[Fault]:
    """A page without a kind need not have anything: a reader may look in vain for when to get help."""
    known = project.types
    for document in readable(project) if known else ():
        if document.type not in known:
            wrong = f'there is no kind of page "{document.type}"' if document.type else "say what kind of page this is"
            otherwise = f": write type: and one of {listed(known)}"
            yield in_front_matter(document, "type", *unknown(wrong, document.type, known, otherwise))


@rule("FM009", advice="the reader arrives")
def title_differs(document: Document, front_matter: MarkedYaml) -> Iterator[Fault]:
    """A reader who chose a title in a list of results must land on a page with that heading."""
    title = front_matter.value("title")
    heading = next(matches(document, FIRST_HEADING), None)
    if isinstance(title, str) and heading:
        match, mark = heading
        if plain(ADDRESS.sub("", match["title"].rstrip(" \t#"))) != plain(title):
            advice = f'make the heading and the title in front matter the same: "{title}"'
            yield in_document(document, mark, advice)


# What a browser or a file manager adds to the name of a copy: "page (1)", "page - Copy", "page copy 2", "Copy of page".
COPY = re.compile(r" ?\(\d+\)$|(?: -)? ?copy(?: ?\(?\d+\)?)?$|^copy of ", re.I)


@rule("FM011", error="no address", blocks_build=True)
def file_name_unfit(project: Project) -> Iterator[Fault]:
    """The file's name becomes the page's address: with spaces, capitals or accents it cannot be read out or typed."""
    for document in project.documents:
        name = document.name.removesuffix(".md")
        if document.type == LANGUAGE or all(NAME.fullmatch(part) or part == "README" for part in name.split("/")):
            continue  # a page in another language is named after it; TR004 checks that
        original, better = f"docs/{COPY.sub('', name)}.md", as_address(name)
        advice = "name the file with small letters, digits and hyphens" + (f": docs/{better}.md" if better else "")
        if original in project.by_path and original != document.path:
            advice = f"this is a copy of {original}: delete one of the two"
        yield in_document(document, Mark(), advice)
    for path in sorted(project.assets):
        ending = MEANT_AS_PAGE.search(path)
        if ending and not path.startswith(("docs/_data/", "docs/assets/")):
            name = as_address(path.removesuffix(ending[0]))
            advice = f"no page is made from this file: write its words in {name}.md, or take it away"
            yield in_file(path, Mark(), advice)


@rule("FM010", advice="the words may still be right", calendar=True)
def review_overdue(site: Site, document: Document, front_matter: MarkedYaml) -> Iterator[Fault]:
    """Advice about medicines ages: a reader should not act on words that nobody has looked at for long."""
    due = day_of(front_matter.value("next_check"))
    if due and due < site.today:
        advice = f"this page was due for a check on {due}: hold all of it against its sources, then set both dates"
        yield in_front_matter(document, "next_check", advice)


def readable(project: Project) -> Iterator[Document]:
    """The pages whose front matter can be read."""
    return (document for document in project.documents if document.front_matter is not None)


def plain(text: str) -> str:
    """A title without Markdown's marks, and with straight apostrophes."""
    return re.sub(r"[*_`]", "", text).replace("’", "'").strip()


def as_address(path: str) -> str:
    """A path in the letters of an address: "Über uns/Team" is "uber-uns/team"."""
    return "/".join(filter(None, map(slug_of, path.split("/"))))
