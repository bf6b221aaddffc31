"""Without a network: after one visit, help and hours open all the same, and say how old they are."""

from __future__ import annotations

import datetime
import re
import shutil
from collections.abc import Iterator
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

import finish
from cases import load
from finishing import DATA, KEPT
from hosting import ROOT, serve

TITLES = {
    "": "OIH: when pain medicine makes pain worse",
    "get-help-now/": "Get help now",
    "hours-and-locations/": "Hours, locations and contact",
    "tapering-and-recovery/": "Lowering your opioid dose safely",
    "es/": "Ayuda en una emergencia",
    "zh-Hans/": "紧急求助",
    "zh-Hant/": "緊急求助",
}
NOTES = load(DATA / "offline.yml")["notes"]
OPEN_OR_NOT = re.compile(r"^(Usually (open|closed) now,|Holiday today:|Open now, closes|Closed, opens) ")
READERS_ZONE = "America/New_York"
READY = "async () => { await navigator.serviceWorker.ready; return (await caches.keys()).length }"


@pytest.fixture
def context(browser: Browser) -> Iterator[BrowserContext]:
    """A browser that has never opened the guide."""
    with browser.new_context(locale="en-US", timezone_id=READERS_ZONE) as context:
        yield context


@pytest.fixture(scope="module", params=["site_url", "sub_path_url"])
def address(request: pytest.FixtureRequest) -> str:
    """The guide at the root of a host, and below a folder of it."""
    return request.getfixturevalue(request.param)


@pytest.fixture(scope="module")
def offline(browser: Browser, address: str) -> Iterator[Page]:
    """A reader who opened the front page once and has been offline since."""
    with browser.new_context(locale="en-US", timezone_id=READERS_ZONE) as context:
        page = visit(context, address)
        context.set_offline(True)
        yield page


def visit(context: BrowserContext, address: str) -> Page:
    """Open the front page once and let the browser save what it wants to."""
    page = context.new_page()
    page.goto(f"{address}/")
    assert page.evaluate(READY) == 1
    return page


@pytest.mark.parametrize("path", KEPT)
def test_after_one_visit_a_page_opens_offline_and_states_its_date(offline: Page, address: str, path: str) -> None:
    offline.goto(f"{address}/{path}")
    today = datetime.datetime.now(ZoneInfo(READERS_ZONE))  # the day where the reader is, not the machine
    expect(offline.get_by_role("heading", level=1)).to_have_text(TITLES[path])
    if path.rstrip("/") not in NOTES:
        expect(offline.get_by_text(f"saved copy from {today:%B} {today.day}, {today.year}")).to_be_visible()
    expect(offline.get_by_text(NOTES.get(path.rstrip("/"), NOTES["en"])["since"])).to_be_visible()


def test_a_saved_copy_never_says_that_the_clinic_is_open_now(context: BrowserContext, address: str) -> None:
    page = visit(context, address)
    page.goto(f"{address}/hours-and-locations/")
    expect(page.get_by_text(OPEN_OR_NOT)).to_be_visible()
    context.set_offline(True)
    page.goto(f"{address}/hours-and-locations/")
    expect(page.get_by_role("table").first).to_be_visible()
    expect(page.get_by_text(OPEN_OR_NOT).filter(visible=True)).to_have_count(0)


@pytest.mark.parametrize("path", ["how-pain-works/", "how-pain-works/#alarm", "search/#q=overdose"])
def test_a_page_that_is_not_saved_leads_to_help(offline: Page, address: str, path: str) -> None:
    offline.goto(f"{address}/{path}")
    expect(offline.get_by_role("heading", level=1)).to_have_text("Get help now")
    expect(offline.get_by_text("The page you asked for is not saved on this device.")).to_be_visible()


def test_online_a_page_is_fresh_and_has_no_note(context: BrowserContext, address: str) -> None:
    page = visit(context, address)
    for path in KEPT:
        page.goto(f"{address}/{path}")
        expect(page.get_by_role("heading", level=1)).to_have_text(TITLES[path])
        expect(page.get_by_text("saved copy")).to_have_count(0)


def test_the_cache_does_not_reveal_which_pages_were_read(context: BrowserContext, site_url: str) -> None:
    """The copies are the same for every reader: those of offline.yml and what they load, however much was read."""
    page = visit(context, site_url)
    for path in ("tapering-and-recovery/", "search/?q=suicide"):
        page.goto(f"{site_url}/{path}")
    saved = page.evaluate("""async () => {
      const found = []
      for (const name of await caches.keys())
        for (const request of await (await caches.open(name)).keys()) found.push(request.url)
      return found
    }""")
    pages = [url for url in saved if "/assets/" not in url]
    assert sorted(pages) == sorted(f"{site_url}/{path}" for path in KEPT)


def test_the_kill_switch_removes_everything(context: BrowserContext, site: Path, tmp_path: Path) -> None:
    copy, data = tmp_path / "site", tmp_path / "data"
    shutil.copytree(site, copy)
    shutil.copytree(ROOT / "docs" / "_data", data)
    with serve(copy) as address:
        page = visit(context, address)
        (data / "offline.yml").write_text("pages: []\n", "utf-8")
        finish.finish(copy, data)
        page.evaluate("async () => (await navigator.serviceWorker.getRegistration()).update()")
        page.wait_for_function("async () => !(await caches.keys()).length", polling=100)
        page.wait_for_function("async () => !(await navigator.serviceWorker.getRegistration())", polling=100)
