"""LD: structured data about pages, compared with what a reader sees."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from urllib.parse import urljoin

from ...links.site import Site
from ...model.finding import Fault
from ...model.page import Page
from ...project.faults import in_template
from ...project.model import Document, Project
from ...project.pages.json_ld import BadLinkedData, as_list, objects, of_type, things, words_in
from ...project.same_length import normalized
from ..built_pages import built
from ..registry import rule

SHOWN = frozenset({"name", "streetAddress", "addressLocality", "addressRegion", "postalCode", "telephone", "email"})
OPTIONAL = {"telephone", "email"}
UNKNOWN = "clinic.yml says that it is unknown"


@rule("LD001", error="missing fact")
def json_ld_broken(site: Site, project: Project) -> Iterator[Fault]:
    """A search engine that cannot read it shows no hours and no address."""
    for page in site.pages.values():
        for text, line, column in page.json_ld:
            try:
                things(text)
            except BadLinkedData as error:
                yield fault_of(project, page, f"correct the structured data: {error}", line, column)


@rule("LD002", error="false promise")
def web_page_differs(site: Site, project: Project) -> Iterator[Fault]:
    """A search result with another title or an older date than the page leads people to distrust both."""
    for document, page in described_pages(site, project):
        kind = "MedicalWebPage" if project.type_of(document).cites else "WebPage"  # hours and terms are no medicine
        pages = [*of_type(page, "WebPage"), *of_type(page, "MedicalWebPage")]
        if [kind] != [one.get("@type") for one in pages]:
            yield fault_of(project, page, f"describe the page once, as a {kind}")
            continue
        signature = project.signature_under(document, page.words)
        reviewed = signature.date if signature and signature.words == page.words else ""
        why = "nobody has signed this (docs/_data/signatures.yml)"
        yield from differences(project, page, kind, pages[0], {"lastReviewed": reviewed}, why)
        wanted = {
            "name": document.meta.get("title"),
            "description": document.meta.get("description"),
            "url": address(site, project, page.path),
        }
        yield from differences(project, page, kind, pages[0], wanted)


@rule("LD004", advice="the page itself works")
def breadcrumb_differs(site: Site, project: Project) -> Iterator[Fault]:
    """The trail in a search result must lead where it says."""
    keys = ("position", "name", "item")
    for document, page in described_pages(site, project):
        trails = [
            [tuple(step.get(key) for key in keys) for step in objects(trail.get("itemListElement"))]
            for trail in of_type(page, "BreadcrumbList")
        ]
        home, here = address(site, project, "index.html"), address(site, project, page.path)
        wanted = [(1, project.site_name, home), (2, document.meta.get("title"), here)]
        if page.path == "index.html" and trails:
            yield fault_of(project, page, "take the BreadcrumbList out of the front page: nothing stands before it")
        elif page.path != "index.html" and trails != [wanted]:
            steps = ", ".join(f"{number} {name} ({url})" for number, name, url in wanted)
            yield fault_of(project, page, f"give the page one BreadcrumbList with these steps: {steps}")


@rule("LD005", error="false promise")
def data_not_shown(site: Site, project: Project) -> Iterator[Fault]:
    """People cannot check what only machines can see."""
    for _, page in described_pages(site, project):
        texts = [page.title, *(block.text for block in page.blocks), *(fact.text for fact in page.stated)]
        seen = normalized(" ".join(texts))
        for kind in ("WebPage", "MedicalWebPage", "MedicalClinic", "MedicalBusiness"):
            for thing in of_type(page, kind):
                abouts = objects(thing.get("about"))
                others = {str(one.get("name")): as_list(one.get("alternateName")) for one in abouts}  # such as OIH
                for key, words in words_in(thing, SHOWN):
                    if not any(normalized(str(name)) in seen for name in (words, *others.get(words, ()))):
                        yield fault_of(project, page, f'show "{words}" on the page, or take it out of the data ({key})')


def described_pages(site: Site, project: Project) -> Iterator[tuple[Document, Page]]:
    """Each page of a guide whose address is known, with its document; the search page describes nothing."""
    for document, page in built(site, project) if project.site_url else ():
        if document.type != "search":
            yield document, page


def differences(
    project: Project, page: Page, what: str, stated: dict[str, Any], wanted: dict[str, Any], why: str = UNKNOWN
) -> Iterator[Fault]:
    """A fault for each key with a wrong value, and for each that states what nobody knows: "", or an empty list."""
    for key, value in wanted.items():
        if value and as_list(stated.get(key)) != as_list(value) and (key in stated or key not in OPTIONAL):
            yield fault_of(project, page, f'make "{key}" of {what} say "{", ".join(map(str, as_list(value)))}"')
        elif not value and value is not None and key in stated:
            yield fault_of(project, page, f'take "{key}" out of {what}: {why}')


def address(site: Site, project: Project, path: str) -> str:
    """The full address of a page."""
    return urljoin(site.base or project.site_url, path.removesuffix("index.html"))


def fault_of(project: Project, page: Page, message: str, line: int = 0, column: int = 0) -> Fault:
    """A fault in the template that prints the data, or on the page when no template does."""
    fault = in_template(project, "application/ld+json", page, message)
    if fault.file:
        return fault
    first = page.json_ld[0][1:] if page.json_ld else (1, 1)
    return Fault(message, page.path, line or first[0], column or first[1])
