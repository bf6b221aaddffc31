"""An old phone in a subway station: what a first visit weighs on the wire, from a host that compresses well."""

from __future__ import annotations

import functools
from pathlib import Path

import brotli
import pytest
from playwright.sync_api import Page, Response

import hosting
from finishing import KEPT

FIRST_PAINT = 14_600  # bytes of a page with its styles: one round trip
FIRST_VIEW = 60_000  # bytes of all that a page asks for
KEPT_PAGE = 14_600  # bytes for each page that the worker then saves for later, with all that it loads
PACKED = ("image/png", "image/jpeg", "image/webp", "font/woff2")
# The lightest and the heaviest: the front page, the page for a bad night, the longest page, and search with its index.
PAGES = ["/", "/get-help-now/", "/tapering-and-recovery/", "/search/?q=withdrawal"]


@pytest.mark.parametrize("path", hosting.PAGES)
def test_a_page_is_painted_after_one_round_trip(site: Path, path: str) -> None:
    page = (site / path / "index.html").read_bytes()
    assert b"<style>" in page
    assert b"stylesheet" not in page
    assert len(brotli.compress(page)) <= FIRST_PAINT


@pytest.mark.parametrize("path", PAGES)
def test_a_first_visit_is_light(page: Page, site_url: str, path: str) -> None:
    answers: list[Response] = []
    page.context.on("response", lambda answer: answers.append(answer))  # the context hears the service worker too
    page.goto(site_url + path, wait_until="networkidle")
    page.evaluate("() => navigator.serviceWorker.ready.then(() => {})")  # on a busy machine it may come later
    later = [answer for answer in answers if answer.request.service_worker or answer.url.endswith("/sw.js")]
    assert len(later) > len(KEPT)
    assert sum(map(size, later)) <= KEPT_PAGE * len(KEPT)
    assert sum(map(size, answers)) - sum(map(size, later)) <= FIRST_VIEW


@functools.cache
def compressed(body: bytes) -> int:
    return len(brotli.compress(body))


def size(answer: Response) -> int:
    """Bytes of a body after brotli; pictures and fonts are packed already."""
    body = answer.body() if answer.status == 200 else b""
    packed = answer.headers.get("content-type", "").split(";")[0] in PACKED
    return len(body) if packed else compressed(body)
