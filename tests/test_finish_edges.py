"""Details of the finishing pass where a slip would be small and nobody would see it."""

from __future__ import annotations

import datetime
import json
from pathlib import Path

import pytest
import turbohtml

import finish
from finish import styles
from finish.built_site import load
from finish.ics import events
from finishing import DATA, KEPT, document_of, site_of
from sitecheck.model.clinic import Clinic, Hours, Place

DRAWING = '<svg><clipPath id="gate"><path d="M0 0H9"/></clipPath><path clip-path="url(#gate)" d="M0 0H9"/></svg>'
SOURCES = '<details class="sources"><summary><h2 id="sources">1</h2></summary><li id="source-fda">FDA</li></details>'
DAY = datetime.date(2026, 11, 22)


def checked_on(day: str) -> str:
    return f'<h1>Pain</h1><section data-checked="{day}"></section>'


def printed(folder: Path, page: str) -> turbohtml.Document:
    """The page to print of two pages with these words, the front page leading to the other."""
    words = '<div class="text"><h1>Pain</h1>{}<section class="end-block"><p>Checked in May.</p></section></div>{}'
    site_of(folder, words.format(page, ""))
    site_of(folder, words.format(page, f'<a rel="next" href="{KEPT[0]}">Next</a>'), pages=("index.html",))
    finish.finish(folder, DATA)
    return document_of(folder, "print/index.html")


def test_the_date_of_a_build_is_that_of_its_newest_page(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("SOURCE_DATE_EPOCH", raising=False)
    site_of(tmp_path, checked_on("2026-01-05"))
    site_of(tmp_path, checked_on("2026-11-22"), pages=("index.html",))
    assert load(tmp_path, DATA).timestamp().date() == DAY


def test_a_drawing_on_the_print_page_refers_to_its_own_ids(tmp_path: Path) -> None:
    whole = printed(tmp_path, DRAWING)
    names = {f"url(#{path.attr('id')})" for path in whole.select("clipPath, clippath")}
    assert len(names) == 2
    assert {path.attr("clip-path") for path in whole.select("path[clip-path]")} == names


def test_lines_that_end_every_page_are_printed_once(tmp_path: Path) -> None:
    whole = printed(tmp_path, "<p>Words.</p>")
    assert whole.select_one("main").text.count("Checked in May.") == 1
    assert whole.select(".part .end-block") == []


def test_links_to_the_sources_of_a_page_lead_to_those_of_the_print_page(tmp_path: Path) -> None:
    whole = printed(tmp_path, '<a href="#sources">Sources</a> <a href="#source-fda">FDA</a>' + SOURCES)
    assert [link.attr("href") for link in whole.select(".part a")] == ["#sources", "#source-fda"] * 2
    assert len(whole.select("#sources, #source-fda")) == 2


def test_a_citation_of_two_sources_leads_to_the_first_on_the_print_page_too(tmp_path: Path) -> None:
    cite = '<sup class="cite"><a href="#source-a" aria-label="Sources 1, 2">1, 2</a></sup>'
    whole = printed(
        tmp_path, f'{cite}<details class="sources"><li id="source-a">A</li><li id="source-b">B</li></details>'
    )
    cited = {(link.attr("href"), link.text, link.attr("aria-label")) for link in whole.select(".cite a")}
    assert cited == {("#source-a", "1, 2", "Sources 1, 2")}


def test_a_page_in_the_place_of_the_print_page_is_reported(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "docs").mkdir()
    (tmp_path / "docs" / "print.md").touch()
    with pytest.raises(finish.FinishError, match=r"docs/print\.md:1:1 "):
        finish.finish(site_of(tmp_path / "site", "<h1>Pain</h1>"), DATA)


def test_the_search_index_takes_the_keywords_of_a_page(tmp_path: Path) -> None:
    site_of(tmp_path, "<h1>Pain</h1>", '<meta name="keywords" content="ache, hurt">')
    for _ in range(2):  # a second run finds them in the index
        finish.finish(tmp_path, DATA)
        entries = json.loads((tmp_path / "search/search_index.json").read_text("utf-8"))["docs"]
        assert {entry["keywords"] for entry in entries} == {"ache, hurt"}
        assert document_of(tmp_path).select("meta[name=keywords]") == []


def test_the_search_index_has_each_page_and_of_its_sections_those_with_words(tmp_path: Path) -> None:
    site_of(tmp_path, '<h1>Pain</h1><h2 id="rest">Rest</h2><p>Sleep.</p><h2 id="later">Later</h2>')
    finish.finish(tmp_path, DATA)
    entries = json.loads((tmp_path / "search/search_index.json").read_text("utf-8"))["docs"]
    of_page = {entry["location"]: entry["text"] for entry in entries if "/" not in entry["location"]}
    assert of_page == {"": "", "#rest": "Sleep."}


def test_no_cache_rule_names_the_404_page(site: Path) -> None:
    addresses = [line for line in (site / "_headers").read_text("utf-8").splitlines() if not line.startswith(" ")]
    assert "/get-help-now/" in addresses
    assert not any("404" in address for address in addresses)


def test_a_card_below_an_h6_has_an_h6(tmp_path: Path) -> None:
    card = '<div class="admonition urgent"><p class="admonition-title">Call if:</p><ul><li>it hurts</li></ul></div>'
    site_of(tmp_path, f"<h1>Pain</h1><h6>Deep</h6>{card}")
    finish.finish(tmp_path, DATA)
    section = document_of(tmp_path).select_one("section.care-urgent")
    assert [heading.tag for heading in section.select("h1, h2, h3, h4, h5, h6")] == ["h6"]


@pytest.mark.parametrize(
    ("selector", "stays"),
    [
        (".there:not(.absent)", True),
        (".there :is(.absent,h2:first-child)", True),
        (":where(.absent,.there:not(.absent)) > p", True),
        (".there:has([class^=panels])", True),
        (":is([id$=there],.absent) b", True),
        (".there:is(.absent)", False),
        (".there:has(.absent > b)", False),
        (":is(.absent > :is(h1,h2) + ul a,.there:is(.gone)) b", False),
    ],
)
def test_a_rule_stays_when_one_of_its_alternatives_can_match(selector: str, stays: bool) -> None:
    rule = f"{selector}{{color:red}}"
    assert styles.matching_rules(rule, {"there"}) == (rule if stays else "")


def test_equal_opening_and_closing_times_last_a_day() -> None:
    hours = (Hours("09:00", "09:00", day="Monday"),)
    clinic = Clinic(time_zone="America/New_York", hours=hours, closures=(), locations=(Place("pier"),))
    (_, _, start, end, _), *_ = events(clinic, clinic.schedules[0], DAY)
    assert end - start == datetime.timedelta(days=1)


@pytest.mark.parametrize(("last_day", "events_left"), [("2026-11-22", 0), ("2026-11-23", 1)])
def test_a_location_that_closes_for_good_has_events_through_its_last_day(last_day: str, events_left: int) -> None:
    hours = (Hours("09:00", "17:00", day="Monday"),)
    place = Place("pier", last_day=last_day)
    clinic = Clinic(time_zone="America/New_York", hours=hours, closures=(), locations=(place,))
    assert len(list(events(clinic, clinic.schedules[0], DAY))) == events_left


def test_a_page_without_main_is_finished_too(tmp_path: Path) -> None:
    site_of(tmp_path, "<h1>Pain</h1>")
    page = '<!doctype html><html lang="en"><meta charset="utf-8"><title>Other</title><p>Words</p>'
    (tmp_path / "other.html").write_text(page, "utf-8")
    finish.finish(tmp_path, DATA)
    assert document_of(tmp_path, "other.html").select_one("body").text.strip() == "Words"


HARBOR = '{"@type": "WebSite", "name": "Harbor"}'


@pytest.mark.parametrize("data", [HARBOR, f"[[1], {HARBOR}]", f'{{"@graph": {HARBOR}}}'])
def test_the_sites_name_is_found_in_any_form_of_structured_data(tmp_path: Path, data: str) -> None:
    finish.finish(site_of(tmp_path, "<h1>Pain</h1>", f'<script type="application/ld+json">{data}</script>'), DATA)
    assert document_of(tmp_path).select_one('meta[property="og:site_name"]').attr("content") == "Harbor"


@pytest.mark.parametrize(
    ("written", "left"),
    [
        ('<div class="md-a" data-md-component="b"><p>x</p></div>', "<p>x</p>"),
        ('<div class="md-a" id="b">x</div>', '<div id="b">x</div>'),
        ('<div class="own md-a">x</div>', '<div class="own">x</div>'),
        ('<p class="md-a" data-md-component="b">x</p>', "<p>x</p>"),
    ],
)
def test_the_boxes_and_class_names_of_the_theme_are_removed(tmp_path: Path, written: str, left: str) -> None:
    finish.finish(site_of(tmp_path, written), DATA)
    assert document_of(tmp_path).select_one("main").inner_html == left
