"""The help page in other languages: every page links to it, its numbers are right, and its first steps are in view."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
import turbohtml
import yaml
from playwright.sync_api import Page, expect

from cases import load
from hosting import PAGES, ROOT, Project
from printing import sheets

LANGUAGES = {"es": "Español", "zh-Hans": "简体中文", "zh-Hant": "繁體中文"}
HELP = "get-help-now/"
GROUP = {**{lang: f"{lang}/" for lang in LANGUAGES}, "en": HELP, "x-default": HELP}
HOME = "https://guide.example/"
STEPS = load(ROOT / "docs/_data/overdose.yml")["steps"]
CLINIC = load(ROOT / "docs/_data/clinic.yml")["extra"]["clinic"]
SCREEN = 664  # px of a phone's height between the bars of its browser
FONTS = {"zh-Hans": "pingfang sc", "zh-Hant": "pingfang tc"}
FAMILY = "element => getComputedStyle(element).fontFamily.toLowerCase()"


def page_of(site: Path, path: str) -> turbohtml.Document:
    return turbohtml.parse((site / path / "index.html").read_bytes())


def numbers(text: str) -> list[str]:
    return re.findall(r"\d+(?:-\d+)*", text)


def meta(lang: str) -> dict:
    return yaml.safe_load((ROOT / f"docs/{lang}.md").read_text("utf-8").split("---\n")[1])


@pytest.mark.parametrize("path", [*PAGES, "print/"])
def test_every_page_links_to_each_translation_by_its_own_name(site: Path, path: str) -> None:
    links = page_of(site, path).select("header a[hreflang]")
    assert {link.attr("hreflang"): link.text for link in links} == LANGUAGES
    assert [link.attr("lang") for link in links] == list(LANGUAGES)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_each_part_of_a_translation_declares_its_language(site: Path, lang: str) -> None:
    page = page_of(site, lang)
    assert page.find("html").attr("lang") == lang
    for english in (".md-skip", ".header", ".rail", ".end-block", ".footer", ".addresses"):
        assert page.select_one(english).attr("lang") == "en", english
    assert page.select_one(".emergency-line").attr("lang") is None


def test_only_english_pages_have_a_breadcrumb(site: Path) -> None:
    trails = {path for path in PAGES if page_of(site, path).select(".breadcrumb")}
    assert trails == set(PAGES) - {"", *GROUP.values()} | {HELP}


@pytest.mark.parametrize("path", ["es/", "zh-Hans/", "zh-Hant/", HELP])
def test_search_engines_can_find_every_translation(site: Path, path: str) -> None:
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
def test_a_translation_has_the_steps_and_numbers_of_the_english_page(site: Path, lang: str) -> None:
    steps = page_of(site, lang).select(".overdose-steps > li")
    assert [step.attr("id") for step in steps] == [f"step-{step['id']}" for step in STEPS]
    assert [numbers(step.text) for step in steps] == [numbers(f"{step['short']} {step['text']}") for step in STEPS]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_translation_has_the_phone_links_and_addresses_of_the_clinic(site: Path, lang: str) -> None:
    main = page_of(site, lang).find("main")
    called = [link.attr("href").removeprefix("tel:") for link in main.select('a[href^="tel:"]')]
    assert called == ["911", "911", "988", "+18002221222", "+18006624357"]
    for place in CLINIC["locations"]:
        assert f"{place['street']}, {place['city']}, {place['state']} {place['zip']}" in main.text
    assert len(main.select("tr")) == len(CLINIC["hours"])


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("width", [320, 390])
def test_the_first_steps_fit_on_a_screen_and_a_half(look: Page, site_url: str, lang: str, width: int) -> None:
    look.set_viewport_size({"width": width, "height": SCREEN})
    look.goto(f"{site_url}/{lang}/")
    third = look.locator(".overdose-steps > li").nth(2 if width == 390 else 1).bounding_box()
    assert third["y"] + third["height"] <= 1.5 * SCREEN


@pytest.mark.parametrize("lang", FONTS)
def test_chinese_uses_a_font_of_its_own_script(look: Page, site_url: str, lang: str) -> None:
    look.goto(f"{site_url}/{lang}/")
    for part in (".overdose-steps li", "h1", "h2"):
        assert look.locator(part).first.evaluate(FAMILY).startswith(f'"{FONTS[lang]}"')
    look.goto(f"{site_url}/")
    link = look.get_by_role("link", name=LANGUAGES[lang])
    assert link.evaluate(FAMILY).startswith(f'"{FONTS[lang]}"')


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_printed_translation_keeps_its_steps_and_numbers(look: Page, site_url: str, lang: str) -> None:
    look.goto(f"{site_url}/{lang}/")
    look.emulate_media(media="print")
    for part in (".overdose-steps", "main a[href='tel:988']", "table.hours", ".addresses >> nth=0"):
        expect(look.locator(part).first).to_be_visible()


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_printed_translation_fits_on_two_sheets(look_in_fonts: Page, site_url: str, lang: str) -> None:
    look_in_fonts.goto(f"{site_url}/{lang}/")
    assert sheets(look_in_fonts) <= 2


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_emergency_line_says_what_each_number_is_for(site: Path, lang: str) -> None:
    danger, crisis = (call["label"] for call in meta(lang)["calls"][:2])
    line = page_of(site, f"{lang}/").select_one(".emergency-line").text
    assert re.search(f"{re.escape(danger)}.*911[.。].*{re.escape(crisis)}.*988[.。]", line)


def test_the_search_index_has_the_language_of_each_translation(site: Path) -> None:
    entries = json.loads((site / "search" / "search_index.json").read_text("utf-8"))["docs"]
    languages = {entry["location"].partition("/")[0]: entry["lang"] for entry in entries if "lang" in entry}
    assert languages == {lang: lang for lang in LANGUAGES}


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
def test_a_translation_that_no_longer_matches_is_reported(
    project: Project, site: Path, file: str, old: str, new: str, found: list[str]
) -> None:
    project.replace(file, old, new, 1)
    outcome = project.check(site)
    assert outcome.status == 1
    lines = [line for line in outcome.lines if re.search(r"TR00\d", line)]
    assert {line.partition(".md:")[0].removeprefix("docs/") for line in lines} == set(found), outcome.text
