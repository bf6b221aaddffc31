"""A built site in memory: its parsed pages, its address, and the data files of docs/_data."""

from __future__ import annotations

import datetime
import os
import posixpath
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urljoin, urlsplit

import yaml
from turbohtml import Document, Element, Html, Minify, parse

from sitecheck.model.paths import NOT_FOUND as NOT_FOUND  # the steps take it from here
from sitecheck.project.pages.markdown import page_of

DATA = Path("docs") / "_data"  # in the project's folder, where the verbs run
# Keeps every tag and quote: validators and simple parsers read these pages too.
SERIALIZER = Html(layout=Minify(omit_optional_tags=False, unquote_attributes=False))
TEXT_BOX = "main .text:has(> h1)"  # a page's title and text, without the frame
WORD = re.compile(r"[\w-]+")
CHECKED = "data-checked"  # on a page's end block: the day on which somebody last checked or reviewed the page


class FinishError(Exception):
    """The site is not fit for readers. Each line of the message says what to fix, and where."""


@dataclass(slots=True)
class Site:
    """A built site. Steps change `pages` in place and write other files below `root` at once."""

    root: Path
    clinic: dict[str, Any]  # clinic.yml below extra.clinic
    kept_offline: list[str]  # addresses of pages below the home page: "get-help-now/"
    pages: dict[str, Document]  # by file: "get-help-now/index.html"
    home: str  # where the site will live: "https://guide.example/"
    moved: dict[str, str] = field(default_factory=dict)  # moved.yml: "pain.md#old": "pain.md#new"
    errors: list[str] = field(default_factory=list)  # the lines of FinishError
    answers: dict[str, Any] = field(default_factory=dict)  # search-answers.yml, for the search
    offline_notes: dict[str, dict[str, str]] = field(default_factory=dict)  # by language: what a saved copy says
    people: dict[str, dict[str, str]] = field(default_factory=dict)  # people.yml: who may sign, by id
    signatures: list[dict[str, str]] = field(default_factory=list)  # signatures.yml, each `page` as a file of the site

    def address(self, page: str) -> str:
        """Return the full address of a page or file, without index.html."""
        return self.home + without_index(page)

    def target(self, page: str, href: str) -> str | None:
        """Return the file of this site that `href` on `page` leads to, or None when it leads elsewhere."""
        try:
            address = urljoin(self.address(page), href.strip())
        except ValueError:  # a malformed address; the checker reports it
            return None
        if not address.startswith(self.home):
            return None
        path = unquote(urlsplit(address[len(self.home) :]).path)
        return path + "index.html" if not path or path.endswith("/") else path

    def link(self, page: str, file: str) -> str:
        """Return how `page` refers to a file. 404.html is shown at any address, so it needs the path from the root."""
        if page == NOT_FOUND:
            return urlsplit(self.home).path + file
        return posixpath.relpath(file, posixpath.dirname(page) or ".")

    def words_in(self, selector: str, *more: Path, pages: Iterable[str] = ()) -> set[str]:
        """Return the words of the styles and scripts that elements like `selector` load or contain, and of `more`.

        Without `pages`, of all pages.
        """
        matches = [(page, match) for page in pages or self.pages for match in self.pages[page].select(selector)]
        loaded = {self.target(page, match.attr("href") or match.attr("src") or "") for page, match in matches}
        files = [*more, *(self.root / file for file in sorted(filter(None, loaded)))]
        texts = {match.text for _, match in matches} | {file.read_text("utf-8") for file in files if file.is_file()}
        return {word for text in texts for word in WORD.findall(text)}

    def timestamp(self) -> datetime.datetime:
        """Return the only time that the output contains: SOURCE_DATE_EPOCH, else the newest check of a page."""
        epoch = os.environ.get("SOURCE_DATE_EPOCH")
        if epoch:
            return datetime.datetime.fromtimestamp(int(epoch), datetime.UTC)
        newest = max(filter(None, map(last_checked, self.pages.values())), default="1970-01-01")
        return datetime.datetime.fromisoformat(newest).replace(tzinfo=datetime.UTC)

    def write(self, file: str, content: str | bytes) -> None:
        """Write a file of the site and create its folders."""
        path = self.root / file
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content.encode() if isinstance(content, str) else content)

    def save(self) -> None:
        """Write every page, with nothing after its end: a parser would put that into the body."""
        for page, document in self.pages.items():
            self.write(page, document.serialize(SERIALIZER).strip())


def load(root: Path, data: Path = DATA) -> Site:
    """Read a built site and the data beside it. Raises FinishError when there is no site or no address."""
    files = sorted(path.relative_to(root).as_posix() for path in root.rglob("*.html"))
    moved = own_part(data / "moved.yml") or {}
    forwarding = {built_file(old) for old in moved}
    pages = {file: parse((root / file).read_bytes(), positions=False) for file in files if file not in forwarding}
    if "index.html" not in pages:
        raise FinishError(f"{root} holds no index.html: build the site first, with scripts/build")
    canonical = pages["index.html"].select_one('link[rel="canonical"]')
    if canonical is None:
        raise FinishError("index.html has no canonical link, so nobody knows where the site will live: set site_url")
    if not (data / "clinic.yml").is_file():
        raise FinishError(f"{data}/clinic.yml is not here: run this in the project's folder")
    offline, answers = read_yaml(data / "offline.yml"), data / "search-answers.yml"
    return Site(
        root,
        clinic=read_yaml(data / "clinic.yml")["extra"]["clinic"],
        kept_offline=offline["pages"] or [],
        pages=pages,
        home=(canonical.attr("href") or "").rstrip("/") + "/",
        moved=moved,
        answers=(read_yaml(answers) if answers.is_file() else None) or {},  # YAML reads a file of comments as None
        offline_notes=offline.get("notes") or {},
        people={person["id"]: person for person in own_part(data / "people.yml") or ()},
        signatures=[entry | {"page": built_file(entry["page"])} for entry in own_part(data / "signatures.yml") or ()],
    )


def read_yaml(path: Path) -> Any:
    """Read a data file, with the loader in C where there is one: ten times as fast, and each preview waits for it."""
    return yaml.load(path.read_text("utf-8"), getattr(yaml, "CSafeLoader", yaml.SafeLoader))


def own_part(path: Path) -> Any:
    """Return the value of a data file's own name, such as `people` of people.yml; None without the file."""
    return (read_yaml(path) or {}).get(path.stem) if path.is_file() else None


def built_file(name: str) -> str:
    """Return the file that a Markdown page becomes, "get-help-now/index.html"; any other file stays as it is."""
    return page_of(name) if name.endswith(".md") else name


def markdown_file(page: str, *folders: Path) -> str:
    """Return the file that a page was made of, "treatment.md" or "treatment/index.md"; "" when no folder has it.

    The folders are those that hold Markdown: docs/ unless others are given.
    """
    names = (page.removesuffix("/index.html").removesuffix(".html") + ".md", page.removesuffix(".html") + ".md")
    places = folders or (DATA.parent,)
    return next((name for name in names if any((place / name).is_file() for place in places)), "")


def without_index(file: str) -> str:
    """Return how an address names a file: "help/index.html" is "help/"."""
    return re.sub(r"(^|/)index\.html$", r"\1", file)


def element(parent: Document | Element, selector: str) -> Element:
    """Return the first element that matches `selector`. Raises FinishError when the templates no longer write one."""
    match = parent.select_one(selector)
    if match is None:
        raise FinishError(f"overrides/main.html:1:1 a page has no {selector}: put it back into the template")
    return match


def text_box(document: Document) -> Element | None:
    """Return the element that holds a page's title and text without the frame, or None."""
    return document.select_one(TEXT_BOX)


def site_name(site: Site) -> str:
    """Return the site's name from the start page's structured data (JSON-LD); else the clinic's name."""
    nodes = nodes_of(site.pages["index.html"].json_ld())
    names = (node["name"] for node in nodes if node.get("@type") == "WebSite" and "name" in node)
    return str(next(names, site.clinic["name"]))


def nodes_of(data: Any) -> Iterator[dict[str, Any]]:
    """Yield the nodes of structured data; they may stand in lists and graphs."""
    if isinstance(data, list):
        for one in data:
            yield from nodes_of(one)
    elif isinstance(data, dict):
        yield data
        yield from nodes_of(data.get("@graph"))


def is_noindex(document: Document) -> bool:
    """Return whether a page asks search engines not to list it, as 404 and the print page do."""
    return document.select_one('meta[name="robots"][content*="noindex"]') is not None


def last_checked(document: Document) -> str:
    """Return the day on which a page was last checked or reviewed, "2026-11-22"; "" when it does not say."""
    end = document.select_one(f"main [{CHECKED}]")
    return (end.attr(CHECKED) or "") if end else ""
