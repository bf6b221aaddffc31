"""What the words of a page may say in braces, besides the clinic's facts: citations, figures, the never-stop box."""

from __future__ import annotations

from html import escape
from pathlib import Path
from typing import Any

import yaml

DOCS = Path(__file__).parent.parent / "docs"

NEVER_STOP = """\
/// warning | Do not stop or cut your opioid on your own
    attrs: {class: never-stop}

A sudden stop can cause severe withdrawal, worse pain and thoughts of suicide. \
If your dose needs to come down, your prescriber can help you do it slowly and safely.%s
///
"""


def define_env(env: Any) -> None:
    """Called by the macros plugin, once a build (MkDocs) or once a page (Zensical)."""
    known = {source["id"]: source for source in read("sources.yml")["sources"]}
    figures = read("figures.yml")["figures"]
    cited_on: dict[str, list[str]] = {}

    @env.macro
    def cite(*ids: str) -> str:
        """Numbered references to the sources with these ids, e.g. cite("fda-2023")."""
        cited = cited_on.setdefault(env.page.url, [])
        for id in ids:
            if id not in known:
                raise KeyError(f"no source has the id {id!r}: add it to docs/_data/sources.yml")
            if id not in cited:
                cited.append(id)
        numbers = sorted((cited.index(id) + 1, id) for id in ids)
        links = [f'<a href="#source-{id}" aria-label="Source {number}">{number}</a>' for number, id in numbers]
        return f'<sup class="cite">{"".join(links)}</sup>'

    @env.macro
    def sources() -> str:
        """The list of what this page cites, in the order of its numbers: the end of every page that cites."""
        items = "\n".join(reference(known[id]) for id in cited_on.pop(env.page.url, []))
        return f'## Sources {{#sources}}\n\n<ol class="sources">\n{items}\n</ol>\n'

    @env.macro
    def bibliography() -> str:
        """Everything the guide cites, by title."""
        by_title = sorted(known.values(), key=lambda source: source["title"].lower())
        return '<ul class="sources">\n' + "\n".join(reference(each, "bibliography") for each in by_title) + "\n</ul>\n"

    @env.macro
    def never_stop() -> str:
        """The never-stop box: the same words wherever it stands."""
        return NEVER_STOP % cite("cdc-2022", "fda-2019")

    @env.macro
    def figure(name: str) -> str:
        """The drawing docs/assets/figures/NAME.svg with its caption from docs/_data/figures.yml."""
        drawing = (DOCS / "assets" / "figures" / f"{name}.svg").read_text("utf-8")
        labels = f'role="img" aria-labelledby="fig-{name}-title fig-{name}-desc"'
        drawing = drawing.replace("<svg ", f"<svg {labels} ", 1).replace("\n", " ")
        caption = escape(figures[name]["caption"])
        return f'<figure class="figure figure-{name}">{drawing}<figcaption>{caption}</figcaption></figure>\n'


def read(name: str) -> dict[str, Any]:
    """A data file of docs/_data."""
    quick = getattr(yaml, "CSafeLoader", yaml.SafeLoader)  # in C where there is one: a preview waits for this
    return yaml.load((DOCS / "_data" / name).read_text("utf-8"), quick)


def reference(source: dict[str, Any], list_name: str = "source") -> str:
    """A list item that names a source the way a reader would ask a librarian for it; its id is LIST_NAME-ID."""
    title = f"<cite>{escape(source['title'])}</cite>"
    if address := f"https://doi.org/{source['doi']}" if source.get("doi") else source.get("url"):
        title = f'<a href="{escape(address)}" rel="external noreferrer">{title}</a>'
    dated = ", ".join(str(source[key]) for key in ("year", "locator") if source.get(key))
    parts = [escape(source.get("authors", "")), title, escape(source.get("publisher", "")), dated]
    text = ". ".join(part.rstrip(".") for part in parts if part)
    return f'<li id="{list_name}-{source["id"]}">{text}.</li>'
