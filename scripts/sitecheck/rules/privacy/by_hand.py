"""PR: scripts, styles, forms and frames typed into a page or a template."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ...model.finding import Fault
from ...project.faults import in_document, in_text
from ...project.model import Project
from ...project.pages.markdown import body, mark_of
from ...project.same_length import lowered
from ..registry import rule

# Attributes that run code, draw, load or send something, or tell another site where the reader comes from.
ACTING = r"style|on[a-z]{3,}|srcdoc|formaction|ping|referrerpolicy"
VALUE = r"""=\s*(?:"[^"]*"|'[^']*'|[^\s"'<>{}]+)"""  # of an attribute: what stands in it is no attribute
BY_HAND = re.compile(  # for text in lower case: to ignore the case takes eight times as long
    r"<(?P<tag>script|style|form|iframe|object|embed|meta|base|link)\b"
    rf"|<[a-z](?>{VALUE}|[^<>])*?(?<=[\s\"'/])(?P<attribute>{ACTING})\s*="
    r"|(?P<code>javascript(?<=[(\"']javascript)):|(?:\]\(\s*<?|src(?<=\bsrc)\s*=\s*[\"']?)(?P<picture>data):"
    rf"|\{{(?<!\{{\{{):?(?![%{{])(?>{VALUE}|[^{{}}\n])*?\b(?P<listed>{ACTING})\s*="
    rf"|attrs:(?<=^ {{4}}attrs:).*\b(?P<of_block>{ACTING})\b",
    re.M,
)
IN_TEMPLATE = re.compile(  # a script from a file is intended, and so is data
    rf"<(?P<tag>script|style)\b(?![^<>]*\s(?:src|type)=)|<[a-z](?>{VALUE}|[^<>])*?(?<=[\s\"'/])(?P<attribute>style|on[a-z]+)\s*="
)
OUT = "take the {} out of the page: "
ASSETS = f"{OUT}scripts and styles live in docs/assets"
SENDING = f"{OUT}the site lets no page load or send anything; write a link to where it is"
HEAD = f"{OUT}what stands in the head of a page is made by overrides/, and this could lead readers elsewhere"
TELLING = f"{OUT}it tells another site which page the reader comes from"
PICTURE = "take the picture out of the page: save it in docs/assets and write ![words](assets/x.png)"
ADVICE = {
    **dict.fromkeys(("form", "iframe", "object", "embed"), SENDING),
    **dict.fromkeys(("meta", "base", "link"), HEAD),
    **dict.fromkeys(("ping", "referrerpolicy"), TELLING),
    "data": PICTURE,
}


@rule("PR010", error="does nothing", blocks_build=True)
def script_or_style_by_hand(project: Project) -> Iterator[Fault]:
    """The site allows it on no page, so that nobody can slip in code that watches a patient: it would not work."""
    for document in project.documents:
        for match in BY_HAND.finditer(lowered(body(document))):
            what = match[match.lastgroup or 0]
            advice = ADVICE.get(what, ASSETS).format(what)
            yield in_document(document, mark_of(document.text, match.start()), advice)
    for path, text in project.templates.items():
        for match in IN_TEMPLATE.finditer(lowered(text)):
            advice = f"take this {match[match.lastgroup or 0]} out: scripts and styles live in docs/assets"
            yield in_text(path, text, match.start(), advice)
