"""Each page, opened once: what a browser sees on it at every size, for many tests that each ask for one thing.

To open a page costs more than to look at it. What was seen is plain data (visits.js), so that processes share it.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NamedTuple

from playwright.sync_api import Browser, BrowserContext, Page, expect

from hosting import SHIFTS

SCRIPT = Path(__file__).with_suffix(".js").read_text("utf-8")
SCREENS = {"phone": {"width": 320, "height": 640}, "desk": {"width": 1280, "height": 800}}
SIZES = ((320, 640), (390, 664), (640, 800), (1280, 800))  # at which a page must fit
HELP = ["911", "988"]
PATIENCE = 120_000  # milliseconds until something that never comes is a fault


class Fit(NamedTuple):
    """How a page fits in one set of fonts. Each list names faults."""

    misfits: list[str]  # at every width, on the screen and on paper
    enlarged: float  # how many times as large the text is at twice its size
    misfits_enlarged: list[str]
    too_small: list[str]  # targets on a phone
    split_numbers: list[str]  # on the smallest phone


class Visit(NamedTuple):
    """What a visitor sees of a page, by screen where that matters."""

    problems: dict[str, list[str]]  # in the console, and what is requested from another host
    shift: dict[str, float]  # how far the content moves by itself
    width: dict[str, int]  # of the content
    tap_heights: list[float]  # of the numbers of HELP on a phone
    words: list[str]  # lines of the main part
    added: list[str]  # those that only scripts bring
    printed: list[str]
    focus: list[tuple[str, float]]  # where the first presses of Tab lead, and which share of it is on the screen
    text: tuple[float, float]  # the left and right edge of the text on a desk
    rail: tuple[float, float]  # and of what stands beside it
    not_underlined: list[str]  # links
    fit: Fit


class Visitor(NamedTuple):
    """One visitor, with the site's service worker, who opens page after page."""

    page: Page
    site_url: str
    problems: list[str]  # so far

    def open(self, path: str, screen: str) -> tuple[list[str], float, int]:
        """Open a page. Returns its problems, how far it moved and its width."""
        self.problems.clear()
        self.page.set_viewport_size(SCREENS[screen])
        self.page.goto(self.site_url + path)
        shift = self.page.evaluate(SHIFTS)
        self.page.evaluate(SCRIPT)
        return list(self.problems), shift, self.page.evaluate("seen.width()")

    def visit(self, path: str) -> Visit:
        """Open a page on a phone and on a desk, and look at everything."""
        page = self.page
        phone = self.open(path, "phone")
        tap_heights = page.evaluate("numbers => numbers.map(seen.tapHeight)", HELP)
        desk = self.open(path, "desk")
        problems, shift, width = (dict(zip(SCREENS, pair, strict=True)) for pair in zip(phone, desk, strict=True))
        words = page.evaluate("seen.words('main')")
        added = page.evaluate("""seen.words("[role='status'], [aria-live], button, form")""")
        text, rail = page.evaluate("seen.columns('main h1', 'main :is(.rail, .contents)')")
        not_underlined = page.evaluate("seen.notUnderlined()")
        focus = [self.press_tab() for _ in range(3)]
        page.evaluate("document.activeElement.blur()")
        page.emulate_media(media="print")
        printed = page.evaluate("seen.words('body')")
        return Visit(
            problems, shift, width, tap_heights, words, added, printed, focus, text, rail, not_underlined, fit(page)
        )

    def press_tab(self) -> tuple[str, float]:
        self.page.keyboard.press("Tab")
        return self.page.evaluate("seen.focus()")


def wait_longer() -> None:
    """From here on, every page and expect() wait for PATIENCE: on a busy machine, half a minute is no fault of ours.

    What must come within some time is measured by its own test.
    """
    expect.set_options(timeout=PATIENCE)
    new_context = Browser.new_context

    def patient(browser: Browser, **options: Any) -> BrowserContext:
        context = new_context(browser, **options)
        context.set_default_timeout(PATIENCE)
        return context

    Browser.new_context = patient


def on_a_desk(page: Page) -> Page:
    """The page as a reader at a desk sees it by day."""
    page.set_viewport_size({"width": 1280, "height": 800})
    page.emulate_media(media="screen", color_scheme="light", reduced_motion="no-preference")
    return page


def fit(page: Page) -> Fit:
    """How the page that is open fits. To set a size takes most of the time: each is set once for each medium."""
    page.evaluate(SCRIPT)
    page.emulate_media(media="screen")
    screen = {size: at_size(page, size, "seen.fit()") for size in SIZES}
    page.emulate_media(media="print")
    paper = {size: at_size(page, size, "seen.misfits()") for size in reversed(SIZES)}
    page.emulate_media(media="screen")
    phone, _, _, desk = SIZES
    return Fit(
        [f"screen {width}: {fault}" for (width, _), found in screen.items() for fault in found["misfits"]]
        + [f"print {width}: {fault}" for (width, _), found in paper.items() for fault in found],
        screen[phone]["enlarged"],
        [f"{size[0]}: {fault}" for size in SIZES if size != desk for fault in screen[size]["misfitsEnlarged"]],
        screen[390, 664]["tooSmall"],
        screen[phone]["splitNumbers"],
    )


def at_size(page: Page, size: tuple[int, int], what: str) -> Any:
    page.set_viewport_size({"width": size[0], "height": size[1]})
    return page.evaluate(what)


@contextmanager
def visitor(browser: Browser, site_url: str) -> Iterator[Visitor]:
    """A visitor who notes each error and warning in the console, and each request to another host."""
    problems: list[str] = []
    with browser.new_context() as context:
        page = context.new_page()
        page.on("console", lambda line: problems.append(line.text) if line.type in ("error", "warning") else None)
        page.on("pageerror", lambda error: problems.append(str(error)))
        page.on("request", lambda request: problems.append(request.url) if foreign(request.url, site_url) else None)
        yield Visitor(page, site_url, problems)


def foreign(url: str, site_url: str) -> bool:
    """Whether an address belongs to another host than the site."""
    return url.startswith("http") and url.split("/")[2] != site_url.split("/")[2]
