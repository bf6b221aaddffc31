"""Nobody watches: the policy stops nothing of ours and everything of others; no cookie, no storage, no other host."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
import turbohtml
from playwright.sync_api import Browser, BrowserContext, Page

from hosting import PAGES

EVERY_PAGE = [*(f"/{page}" for page in PAGES), "/no/such/page/"]
READY = "async () => { await navigator.serviceWorker.ready }"
# Written down by each page before any of its own scripts can run.
WATCH = """
  window.violations = []
  addEventListener("securitypolicyviolation", event => violations.push(event.effectiveDirective))
"""
LEFT_BEHIND = """async () => ({
  cookies: document.cookie,
  stores: localStorage.length + sessionStorage.length,
  databases: (await indexedDB.databases()).length,
})"""
NOTHING = {"cookies": "", "stores": 0, "databases": 0}


@pytest.fixture
def context(browser: Browser) -> Iterator[BrowserContext]:
    """A browser that has never been here."""
    with browser.new_context() as context:
        context.add_init_script(WATCH)
        yield context


def watched(context: BrowserContext, own: str) -> tuple[Page, list[str]]:
    """A tab, and the list that fills with what it should not do."""
    page, troubles = context.new_page(), []
    context.on("request", lambda one: troubles.append(one.url) if not one.url.startswith(own) else None)
    page.on("console", lambda said: troubles.append(said.text) if "Content Security Policy" in said.text else None)
    return page, troubles


@pytest.mark.parametrize("path", EVERY_PAGE)
def test_a_page_runs_whole_under_its_policy(context: BrowserContext, site_url: str, path: str) -> None:
    page, troubles = watched(context, site_url)
    page.goto(site_url + path, wait_until="networkidle")
    assert page.evaluate("getComputedStyle(document.body).margin") == "0px"  # the style is let in
    assert page.evaluate("violations") == []
    assert troubles == []


def test_a_search_runs_whole_under_its_policy(context: BrowserContext, site_url: str) -> None:
    page, troubles = watched(context, site_url)
    page.goto(f"{site_url}/search/")
    page.get_by_role("searchbox").fill("withdrawal")
    page.keyboard.press("Enter")
    page.wait_for_load_state("networkidle")
    assert page.evaluate("violations") == []
    assert troubles == []


def test_a_saved_copy_runs_whole_under_its_policy(context: BrowserContext, site_url: str) -> None:
    page, troubles = watched(context, site_url)
    page.goto(f"{site_url}/")
    page.evaluate(READY)
    context.set_offline(True)
    page.goto(f"{site_url}/get-help-now/")
    assert page.get_by_text("saved copy").is_visible()
    assert page.evaluate("violations") == []
    assert troubles == []


def test_a_whole_visit_leaves_no_cookie_and_no_store(context: BrowserContext, site_url: str) -> None:
    page, troubles = watched(context, site_url)
    for path in EVERY_PAGE:
        page.goto(site_url + path)
        assert page.evaluate(LEFT_BEHIND) == NOTHING, path
    assert context.cookies() == []
    assert troubles == []


@pytest.mark.parametrize(
    "markup",
    [
        "<script>window.ran = true</script>",
        "<img src=x onerror='window.ran = true'>",
        "<a href='javascript:window.ran = true' id=trap>x</a>",
        "<iframe src='https://other.example/'></iframe>",
        "<script src='https://other.example/x.js' onload='window.ran = true'></script>",
    ],
)
def test_a_script_that_gets_into_a_page_does_not_run(context: BrowserContext, site_url: str, markup: str) -> None:
    page, _ = watched(context, site_url)
    page.route("https://other.example/**", lambda route: route.fulfill(body="window.ran = true"))

    def with_markup(route: object) -> None:
        answer = route.fetch()
        route.fulfill(response=answer, body=answer.text().replace("</main>", markup + "</main>"))

    page.route(f"{site_url}/terms/", with_markup)
    page.goto(f"{site_url}/terms/")
    if "id=trap" in markup:
        page.click("#trap")
    page.wait_for_function("violations.length")
    assert page.evaluate("window.ran") is None


@pytest.mark.parametrize("path", [*(f"{page}index.html" for page in PAGES), "404.html"])
def test_the_policy_stands_first_and_is_strict(site: Path, path: str) -> None:
    document = turbohtml.parse((site / path).read_bytes())
    charset = document.select_one("meta[charset]")
    policy = charset.next_sibling
    assert policy.attr("http-equiv") == "Content-Security-Policy"
    assert policy.attr("content").startswith("default-src 'none'; script-src 'self';")
    assert "unsafe" not in policy.attr("content")
    assert document.select('meta[name="referrer"][content="no-referrer"]')
    assert document.select("[style], script:not([src]):not([type='application/ld+json'])") == []
