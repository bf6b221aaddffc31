"""A built site as the steps see it: its pages parsed once, its address, the data beside it."""

from __future__ import annotations

import datetime
import os
import posixpath
import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urljoin, urlsplit

import yaml
from turbohtml import Document, Html, Minify, parse

DATA = Path("docs") / "_data"  # of the project in whose folder the verbs run
# Every tag and quote stays: validators and small parsers of other people read these pages too.
COMPACT = Html(layout=Minify(omit_optional_tags=False, unquote_attributes=False))
NOT_FOUND = "404.html"
WORD, DATE = re.compile(r"[\w-]+"), re.compile(r"\d{4}-\d\d-\d\d")


class Unfit(Exception):
    """The site cannot go to readers as it is. Each line of the message says what to mend, and where."""


@dataclass(slots=True)
class Site:
    """A built site. Steps change `pages` in place and write other files below `root` at once."""

    root: Path
    clinic: dict[str, Any]  # clinic.yml below extra.clinic
    kept_offline: list[str]  # addresses of pages below the home page: "get-help-now/"
    pages: dict[str, Document]  # by file: "get-help-now/index.html"
    home: str  # where the site will live: "https://guide.example/"
    moved: dict[str, str] = field(default_factory=dict)  # files that only lead on, to which: "pain/index.html"
    unfit: list[str] = field(default_factory=list)  # lines for Unfit
    answers: dict[str, Any] = field(default_factory=dict)  # answers.yml, for the search
    offline_notes: dict[str, dict[str, str]] = field(default_factory=dict)  # by language: what a saved copy says

    def address(self, page: str) -> str:
        """The full address of a page or file: no index.html at its end."""
        return self.home + re.sub(r"(^|/)index\.html$", r"\1", page)

    def target(self, page: str, href: str) -> str | None:
        """The file of this site that `href` on `page` leads to, or None when it leads elsewhere."""
        try:
            address = urljoin(self.address(page), href.strip())
        except ValueError:  # no address at all; the check says so at its line
            return None
        if not address.startswith(self.home):
            return None
        path = unquote(urlsplit(address[len(self.home) :]).path)
        return path + "index.html" if not path or path.endswith("/") else path

    def link(self, page: str, file: str) -> str:
        """How `page` refers to a file of the site. A 404 page is shown at any address, so it needs the whole path."""
        if page == NOT_FOUND:
            return urlsplit(self.home).path + file
        return posixpath.relpath(file, posixpath.dirname(page) or ".")

    def words(self, selector: str, *more: Path) -> set[str]:
        """Every word in the styles and scripts that elements like `selector` load or hold, and in the files `more`."""
        found = [(page, element) for page, document in self.pages.items() for element in document.select(selector)]
        loaded = {self.target(page, element.attr("href") or element.attr("src") or "") for page, element in found}
        files = [*more, *(self.root / file for file in sorted(filter(None, loaded)))]
        texts = {element.text for _, element in found} | {file.read_text("utf-8") for file in files if file.is_file()}
        return {word for text in texts for word in WORD.findall(text)}

    def moment(self) -> datetime.datetime:
        """The one time that is ever written: SOURCE_DATE_EPOCH, else the day of the newest review. Never the clock."""
        epoch = os.environ.get("SOURCE_DATE_EPOCH")
        if epoch:
            return datetime.datetime.fromtimestamp(int(epoch), datetime.UTC)
        newest = max(filter(None, map(reviewed, self.pages.values())), default="1970-01-01")
        return datetime.datetime.fromisoformat(newest).replace(tzinfo=datetime.UTC)

    def write(self, file: str, content: str | bytes) -> None:
        """Put a file into the site, with its folders."""
        path = self.root / file
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content.encode() if isinstance(content, str) else content)

    def save(self) -> None:
        """Write every page."""
        for page, document in self.pages.items():
            self.write(page, document.serialize(COMPACT).strip() + "\n")


def load(root: Path, data: Path = DATA) -> Site:
    """Read a built site and the data beside it. Raises Unfit when `root` holds no site, or its address is nowhere."""
    files = sorted(path.relative_to(root).as_posix() for path in root.rglob("*.html"))
    moved = _moved(data / "page-types.yml")
    pages = {file: parse((root / file).read_bytes(), positions=False) for file in files if file not in moved}
    if "index.html" not in pages:
        raise Unfit(f"{root} holds no index.html: build the site first, with scripts/build")
    canonical = pages["index.html"].select_one('link[rel="canonical"]')
    if canonical is None:
        raise Unfit("index.html has no canonical link, so nobody knows where the site will live: set site_url")
    if not (data / "clinic.yml").is_file():
        raise Unfit(f"{data}/clinic.yml is not here: run this in the project's folder")
    offline = yaml.safe_load((data / "offline.yml").read_text("utf-8"))
    clinic = yaml.safe_load((data / "clinic.yml").read_text("utf-8"))["extra"]["clinic"]
    answers = yaml.safe_load((data / "answers.yml").read_text("utf-8")) if (data / "answers.yml").is_file() else {}
    home = (canonical.attr("href") or "").rstrip("/") + "/"
    return Site(
        root,
        clinic,
        offline["pages"] or [],
        pages,
        home,
        moved,
        offline_notes=offline.get("notes") or {},
        answers=answers or {},  # a file of comments alone is none
    )


def _moved(page_types: Path) -> dict[str, str]:
    """Old file of the site -> new one, from the Markdown names in page-types.yml."""
    if not page_types.is_file():
        return {}
    listed = yaml.safe_load(page_types.read_text("utf-8")).get("moved") or {}
    return {_built(old): _built(new) for old, new in listed.items()}


def _built(name: str) -> str:
    """The file of the site that a Markdown page becomes: get-help-now.md -> get-help-now/index.html."""
    return re.sub(r"(^|/)(?:index|README)/index\.html$", r"\1index.html", name.removesuffix(".md") + "/index.html")


def linked_data(document: Document) -> list[dict[str, Any]]:
    """The things that a page's structured data speaks of."""
    graphs = [graph for graph in document.json_ld() if isinstance(graph, dict)]
    nodes = [node for graph in graphs for node in _listed(graph.get("@graph", graph))]
    return [node for node in nodes if isinstance(node, dict)]


def _listed(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]


def site_name(site: Site) -> str:
    """The site's name as its structured data gives it, as the first step of the way to a page; else the clinic's."""
    nodes = linked_data(site.pages["index.html"])
    steps = [node.get("itemListElement") for node in nodes if node.get("@type") == "BreadcrumbList"]
    return next((str(step[0].get("name", "")) for step in steps if step), "") or site.clinic["name"]


def unlisted(document: Document) -> bool:
    """Whether a page asks not to be found by searching: 404, and the copy for paper."""
    return document.select_one('meta[name="robots"][content*="noindex"]') is not None


def reviewed(document: Document) -> str:
    """The date of a page's last review, "2026-11-22", as its structured data states it; "" when it states none."""
    dates = [str(node.get("lastReviewed", "")) for node in linked_data(document)]
    return next(filter(DATE.fullmatch, dates), "")
