"""The changed pages as a clinician sees them: what is new and what goes is marked in place."""

from __future__ import annotations

from pathlib import Path

import pytest
import turbohtml

from changing import NAMES, TEXT, WORDS, read, state
from guide.changes import compare, marked_pages, summary


def marked_page(tmp_path: Path, old: str, new: str, reverse: bool = False) -> turbohtml.Document:
    """The page on which `old` became `new`, or, in reverse, `new` became `old`."""
    texts = [WORDS, WORDS.replace(old, new, 1)]
    before, after = map(state, (tmp_path / "a", tmp_path / "b"), reversed(texts) if reverse else texts)
    changes = compare.compare(read(before), read(after))
    return turbohtml.parse(marked_pages.document_of(changes, before, after, NAMES, "p { color: red }"))


@pytest.mark.parametrize(
    ("old", "new", "gone", "added"),
    [
        ("2 minutes", "20 minutes", "2", "20"),
        ("Rest well.", "", "Rest well .", ""),
        ("Rest well.", "Rest well. Sleep.", "", "Sleep."),
        ("<li>Take care.</li>", "<li>Take care.</li><li>Eat.</li>", "", "Eat."),
        ("<li>Take care.</li>", "", "Take care.", ""),
        ("<ul><li>Take care.</li></ul>", "<table><tr><td>Eat.</td></tr></table>", "Take care.", "Eat."),
    ],
)
def test_insertions_and_deletions_are_marked_in_place(
    tmp_path: Path, old: str, new: str, gone: str, added: str
) -> None:
    article = marked_page(tmp_path, old, new).select_one("article")
    texts = {tag: "".join(" ".join(one.text for one in article.select(tag))) for tag in ("del", "ins")}
    assert texts["del"].replace(" ", "") == gone.replace(" ", "")
    assert texts["ins"].replace(" ", "") == added.replace(" ", "")
    for one in article.select("del"):
        one.decompose()
    kept = turbohtml.parse(TEXT.format(WORDS.replace(old, new, 1)))
    for page in (article, kept):
        page.select_one(".end-block").decompose()
    assert "".join(article.select_one(".text").text.split()) == "".join(kept.select_one(".text").text.split())


def test_what_stays_of_a_changed_paragraph_keeps_its_spaces(tmp_path: Path) -> None:
    shown = marked_page(tmp_path, "2 minutes", "20 minutes").select_one("article p").text
    assert " ".join(shown.split()) == "Call 911 now. Wait 2 20 minutes. Rest well."


def test_one_word_of_a_long_paragraph_is_marked_alone(tmp_path: Path) -> None:
    """Python's difflib would ignore each word that is frequent in a text of 200 words or more."""
    long = "<p>Rest.</p><p>" + "to be or not to be " * 50 + "here</p><p>"
    before, after = state(tmp_path / "a", long), state(tmp_path / "b", long.replace("here", "there"))
    (change,) = compare.compare(read(before), read(after))
    assert change.changes[0].marked[1][1:] == [("there", True)]
    article = turbohtml.parse(marked_pages.document_of([change], before, after, NAMES, ""))
    assert [one.text for one in article.select("article ins")] == ["there"]


def test_paragraphs_that_go_are_shown_in_their_order(tmp_path: Path) -> None:
    article = marked_page(tmp_path, "<ul>", "<p>One gone.</p><p>Two left.</p><ul>", reverse=True)
    assert [one.text for one in article.select("p > del:only-child")] == ["One gone.", "Two left."]


def test_a_changed_drawing_is_outlined(tmp_path: Path) -> None:
    assert marked_page(tmp_path, "h9", "h8").select_one("svg.drawing-changed")


def test_changed_pages_html_needs_no_other_file(tmp_path: Path) -> None:
    (tmp_path / "a" / "assets").mkdir(parents=True)
    (tmp_path / "b" / "assets").mkdir(parents=True)
    for folder, picture in {"a": b"old", "b": b"png"}.items():
        (tmp_path / folder / "assets" / "brace.png").write_bytes(picture)
    brace = '<img src="assets/brace.png" alt="A brace"> <a href="treatment/">Read</a>'
    page = marked_page(tmp_path, "More.", brace)
    assert [one.attr("src") for one in page.select("[src]")] == ["data:image/png;base64,cG5n"]
    assert {one.attr("href") for one in page.select("[href]")} <= {"#page-0", "tel:911", "#source-a"}
    assert page.select("script, link") == []
    assert "color: red" in page.select_one("style").text


def test_a_deleted_page_is_shown_struck_through(tmp_path: Path) -> None:
    before, after = state(tmp_path / "a", WORDS), state(tmp_path / "b", WORDS)
    after.pages = {}
    changes = compare.compare(read(before), {})
    article = turbohtml.parse(marked_pages.document_of(changes, before, after, NAMES, "")).select_one("article")
    assert "Rest" in " ".join(one.text for one in article.select("del"))
    assert "this page goes" in summary.summary(changes, NAMES, {}, [])
