"""The search: for what people type, which answer comes first, and which number to call."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from cases import load

TABLE = load(Path(__file__).with_name("search_queries.yml"))
ROWS = [(str(query), group) for group in TABLE for query in group["queries"]]
# Types and submits every query, and returns the addresses of the links that it finds. The page is loaded once and its
# address stays: to change it a thousand times takes the browser longer than to answer.
ASK = """queries => queries.map(query => {
  history.replaceState = () => {}
  const form = document.querySelector("[role=search]")
  form.q.value = query
  form.requestSubmit()
  delete history.replaceState
  return [...document.querySelectorAll("[data-results] a")].map(link => link.getAttribute("href"))
})"""
NUMBERS = {"911": "tel:911", "988": "tel:988", "poison": "tel:+18002221222"}
OTHER_LANGUAGES = ("es/", "zh-Hans/", "zh-Hant/")
OWN_PAGE = {
    "horario": "es/#hours", "abstinencia": "es/", "mi doctor se jubiló": "es/", "几点开门": "zh-Hans/#hours",
    "幾點開門": "zh-Hant/#hours",
    "puedo dejar las pastillas": "es/#never-stop", "可以停药吗": "zh-Hans/#never-stop",
    "可以停藥嗎": "zh-Hant/#never-stop", "chino": "zh-Hans/", "spanish": "es/",
}  # fmt: skip
DEATH = [
    "kill myself", "I want to die", "hurt myself", "self-harm", "end my life", "don't want to be here anymore",
    "dont want to live", "no reason to live", "better off without me", "kms", "unalive",
]  # fmt: skip


@pytest.fixture(scope="module")
def search(browser: Browser, site_url: str) -> Iterator[Page]:
    """The search page, loaded once."""
    with browser.new_context(service_workers="block") as context:
        page = context.new_page()
        page.goto(f"{site_url}/search/")
        expect(page.get_by_role("searchbox")).to_be_visible()
        yield page


def test_the_best_answer_comes_first(search: Page) -> None:
    """One test for all rows: pytest would take longer to start two thousand tests than the browser to answer them."""
    queries = [query for query, _ in ROWS]
    found = dict(zip(queries, search.evaluate(ASK, queries), strict=True))
    wrong = {query for query, group in ROWS if not is_expected(found[query], group["first"], group.get("help", ""))}
    assert {query: found[query] for query in wrong} == {}


@pytest.mark.parametrize("query", DEATH)
def test_a_query_about_suicide_finds_only_help(search: Page, query: str) -> None:
    assert links_for(search, query) == ["tel:988", "sms:988", "tel:911", "../get-help-now/#crisis"]


@pytest.mark.parametrize("query", ["救命", "no despierta", "горит дом", "🔥", "xylophone"])
def test_a_query_that_the_guide_cannot_read_finds_only_help(search: Page, query: str) -> None:
    """Not eight pages that have nothing to do with it."""
    links = links_for(search, query)
    assert "tel:911" in links
    assert {link.removeprefix("../").split("#")[0] for link in links if link.startswith("..")} <= {
        "get-help-now/", *OTHER_LANGUAGES,
    }  # fmt: skip


@pytest.mark.parametrize(
    ("query", "lang", "words"),
    [
        ("sobredosis", "es", "llame al 911"),
        ("me quiero morir", "es", "llame al 988"),
        ("mi espalda me duele", "es", "llame al 911"),
        ("救命", "zh-Hans", "拨打 911"),
        ("自杀", "zh-Hans", "拨打 988"),
        ("自殺", "zh-Hant", "撥打 988"),
        ("puedo dejar las pastillas", "es", "No deje su opioide ni baje la dosis por su cuenta."),
        ("可以停药吗", "zh-Hans", "不要自行停用或减少阿片类药物。"),
        ("可以停藥嗎", "zh-Hant", "不要自行停用或減少鴉片類藥物。"),
    ],
)
def test_help_is_in_the_language_of_the_query(search: Page, query: str, lang: str, words: str) -> None:
    links_for(search, query)
    first = results(search).get_by_role("status").locator("p").first
    expect(first).to_have_attribute("lang", lang)
    expect(first).to_contain_text(words)


@pytest.mark.parametrize(("query", "first"), OWN_PAGE.items())
def test_a_query_in_a_language_or_for_it_finds_its_page_first(search: Page, query: str, first: str) -> None:
    assert next(link for link in links_for(search, query) if not link.startswith(("tel:", "sms:"))) == f"../{first}"


def test_a_page_in_the_language_of_the_query_comes_first(page: Page, site_url: str, site: Path) -> None:
    """The index holds such a page here, whether or not the guide has one."""
    index = load(site / "search" / "search_index.json")
    index["docs"].append({"location": "es/", "title": "Ayuda", "text": "Llame al 911.", "lang": "es"})
    page.context.route("**/search_index.json", lambda route: route.fulfill(json=index))
    page.goto(f"{site_url}/search/")
    links = [link for link in links_for(page, "no despierta") if not link.startswith(("tel:", "sms:"))]
    assert links == ["../es/", "../get-help-now/#what-to-do"]
    assert "../es/" not in links_for(page, "naloxone")


def test_no_two_results_have_the_same_excerpt(search: Page) -> None:
    """The warning that is on most pages would tell the reader nothing about each."""
    links_for(search, "withdrawal")
    said = results(search).get_by_role("listitem").locator("p:last-child").all_inner_texts()
    assert len(said) > 3
    assert len(set(said)) == len(said)


def test_an_excerpt_of_a_table_is_a_cell_with_the_name_of_its_column(search: Page) -> None:
    links_for(search, "side effects fade breathing")
    expect(results(search)).to_contain_text(
        "Tolerance: Some side effects fade; too much can still stop your breathing."
    )


def test_a_best_answer_shows_its_section_and_a_summary(search: Page) -> None:
    links_for(search, "doctor cut me off")
    first = results(search).get_by_role("listitem").first
    lines = [line for line in first.inner_text().splitlines() if line]
    assert (len(lines), lines[0]) == (3, "Get help now")
    assert "Running out is a medical problem, not a failing." in lines[2]


def test_a_screen_reader_announces_whom_to_call_and_the_number_of_results(search: Page) -> None:
    links_for(search, "overdose")
    said = [line for line in results(search).get_by_role("status").inner_text().splitlines() if line]
    assert said == [
        "Overdose or danger: call 911.",
        "Thoughts of suicide, or a crisis: call 988 or text 988.",
        said[-1],
    ]
    assert said[-1].endswith("results for “overdose”")


def test_a_result_leads_to_its_page(page: Page, site_url: str) -> None:
    page.goto(f"{site_url}/search/#q=naloxone")
    results(page).get_by_role("listitem").get_by_role("link").first.click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Get help now")


def test_a_query_is_never_sent(page: Page, site_url: str) -> None:
    requested: list[str] = []
    page.goto(f"{site_url}/search/")
    page.on("request", lambda request: requested.append(request.url))
    for query in ("suicide", "自杀", "me quiero morir"):
        page.get_by_role("searchbox").fill(query)
        page.keyboard.press("Enter")
        expect(results(page).get_by_role("status")).to_contain_text(query)
        page.reload()
        expect(results(page).get_by_role("status")).to_contain_text(query)
    loaded = page.evaluate("performance.getEntries().map(one => one.name)")  # by the page itself, without a query
    assert {url.split("#")[0] for url in requested} <= {name.split("#")[0] for name in loaded}


def test_without_results_the_search_says_whom_to_ask(search: Page) -> None:
    links_for(search, "kratom")
    expect(results(search).get_by_role("status")).to_contain_text("Nothing was found for “kratom”. Your pharmacist")


def test_an_empty_query_shows_whom_to_call(search: Page, site_url: str) -> None:
    for empty in ("", "#q=", "#q=%20%20"):
        search.goto(f"{site_url}/search/{empty}")
        search.reload()
        expect(search.get_by_role("searchbox")).to_be_visible()
        assert links(search) == ["tel:911", "tel:988", "sms:988"]


def test_a_very_long_query_is_answered_within_three_seconds(search: Page) -> None:
    started = search.evaluate("performance.now()")
    links_for(search, "overdose " + "aaaa bbbb not in to " * 5000)
    assert search.evaluate("performance.now()") - started < 3000
    assert links(search)[0] == "tel:911"


def test_markup_in_the_address_is_shown_as_text(search: Page, site_url: str) -> None:
    search.goto(f"{site_url}/search/#q=%3Cimg%20src%3Dx%3E")
    search.reload()
    expect(results(search).get_by_role("status")).to_contain_text("<img src=x>")
    assert search.locator("[data-results] img").count() == 0


def test_without_javascript_the_page_says_so_and_whom_to_call(without_javascript: Page, site_url: str) -> None:
    without_javascript.goto(f"{site_url}/search/")
    assert "Search needs JavaScript" in without_javascript.get_by_role("main").inner_text()
    expect(without_javascript.get_by_role("searchbox")).to_have_count(0)
    assert links(without_javascript) == ["tel:911", "tel:988", "sms:988"]


@pytest.mark.parametrize("answer", [{"status": 500}, {"body": "<html>"}, {"json": {}}, {"json": {"docs": None}}])
def test_without_an_index_the_numbers_are_shown(page: Page, site_url: str, answer: dict) -> None:
    page.context.route("**/search_index.json", lambda route: route.fulfill(**answer))
    page.goto(f"{site_url}/search/#q=overdose")
    expect(results(page).get_by_role("status")).to_contain_text("Search could not be loaded")
    assert links(page) == ["tel:911", "tel:988", "sms:988"]


def test_without_best_answers_the_numbers_are_shown(page: Page, site_url: str, site: Path) -> None:
    docs = json.loads((site / "search" / "search_index.json").read_text("utf-8"))["docs"]
    page.context.route("**/search_index.json", lambda route: route.fulfill(json={"docs": docs}))
    page.goto(f"{site_url}/search/")
    assert links_for(page, "xylophone") == ["tel:911", "tel:988", "sms:988"]
    assert links_for(page, "naloxone")[0].startswith("../get-help-now/")


def is_expected(links: list[str], first: str | list[str], help: str) -> bool:
    """Whether the number to call and the first result are those of a group in the table."""
    calls = [link for link in links if link.startswith("tel:")]
    found = [link.removeprefix("../") for link in links if link.startswith("..")]
    if first == "any" and not found:
        return True  # without results, the numbers are always shown
    return calls[:1] == ([NUMBERS[help]] if help else []) and fits(found, first)


def fits(found: list[str], first: str | list[str]) -> bool:
    """Whether the first result is one of those that a group in the table allows.

    The page in the reader's own language may come before it.
    """
    best = next((one for one in found if one.split("#")[0] not in OTHER_LANGUAGES), found[0] if found else "nothing")
    allowed = [first] if isinstance(first, str) else first
    return any(one in ("any", best) or ("#" not in one and one == best.split("#")[0]) for one in allowed)


def results(search: Page) -> Locator:
    """The part of the page that shows the results."""
    return search.locator("[data-results]")


def links(search: Page) -> list[str]:
    """The addresses of the results, in the order of the page."""
    return [link.get_attribute("href") or "" for link in results(search).get_by_role("link").all()]


def links_for(search: Page, query: str) -> list[str]:
    """The addresses of the results for `query`, in the order of the page."""
    search.get_by_role("searchbox").fill(query)
    search.get_by_role("button", name="Search").click()
    return links(search)
