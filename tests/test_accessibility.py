"""What axe can see: every page, light and dark, on a phone and on a desk, at twice the text size.

axe sees neither the order of reading, nor plain words, nor whether a text alternative makes sense:
a person reads for those.
"""

from __future__ import annotations

from pathlib import Path

import pytest
import turbohtml
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

from hosting import PAGES

EVERY_PAGE = [f"/{path}" for path in PAGES] + ["/print/", "/404.html"]
WIDTHS = [320, 1280]
SCHEMES = ["light", "dark"]
RULES = {
    "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
    "resultTypes": ["violations"],
}
CUT_OFF = """() => [...document.querySelectorAll("body *")].filter(element => {
  const style = getComputedStyle(element)
  const clips = style.overflowX === "hidden" || style.overflowX === "clip"
  return clips && element.clientWidth > 1 && element.scrollWidth > element.clientWidth + 1 && element.innerText?.trim()
}).map(element => element.outerHTML.slice(0, 120))"""


@pytest.mark.parametrize("path", EVERY_PAGE)
def test_axe_finds_nothing(look: Page, site_url: str, path: str) -> None:
    look.goto(site_url + path)
    found = []
    for width in WIDTHS:
        look.set_viewport_size({"width": width, "height": 800})
        for scheme in SCHEMES:
            look.emulate_media(color_scheme=scheme, reduced_motion="reduce")
            found += [f"{path} {scheme} {width}: {line}" for line in violations(look)]
    assert found == [], "\n".join(found)


@pytest.mark.parametrize("width", [320, 640])
@pytest.mark.parametrize("path", EVERY_PAGE)
def test_text_at_twice_its_size_still_fits(look: Page, site_url: str, path: str, width: int) -> None:
    look.set_viewport_size({"width": width, "height": 800})
    look.goto(site_url + path)
    size = "parseFloat(getComputedStyle(document.querySelector('main p')).fontSize)"
    before = look.evaluate(size)
    look.evaluate("document.documentElement.style.fontSize = '200%'")
    assert look.evaluate(size) >= 1.9 * before
    assert look.evaluate("document.documentElement.scrollWidth") <= width
    assert look.evaluate(CUT_OFF) == []


@pytest.mark.parametrize("path", PAGES)
def test_a_table_is_a_table_by_itself(site: Path, path: str) -> None:
    """Roles on its parts say nothing new, and HTML forbids them there (the Nu checker counts each as an error)."""
    document = turbohtml.parse((site / path / "index.html").read_bytes())
    assert [element.tag for element in document.select(":is(table, thead, tbody, tr, th, td)[role]")] == []


def violations(page: Page) -> list[str]:
    """One line a violation: rule, elements, and the page that explains it."""
    result = Axe().run(page, options=RULES).response
    return [
        f"{found['id']} at {'; '.join(str(node['target']) for node in found['nodes'])}: {found['helpUrl']}"
        for found in result["violations"]
    ]
