"""Buttons and fields, by day and by night: in each state a reader sees where they are and what they say."""

from __future__ import annotations

from collections.abc import Callable
from typing import Literal

import pytest
from playwright.sync_api import Locator, Page

from test_colors import contrast

CONTROLS = {
    "/search/": [".search input", ".search button", ".tools button", ".rail-help"],
    "/get-help-now/": [".text-help > h1 + ul a"],
    "/tapering-and-recovery/": [".previous-next a", ".sources summary", ".rail-sections a", ".leave"],
}
BARE = (".previous-next a", ".sources summary", ".rail-sections a", ".leave")  # told by their words, not by an edge
PRESS = {
    "at rest": lambda control: control.scroll_into_view_if_needed(),
    "hovered": lambda control: control.hover(),
    "focused": lambda control: control.focus(),
    "pressed": lambda control: (control.hover(), control.page.mouse.down()),
}
LOOK = """element => {
  const filled = color => !/, 0\\)$|transparent/.test(color)
  const ground = from => {
    for (let box = from; box; box = box.parentElement) {
      const color = getComputedStyle(box).backgroundColor
      if (filled(color)) return color
    }
  }
  const style = getComputedStyle(element)
  return {
    text: style.color, fill: ground(element), ground: ground(element.parentElement),
    edge: parseFloat(style.borderTopWidth) ? style.borderTopColor : ground(element),
    ring: style.outlineColor, ringed: style.outlineStyle !== "none",
  }
}"""


@pytest.fixture(scope="module", params=["light", "dark"])
def scheme(request: pytest.FixtureRequest) -> Literal["light", "dark"]:
    return request.param


@pytest.fixture(scope="module", params=CONTROLS)
def path(request: pytest.FixtureRequest, shared_page: Page, site_url: str, scheme: Literal["light", "dark"]) -> str:
    """A page that is open by day or by night."""
    shared_page.set_viewport_size({"width": 1280, "height": 800})
    shared_page.emulate_media(media="screen", color_scheme=scheme, reduced_motion="no-preference")
    shared_page.goto(site_url + request.param)
    return request.param


@pytest.mark.parametrize("state", PRESS)
def test_a_control_can_be_seen_and_read(shared_page: Page, path: str, state: str) -> None:
    faint = [fault for name in CONTROLS[path] for fault in faults(name, shared_page.locator(name).first, PRESS[state])]
    assert faint == []


def faults(name: str, control: Locator, press: Callable[[Locator], object]) -> list[str]:
    press(control)
    seen = control.evaluate(LOOK)
    control.page.mouse.move(0, 0)
    control.page.mouse.up()
    control.blur()
    edge = max(contrast(seen["edge"], seen["ground"]), contrast(seen["fill"], seen["ground"]))
    found = {"words": (contrast(seen["text"], seen["fill"]), 4.5)}
    if name not in BARE:
        found["edge"] = (edge, 3.0)
    if seen["ringed"]:
        found["ring"] = (contrast(seen["ring"], seen["ground"]), 3.0)
    return [f"{name}: its {part} has {has:.1f}, needs {needs}" for part, (has, needs) in found.items() if has < needs]
