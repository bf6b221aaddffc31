"""PR: scripts, styles, forms and frames typed into a page or a template."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ...model.finding import Fault
from ...project.faults import in_document, in_file
from ...project.model import Project
from ...project.pages.markdown import mark_of, matches
from ..registry import rule

BY_HAND = re.compile(
    r"<(?P<tag>script|style|form|iframe|object|embed)\b|<[a-z][^>]*\s(?P<attribute>style|on[a-z]+)\s*="
    r"|(?<=[(\"'])(?P<code>javascript):|(?:\]\(\s*<?|\bsrc\s*=\s*[\"']?)(?P<picture>data):"
    r"|\{[:#.][^}\n]*\bstyle\s*=|^ {4}attrs:.*\bstyle\b",
    re.I | re.M,
)
IN_TEMPLATE = re.compile(  # a script from a file is intended, and so is data
    r"<(?P<tag>script|style)\b(?![^>]*\s(?:src|type)=)|<[a-z][^<>]*\s(?P<attribute>style|on[a-z]+)\s*=", re.I
)


@rule("PR010", error="does nothing", needs_project=True, blocks_build=True)
def script_or_style_by_hand(project: Project) -> Iterator[Fault]:
    """The site allows it on no page, so that nobody can slip in code that watches a patient: it would not work."""
    for document in project.documents:
        for match, mark in matches(document, BY_HAND):
            what = match["tag"] or match["attribute"] or match["code"] or match["picture"] or "style"
            why = "scripts and styles live in docs/assets"
            if what.lower() in ("form", "iframe", "object", "embed"):
                why = "the site lets no page load or send anything; write a link to where it is"
            if match["picture"]:
                what, why = "picture", "save it in docs/assets and write ![words](assets/x.png)"
            yield in_document(document, mark, f"take the {what} out of the page: {why}")
    for path, text in project.templates.items():
        for match in IN_TEMPLATE.finditer(text):
            what = match["tag"] or match["attribute"]
            advice = f"take this {what} out: scripts and styles live in docs/assets"
            yield in_file(path, mark_of(text, match.start()), advice)
