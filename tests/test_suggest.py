"""Suggestions cost time, and a site with thousands of faults must not wait for all of them."""

from __future__ import annotations

import random
from difflib import get_close_matches

import pytest

from cases import FRAME, write
from sitecheck.links.site import read_site
from sitecheck.rules.links import fragment_missing, page_missing
from sitecheck.suggest import nearest as suggest
from sitecheck.suggest.similar_names import near

LINKS = '<h1 id="withdrawal">Help</h1><a href="halp.html">Help</a> <a href="#withdrawl">Withdrawal</a>'


@pytest.mark.parametrize(("enough", "wanted"), [(1_000_000, ["help.html", "#withdrawal"]), (0, ["", ""])])
def test_nobody_waits_for_thousands_of_suggestions(tmp_path, monkeypatch, enough, wanted):
    monkeypatch.setattr(suggest, "ENOUGH", enough)
    write(tmp_path, {"index.html": LINKS, "help.html": FRAME})
    site = read_site(tmp_path)
    assert [fault.suggestion for rule in (page_missing, fragment_missing) for fault in rule(site)] == wanted


def test_the_quick_look_misses_nothing_that_is_like_a_word():
    chance = random.Random(7)
    words = ["".join(chance.choices("aabcdé-._", k=chance.randint(1, 20))) for _ in range(150)]
    for word in words[:30]:
        mistyped = word[1:] + "x"
        assert near(mistyped, words, 2, suggest.ALIKE) == get_close_matches(mistyped, words, 2, suggest.ALIKE)


def test_a_name_as_long_as_a_page_is_not_compared():
    assert near("a" * 1_000_000, ["a" * 999_999], 2, suggest.ALIKE) == []
