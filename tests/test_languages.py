"""The help page in other languages: found from every page, right in every number, read without a second swipe."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
import turbohtml
import yaml
from playwright.sync_api import Page, expect

from hosting import PAGES, ROOT, Project
from printing import sheets

LANGUAGES = {"es": "Español", "zh-Hans": "简体中文", "zh-Hant": "繁體中文"}
HELP = "get-help-now/"
GROUP = {**{lang: f"{lang}/" for lang in LANGUAGES}, "en": HELP, "x-default": HELP}
HOME = "https://guide.example/"
STEPS = yaml.safe_load((ROOT / "docs/_data/overdose.yml").read_text("utf-8"))["steps"]
CLINIC = yaml.safe_load((ROOT / "docs/_data/clinic.yml").read_text("utf-8"))["extra"]["clinic"]
SCREEN = 664  # px of a phone that is left between the bars of its browser
FONTS = {"zh-Hans": "pingfang sc", "zh-Hant": "pingfang tc"}
FAMILY = "element => getComputedStyle(element).fontFamily.toLowerCase()"


def page_of(site: Path, path: str) -> turbohtml.Document:
    return turbohtml.parse((site / path / "index.html").read_bytes())


def numbers(text: str) -> list[str]:
    return re.findall(r"\d+(?:-\d+)*", text)


def meta(lang: str) -> dict:
    return yaml.safe_load((ROOT / f"docs/{lang}.md").read_text("utf-8").split("---\n")[1])


@pytest.mark.parametrize("path", [*PAGES, "print/"])
def test_every_page_leads_to_each_language_in_its_own_words(site: Path, path: str) -> None:
    links = page_of(site, path).select("header a[hreflang]")
    assert {link.attr("hreflang"): link.text for link in links} == LANGUAGES
    assert [link.attr("lang") for link in links] == list(LANGUAGES)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_page_says_which_language_each_part_is_in(site: Path, lang: str) -> None:
    page = page_of(site, lang)
    assert page.find("html").attr("lang") == lang
    for english in (".md-skip", ".header", ".rail", ".end-block", ".footer", ".addresses"):
        assert page.select_one(english).attr("lang") == "en", english
    assert page.select_one(".emergency-line").attr("lang") is None


def test_the_english_trail_stands_on_english_pages_alone(site: Path) -> None:
    trails = {path for path in PAGES if page_of(site, path).select(".breadcrumb")}
    assert trails == set(PAGES) - {"", *GROUP.values()} | {HELP}


@pytest.mark.parametrize("path", ["es/", "zh-Hans/", "zh-Hant/", HELP])
def test_search_engines_are_told_of_the_page_in_each_language(site: Path, path: str) -> None:
    links = page_of(site, path).select("head link[rel=alternate][hreflang]")
    assert {link.attr("hreflang"): link.attr("href") for link in links} == {
        lang: HOME + to for lang, to in GROUP.items()
    }
    entry = next(
        one for one in (site / "sitemap.xml").read_text("utf-8").splitlines() if f"<loc>{HOME}{path}</loc>" in one
    )
    assert dict(re.findall(r'hreflang="([^"]+)" href="([^"]+)"', entry)) == {
        lang: HOME + to for lang, to in GROUP.items()
    }


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_steps_are_those_of_the_english_page(site: Path, lang: str) -> None:
    steps = page_of(site, lang).select(".overdose-steps > li")
    assert [step.attr("id") for step in steps] == [f"step-{step['id']}" for step in STEPS]
    assert [numbers(step.text) for step in steps] == [numbers(f"{step['short']} {step['text']}") for step in STEPS]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_its_numbers_call_and_its_addresses_are_the_clinics(site: Path, lang: str) -> None:
    main = page_of(site, lang).find("main")
    called = [link.attr("href").removeprefix("tel:") for link in main.select('a[href^="tel:"]')]
    assert called == ["911", "911", "988", "+18002221222", "+18006624357"]
    for place in CLINIC["locations"]:
        assert f"{place['street']}, {place['city']}, {place['state']} {place['zip']}" in main.text
    assert len(main.select("tr")) == len(CLINIC["hours"])


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("width", [320, 390])
def test_the_first_steps_are_read_without_a_second_swipe(look: Page, site_url: str, lang: str, width: int) -> None:
    look.set_viewport_size({"width": width, "height": SCREEN})
    look.goto(f"{site_url}/{lang}/")
    third = look.locator(".overdose-steps > li").nth(2 if width == 390 else 1).bounding_box()
    assert third["y"] + third["height"] <= 1.5 * SCREEN


@pytest.mark.parametrize("lang", FONTS)
def test_chinese_is_drawn_by_its_own_kind_of_writing(look: Page, site_url: str, lang: str) -> None:
    look.goto(f"{site_url}/{lang}/")
    for part in (".overdose-steps li", "h1", "h2"):
        assert look.locator(part).first.evaluate(FAMILY).startswith(f'"{FONTS[lang]}"')
    look.goto(f"{site_url}/")
    link = look.get_by_role("link", name=LANGUAGES[lang])
    assert link.evaluate(FAMILY).startswith(f'"{FONTS[lang]}"')


@pytest.mark.parametrize("lang", LANGUAGES)
def test_on_paper_it_keeps_its_steps_and_numbers(look: Page, site_url: str, lang: str) -> None:
    look.goto(f"{site_url}/{lang}/")
    look.emulate_media(media="print")
    for part in (".overdose-steps", "main a[href='tel:988']", "table.hours", ".addresses >> nth=0"):
        expect(look.locator(part).first).to_be_visible()


@pytest.mark.parametrize("lang", LANGUAGES)
def test_on_paper_it_takes_two_sheets_at_most(look_in_fonts: Page, site_url: str, lang: str) -> None:
    look_in_fonts.goto(f"{site_url}/{lang}/")
    assert sheets(look_in_fonts) <= 2


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_red_line_says_what_each_number_is_for(site: Path, lang: str) -> None:
    danger, crisis = (call["label"] for call in meta(lang)["calls"][:2])
    line = page_of(site, f"{lang}/").select_one(".emergency-line").text
    assert re.search(f"{re.escape(danger)}.*911[.。].*{re.escape(crisis)}.*988[.。]", line)


def test_the_index_of_the_search_knows_their_languages(site: Path) -> None:
    entries = json.loads((site / "search" / "search_index.json").read_text("utf-8"))["docs"]
    told = {entry["location"].partition("/")[0]: entry["lang"] for entry in entries if "lang" in entry}
    assert told == {lang: lang for lang in LANGUAGES}


@pytest.mark.parametrize(
    ("file", "old", "new", "found"),
    [
        ("docs/_data/overdose.yml", "Put the phone on speaker.", "Put it on speaker.", ["es", "zh-Hans", "zh-Hant"]),
        ("docs/es.md", "2 a 3 minutos", "2 a 30 minutos", ["es"]),
        ("docs/zh-Hant.md", "撥打 988", "撥打 998", ["zh-Hant"]),
        ("docs/zh-Hans.md", "  - id: side", "  - id: stay", ["zh-Hans"]),
        ("docs/zh-Hans.md", "lang: zh-Hans", "lang: zh-Hant", ["zh-Hans"]),
    ],
    ids=["a step changed", "minutes", "a number", "a step lost", "another language"],
)
def test_what_is_no_longer_the_same_is_told_at_its_line(
    project: Project, site: Path, file: str, old: str, new: str, found: list[str]
) -> None:
    project.replace(file, old, new, 1)
    outcome = project.check(site)
    assert outcome.status == 1
    lines = [line for line in outcome.lines if re.search(r"TR00\d", line)]
    assert {line.partition(".md:")[0].removeprefix("docs/") for line in lines} == set(found), outcome.text
