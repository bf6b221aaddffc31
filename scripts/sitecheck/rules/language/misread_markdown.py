"""FM and PL: what an editor's hand or a word processor leaves in a page and no generator understands."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from ...model.finding import Fault
from ...project.data.marked_yaml import Mark
from ...project.faults import in_document, in_file
from ...project.model import LANGUAGE, Project
from ...project.pages.markdown import mark_of
from ...project.pages.misread_markdown import misread
from ..registry import rule

NAME = re.compile(r"[a-z0-9]+(?:[-_][a-z0-9]+)*")
# Pages to a generator or to a person, and none to the checks: they would go out unread.
MEANT_AS_PAGE = re.compile(r"\.(?:markdown|mdown|mdwn|mkdn?|mdx?|md\.txt|html?)$", re.I)


@rule("FM011", needs_project=True, blocks_build=True)
def file_name_unfit(project: Project) -> Iterator[Fault]:
    """The file's name becomes the page's address: with spaces, capitals or accents it cannot be read out or typed."""
    for document in project.documents:
        parts = document.name.removesuffix(".md").split("/")
        if document.type == LANGUAGE:
            continue  # it is named after its language, which TR004 sees to
        if not all(NAME.fullmatch(part) or part == "README" for part in parts):
            better = "/".join(map(plain, parts))
            advice = "name the file with small letters, digits and hyphens"
            yield in_document(document, Mark(1, 1), f"{advice}: docs/{better}.md" if better.strip("/") else advice)

    for path in sorted(project.assets):
        ending = MEANT_AS_PAGE.search(path)
        if ending and not path.startswith(("docs/_data/", "docs/assets/")):
            name = "/".join(map(plain, path.removeprefix("docs/").removesuffix(ending[0]).split("/")))
            yield in_file(
                path, Mark(1, 1), f"no page comes of this file: write its words in docs/{name}.md, or take it away"
            )


@rule("PL018", needs_project=True, blocks_build=True)
def mark_misread(project: Project) -> Iterator[Fault]:
    """A mark that is almost right is printed as it stands: the reader meets slashes and stars, and no link or list."""
    whole = (document for document in project.documents if document.front_matter is not None)
    for document in whole:  # of others FM001 or FM002 tells, and where their words begin is not known
        for one in misread(document, project.macros):
            yield in_document(document, mark_of(document.text, one.offset), one.advice)


def plain(name: str) -> str:
    """A name as an address has it."""
    letters = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", letters).strip("-")
