"""PL: placeholders that somebody meant to replace."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ...links.site import Site
from ...model.finding import Fault
from ...project.faults import in_document, in_front_matter
from ...project.model import Project
from ...project.pages.markdown import in_pages
from ..built_pages import own_words
from ..registry import rule

LATER = re.compile(
    r"(?=[TFXNL_l?[])(?:"  # what they begin with is sooner found than one of them
    r"\b(?:TODO|TBD|TBA|TBC|FIXME|TKTK|XXX+)\b|(?<=\bDr\. )(?:XX?|NN)\b|(?<![_\w])_{4,}"
    r"|(?i:\blorem ipsum\b)|\?{3,}|\[(?!TOC\])[A-Z][A-Z ,/&-]+\](?![(\[:])"
    r"|(?i:\[(?:comment|insert|enter|add|fill in|your|name|date|phone|number|address|e-?mail|clinic)\b[^\]\n]*\])"
    r"(?![(\[:]))"
)
SHOWN = ("title", "description", "keywords")


@rule("PL006", error="not understood")
def words_to_be_written(site: Site, project: Project) -> Iterator[Fault]:
    """A reader who comes for help finds "TBD", and no longer believes the rest."""
    for document in project.documents:
        for key in SHOWN:
            if match := LATER.search(str(document.meta.get(key, ""))):
                yield in_front_matter(document, key, advice(match[0]))
    for document, match, mark in in_pages(project, LATER):
        yield in_document(document, mark, advice(match[0]))
    for document, page, block in own_words(site, project):
        for match in LATER.finditer(block.text):
            if match[0] not in document.text:  # a drawing's words, a fact, the list of pages
                yield Fault(advice(match[0]), page.path, block.line, block.column, raw=match[0])


def advice(words: str) -> str:
    """What to do about a placeholder."""
    return f'write what "{words}" stands for, or take it out'
