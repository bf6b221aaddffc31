"""What a reader sees who has been here before: the numbers, after how long, fresh or saved."""

from __future__ import annotations

import contextlib
import time
from typing import NamedTuple

from playwright.sync_api import BrowserContext, Error, Page

from unruly_host import Host

HELP = "get-help-now/"
HOURS = "hours-and-locations/"
NUMBER = 'a[href="tel:911"]:visible'
SECONDS = 5  # within which the numbers must be there
FRESH, SAVED_COPY, MOVED, ELSEWHERE = "fresh", "saved", "fresh, at its new address", "fresh, at the other host"
SAVED = """async () => {
  const saved = []
  for (const name of await caches.keys())
    for (const { url } of await (await caches.open(name)).keys()) saved.push(url)
  return saved
}"""


class Seen(NamedTuple):
    """What the reader got: after how many seconds the numbers, `saved` or fresh, at which address, under which note."""

    seconds: float
    saved: bool
    address: str
    note: str


def visit(page: Page, address: str) -> None:
    """Open the front page once, and let the browser save what it wants to."""
    page.goto(f"{address}/")
    page.evaluate("() => navigator.serviceWorker.ready")
    page.wait_for_function("() => navigator.serviceWorker.controller")


def open_page(context: BrowserContext, address: str) -> Seen:
    """Open a page in a new tab and wait for the numbers."""
    tab = context.new_page()
    try:
        return open_in(tab, address)
    finally:
        tab.close()


def open_in(tab: Page, address: str) -> Seen:
    """Open a page and wait for the numbers, as long as a frightened reader would."""
    tab.goto("about:blank")  # the page before has the numbers too
    start = time.monotonic()
    with contextlib.suppress(Error):
        tab.goto(address, wait_until="commit", timeout=SECONDS * 1000)
    try:
        tab.locator(NUMBER).first.wait_for(timeout=max(1, (start + SECONDS - time.monotonic()) * 1000))
        seconds = time.monotonic() - start
    except Error:  # asking for more would wait for the host
        return Seen(float("inf"), saved=False, address=tab.url, note="")
    note = tab.locator(".saved-copy")
    words = note.inner_text(timeout=1000) if note.count() else ""
    return Seen(seconds, tab.locator("html[data-saved-on]").count() == 1, tab.url, words)


def outcome(seen: Seen, host: Host) -> str:
    """In the words of the table."""
    if seen.seconds > SECONDS:
        return "no numbers"
    if seen.saved:
        return SAVED_COPY
    if host.elsewhere and seen.address.startswith(host.elsewhere):
        return ELSEWHERE
    return MOVED if "/moved/" in seen.address else FRESH
