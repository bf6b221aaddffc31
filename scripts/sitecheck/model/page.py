"""What is kept of a built page: plain facts, never a tree. All of it can be marshalled and cached."""

import marshal
from typing import NamedTuple

from .finding import Fault

SEPARATOR = "\0"  # between packed ids; HTML has no such letter
ANY_ID = "\0"  # among a page's names: a script makes its parts, so any fragment may find one


class Ref(NamedTuple):
    """A reference: something on the page that a browser would resolve to an address."""

    kind: str  # "a", "img", "srcset", "script", "stylesheet", "canonical", "css", "json-ld" …
    raw: str  # as written, entities decoded
    line: int
    column: int
    text: str  # name of a <meta>, old address of a redirect; else empty
    in_main: bool  # inside <main>; False is the theme's frame, repeated on every page


class Heading(NamedTuple):
    """A heading element, or an element with role=heading."""

    level: int
    id: str
    text: str
    line: int
    column: int
    in_main: bool


class MarkupIssue(NamedTuple):
    """One element that is wrong by itself, noted while its page is read. Most pages have none."""

    kind: str  # "img-without-alt", "link-without-words", "table-without-header" …
    detail: str  # the src, the href, the id: what a person looks for
    line: int
    column: int
    in_main: bool


class Block(NamedTuple):
    """A run of words a reader takes in at once: paragraph, list item, cell, heading. Project pages only."""

    tag: str  # "p", "li", "td", "th", "h2", "figcaption", "summary" …
    text: str  # white space collapsed
    line: int
    column: int
    section: str  # id of the nearest heading above it that has one, "" before the first
    component: str  # class of the nearest enclosing component: "in-short", "care-emergency" …, else ""
    in_main: bool


class Stated(NamedTuple):
    """A fact of the clinic as the page states it: the text of an element with data-fact="KEY"."""

    key: str  # "hours.monday", "location.sunset-park.street", "name" …
    text: str
    line: int
    column: int
    in_main: bool = True  # False is the theme's frame, repeated on every page


class NamedLink(NamedTuple):
    """A link among a page's own words, by what a screen reader calls it. Project pages only."""

    name: str
    described: str  # the words that aria-describedby adds, else ""
    raw: str  # its address as written
    line: int
    column: int


class IdReference(NamedTuple):
    """An attribute that names another part of the same page by its id. Project pages only."""

    attribute: str  # "for", "aria-labelledby" …
    id: str
    line: int
    column: int
    in_main: bool


class Alternate(NamedTuple):
    """A link that says in which language its page is. Project pages only."""

    tag: str  # "link" in the head, "a" for people
    language: str  # its hreflang
    lang: str  # the language of its own words, "" when they are in that of the page
    raw: str


class Page(NamedTuple):
    """One HTML file of the site, reduced to what the rules ask of it: its path, then the fields of `read.Record`."""

    path: str  # "treatment/index.html"
    title: str
    description: str
    lang: str
    refs: tuple[Ref, ...]  # of a project's pages, of those that forward, and of whatever is no page
    packed_ids: str  # see `ids`
    packed_places: bytes  # see `id_places`
    repeated_ids: frozenset[str]  # those of several elements
    pointed_ids: frozenset[str]  # of these, the ones that its labels, descriptions and controls name
    names: tuple[str, ...]  # <a name>, a fragment target too
    headings: tuple[Heading, ...]
    json_ld: tuple[tuple[str, int, int], ...] = ()  # (text, line, column)
    blocks: tuple[Block, ...] = ()
    stated: tuple[Stated, ...] = ()
    base: str = ""  # href of the first <base> that has one
    maps: tuple[str, ...] = ()  # names of its image maps
    markup_issues: tuple[MarkupIssue, ...] = ()
    forwards: str = ""  # where a meta refresh sends the reader
    hidden: bool = False  # asks search engines to leave it out
    passes_on: bool = False  # forwards by a script that takes the fragment along
    named_links: tuple[NamedLink, ...] = ()
    id_references: tuple[IdReference, ...] = ()
    alternates: tuple[Alternate, ...] = ()
    is_template: bool = False  # a piece of a page, or with addresses that a program has still to fill in
    words: str = ""  # the hash of its words, which a signature names. Project pages only

    @property
    def ids(self) -> list[str]:
        """The ids in document order, duplicates kept."""
        return ids_of(self.packed_ids)

    @property
    def id_places(self) -> tuple[tuple[str, int, int], ...]:
        """(id, line, column) in document order: outside a project only of a page where several elements share an id."""
        places: tuple[tuple[str, int, int], ...] = marshal.loads(self.packed_places) if self.packed_places else ()
        return places

    def fault(self, issue: MarkupIssue, message: str) -> Fault:
        """The fault at the place of a markup issue."""
        return Fault(message, self.path, issue.line, issue.column, raw=issue.detail, frame=not issue.in_main)


def ids_of(packed: str) -> list[str]:
    """The ids that were packed by `SEPARATOR.join`."""
    return packed.split(SEPARATOR) if packed else []
