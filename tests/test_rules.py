"""Every rule, shown by small sites: what it must find, and what it must leave alone."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from cases import CASES, SITES, families_of, fix, found_in, load, place, places, said, small_site
from sitecheck.command import explain
from sitecheck.rules import FAMILIES
from sitecheck.rules.registry import RULES, rule

FIXED = [path for path in CASES if "fixed" in load(path)]


def name(path):
    return str(path.relative_to(SITES))


@pytest.mark.parametrize("path", CASES, ids=name)
def test_a_case_has_exactly_its_findings(path, tmp_path):
    case = load(path)
    findings = found_in(small_site(case, tmp_path), tmp_path, families_of(path, case))
    found = [place(one) for one in findings]
    for where, words in case.get("says", {}).items():
        assert any(words in said(one) for one in findings if place(one) == where)
    if all(re.match(r"[^:]+:\d+ ", one) for one in case["findings"]):  # this case does not care for columns
        found = [re.sub(r"(:\d+):\d+ ", r"\1 ", one) for one in found]
    assert sorted(found) == sorted(case["findings"])


@pytest.mark.parametrize("path", FIXED, ids=name)
def test_nothing_is_left_once_fixed(path, tmp_path):
    case = load(path)
    assert case["findings"]
    assert places(small_site(fix(case), tmp_path), tmp_path, families_of(path, case)) == []


def test_every_rule_is_seen_to_fire():
    fired = {place.split()[-1] for path in CASES for place in load(path)["findings"]}
    assert set(RULES) == fired


def test_every_rule_stands_in_the_file_or_folder_of_its_family():
    folders = {one.code: one.check.__module__.split(".")[2] for one in RULES.values()}
    assert folders == {code: FAMILIES[code[:2]] for code in RULES}


def test_every_case_stands_in_the_folder_of_a_rule_that_it_shows():
    assert {path.parent.name for path in CASES} == set(FAMILIES.values())
    shown = {name(path): {FAMILIES[place.split()[-1][:2]] for place in load(path)["findings"]} for path in CASES}
    assert [path for path, families in shown.items() if families and path.split("/")[0] not in families] == []


def page_missing(site):
    """The name of LI001."""


def of_site(site): ...


@pytest.mark.parametrize(
    ("check", "code", "declared", "reason"),
    [
        (of_site, "LI001", {"error": "dead end"}, "is already a rule"),
        (page_missing, "LI999", {"error": "dead end"}, "is already a rule"),
        (of_site, "LI999", {}, "needs one level"),
        (of_site, "LI999", {"error": "dead end", "advice": "the link works"}, "needs one level"),
        (of_site, "LI999", {"advice": "the link works", "blocks_build": True}, "must be an error"),
    ],
)
def test_a_wrong_declaration_is_refused(check, code, declared, reason):
    with pytest.raises(ValueError, match=reason):
        rule(code, **declared)(check)
    assert "LI999" not in RULES


@pytest.mark.parametrize("rule", RULES.values(), ids=lambda rule: rule.code)
def test_every_rule_shows_a_bad_and_a_good_example(rule):
    text = explain.explain(rule)
    assert "\nBad:\n" in text
    assert "\nGood:\n" in text


def test_the_page_of_rules_is_the_one_that_the_rules_make():
    page = (Path(explain.__file__).parents[1] / "RULES.md").read_text("utf-8")
    assert page == explain.catalogue(), "write it again: scripts/check --catalogue > scripts/sitecheck/RULES.md"
