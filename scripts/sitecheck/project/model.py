"""The project as plain, frozen facts: its sources, its pages, the words to avoid. model/clinic.py has the clinic's."""

import functools
from collections.abc import Mapping
from types import MappingProxyType
from typing import Any, NamedTuple

from ..model.clinic import Clinic
from ..model.finding import Fault
from ..model.similar_names import Effort
from .data.ladder import Ladder
from .data.marked_yaml import MarkedYaml
from .spelling import Misspelled

LANGUAGE = "language"  # the kind of page that says the words for an emergency in another language
NOTHING: Mapping[str, Any] = MappingProxyType({})
EASY_ENOUGH = 8.0  # the US school grade that no page may be harder than


class Source(NamedTuple):
    """One entry of docs/_data/sources.yml: the fields that rules use."""

    id: str
    title: str
    year: str
    url: str
    place: int  # in the list, to find its line again


class Person(NamedTuple):
    """One entry of docs/_data/people.yml: somebody who may sign a page."""

    id: str
    name: str
    credentials: str
    role: str

    @property
    def signs_as(self) -> str:
        """The words that a page shows: "Ana Diaz, MD"."""
        return f"{self.name}, {self.credentials}"


class Signature(NamedTuple):
    """One entry of docs/_data/signatures.yml: a person has read the words of a page."""

    page: str  # "get-help-now.md", in docs/
    by: str  # the id of a person
    date: str  # "2026-11-22"
    next: str
    words: str  # the hash of what they read


class PageType(NamedTuple):
    """What all pages of a kind share, from docs/_data/page-types.yml."""

    name: str
    front_matter: tuple[str, ...] = ()
    sections: tuple[str, ...] = ()
    cites: bool = False
    grade: float = EASY_ENOUGH


class PagePlan(NamedTuple):
    """A page that must exist, and what must be on it."""

    path: str  # "get-help-now.md", in docs/
    type: str
    sections: tuple[str, ...] = ()
    must_say: tuple[str, ...] = ()


class WordToAvoid(NamedTuple):
    """Words that hurt or mislead a reader, and what to write instead."""

    say_not: tuple[str, ...]  # spellings, matched as whole words whatever their capitals
    instead: str
    why: str
    unless: tuple[str, ...] = ()  # longer phrases in which the words are harmless
    place: int = 0  # in the list of terms.yml
    beside: frozenset[str] = frozenset()  # words of which the sentence must have one, if any are given
    harmless_denied: bool = False  # "no one can guarantee"


class Danger(NamedTuple):
    """Advice that can kill, as groups of words, and what to write instead."""

    says: tuple[frozenset[str], ...]
    mood: str  # "claim", "order", "denial", "any" or, for groups in any order, "together"
    within: int  # words that may stand between two groups
    instead: str
    why: str
    beside: frozenset[str] = frozenset()  # words of which the paragraph must have one, if any are given
    unless: tuple[str, ...] = ()


class Document(NamedTuple):
    """A Markdown page of docs/, as it was typed."""

    path: str  # "docs/get-help-now.md"
    page: str  # the file it becomes in the site, "get-help-now/index.html"
    text: str  # all of it, front matter included, with \n line ends
    body_line: int  # the line on which the words begin
    meta: dict[str, Any]
    front_matter: MarkedYaml | None  # None: there is none, or it cannot be read

    @property
    def name(self) -> str:
        """The path as page-types.yml and links write it: "get-help-now.md"."""
        return self.path.split("/", 1)[1]

    @property
    def type(self) -> str:
        """The kind of page that its front matter names, "" if it names none."""
        kind = self.meta.get("type", "")
        return kind if isinstance(kind, str) else ""


class Facts(NamedTuple):
    """What was read of a project. Paths are relative to `root`."""

    root: str
    site_url: str = ""
    site_name: str = ""
    clinic: Clinic | None = None  # None if clinic.yml is invalid or missing: then only that is reported
    sources: Mapping[str, Source] = NOTHING
    people: tuple[Person, ...] = ()  # who may sign, in the order of the file
    signatures: tuple[Signature, ...] = ()  # in the order of the file
    types: Mapping[str, PageType] = NOTHING
    plans: Mapping[str, PagePlan] = NOTHING  # by path, "index.md"
    moved: Mapping[str, str] = NOTHING  # old address -> the one to which its readers are led
    published: frozenset[str] = frozenset()  # addresses that readers have: "a.md", "a.md#id", "downloads/pier.vcf"
    every_page: tuple[str, ...] = ()  # words that stand on each page, in its text or around it
    ladder: Ladder | None = None  # None if ladder.yml is invalid or missing
    words: tuple[WordToAvoid, ...] = ()
    dangers: tuple[Danger, ...] = ()
    harmless: tuple[str, ...] = ()  # phrases in which dangerous words do no harm
    two_syllables: frozenset[str] = frozenset()  # medical words nobody can avoid, counted as two syllables
    documents: tuple[Document, ...] = ()
    templates: Mapping[str, str] = NOTHING  # "overrides/clinic/footer.html": its text
    assets: frozenset[str] = frozenset()  # "docs/assets/icon.svg": files that go into the site as they are
    styles: Mapping[str, str] = NOTHING  # "docs/assets/css/site.css": its text
    extra: Mapping[str, Any] = NOTHING  # what words may name in braces: {{ clinic.name }}
    macros: frozenset[str] = frozenset()  # what words may call in braces: {{ cite("…") }}
    drawings: Mapping[str, str] = NOTHING  # "docs/assets/figures/pathway.svg": its text
    block_kinds: tuple[str, ...] = ()  # what may stand behind "///"
    misspelled: tuple[Misspelled, ...] = ()  # words of the English pages
    owners: str = ""  # .github/CODEOWNERS: whom GitHub asks to read a change
    data: Mapping[str, MarkedYaml] = NOTHING  # "docs/_data/clinic.yml": with its marks
    faults: tuple[tuple[str, Fault], ...] = ()  # see `reading_faults`


class Project(Facts):
    """Everything that rules may use besides the built site."""

    def document(self, page: str) -> Document | None:
        """The Markdown behind a page of the site, None for a page that a template or a tool makes."""
        return self.by_page.get(page)

    @functools.cached_property
    def by_page(self) -> dict[str, Document]:
        """The documents by the pages that they become."""
        return {document.page: document for document in reversed(self.documents)}

    @functools.cached_property
    def by_path(self) -> dict[str, Document]:
        """The documents by their own paths."""
        return {document.path: document for document in self.documents}

    @functools.cached_property
    def joined_texts(self) -> dict[str, Any]:
        """What was joined so far, by the path of a page: see pages.joined_texts, which knows its type."""
        return {}

    @functools.cached_property
    def effort(self) -> Effort:
        """What may still be spent on suggestions."""
        return Effort()

    def signature_under(self, document: Document, words: str) -> Signature | None:
        """The newest signature under a page; one under these very words comes before one under others."""
        ids = {person.id for person in self.people}
        signed = [one for one in self.signatures if one.page == document.name and one.by in ids]
        return max(signed, key=lambda one: (one.words == words, one.date), default=None)

    def type_of(self, document: Document) -> PageType:
        """The kind of a page; one without requirements if page-types.yml does not define it."""
        return self.types.get(document.type, PageType(document.type))

    def sound(self, path: str) -> MarkedYaml:
        """A data file with its marks; empty while it is missing or its form is wrong, which its own rule reports."""
        return MarkedYaml(None) if self.reading_faults(path) else self.data.get(path, MarkedYaml(None))

    def reading_faults(self, *kinds: str) -> list[Fault]:
        """Faults found while reading, by the path of a data file or by a kind such as "front-matter-missing"."""
        return [fault for kind, fault in self.faults if kind in kinds]
