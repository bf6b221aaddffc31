"""What axe can see: every page, light and dark, on a phone and on a desk.

axe sees neither the order of reading, nor plain words, nor whether a text alternative makes sense:
a person reads for those.
"""

from __future__ import annotations

from pathlib import Path

import pytest
import turbohtml
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

from hosting import EVERY_PAGE, PAGES

RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
COLORS = ["color-contrast", "link-in-text-block"]  # the rules of axe that can depend on width and colors together
STATES = [(320, "light", RULES), (320, "dark", COLORS), (1280, "light", COLORS), (1280, "dark", RULES)]


@pytest.mark.parametrize("path", EVERY_PAGE)
def test_axe_finds_nothing(look: Page, site_url: str, path: str) -> None:
    look.goto(site_url + path)
    look.evaluate(Axe().axe_script)
    found = []
    for width, scheme, rules in STATES:
        if path == "/print/" and rules is COLORS:
            continue  # a large page, whose parts are looked at on their own pages
        look.set_viewport_size({"width": width, "height": 800})
        look.emulate_media(color_scheme=scheme, reduced_motion="reduce")
        found += [f"{path} {scheme} {width}: {line}" for line in violations(look, rules)]
    assert found == [], "\n".join(found)


@pytest.mark.parametrize("path", PAGES)
def test_a_table_is_a_table_by_itself(site: Path, path: str) -> None:
    """Roles on its parts say nothing new, and HTML forbids them there (the Nu checker counts each as an error)."""
    document = turbohtml.parse((site / path / "index.html").read_bytes())
    assert [element.tag for element in document.select(":is(table, thead, tbody, tr, th, td)[role]")] == []


def violations(page: Page, rules: list[str]) -> list[str]:
    """One line a violation: rule, elements, and the page that explains it. The page holds axe already."""
    options = {"runOnly": rules, "resultTypes": ["violations"]}
    return [
        f"{found['id']} at {'; '.join(str(node['target']) for node in found['nodes'])}: {found['helpUrl']}"
        for found in page.evaluate("async options => (await axe.run(options)).violations", options)
    ]
