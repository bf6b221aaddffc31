"""An old phone in a subway station: what a first visit weighs on the wire, from a host that compresses well."""

from __future__ import annotations

import functools
from typing import Literal

import brotli
import pytest
from playwright.sync_api import Browser, Response

from finishing import KEPT

FIRST_VIEW = 60_000  # bytes of all that a page asks for
KEPT_PAGE = 14_600  # bytes for each page that the worker then saves for later, with all that it loads
PACKED = ("image/png", "image/jpeg", "image/webp", "font/woff2")
# The lightest and the heaviest: the front page, the page for a bad night, the longest page, and search with its index.
PAGES = ["/", "/get-help-now/", "/tapering-and-recovery/", "/search/?q=withdrawal"]


@pytest.mark.parametrize("path", PAGES)
def test_a_first_visit_is_light(browser: Browser, site_url: str, path: str) -> None:
    """What the page requests, without what its worker saves afterwards."""
    seen = weights(browser, site_url + path, "block")
    all_told = weights(browser, site_url + path, "allow")
    assert sum(seen) <= FIRST_VIEW
    assert len(all_told) - len(seen) > len(KEPT)
    assert sum(all_told) - sum(seen) <= KEPT_PAGE * len(KEPT)


def weights(browser: Browser, url: str, workers: Literal["allow", "block"]) -> list[int]:
    """Bytes of each answer to a visitor until the worker, if any, has saved its pages."""
    answers: list[Response] = []
    with browser.new_context(service_workers=workers) as context:
        context.on("response", lambda answer: answers.append(answer))
        page = context.new_page()
        page.goto(url, wait_until="networkidle")
        if workers == "allow":
            page.evaluate("() => navigator.serviceWorker.ready.then(() => {})")
        return [size(answer) for answer in answers]


@functools.cache
def compressed(body: bytes) -> int:
    return len(brotli.compress(body))


def size(answer: Response) -> int:
    """Bytes of a body after brotli; pictures and fonts are packed already."""
    body = answer.body() if answer.status == 200 else b""
    packed = answer.headers.get("content-type", "").split(";")[0] in PACKED
    return len(body) if packed else compressed(body)
