"""Suggestions are fast enough for a site with thousands of faults, and lose nothing by it."""

from __future__ import annotations

import random
from difflib import SequenceMatcher, get_close_matches

import pytest

from cases import FRAME, write
from sitecheck.links import file_names
from sitecheck.links.site import read_site
from sitecheck.model.similar_names import Effort, similar_names
from sitecheck.project.model import Document, Project
from sitecheck.project.pages.links import suggest_address
from sitecheck.rules.links import fragment_missing, page_missing
from sitecheck.suggest import broken_links

LINKS = '<h1 id="withdrawal">Help</h1><a href="halp.html">Help</a> <a href="#withdrawl">Withdrawal</a>'


@pytest.mark.parametrize(("effort", "wanted"), [(10_000, ["help.html", "#withdrawal"]), (1_000, ["", ""])])
def test_suggestions_stop_when_they_have_taken_too_long(tmp_path, monkeypatch, effort, wanted):
    monkeypatch.setattr(file_names, "Effort", lambda: Effort(effort))
    write(tmp_path, {"index.html": LINKS, "help.html": FRAME})
    site = read_site(tmp_path)
    assert [fault.suggestion for rule in (page_missing, fragment_missing) for fault in rule(site)] == wanted


@pytest.mark.parametrize(
    ("written", "suggested"),
    [
        ("halp.html?day=1#withdrawal", "help.html?day=1#withdrawal"),
        ("halp.html#withdrawal", "help.html#withdrawal"),
        ("/halp.html?day=1", "/help.html?day=1"),
        ("https://guide.test/halp.html#a?b", "https://guide.test/help.html#a?b"),
        ("in/dex.html", "./"),
        ("guied/pian.html", "guide/pain.html"),
    ],
)
def test_a_suggestion_is_written_as_the_link_is(tmp_path, written, suggested):
    assert suggestions(tmp_path, written) == [suggested]


@pytest.mark.parametrize(
    ("files", "safe"),
    [
        (["guide/pain.html"], True),
        (["guide/pain.html", "other/pain.html"], False),
        (["in/pian.html"], True),
        (["in/pian.html", "in/pani.html"], False),
        (["inn/paim.html"], True),
        (["inn/paim.html", "ine/paim.html"], False),
    ],
)
def test_only_the_one_possible_meaning_may_be_written_by_itself(tmp_path, files, safe):
    write(tmp_path, {"index.html": '<a href="in/pain.html">Pain</a>'} | dict.fromkeys(files, FRAME))
    assert [fault.safe for fault in page_missing(read_site(tmp_path))] == [safe]


def suggestions(folder, written):
    """What is suggested for a link on the front page of a site of three pages."""
    write(folder, {"index.html": f'<a href="{written}">Help</a>', "help.html": FRAME, "guide/pain.html": FRAME})
    return [fault.suggestion for fault in page_missing(read_site(folder, base="https://guide.test/"))]


def test_the_filter_by_letters_loses_no_similar_name():
    rng = random.Random(7)
    words = ["".join(rng.choices("aabcdé-._", k=rng.randint(1, 20))) for _ in range(150)]
    for word in words[:30]:
        mistyped = word[1:] + "x"
        assert similar_names(mistyped, words, 2, broken_links.SIMILAR_NAME) == get_close_matches(
            mistyped, words, 2, broken_links.SIMILAR_NAME
        )


@pytest.mark.parametrize(("count", "wanted"), [(2, ["dcbaa", "aabcd", "aabcy"]), (1, ["dcbaa", "aabcd"])])
def test_only_names_that_can_be_among_the_most_similar_are_compared(monkeypatch, count, wanted):
    compared = []
    monkeypatch.setattr(SequenceMatcher, "ratio", lambda matcher: compared.append(matcher.a) or matcher.a == "aabcd")
    similar_names("aabcd", ["aabcd", "dcbaa", "aabxy", "aabcy", "aabcdxyz", "aaaaaaaa"], count, 0.8)
    assert compared == wanted


@pytest.mark.parametrize(
    ("written", "suggested"),
    [("dosing-for-teens.html", "dosing-for-teen.html"), ("dosing-for-tens.html", "dosing-for-ten.html")],
)
def test_the_most_similar_name_is_suggested(tmp_path, written, suggested):
    files = dict.fromkeys(("dosing-for-teen.html", "dosing-for-ten.html"), FRAME)
    write(tmp_path, {"index.html": f'<a href="{written}">Dosing</a>'} | files)
    assert [fault.suggestion for fault in page_missing(read_site(tmp_path))] == [suggested]


@pytest.mark.parametrize(("word", "name", "compared"), [(300, 300, True), (301, 300, False), (300, 301, False)])
def test_a_very_long_name_is_not_compared(word, name, compared):
    assert bool(similar_names("a" * word, ["a" * name], 2, broken_links.SIMILAR_NAME)) is compared


@pytest.mark.parametrize(
    ("written", "instead"),
    [("old.md", "../new.md"), ("old.md#signs", "../new.md#signs"), ("../docs.md#signs", "")],
)
def test_a_link_to_a_page_that_has_moved_keeps_its_section(written, instead):
    project = Project(root="", moved={"more/old.md": "new.md"})
    document = Document("docs/more/a.md", "more/a/index.html", "", 1, {}, None)
    assert suggest_address(project, document, written, "") == instead
