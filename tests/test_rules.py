"""Every rule, shown by small sites: what it must find, and what it must leave alone."""

from __future__ import annotations

import re

import pytest
from cases import CASES, SITES, load, places, small_site

from sitecheck.registry import RULES


@pytest.mark.parametrize("path", CASES, ids=lambda path: str(path.relative_to(SITES)))
def test_findings(path, tmp_path):
    case = load(path)
    site = small_site(case, tmp_path)
    found = places(site, tmp_path) + places(site, tmp_path, due=True)
    wanted = case["findings"]
    # A case that does not care for the column leaves it out.
    found = [re.sub(r":\d+ ", " ", one) if wanted and is_short(wanted[0]) else one for one in found]
    assert sorted(found) == sorted(wanted)


def is_short(place: str) -> bool:
    return place.split()[0].count(":") == 1


def test_every_rule_is_seen_to_fire():
    fired = {place.split()[-1] for path in CASES for place in load(path)["findings"]}
    assert set(RULES) == fired
