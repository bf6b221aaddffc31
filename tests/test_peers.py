"""Cases of other checkers' own tests, read where they stand: what is a fact there must be found here, and no more."""

from __future__ import annotations

import json
import re
import shutil
from pathlib import Path

import pytest

from sitecheck import rules
from sitecheck.links.site import read_site
from sitecheck.model.finding import Fault
from sitecheck.model.options import Options
from sitecheck.report.exceptions import kept
from sitecheck.report.findings import chosen
from sitecheck.rules.registry import RULES

PEERS = Path(__file__).parents[2] / "shared" / "peers"
CASES = json.loads((PEERS / "cases.json").read_text("utf-8")) if PEERS.is_dir() else []

# Their kinds of fault -> our rules.
RULES_FOR = {
    "missing-target": ("LI001", "LI003", "AS001", "AS002", "NV006", "LI007", "PR003"),
    "missing-anchor": ("LI002",),
    "no-index": ("LI004",),
    "empty-ref": ("LI005", "AS003", "NV006"),
    "missing-ref": ("AS003",),
    "invalid-url": ("LI006", "LI008"),
    "mailto-empty": ("LI008",),
    "mailto-invalid": ("LI008",),
    "tel-empty": ("LI009",),
    "missing-alt": ("AX004",),
    "usemap-missing": ("LI014",),
    "usemap-invalid": ("LI014",),
    "insecure-url": ("PR001",),
    "protocol-relative": ("PR002",),
    "doctype-missing": ("AX013",),
}
# What is broken is a fact; whether alt text or encryption is wanted may be a choice of theirs.
RULES_OF_FACT = ("LI", "AS001", "AS002", "AS003", "AS005")
RULES_OF_POLICY = ("AX004", "AX013", "PR001", "PR002", "PR003", "NV006")
# Their switches -> our rule that is ignored when it is off.
OFF = {
    ("alt_missing", "ok"): "AX004",
    ("check_anchors", False): "LI002",
    ("check_internal", False): "LI001",
    ("check_mailto", False): "LI008",
    ("check_tel", False): "LI009",
    ("dir_without_index", "ok"): "LI004",
    ("https", "off"): "PR001",
    ("protocol_relative", "ok"): "PR002",
    ("doctype", "off"): "AX013",
}
OURS = {*(name for name, _ in OFF), "alt_empty", "check_external", "check_in_pre", "cite", "empty_href", "missing_href"}
OURS |= {"ignore_attr", "ignore_class", "ignore_urls", "ignore_exact", "ignore_files", "index_files", "swap_urls"}
OURS |= {"assume_extension", "mailto_empty"}


ANCHOR = "<a> without href is a placeholder that the standard allows"
CHOICES = {
    "blank-href-html5": ANCHOR,
    "blank-href-html4": ANCHOR,
    "blank-href-unknown": ANCHOR,
    "backslash-url": "a browser reads a back slash in an address as a slash",
}


def options_of(case: dict) -> Options | None:
    """Our options for theirs; None where we have no such option."""
    options = case["options"]
    patterns = [f"re:{pattern}" for pattern in options.get("ignore_urls", [])]
    patterns += [f"re:^{re.escape(address)}$" for address in options.get("ignore_exact", [])]
    ignore = [{"written": pattern, "reason": "theirs"} for pattern in patterns]
    ignore += [{"page": f"re:{pattern}", "reason": "theirs"} for pattern in options.get("ignore_files", [])]
    ignore += [{"code": code, "reason": "theirs"} for (name, off), code in OFF.items() if options.get(name) == off]
    elements = [f"[{options['ignore_attr']}]"] if "ignore_attr" in options else []
    elements += [f".{options['ignore_class']}"] if "ignore_class" in options else []
    return Options(
        index=tuple(options.get("index_files", ["index.html"])),
        clean_urls=options.get("assume_extension") == [".html"],
        rewrite=tuple(options.get("swap_urls", {}).items()),
        ignore_elements=",".join(elements),
        ignore=tuple(ignore),
        cache=False,
    )


def faults(case: dict, scratch: Path) -> list[tuple[str, Fault]]:
    """What our rules say about the file that the case judges."""
    folder = PEERS / case["root"]
    if "setup" in case:
        folder = shutil.copytree(folder, scratch / "site")
        for name in case["setup"]["create"]:
            (folder / name).touch()
    site = read_site(folder, options=options_of(case))
    asked = chosen([*RULES_OF_FACT, *RULES_OF_POLICY], project=False)
    found = [(rule, fault) for rule in asked for fault in rule.check(site) if fault.page == case["target"]]
    return [(rule.code, fault) for rule, fault in kept(site.options, found)]


def same(fault: Fault, told: dict) -> bool:
    """Whether ours and theirs are about one reference."""
    ref = told.get("ref", "").strip()
    return not ref or ref in (fault.raw.strip(), fault.raw.strip().lstrip("#"))


FACTS = [case for case in CASES if case["class"] == "fact"]


@pytest.mark.skipif(not CASES, reason="the peers' cases are not on this computer")
@pytest.mark.parametrize("case", FACTS, ids=lambda case: f"{case['peer']}-{case['case']}")
def test_agrees_with_fact(case, tmp_path):
    found = faults(case, tmp_path)
    for told in case["faults"]:
        codes = [code for kind in (told["kind"], *case.get("also_ok", ())) for code in RULES_FOR[kind]]
        assert any(code in codes and same(fault, told) for code, fault in found), told
    told = case["faults"] + case.get("may_report", [])
    for code, fault in found:
        if code.startswith(RULES_OF_FACT) and code != "LI012":  # that a forwarding is long is our own opinion
            assert any(same(fault, one) for one in told), f"{code} {fault.message}"


POLICIES = [case for case in CASES if case["class"] == "policy"]


@pytest.mark.skipif(not CASES, reason="the peers' cases are not on this computer")
@pytest.mark.parametrize("case", POLICIES, ids=lambda case: f"{case['peer']}-{case['case']}")
def test_agrees_with_policy_where_there_is_an_option(case, tmp_path):
    if case["case"] in CHOICES:
        pytest.skip(f"skipped by option: {CHOICES[case['case']]}")
    if strange := sorted(set(case["options"]) - OURS):
        pytest.skip(f"skipped by option: no {', '.join(strange)}")
    if strange := sorted({fault["kind"] for fault in case["faults"]} - set(RULES_FOR)):
        pytest.skip(f"skipped by option: {', '.join(strange)} is no fault here")
    found = faults(case, tmp_path)
    for told in case["faults"]:
        codes = [code for kind in (told["kind"], *case.get("also_ok", ())) for code in RULES_FOR[kind]]
        assert any(code in codes and same(fault, told) for code, fault in found), told


def test_every_rule_named_here_exists():
    rules.load()
    assert {code for codes in RULES_FOR.values() for code in codes} <= set(RULES)
