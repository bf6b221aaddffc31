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
COLORS = ["color-contrast", "link-in-text-block"]  # the rules of axe that depend on colors
ALL_BUT_COLORS = {"runOnly": RULES, "rules": {rule: {"enabled": False} for rule in COLORS}}
# One text of each look, by all that these rules weigh, from the page down to the text: a page has some 40 looks,
# and to weigh each of its texts would take most of the time.
LOOKS = """() => {
  const looks = new Map()
  const walk = (element, above) => {
    const { color, backgroundColor, backgroundImage, opacity, textDecorationLine, fontSize, fontWeight } =
      getComputedStyle(element)
    const own = [color, backgroundColor, backgroundImage, opacity, textDecorationLine].join()
    const chain = above.endsWith(own) ? above : `${above}|${own}`
    const text = [...element.childNodes].some(node => node.nodeType === Node.TEXT_NODE && node.data.trim())
    if (text && element.checkVisibility({visibilityProperty: true}))
      looks.set(`${chain}|${fontSize} ${fontWeight}`, element)
    for (const child of element.children) walk(child, chain)
  }
  walk(document.documentElement, "")
  return [...looks.values()]
}"""


@pytest.mark.parametrize("path", EVERY_PAGE)
def test_axe_finds_nothing(look: Page, site_url: str, path: str) -> None:
    look.goto(site_url + path)
    look.evaluate(Axe().axe_script)
    found = []
    for width in (320, 1280):
        look.set_viewport_size({"width": width, "height": 800})
        found += [f"{path} {width}: {line}" for line in violations(look, "document", ALL_BUT_COLORS)]
        for scheme in ("light", "dark"):
            look.emulate_media(color_scheme=scheme, reduced_motion="reduce")
            colors = violations(look, f"({LOOKS})()", {"runOnly": COLORS})
            found += [f"{path} {scheme} {width}: {line}" for line in colors]
    assert found == [], "\n".join(found)


@pytest.mark.parametrize("path", PAGES)
def test_a_table_is_a_table_by_itself(site: Path, path: str) -> None:
    """Roles on its parts say nothing new, and HTML forbids them there (the Nu checker counts each as an error)."""
    document = turbohtml.parse((site / path / "index.html").read_bytes())
    assert [element.tag for element in document.select(":is(table, thead, tbody, tr, th, td)[role]")] == []


def violations(page: Page, where: str, options: dict[str, object]) -> list[str]:
    """One line a violation: rule, elements, and the page that explains it. The page holds axe already."""
    return [
        f"{found['id']} at {'; '.join(str(node['target']) for node in found['nodes'])}: {found['helpUrl']}"
        for found in page.evaluate(
            f"async options => (await axe.run({where}, {{...options, resultTypes: ['violations']}})).violations",
            options,
        )
    ]
