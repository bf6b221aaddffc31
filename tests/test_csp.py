"""The policy blocks nothing of ours and everything of others; a visit leaves no cookie, and contacts no other host."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
import turbohtml
from playwright.sync_api import Browser, BrowserContext, Page, Request, Route

from hosting import PAGES

EVERY_PAGE = [*(f"/{page}" for page in PAGES), "/no/such/page/"]
# Written down by each page before any of its own scripts can run.
WATCH = """
  window.violations = []
  addEventListener("securitypolicyviolation", event => violations.push(event.effectiveDirective))
"""
STOPPED = """() => new Promise(done =>
  violations.length ? done() : addEventListener("securitypolicyviolation", () => done()))"""
LEFT_BEHIND = """async () => ({
  cookies: document.cookie,
  stores: localStorage.length + sessionStorage.length,
  databases: (await indexedDB.databases()).length,
})"""
NOTHING = {"cookies": "", "stores": 0, "databases": 0}


@pytest.fixture(scope="module")
def context(browser: Browser) -> Iterator[BrowserContext]:
    """One reader's browser, in which every page records what its policy blocks."""
    with browser.new_context() as context:
        context.add_init_script(WATCH)
        yield context


@pytest.fixture(scope="module")
def tab(context: BrowserContext) -> Page:
    return context.new_page()


@pytest.fixture(scope="module")
def open_to_harm(browser: Browser) -> Iterator[Page]:
    """A tab whose pages a test can change in transit: no service worker fetches them."""
    with browser.new_context(service_workers="block") as context:
        context.add_init_script(WATCH)
        yield context.new_page()


@pytest.fixture
def watched(context: BrowserContext, tab: Page, site_url: str) -> Iterator[Page]:
    """The browser's tab. After the test, the policy has blocked nothing, and no other host was contacted."""
    strange: list[str] = []

    def note(request: Request) -> None:
        if not request.url.startswith(site_url):
            strange.append(request.url)

    context.on("request", note)
    yield tab
    context.remove_listener("request", note)
    assert tab.evaluate("violations") == []
    assert strange == []


@pytest.mark.parametrize("path", EVERY_PAGE)
def test_the_policy_blocks_nothing_that_a_page_needs(watched: Page, site_url: str, path: str) -> None:
    watched.goto(site_url + path)
    assert watched.evaluate("getComputedStyle(document.body).margin") == "0px"  # the style is let in
    assert watched.evaluate(LEFT_BEHIND) == NOTHING


def test_the_policy_blocks_nothing_that_a_search_needs(watched: Page, site_url: str) -> None:
    watched.goto(f"{site_url}/search/")
    watched.get_by_role("searchbox").fill("withdrawal")
    watched.keyboard.press("Enter")
    watched.wait_for_load_state("networkidle")
    assert watched.evaluate(LEFT_BEHIND) == NOTHING


def test_the_policy_blocks_nothing_that_a_saved_copy_needs(
    context: BrowserContext, watched: Page, site_url: str
) -> None:
    watched.goto(f"{site_url}/")
    watched.evaluate("async () => { await navigator.serviceWorker.ready }")
    context.set_offline(True)
    watched.goto(f"{site_url}/get-help-now/")
    context.set_offline(False)
    assert watched.get_by_text("saved copy").is_visible()


def test_a_visit_leaves_no_cookie(context: BrowserContext, watched: Page, site_url: str) -> None:
    for path in EVERY_PAGE:
        watched.goto(site_url + path)
    assert context.cookies() == []


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
def test_a_script_that_gets_into_a_page_does_not_run(open_to_harm: Page, site_url: str, markup: str) -> None:
    page = open_to_harm
    page.route("https://other.example/**", lambda route: route.fulfill(body="window.ran = true"))

    def with_markup(route: Route) -> None:
        answer = route.fetch()
        route.fulfill(response=answer, body=answer.text().replace("</main>", markup + "</main>"))

    page.route(f"{site_url}/terms/", with_markup)
    page.goto(f"{site_url}/terms/")
    if "id=trap" in markup:
        page.click("#trap")
    page.evaluate(STOPPED)
    assert page.evaluate("window.ran") is None
    page.unroute_all()


@pytest.mark.parametrize("path", [*(f"{page}index.html" for page in PAGES), "print/index.html", "404.html"])
def test_the_policy_comes_first_and_is_strict(site: Path, path: str) -> None:
    document = turbohtml.parse((site / path).read_bytes())
    charset = document.select_one("meta[charset]")
    policy = charset.next_sibling
    assert policy.attr("http-equiv") == "Content-Security-Policy"
    assert policy.attr("content").startswith("default-src 'none'; script-src 'self';")
    assert "unsafe" not in policy.attr("content")
    assert document.select('meta[name="referrer"][content="no-referrer"]')
    assert document.select("[style], script:not([src]):not([type='application/ld+json'])") == []
