"""Every rule, shown by small sites: what it must find, and what it must leave alone."""

from __future__ import annotations

import re

import pytest

from cases import CASES, SITES, families_of, load, places, small_site
from sitecheck.registry import RULES

MENDED = [path for path in CASES if "mended" in load(path)]


def name(path):
    return str(path.relative_to(SITES))


@pytest.mark.parametrize("path", CASES, ids=name)
def test_findings(path, tmp_path):
    case = load(path)
    found = places(small_site(case, tmp_path), tmp_path, families_of(path, case))
    if all(re.match(r"[^:]+:\d+ ", one) for one in case["findings"]):  # this case does not care for columns
        found = [re.sub(r"(:\d+):\d+ ", r"\1 ", one) for one in found]
    assert sorted(found) == sorted(case["findings"])


@pytest.mark.parametrize("path", MENDED, ids=name)
def test_nothing_is_left_once_mended(path, tmp_path):
    case = load(path)
    case["site"] |= case["mended"]
    fired = {place.split()[-1] for place in case["findings"]}
    left = places(small_site(case, tmp_path), tmp_path, families_of(path, case))
    assert not [place for place in left if place.split()[-1] in fired]


def test_every_rule_is_seen_to_fire():
    fired = {place.split()[-1] for path in CASES for place in load(path)["findings"]}
    elsewhere = {"EX002", "LI016"}  # these need more than a site: test_control.py, test_external.py
    assert set(RULES) == fired | elsewhere
