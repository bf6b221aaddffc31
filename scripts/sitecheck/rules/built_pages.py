"""The pages that were built from Markdown: their own words, and faults in these."""

from __future__ import annotations

from collections.abc import Iterator

from ..links.site import Site
from ..model.finding import Fault
from ..model.page import Block, Page
from ..project.faults import in_document
from ..project.model import LANGUAGE, Document, Project

NOT_OURS = {"sources", "bibliography"}  # sections of other people's titles


def built(site: Site, project: Project) -> Iterator[tuple[Document, Page]]:
    """Each document that was built, with its page."""
    for document in project.documents:
        if page := site.pages.get(document.page):
            yield document, page


def in_english(site: Site, project: Project) -> Iterator[tuple[Document, Page]]:
    """Each English document that was built, with its page."""
    return ((document, page) for document, page in built(site, project) if document.type != LANGUAGE)


def own_blocks(page: Page) -> Iterator[Block]:
    """The blocks of a page's main part, without lists of sources."""
    return (block for block in page.blocks if block.in_main and block.section not in NOT_OURS)


def own_words(site: Site, project: Project) -> Iterator[tuple[Document, Page, Block]]:
    """The blocks of every built document, each with its document and page."""
    return ((document, page, block) for document, page in built(site, project) for block in own_blocks(page))


def fault_of(document: Document, page: Page, block: Block, words: str, advice: str) -> Fault:
    """A fault in the Markdown when the words are there, else where the built page has them."""
    from ..project.pages.find_words import find_word_in, find_words  # imported only when something is wrong

    if mark := find_word_in(document, block.text, words) or find_words(document, words):
        return in_document(document, mark, advice)
    return Fault(advice, page.path, block.line, block.column, raw=words)
