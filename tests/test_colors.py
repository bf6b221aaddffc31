"""Contrast of every role on the surfaces it stands on, computed from what the browser makes of tokens.css."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page

from hosting import ROOT

GROUNDS = ["paper", "surface", "mist"]
# A role, what it stands on, and the least contrast (WCAG 2.2: 4.5 for text, 3 for lines that carry meaning).
# The guide asks more of text than WCAG does, for readers who are tired, old or in the sun.
CONTRASTS = [
    *(("ink", ground, 12.0) for ground in GROUNDS),
    *((role, ground, 5.5) for role in ("soft", "link", "calm", "urgent", "emergency") for ground in GROUNDS),
    *(("line", ground, 3.0) for ground in GROUNDS),
    ("on-header", "header", 12.0),
    ("on-band", "emergency-band", 7.0),
    ("on-button", "button", 7.0),
    *(("button", ground, 3.0) for ground in GROUNDS),
]
# Hairlines only decorate: nothing is lost with them. White and black are for paper, and for codes that a camera reads.
WITHOUT_CONTRAST = {"hair", "white", "black"}
TOKENS = (ROOT / "docs" / "assets" / "css" / "tokens.css").read_text("utf-8")
COLOR_OF = """role => {
  const probe = document.body.appendChild(document.createElement("i"))
  probe.style.color = `var(--${role})`
  const color = getComputedStyle(probe).color
  probe.remove()
  return color
}"""


@pytest.fixture(params=["light", "dark"])
def color(request: pytest.FixtureRequest, page: Page, site_url: str) -> Callable[[str], str]:
    """The color of a role in this color scheme."""
    page.emulate_media(color_scheme=request.param)
    page.goto(site_url + "/")
    return lambda role: page.evaluate(COLOR_OF, role)


def test_every_role_can_be_read_on_what_it_stands_on(color: Callable[[str], str]) -> None:
    found = {(role, ground): contrast(color(role), color(ground)) for role, ground, _ in CONTRASTS}
    too_faint = [
        f"--{role} on --{ground}: {found[role, ground]:.1f}, needs {least}"
        for role, ground, least in CONTRASTS
        if found[role, ground] < least
    ]
    assert too_faint == []


def test_every_color_role_has_its_row() -> None:
    roles = set(re.findall(r"--([\w-]+):\s*(?:#|rgb|hsl|oklch)", TOKENS))
    assert roles - WITHOUT_CONTRAST == {name for role, ground, _ in CONTRASTS for name in (role, ground)}


def test_dark_is_a_second_set_of_roles(page: Page, site_url: str) -> None:
    """Someone who reads at night gets light words on a dark page, not the day's page."""
    page.emulate_media(color_scheme="dark")
    page.goto(site_url + "/")
    assert luminance(page.evaluate(COLOR_OF, "ink")) > 0.5 > luminance(page.evaluate(COLOR_OF, "paper"))


def contrast(one: str, other: str) -> float:
    """Contrast ratio of two colors, 1 to 21 (WCAG 2.2, relative luminance)."""
    lighter, darker = sorted((luminance(one), luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def luminance(color: str) -> float:
    """Relative luminance of a computed color, `rgb(34, 48, 47)`."""
    channels = [int(value) / 255 for value in re.findall(r"\d+", color)[:3]]
    linear = [value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4 for value in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
