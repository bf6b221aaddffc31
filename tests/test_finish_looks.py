"""Fewer bytes of style, the same look: each element of a finished page looks as it does under the original styles."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
import yaml
from playwright.sync_api import Browser, Page

from hosting import ROOT

SETTINGS = (ROOT / "mkdocs.yml").read_text("utf-8").replace("!ENV ", "")
WRITTEN = "\n".join((ROOT / "docs" / sheet).read_text("utf-8") for sheet in yaml.safe_load(SETTINGS)["extra_css"])
SCREENS = {"phone, light": (320, "light"), "desk, dark": (1280, "dark")}
# Where a picture would stand is no look without one: "background: none" is also written "background: 0 0".
SET = sorted(
    set(re.findall(r"[{;\s]([a-z][a-z-]+):", WRITTEN)) - {"background"} | {"background-color", "background-image"}
)
# The case of a font's name is no matter (CSS Fonts 4, section 5.1), and the minifier writes it in small letters.
# How many values there are, and those that change with the styles as written: element, part, before, after.
CHANGES = """([names, css]) => {
  const look = () => [...document.querySelectorAll("body, body *")].flatMap(element =>
    [null, "::before", "::after"].flatMap(part => {
      const style = getComputedStyle(element, part)
      if (part && style.content === "none") return []
      return names.map(name => name + ": " + style.getPropertyValue(name))
        .map(value => /^font(-family)?: /.test(value) ? value.toLowerCase() : value)
        .map(value => [element.tagName + "." + element.className + (part ?? ""), value])
    }))
  const finished = look()
  document.querySelector("style").textContent = css
  const written = look()
  const changed = written.flatMap(([element, value], place) => {
    const [of, before] = finished[place] ?? []
    return of === element && before === value ? [] : [[element, before, value]]
  })
  return [finished.length, written.length, changed]
}"""


@pytest.fixture(scope="module")
def lenient(browser: Browser) -> Iterator[Page]:
    """A tab that lets a test change a page's style."""
    with browser.new_context(bypass_csp=True, service_workers="block", reduced_motion="reduce") as context:
        yield context.new_page()


@pytest.mark.parametrize("screen", SCREENS)
@pytest.mark.parametrize("path", ["", "get-help-now/", "hours-and-locations/", "how-pain-works/", "search/"])
def test_inlined_styles_look_like_the_originals(lenient: Page, site_url: str, path: str, screen: str) -> None:
    width, scheme = SCREENS[screen]
    lenient.set_viewport_size({"width": width, "height": 800})
    lenient.emulate_media(color_scheme=scheme)
    lenient.goto(f"{site_url}/{path}")
    lenient.wait_for_function("!document.querySelector('[hidden]')")  # what scripts show, they have shown
    finished, written, changed = lenient.evaluate(CHANGES, [SET, WRITTEN])
    assert len(SET) > 50
    assert finished == written > 1000
    assert changed == []
