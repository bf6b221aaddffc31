"""PR: scripts, styles, forms and frames typed into a page or a template."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ...model.finding import Fault
from ...project.faults import in_document, in_file
from ...project.model import Project
from ...project.pages.markdown import mark_of, matches
from ..registry import rule

# Attributes that run code, draw, load or send something, or tell another site where the reader comes from.
ACTING = r"style|on[a-z]{3,}|srcdoc|formaction|ping|referrerpolicy"
BY_HAND = re.compile(
    r"<(?P<tag>script|style|form|iframe|object|embed|meta|base|link)\b"
    rf"|<[a-z][^<>]*[\s\"'](?P<attribute>{ACTING})\s*="
    r"|(?<=[(\"'])(?P<code>javascript):|(?:\]\(\s*<?|\bsrc\s*=\s*[\"']?)(?P<picture>data):"
    rf"|(?<!\{{)\{{:?(?![%{{])[^{{}}\n]*\b(?P<listed>{ACTING})\s*=|^ {{4}}attrs:.*\b(?P<of_block>{ACTING})\b",
    re.I | re.M,
)
IN_TEMPLATE = re.compile(  # a script from a file is intended, and so is data
    r"<(?P<tag>script|style)\b(?![^<>]*\s(?:src|type)=)|<[a-z][^<>]*\s(?P<attribute>style|on[a-z]+)\s*=", re.I
)


@rule("PR010", error="does nothing", blocks_build=True)
def script_or_style_by_hand(project: Project) -> Iterator[Fault]:
    """The site allows it on no page, so that nobody can slip in code that watches a patient: it would not work."""
    for document in project.documents:
        for match, mark in matches(document, BY_HAND):
            what = next(word for word in match.groups() if word)
            why = "scripts and styles live in docs/assets"
            if what.lower() in ("form", "iframe", "object", "embed"):
                why = "the site lets no page load or send anything; write a link to where it is"
            if what.lower() in ("meta", "base", "link"):
                why = "what stands in the head of a page is made by overrides/, and this could lead readers elsewhere"
            if what.lower() in ("ping", "referrerpolicy"):
                why = "it tells another site which page the reader comes from"
            if match["picture"]:
                what, why = "picture", "save it in docs/assets and write ![words](assets/x.png)"
            yield in_document(document, mark, f"take the {what} out of the page: {why}")
    for path, text in project.templates.items():
        for match in IN_TEMPLATE.finditer(text):
            what = match["tag"] or match["attribute"]
            advice = f"take this {what} out: scripts and styles live in docs/assets"
            yield in_file(path, mark_of(text, match.start()), advice)
