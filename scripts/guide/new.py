"""scripts/new: a page of a kind, with its required sections, in the right place in the guide."""

from __future__ import annotations

import argparse
import datetime
import difflib
import re
import sys
import unicodedata
from pathlib import Path
from typing import Any

import yaml

DOCS = Path("docs")
SETTINGS, PLANS = Path("mkdocs.yml"), DOCS / "_data" / "page-types.yml"
LAST_PAGE = "get-help-now"  # every other page of the guide is read before it
ON_THIS_PAGE = '{% include "clinic/on-this-page.html" %}'
MADE_BY_MARKS = {"in-short": "/// in-short\n- \n- \n///", "sources": "{{ sources() }}"}


class CannotStart(Exception):
    """Why no page was made, in words for the person who asked for it."""


def main(arguments: list[str]) -> int:
    """Make the page named by `arguments`; returns 0, or 2 when nothing was made."""
    parser = argparse.ArgumentParser(prog="scripts/new", description="Start a page of a kind.")
    parser.add_argument("kind", help="a type of docs/_data/page-types.yml, such as topic")
    parser.add_argument("title", help='the page\'s heading, such as "Sleep and pain"')
    parser.add_argument("--long", action="store_true", help="list the page's sections at its head, for six or more")
    asked = parser.parse_args(arguments)
    try:
        page = start(asked.kind, asked.title.strip(), kinds(), datetime.date.today(), asked.long)
    except CannotStart as reason:
        print(reason, file=sys.stderr)
        return 2
    print(f"{page} is there, and listed where the others are. Next:")
    print("1. Write its description, its keywords and its sections; cite every claim.")
    print("2. Say in mkdocs.yml, under extra.guide, what it is about, in one line.")
    print("3. Run scripts/build: it says what is still missing.")
    return 0


def kinds() -> dict[str, Any]:
    """The kinds of page that there are. Raises CannotStart."""
    try:
        return dict(yaml.safe_load(PLANS.read_text("utf-8"))["types"])
    except (OSError, ValueError, yaml.YAMLError, KeyError, TypeError):
        raise CannotStart(f"{PLANS} cannot be read: run scripts/build, which says what to mend there.") from None


def start(kind: str, title: str, types: dict[str, Any], today: datetime.date, long: bool = False) -> Path:
    """Write the page and its lines in both lists. Raises CannotStart and then leaves everything as it was."""
    if kind not in types:
        near = difflib.get_close_matches(kind, types, 1)
        hint = f"did you mean {near[0]}?" if near else f"choose from {', '.join(types)}."
        raise CannotStart(f"There is no kind of page called {kind!r}: {hint}")
    letters = unicodedata.normalize("NFKD", title).encode("ascii", "ignore").decode()  # é is e with a mark
    slug = re.sub(r"[^a-z0-9]+", "-", letters.lower()).strip("-")
    if not slug or len(slug) > 60:
        raise CannotStart("The title makes no good address: use a short one with letters from a to z.")
    page = DOCS / f"{slug}.md"
    if page.exists() or (DOCS / slug).exists():
        raise CannotStart(f"{page} is already there: open it, or choose another title.")
    try:
        settings = listed(SETTINGS.read_text("utf-8"), slug, title)
        plans = planned(PLANS.read_text("utf-8"), slug, kind)
    except (OSError, UnicodeDecodeError):
        raise CannotStart(f"{SETTINGS} cannot be read: run scripts/build, which says what to mend there.") from None
    page.write_text(skeleton(kind, title, types[kind], today, long), "utf-8")
    SETTINGS.write_text(settings, "utf-8")
    PLANS.write_text(plans, "utf-8")
    return page


def skeleton(kind: str, title: str, needs: dict[str, Any], today: datetime.date, long: bool = False) -> str:
    """The page's Markdown: front matter, heading, and every section that its kind must have, still empty."""
    values = {
        "title": yaml.safe_dump(title, width=1000, allow_unicode=True).splitlines()[0],
        "description": "",
        "type": kind,
        "last_reviewed": f'"{today}"',
        "next_review": f'"{today.replace(day=min(today.day, 28), year=today.year + 1)}"',
    }
    front_matter = [f"{key}: {values.get(key, '')}".rstrip() for key in needs["front_matter"]]
    sections = [
        MADE_BY_MARKS.get(id) or f"## {id.replace('-', ' ').capitalize()} {{#{id}}}" for id in needs.get("sections", [])
    ]
    if long:  # below In short, which is all that many read
        first = MADE_BY_MARKS["in-short"]
        sections.insert(sections.index(first) + 1 if first in sections else 0, ON_THIS_PAGE)
    return "\n\n".join(["\n".join(["---", *front_matter, "---"]), f"# {title}", *sections]) + "\n"


def listed(settings: str, slug: str, title: str) -> str:
    """The text of mkdocs.yml with the page in both of its lists, comments kept."""
    quoted = yaml.safe_dump(title, width=1000, default_style='"', allow_unicode=True).strip()
    lines = {
        f"  - {LAST_PAGE}.md\n": f"  - {slug}.md\n",
        f"    - {{url: {LAST_PAGE}/": f'    - {{url: {slug}/, title: {quoted}, about: ""}}\n',
    }
    return with_lines(SETTINGS, settings, lines)


def planned(plans: str, slug: str, kind: str) -> str:
    """The text of page-types.yml with the page among those whose address is kept."""
    return with_lines(PLANS, plans, {f"  {LAST_PAGE}.md:\n": f"  {slug}.md:\n    type: {kind}\n\n"})


def with_lines(path: Path, text: str, lines: dict[str, str]) -> str:
    """A text with each new line above the one that it belongs before. Raises CannotStart."""
    for before, line in lines.items():
        if before not in text:
            raise CannotStart(f"{path} no longer lists {LAST_PAGE}: add the new page by hand, where the others stand.")
        text = text.replace(before, line + before, 1)
    return text


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
