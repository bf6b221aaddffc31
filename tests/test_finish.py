"""The finishing pass: nothing of the words is lost, nothing of the theme is left, and a second run changes nothing."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest
import turbohtml

import finish
from finish import care_cards, csp, styles
from finishing import DATA, FILES, KEPT, document_of, site_of
from hosting import EPOCH, environ

FIRST_ROUND_TRIP = 14_600  # bytes that reach a reader before the first answer is waited for
LEVELS = re.compile("Immediate action required:|Urgent advice:|Non-urgent advice:")


@pytest.fixture
def small(tmp_path: Path) -> Path:
    """A site of one page, to put markup into."""
    return site_of(tmp_path, "<h1>Pain</h1>")


def content_of(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_a_second_run_changes_nothing(site: Path, tmp_path: Path) -> None:
    again = tmp_path / "site"
    shutil.copytree(site, again)
    with environ(SOURCE_DATE_EPOCH=EPOCH):
        finish.finish(again, DATA)
    assert content_of(again) == content_of(site)


@pytest.mark.parametrize("path", FILES)
def test_no_word_of_a_page_is_lost(site: Path, unfinished: Path, path: str) -> None:
    """But for the theme's script, the title that an inset never had, and the levels that cards are given."""
    before, after = (document_of(folder, path).select_one("main") for folder in (unfinished, site))
    before.remove("script, .inset .admonition-title, [data-review][hidden]")
    assert LEVELS.sub("", after.text).split() == before.text.split()


@pytest.mark.parametrize("path", FILES)
def test_no_part_of_the_theme_is_left(site: Path, path: str) -> None:
    leftovers = ".md-toggle, .md-overlay, .md-dialog, [data-md-component], [data-md-toggle], .no-js, .admonition"
    assert document_of(site, path).select(leftovers) == []


def test_no_file_of_the_theme_is_left(site: Path) -> None:
    assert [name for name in content_of(site) if re.search(r"\.map$|lunr|bundle|stylesheets|javascripts", name)] == []


@pytest.mark.parametrize("path", FILES)
def test_the_first_paint_needs_one_round_trip(site: Path, path: str) -> None:
    document = document_of(site, path)
    assert document.select("style") and not document.select("link[rel=stylesheet]")
    assert (site / f"{path}.br").stat().st_size <= FIRST_ROUND_TRIP


@pytest.mark.parametrize("path", FILES)
def test_the_tab_key_first_reaches_skip_to_content(site: Path, path: str) -> None:
    document = document_of(site, path)
    first = document.select_one("body a[href], body button, body input")
    assert first.text == "Skip to content"
    assert document.select_one("main").attr("id") == first.attr("href")[1:]


BLOCKS = [
    (
        '<h2 id="a">A</h2><div class="admonition emergency" id="sos"><p class="admonition-title">Call if:</p>x</div>',
        '<section class="care care-emergency" id="sos" aria-labelledby="sos-heading"><h3 id="sos-heading">'
        '<span class="visually-hidden">Immediate action required: </span>Call if:</h3>x</section>',
    ),
    (
        '<h1>P</h1><div class="admonition in-short"><p class="admonition-title">In short</p>x</div>',
        '<section class="in-short" aria-labelledby="in-short"><h2 id="in-short">In short</h2>x</section>',
    ),
    (
        '<h1>P</h1><div class="admonition warning never-stop"><p class="admonition-title">Do <b>not</b></p>x</div>',
        '<section class="warning never-stop" id="do-not" aria-labelledby="do-not-heading">'
        '<h2 id="do-not-heading">Do <b>not</b></h2>x</section>',
    ),
    (
        '<h4 id="do">D</h4><div class="admonition do"><p class="admonition-title">Do</p>x</div>',
        '<section class="do" id="do-2" aria-labelledby="do-2-heading"><h5 id="do-2-heading">Do</h5>x</section>',
    ),
    (
        '<div class="admonition inset"><p class="admonition-title">Note</p><p>x</p></div>',
        '<div class="inset"><p>x</p></div>',
    ),
    ('<div class="admonition calm"><p>x</p></div>', '<div class="inset calm"><p>x</p></div>'),
]


@pytest.mark.parametrize(("written", "published"), BLOCKS, ids=[case[1][9:30] for case in BLOCKS])
def test_a_block_becomes_a_section_with_a_heading(tmp_path: Path, written: str, published: str) -> None:
    finish.finish(site_of(tmp_path, written), DATA)
    assert published in document_of(tmp_path).select_one("main").inner_html


def test_an_inlined_stylesheet_keeps_its_medium_and_its_addresses(tmp_path: Path) -> None:
    (tmp_path / "css").mkdir()
    (tmp_path / "css" / "print.css").write_text("p{background:url(../dot.png)}i{background:url(data:x)}")
    head = '<link rel="stylesheet" href="/guide/css/print.css" media="print"><link rel="stylesheet" href="gone.css">'
    (tmp_path / "a.html").write_text('<!doctype html><html lang="en"><meta charset="utf-8"><title>Unstyled</title>')
    finish.finish(site_of(tmp_path, "", head), DATA)
    page = document_of(tmp_path, "get-help-now/index.html")
    assert (
        page.select_one("style").text.replace('"', "")
        == "@media print{p{background:url(../dot.png)}i{background:url(data:x)}}"
    )
    assert [link.attr("href") for link in page.select("link[rel=stylesheet]")] == ["gone.css"]


def test_many_pages_share_one_style(tmp_path: Path) -> None:
    """The hash of every style stands in one header, and a header has its limits."""
    site_of(tmp_path, "", '<link rel="stylesheet" href="/guide/site.css">')
    (tmp_path / "site.css").write_text("".join(f".c{number}{{top:{number}px}}" for number in range(40)))
    for number in range(40):
        page = (tmp_path / "index.html").read_text("utf-8").replace("<main>", f'<main class="c{number}">')
        (tmp_path / f"{number}.html").write_text(page, "utf-8")
    finish.finish(tmp_path, DATA)
    found = {document_of(tmp_path, f"{number}.html").select_one("style").text for number in range(40)}
    assert len(found) == 1
    assert ".c0{" in found.pop()


def test_two_cards_in_a_section_have_headings_of_one_level(tmp_path: Path) -> None:
    card = '<div class="admonition urgent"><p class="admonition-title">Call if:</p></div>'
    finish.finish(site_of(tmp_path, f"<h1>P</h1><h2>A</h2>{card}{card}<h2>B</h2>"), DATA)
    assert [heading.tag for heading in document_of(tmp_path).select("h1, h2, h3, h4")] == ["h1", "h2", "h3", "h3", "h2"]


@pytest.mark.parametrize(
    ("words", "taken", "anchor"),
    [("Call 911 now, if:", set(), "call-911-now-if"), ("Café", {"cafe"}, "cafe-2"), ("???", set(), "block")],
)
def test_an_anchor_is_made_of_the_heading(words: str, taken: set[str], anchor: str) -> None:
    assert care_cards.anchor(words, taken) == anchor


TABLE = "<table><thead><tr><th>Drug</th><th>Looks  like</th></tr></thead><tbody><tr>{}</tr></tbody></table>"


@pytest.mark.parametrize(
    ("row", "labels"),
    [
        ("<td>a</td><td>b</td>", ["Drug", "Looks like"]),
        ("<th scope=row>a</th><td>b</td>", ["Looks like"]),
        ("<td colspan=2>a</td>", []),
    ],
)
def test_a_cell_is_labeled_with_its_column(tmp_path: Path, row: str, labels: list[str]) -> None:
    finish.finish(site_of(tmp_path, TABLE.format(row)), DATA)
    assert [cell.attr("data-label") for cell in document_of(tmp_path).select("[data-label]")] == labels


STYLES = [
    ("p{a:b}", set(), "p{a:b}"),
    (".a{x:y}.b{x:y}", {"b"}, ".b{x:y}"),
    (".a p,.b,i{x:y}", {"b"}, ".b,i{x:y}"),
    ("#a{x:y}", set(), ""),
    ("@media print{.a{x:y}.b{x:y}}", {"a"}, "@media print{.a{x:y}}"),
    ("@media print{.a{x:y}}", set(), ""),
    ("@page{x:y}@keyframes a{to{x:y}}", set(), "@page{x:y}@keyframes a{to{x:y}}"),
    (":is(p,q:not(.a,.b)) i,.a{x:y}", set(), ":is(p,q:not(.a,.b)) i{x:y}"),
    (":not(.a)>p{x:y}", set(), ":not(.a)>p{x:y}"),
    ('[href="#a"],[title=".b"]{x:y}', set(), '[href="#a"],[title=".b"]{x:y}'),
    ('.a::before{content:"}"}', {"a"}, '.a::before{content:"}"}'),
    ('@charset "utf-8";.a{x:y}', set(), '@charset "utf-8";'),
]


@pytest.mark.parametrize(("css", "names", "kept"), STYLES, ids=[case[0] for case in STYLES])
def test_only_rules_that_can_match_are_kept(css: str, names: set[str], kept: str) -> None:
    assert styles.matching_rules(css, names) == kept


REFUSED = [
    ("<p style='color:red'>x</p>", "<p style=…> has no effect"),
    ("<b onclick='x()'>x</b>", "<b onclick=…> will not run"),
    ("<a href=' JavaScript:x()'>x</a>", "<a href=…> leads nowhere"),
    ("<style>p{color:red}</style>", "a <style> in the page's text has no effect"),
    ("<script>x()</script>", "an inline <script> will not run"),
]


@pytest.mark.parametrize(("markup", "message"), REFUSED)
def test_markup_that_the_policy_blocks_is_reported_with_its_page(small: Path, markup: str, message: str) -> None:
    site_of(small, markup)
    with pytest.raises(finish.FinishError) as told:
        finish.finish(small, DATA)
    lines = str(told.value).splitlines()
    assert any(line.startswith(f"get-help-now/index.html: {message}") for line in lines)
    assert len(lines) == len({"", *KEPT})


@pytest.mark.parametrize("markup", ["<p class=x>x</p>", '<script type="application/ld+json">{}</script>'])
def test_markup_that_the_policy_allows_is_not_reported(markup: str) -> None:
    assert list(csp.refused_markup(turbohtml.parse(markup))) == []


def test_a_folder_without_a_site_is_reported(tmp_path: Path) -> None:
    with pytest.raises(finish.FinishError, match="holds no index"):
        finish.finish(tmp_path, DATA)


def test_a_page_to_keep_offline_must_exist(small: Path) -> None:
    shutil.rmtree(small / "get-help-now")
    with pytest.raises(finish.FinishError, match=r"docs/_data/offline.yml: there is no page get-help-now/"):
        finish.finish(small, DATA)
