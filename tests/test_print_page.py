"""The whole guide on one page, for somebody who wants it on paper."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path
from urllib.parse import unquote

import pytest
import turbohtml
from playwright.sync_api import Page

from hosting import PAGES

TOOLS = ".open-now, .on-this-page, .breadcrumb, .previous-next, form"  # what paper cannot do
NOT_PRINTED = {
    *("about-this-guide/", "privacy/", "terms/", "search/", "es/", "zh-Hans/", "zh-Hant/"),
    *("overdose-steps-sheet/", "visit-sheet/"),  # sheets of paper of their own
}
PARTS = sorted(set(PAGES) - NOT_PRINTED)


@pytest.fixture(scope="module")
def whole(site: Path) -> turbohtml.Document:
    return turbohtml.parse((site / "print" / "index.html").read_bytes())


def part(whole: turbohtml.Document, page: str) -> turbohtml.Element:
    return whole.select_one(f"#{page.rstrip('/') or 'overview'}.part")


def test_every_page_that_a_patient_reads_is_there_and_help_is_first(whole: turbohtml.Document) -> None:
    assert sorted(one.attr("id") for one in whole.select(".part")) == sorted(
        page.rstrip("/") or "overview" for page in PARTS
    )
    assert whole.select_one(".part").attr("id") == "get-help-now"


@pytest.mark.parametrize("path", PARTS)
def test_a_part_has_the_words_of_its_page(site: Path, whole: turbohtml.Document, path: str) -> None:
    own = turbohtml.parse((site / path / "index.html").read_bytes()).select_one("main .text")
    for level in range(1, 5):
        there = [heading.text for heading in part(whole, path).select(f"h{level + 1}")]
        here = [heading.text for heading in own.select(f"h{level}") if heading.closest(f"{TOOLS}, .sources") is None]
        assert there == here
    facts = {(fact.attr("data-fact"), fact.text) for fact in own.select("[data-fact]") if fact.closest(TOOLS) is None}
    assert facts <= {(fact.attr("data-fact"), fact.text) for fact in part(whole, path).select("[data-fact]")}
    assert len(part(whole, path).select(".care, .warning, .figure, table")) == len(
        own.select(".care, .warning, .figure, table")
    )
    assert part(whole, path).select(TOOLS) == []


@pytest.mark.parametrize("path", PARTS)
def test_a_citation_leads_to_the_sources_of_its_page_in_the_one_list(
    site: Path, whole: turbohtml.Document, path: str
) -> None:
    own = turbohtml.parse((site / path / "index.html").read_bytes()).select_one("main .text")
    assert part(whole, path).select(".sources") == []
    assert list(map(sorted, cited(part(whole, path), whole))) == list(map(sorted, cited(own, own)))


def cited(words: turbohtml.Element, page: turbohtml.Element | turbohtml.Document) -> list[list[str]]:
    """What each citation in `words` refers to, by the numbers it shows, in the list of `page`."""
    sources = [source.text for source in page.select(".sources li")]
    return [[sources[int(number) - 1] for number in mark.text.split(",")] for mark in words.select(".cite a")]


def test_each_source_is_listed_once(whole: turbohtml.Document) -> None:
    sources = [source.text for source in whole.select(".sources li")]
    assert len(sources) == len(set(sources)) > 50


def test_ids_are_unique_and_links_between_parts_stay_on_the_page(whole: turbohtml.Document) -> None:
    names = [element.attr("id") for element in whole.select("[id]")]
    assert len(names) == len(set(names))
    inside = [unquote(link.attr("href")[1:]) for link in whole.select('main a[href^="#"]')]
    assert len(inside) > len(PARTS)
    assert set(inside) <= set(names)
    outside = {link.attr("href") for link in whole.select('main a[href^="../"]')}
    assert {address.split("#")[0] for address in outside} <= {f"../{page}" for page in NOT_PRINTED}
    for name in ("for", "aria-labelledby", "aria-describedby"):
        for element in whole.select(f"main [{name}]"):
            assert set(element.attr(name).split()) <= set(names)


def test_the_frame_leads_to_every_page_but_this_one(site: Path, whole: turbohtml.Document) -> None:
    frame = "header a[href], footer a[href]"
    own = [link.attr("href") for link in turbohtml.parse((site / "index.html").read_bytes()).select(frame)]
    assert "print/" in own
    pages = {address for address in own if address in {f"{page}/" for page in ("es", "search", "privacy", "terms")}}
    assert len(pages) == 4
    here = {link.attr("href") for link in whole.select(frame)}
    assert {f"../{page}" for page in pages} <= here
    assert here.isdisjoint({"", "./", "../print/"})


def test_headings_go_down_step_by_step_from_one_title(whole: turbohtml.Document) -> None:
    levels = [int(heading.tag[1]) for heading in whole.select("main :is(h1, h2, h3, h4, h5, h6)")]
    assert levels.count(1) == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))


def test_search_engines_do_not_list_the_print_page(site: Path, whole: turbohtml.Document) -> None:
    assert whole.select_one('meta[name="robots"]').attr("content") == "noindex"
    for file in ("sitemap.xml", "search/search_index.json", "sw.js"):
        assert "print/" not in (site / file).read_text("utf-8")


def test_on_paper_help_has_its_own_sheets_and_a_title_stays_with_its_words(look: Page, site_url: str) -> None:
    look.goto(f"{site_url}/print/")
    look.emulate_media(media="print")
    breaks = look.eval_on_selector_all(".part", "parts => parts.map(part => getComputedStyle(part).breakBefore)")
    assert breaks[:2] == ["page", "page"]
    titles = look.eval_on_selector_all(".part > h2", "all => all.map(title => getComputedStyle(title).breakAfter)")
    assert set(titles) == {"avoid"}
    first = look.locator("body").inner_text().partition("Get help now\n")[0]
    assert "911" in first
    assert "988" in first
    assert look.locator("main button:visible, header nav:visible").count() == 0
