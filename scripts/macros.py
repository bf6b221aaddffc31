"""The macros that pages call in braces, in addition to the clinic's facts: citations, figures, cards of care."""

from __future__ import annotations

import re
import sys
from collections.abc import Callable
from html import escape
from pathlib import Path
from typing import Any, Protocol, TypeVar

import segno

sys.path.append(str(Path(__file__).parent))  # MkDocs loads this file by its path
from finish.built_site import read_yaml
from sitecheck.model.clinic import in_contacts, in_one_line, read_clinic

DOCS = Path(__file__).parent.parent / "docs"
Macro = TypeVar("Macro", bound=Callable[..., str])

NEVER_STOP = """\
/// warning | Do not stop or cut your opioid on your own
    attrs: {class: never-stop}

A sudden stop can cause severe withdrawal, worse pain and thoughts of suicide. \
If your dose needs to come down, your prescriber can help you do it slowly and safely.%s
///
"""

CALL_911 = '<a href="tel:911">911</a>'
# The steps of the ladder that every page of the guide shows, in addition to its line for overdose and crisis.
ON_EVERY_PAGE = ("call-911-for-yourself", "call-today", "book-a-visit")


class Environment(Protocol):
    """What the macros plugin hands us, as far as we use it."""

    page: Any
    conf: dict[str, Any]
    variables: dict[str, Any]

    def macro(self, function: Macro) -> Macro: ...


def define_env(env: Environment) -> None:
    """Define the macros. The plugin calls this once a build (MkDocs) or once a page (Zensical)."""
    data = DOCS / "_data"
    known = {source["id"]: source for source in read_yaml(data / "sources.yml")["sources"]}
    figures = read_yaml(data / "figures.yml")["figures"]
    ladder_data, overdose = read_yaml(data / "ladder.yml"), read_yaml(data / "overdose.yml")
    cited_on: dict[str, list[str]] = {}

    @env.macro
    def cite(*ids: str) -> str:
        """Return numbered references to the sources with these ids, e.g. cite("fda-2023")."""
        cited = cited_on.setdefault(env.page.url, [])
        for id in ids:
            if id not in known:
                raise KeyError(f"no source has the id {id!r}: add it to docs/_data/sources.yml")
            if id not in cited:
                cited.append(id)
        numbers = sorted(cited.index(id) + 1 for id in ids)
        space = "\N{NO-BREAK SPACE}" if len(numbers) < 4 else " "  # cut in two it looks like two marks
        listed = f",{space}".join(map(str, numbers))
        name = f"Source{'s' * (len(numbers) > 1)} {listed}"
        return f'<sup class="cite"><a href="#source-{cited[numbers[0] - 1]}" aria-label="{name}">{listed}</a></sup>'

    @env.macro
    def sources() -> str:
        """Return the folded list of what this page cites, by number. It comes at the end of every page that cites."""
        cited = cited_on.pop(env.page.url, [])
        title = f'<summary><h2 id="sources">Sources ({len(cited)})</h2></summary>'
        items = "\n".join(reference(known[id]) for id in cited)
        return f'<details class="sources">{title}\n<ol>\n{items}\n</ol>\n</details>\n'

    @env.macro
    def bibliography() -> str:
        """Return the list of all sources, by title."""
        by_title = sorted(known.values(), key=lambda source: source["title"].lower())
        return '<ul class="sources">\n' + "\n".join(reference(each, "bibliography") for each in by_title) + "\n</ul>\n"

    @env.macro
    def never_stop() -> str:
        """Return the never-stop box, which has the same text on every page."""
        return NEVER_STOP % cite("cdc-2022", "fda-2019")

    @env.macro
    def ladder(*ids: str) -> str:
        """Return cards of care for these steps of docs/_data/ladder.yml, each with its sources."""
        steps = [(step, shown(step)) for step in ladder_data["steps"] if step["id"] in ids]
        numbers, clinic = ladder_data["numbers"], env.variables["clinic"]
        return "\n".join(card(step, signs, numbers, clinic, cite(*sources_of(signs))) for step, signs in steps)

    def shown(step: dict[str, Any]) -> list[dict[str, Any]]:
        """Return the signs of a step for this page; Get help now shows all of them."""
        here, everything = (env.page.url.strip("/") or "index") + ".md", env.page.meta.get("type") == "help"
        return [sign for sign in step["signs"] if everything or here in sign.get("pages", [here])]

    @env.macro
    def when_to_get_help() -> str:
        """Return the cards at the end of every page of the guide."""
        return ladder(*ON_EVERY_PAGE)

    @env.macro
    def overdose_steps(cited: bool = True) -> str:
        """Return the steps for an overdose, from docs/_data/overdose.yml."""
        items = [
            f'<li id="step-{step["id"]}"><strong>{escape(step["short"]).replace("911", CALL_911)}</strong> '
            f"{escape(step['text'])}</li>"
            for step in overdose["steps"]
        ]
        named = [*sources_of(overdose["steps"]), *overdose["note_sources"]]
        note = overdose["note"] + (cite(*dict.fromkeys(named)) if cited else "")
        return "\n".join(['<ol class="overdose-steps">', *items, "</ol>", "", note, ""])

    @env.macro
    def number(name: str) -> str:
        """Return a number of docs/_data/ladder.yml as a link that calls it."""
        call = ladder_data["numbers"][name]["call"]
        return f'<a href="tel:{dialed(call)}">{call}</a>'

    @env.macro
    def qr_code(path: str, words: str) -> str:
        """Return a QR code for a page of this site, next to its printed address."""
        address = env.conf["site_url"].rstrip("/") + "/" + path
        drawing = qr_drawing(address, f"A square code that opens {words} on a phone")
        return f'<div class="qr">{drawing}<p>{escape(words)}:<br>{escape(address)}</p></div>\n'

    @env.macro
    def figure(name: str) -> str:
        """Return the drawing docs/assets/figures/NAME.svg with its caption from docs/_data/figures.yml."""
        drawing = (DOCS / "assets" / "figures" / f"{name}.svg").read_text("utf-8")
        labels = f'role="img" aria-labelledby="fig-{name}-title fig-{name}-desc"'
        drawing = drawing.replace("<svg ", f"<svg {labels} ", 1).replace("\n", " ")
        caption = escape(figures[name]["caption"])
        return f'<figure class="figure figure-{name}">{drawing}<figcaption>{caption}</figcaption></figure>\n'


def sources_of(entries: list[dict[str, Any]]) -> list[str]:
    """Return the sources of these signs or steps, each once."""
    return [*dict.fromkeys(id for entry in entries for id in entry["sources"])]


def card(
    step: dict[str, Any], signs: list[dict[str, Any]], numbers: dict[str, Any], clinic: dict[str, Any], cited: str
) -> str:
    """Return one card of care as a Markdown block, its numbers as links to call or text.

    A card for emergencies has no links but those to call, so its sources come below it.
    """
    after = [step["note"]] if "note" in step else []
    if "how" in step:
        phone = clinic["phone"]
        if phone != "unknown":
            after.append(f"Call the clinic: [{phone}](tel:{re.sub(r'[^+,0-9]', '', in_contacts(phone))}).")
        after.append(step["how"].format(hours=in_one_line(read_clinic(clinic)), addresses=addresses(clinic)))
    title = linked(step["title"], numbers)
    items = [f"- {sign['text']}" for sign in signs]
    inside = ["", linked(" ".join(after), numbers) + cited] if after else []
    below = [] if after else [f"Where these signs come from:{cited}", "{: .note }", ""]
    opening = [f"/// {step['card']} | {title}", f"    attrs: {{id: {step['id']}}}", ""]
    return "\n".join([*opening, *items, *inside, "///", "", *below])


def qr_drawing(address: str, label: str) -> str:
    """Return a QR code as inline SVG in the color of the text."""
    code = segno.make(address, error="m", micro=False)
    drawing = code.svg_inline(omitsize=True, border=4, svgclass=None, lineclass=None)
    drawing = drawing.replace('stroke="#000"', 'stroke="currentColor"')
    return drawing.replace("<svg ", f'<svg role="img" aria-label="{escape(label)}" ', 1)


def dialed(call: str) -> str:
    """Return what a phone dials for a printed number."""
    return call if len(call) == 3 else "+1" + re.sub(r"\D", "", call.removeprefix("1-"))


def linked(text: str, numbers: dict[str, Any]) -> str:
    """Turn every listed number in Markdown into a link that calls it, and "text 988" into one that texts it."""
    for number in numbers.values():
        call = number["call"]
        text = re.sub(rf"(?<![\w-])((?:[Cc]all )?{call})(?![\w-])(?<!text {call})", rf"[\1](tel:{dialed(call)})", text)
        if written := number.get("text"):
            text = re.sub(rf"\b([Tt]ext {written})\b", rf"[\1](sms:{written})", text)
    return text


def addresses(clinic: dict[str, Any]) -> str:
    """Return the clinic's addresses in one line. A house number stays with its street."""
    places = [place for place in clinic["locations"] if "street" in place]
    return "; ".join(f"{place['street'].replace(' ', '&nbsp;', 1)}, {place['city']}" for place in places)


def reference(source: dict[str, Any], list_name: str = "source") -> str:
    """Return a list item that describes a source: authors, title, publisher, year. Its id is LIST_NAME-ID."""
    title = f"<cite>{escape(source['title'])}</cite>"
    if address := f"https://doi.org/{source['doi']}" if source.get("doi") else source.get("url"):
        title = f'<a href="{escape(address)}" rel="external noreferrer">{title}</a>'
    dated = ", ".join(str(source[key]) for key in ("year", "locator") if source.get(key))
    parts = [escape(source.get("authors", "")), title, escape(source.get("publisher", "")), dated]
    text = ". ".join(part.rstrip(".") for part in parts if part)
    return f'<li id="{list_name}-{source["id"]}">{text}.</li>'
