"""scripts/new: start a page of a kind, with its required sections, and list it in the guide."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import Any

import yaml

from finish import print_page
from finish.built_site import built_file
from guide import command
from guide.command import Refused
from sitecheck.model.paths import slug_of

DOCS = Path("docs")
SETTINGS, PAGE_TYPES = Path("mkdocs.yml"), DOCS / "_data" / "page-types.yml"
LAST_PAGE = "get-help-now"  # new pages are listed before it
ON_THIS_PAGE = '{% include "clinic/on-this-page.html" %}'
SECTION_MARKUP = {"in-short": "/// in-short\n- \n- \n///", "sources": "{{ sources() }}"}


def main(arguments: list[str]) -> int:
    """Make the page that `arguments` describe. Returns 0. Raises Refused."""
    parser = argparse.ArgumentParser(prog="scripts/new", description="Start a page of a kind.")
    parser.add_argument("kind", help="a type of docs/_data/page-types.yml, such as topic")
    parser.add_argument("title", help='the page\'s heading, such as "Sleep and pain"')
    parser.add_argument("--long", action="store_true", help="list the page's sections at its head, for six or more")
    options = parser.parse_args(arguments)
    page = start(options.kind, options.title.strip(), kinds(), options.long)
    print(f"{page} is there, and listed where the others are. Next:")
    print("1. Write its description, its keywords and its sections; cite every claim.")
    print("2. Say in mkdocs.yml, under extra.guide, what it is about, in one line.")
    print("3. Run scripts/build: it says what is still missing.")
    return 0


def kinds() -> dict[str, Any]:
    """Return the types of page-types.yml. Raises Refused."""
    try:
        return dict(yaml.safe_load(PAGE_TYPES.read_text("utf-8"))["types"])
    except (OSError, ValueError, yaml.YAMLError, KeyError, TypeError):
        raise Refused(f"{PAGE_TYPES} cannot be read: run scripts/build, which says what to correct there.") from None


def start(kind: str, title: str, types: dict[str, Any], long: bool = False) -> Path:
    """Write the page, and list it in mkdocs.yml and page-types.yml. Raises Refused; nothing has changed then."""
    if kind not in types:
        raise Refused(f"There is no kind of page called {kind!r}: {command.instead_of(kind, types)}")
    slug = slug_of(title)
    if not slug or len(slug) > 60:
        raise Refused("The title makes no good address: use a short one with letters from a to z.")
    page = DOCS / f"{slug}.md"
    if built_file(page.name) == print_page.FILE:
        raise Refused(f"{print_page.FILE} is made of all other pages, for paper: choose another title.")
    if page.exists() or (DOCS / slug).exists():
        raise Refused(f"{page} is already there: open it, or choose another title.")
    try:
        settings = with_navigation(SETTINGS.read_text("utf-8"), slug, title)
        entry = {f"  {LAST_PAGE}.md:\n": f"  {slug}.md:\n    type: {kind}\n\n"}
        page_types = with_lines(PAGE_TYPES, PAGE_TYPES.read_text("utf-8"), entry)
    except (OSError, UnicodeDecodeError):
        raise Refused(f"{SETTINGS} cannot be read: run scripts/build, which says what to correct.") from None
    page.write_text(skeleton(kind, title, types[kind], long), "utf-8")
    SETTINGS.write_text(settings, "utf-8")
    PAGE_TYPES.write_text(page_types, "utf-8")
    return page


def skeleton(kind: str, title: str, needs: dict[str, Any], long: bool = False) -> str:
    """Return the page's Markdown: front matter, heading, and every required section, still empty."""
    values = {"title": yaml.safe_dump(title, width=1000, allow_unicode=True).splitlines()[0], "type": kind}
    front_matter = [f"{key}: {values.get(key, '')}".rstrip() for key in needs["front_matter"]]
    sections = [
        SECTION_MARKUP.get(id) or f"## {id.replace('-', ' ').capitalize()} {{#{id}}}"
        for id in needs.get("sections", [])
    ]
    if long:  # below In short: many readers read only that
        first = SECTION_MARKUP["in-short"]
        sections.insert(sections.index(first) + 1 if first in sections else 0, ON_THIS_PAGE)
    return "\n\n".join(["\n".join(["---", *front_matter, "---"]), f"# {title}", *sections]) + "\n"


def with_navigation(settings: str, slug: str, title: str) -> str:
    """Return the text of mkdocs.yml with the page in both of its lists; comments are kept."""
    quoted = yaml.safe_dump(title, width=1000, default_style='"', allow_unicode=True).strip()
    lines = {
        f"  - {LAST_PAGE}.md\n": f"  - {slug}.md\n",
        f"    - {{url: {LAST_PAGE}/": f'    - {{url: {slug}/, title: {quoted}, about: ""}}\n',
    }
    return with_lines(SETTINGS, settings, lines)


def with_lines(path: Path, text: str, lines: dict[str, str]) -> str:
    """Insert each value of `lines` before its key in the text. Raises Refused when a key is not there."""
    for before, line in lines.items():
        if before not in text:
            raise Refused(f"{path} no longer lists {LAST_PAGE}: add the new page by hand, where the others stand.")
        text = text.replace(before, line + before, 1)
    return text


if __name__ == "__main__":
    sys.exit(command.run("new", main, sys.argv[1:]))
