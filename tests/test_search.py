"""Search: the words that people type, and the page that must come first."""

from __future__ import annotations

import pytest
from playwright.sync_api import Locator, Page, expect

HOME = "../"
# What is typed, and the pages of which one must lead the list.
QUERIES = {
    "pain pills": [HOME],
    "what is oih": [HOME],
    "is my pain real": [HOME],
    "hurts more": [HOME, "signs-and-diagnosis"],
    "pain is worse": [HOME, "signs-and-diagnosis"],
    "spinal cord gate": ["how-pain-works"],
    "allodynia": ["how-pain-works"],
    "light touch hurts": ["how-pain-works", "signs-and-diagnosis"],
    "am I addicted": ["signs-and-diagnosis"],
    "addicted": ["signs-and-diagnosis"],
    "symptoms": ["signs-and-diagnosis"],
    "tolerance": ["signs-and-diagnosis"],
    "ran out of pills": ["signs-and-diagnosis", "get-help-now"],
    "leftover pills": ["prevention-and-early-help"],
    "before surgery": ["prevention-and-early-help"],
    "pregnant": ["prevention-and-early-help", "tapering-and-recovery"],
    "questions to ask my doctor": ["prevention-and-early-help", "signs-and-diagnosis"],
    "cold turkey": ["tapering-and-recovery"],
    "quit opioids": ["tapering-and-recovery"],
    "withdrawal": ["tapering-and-recovery", "signs-and-diagnosis"],
    "detox": ["tapering-and-recovery", "get-help-now"],
    "tens machine": ["other-pain-treatments"],
    "ibuprofen": ["other-pain-treatments"],
    "Tylenol": ["other-pain-treatments"],
    "nerve block": ["other-pain-treatments"],
    "exercise": ["other-pain-treatments"],
    "CBT": ["therapy-and-thinking-skills"],
    "in my head": ["therapy-and-thinking-skills"],
    "driving hurts": ["therapy-and-thinking-skills"],
    "overdose": ["get-help-now"],
    "suicide": ["get-help-now"],
    "Narcan": ["get-help-now"],
    "naloxone": ["get-help-now"],
    "rehab": ["get-help-now", "tapering-and-recovery"],
    "open Saturday": ["hours-and-locations"],
    "Saturday": ["hours-and-locations"],
    "phone number": ["hours-and-locations"],
    "Brooklyn": ["hours-and-locations"],
    "withdrawl": ["tapering-and-recovery", "signs-and-diagnosis"],  # as people spell it
    "opiod tolerence": ["signs-and-diagnosis"],
    "oppioid withdrawel": ["tapering-and-recovery", "signs-and-diagnosis"],
    "percocet": [HOME],  # as the bottle says
    "suboxone": ["get-help-now"],
    "benzos": ["how-pain-works", "other-pain-treatments", "prevention-and-early-help"],
    "stop opioids": ["tapering-and-recovery"],
    "glossary": ["how-pain-works"],
    "español": ["get-help-now"],
    "stopping opioids": ["tapering-and-recovery"],
    "directions": ["hours-and-locations"],
    "who wrote this": ["about-this-guide"],
    "report a mistake": ["about-this-guide"],
    "cookies": ["privacy"],
    "legal terms": ["terms"],
    "can't sleep": ["tapering-and-recovery"],
    "scared": ["get-help-now"],
    "drowsy": ["get-help-now"],
    "snoring": ["get-help-now"],
    "my mom": ["get-help-now"],
    "shaking": ["tapering-and-recovery"],
    "throwing up": ["tapering-and-recovery"],
    "doctor cut me off": ["signs-and-diagnosis"],
    "doctor won't refill": ["signs-and-diagnosis"],
    "weed": ["prevention-and-early-help"],
    "will it go away": ["how-pain-works"],
    "lyrica": ["other-pain-treatments"],
    "muscle relaxer": ["prevention-and-early-help"],
    "roxy": [HOME],
    "cymbalta": ["other-pain-treatments"],
    "relapse": ["get-help-now"],
    "my doctor doesn't believe me": [HOME],
    "nobody believes me": [HOME],
}


# What someone types who may be in danger: the numbers come first, and then the page that says what to do.
URGENT = [
    "suicide", "suiside", "suicidal thoughts", "kill myself", "I want to die", "am i going to die", "hurt myself",
    "overdose", "took too many pills", "took two doses", "can't breathe", "not breathing", "911", "chest pain",
    "blue lips", "my father is very sleepy", "dad won't wake up", "can't wake him", "hard to wake", "cannot be woken",
    "unresponsive", "he is turning blue", "not responding", "I can't do this anymore", "can't take it anymore",
    "my son is od'ing", "ODing", "he ODed", "too many pills", "took an extra pill", "took more than i should",
    "took 2 pills by accident", "my kid ate my pills", "child swallowed oxycodone", "nodding off", "collapsed",
    "purple lips", "lips are blue", "pinpoint pupils", "he wont respond", "she's not moving", "i want to end it",
    "I hate my life", "sobredosis", "ayuda",
]  # fmt: skip
DEATH = [
    "kill myself", "I want to die", "hurt myself", "self-harm", "end my life", "don't want to be here anymore",
    "dont want to live", "no reason to live", "better off without me", "kms", "unalive",
]  # fmt: skip
# What only sounds like it.
CALM = [
    "pain killers", "pain all over", "hurt my back", "cut my dose", "hard times", "open Saturday", "can't sleep",
    "awake at night", "how to end a taper", "throw away pills", "what can I take", "moving hurts", "odd pain",
    "pain when not moving", "foam roller exercise",
]  # fmt: skip


@pytest.fixture(scope="module")
def search(browser, site_url) -> Page:
    with browser.new_context(service_workers="block") as context:
        page = context.new_page()
        page.goto(f"{site_url}/search/")
        expect(page.get_by_role("searchbox")).to_be_visible()
        yield page


@pytest.mark.parametrize("query", QUERIES)
def test_the_page_that_answers_comes_first(search: Page, query: str) -> None:
    search.get_by_role("searchbox").fill(query)
    search.get_by_role("button", name="Search").click()
    expect(search.get_by_role("status")).to_contain_text(f"for “{query}”")
    first = results(search).get_by_role("listitem").get_by_role("link").first.get_attribute("href")
    assert first.split("#")[0].rstrip("/") in [
        f"../{page}".rstrip("/").replace("../..", "..") for page in QUERIES[query]
    ]


@pytest.mark.parametrize("query", URGENT)
def test_someone_in_danger_is_told_first_whom_to_call(search: Page, query: str) -> None:
    found = links_for(search, query)
    assert found[:4] == ["tel:911", "tel:988", "sms:988", "../get-help-now/"]


@pytest.mark.parametrize("query", DEATH)
def test_someone_who_thinks_of_death_finds_help_and_nothing_else(search: Page, query: str) -> None:
    assert links_for(search, query) == ["tel:911", "tel:988", "sms:988", "../get-help-now/"]


@pytest.mark.parametrize("query", CALM)
def test_nobody_else_is_alarmed(search: Page, query: str) -> None:
    assert not [link for link in links_for(search, query) if link.startswith("tel:")]


def test_each_result_says_something_of_its_own(search: Page) -> None:
    """The warning that stands on most pages tells none of them from the others."""
    links_for(search, "withdrawal")
    said = results(search).get_by_role("listitem").locator("p:last-child").all_inner_texts()
    assert len(said) > 3
    assert len(set(said)) == len(said)


def test_an_item_of_a_list_is_a_sentence_of_its_own(search: Page) -> None:
    links_for(search, "chest pain")
    expect(results(search)).to_contain_text("you or someone else has chest pain.")


def test_a_screen_reader_is_told_how_much_was_found_and_whom_to_call_but_not_the_whole_list(search: Page) -> None:
    links_for(search, "overdose")
    told = search.get_by_role("status").inner_text().splitlines()
    assert [line for line in told if line] == ["In danger: call 911. In a crisis: call 988 or text 988.", told[-1]]
    assert told[-1].endswith("pages for “overdose”")


def test_a_result_leads_to_its_page(search: Page, site_url: str) -> None:
    search.goto(f"{site_url}/search/#q=naloxone")
    results(search).get_by_role("link").first.click()
    expect(search.get_by_role("heading", level=1)).to_have_text("Get help now")


def test_what_is_typed_is_never_sent(page: Page, site_url: str) -> None:
    asked: list[str] = []
    page.goto(f"{site_url}/search/")
    page.on("request", lambda request: asked.append(request.url))
    page.get_by_role("searchbox").fill("suicide")
    page.keyboard.press("Enter")
    expect(page.get_by_role("status")).to_contain_text("suicide")
    page.reload()
    expect(page.get_by_role("status")).to_contain_text("suicide")
    assert not [url for url in asked if "suicide" in url.split("#")[0]]


def test_nothing_found_says_what_to_do(search: Page, site_url: str) -> None:
    search.goto(f"{site_url}/search/#q=xylophone")
    search.reload()
    expect(search.get_by_role("status")).to_contain_text("Nothing was found for “xylophone”. Try one plain word")


def test_whoever_finds_nothing_is_told_whom_to_call(search: Page) -> None:
    assert links_for(search, "xylophone") == ["tel:911", "tel:988", "sms:988"]


def test_words_in_the_address_are_shown_as_words(search: Page, site_url: str) -> None:
    search.goto(f"{site_url}/search/#q=%3Cimg%20src%3Dx%3E")
    search.reload()
    expect(search.get_by_role("status")).to_contain_text("<img src=x>")
    assert search.locator("[data-results] img").count() == 0


def test_without_javascript_search_says_that_it_needs_it(without_javascript: Page, site_url: str) -> None:
    without_javascript.goto(f"{site_url}/search/")
    assert "Search needs JavaScript" in without_javascript.get_by_role("main").inner_text()
    expect(without_javascript.get_by_role("searchbox")).to_have_count(0)


def results(search: Page) -> Locator:
    """Everything that a search has put on the page."""
    return search.locator("[data-results]")


def links_for(search: Page, query: str) -> list[str]:
    """Where everything found for `query` leads, in the order of the page."""
    search.get_by_role("searchbox").fill(query)
    search.get_by_role("button", name="Search").click()
    expect(search.get_by_role("status")).to_contain_text(f"for “{query}”")
    return [link.get_attribute("href") or "" for link in results(search).get_by_role("link").all()]
