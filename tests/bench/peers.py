"""scripts/bench peers --cases FOLDER: cases from other checkers' own suites, each run through this one.

FOLDER holds cases.json, a list of {peer, case, class, root, target, options, faults}, and the files that the cases
name. A case of class "fact" is what any browser does: its faults must be found, and no others. One of class "policy"
is a choice of that checker: its faults must be found where this one has such a rule.
"""

from __future__ import annotations

import argparse
import json
import re
import shutil
import sys
import tempfile
from pathlib import Path
from typing import Any

from sitecheck.links.site import read_site
from sitecheck.model.finding import Fault
from sitecheck.model.options import Options
from sitecheck.report.exceptions import Exceptions
from sitecheck.report.findings import select_rules

# Their kinds of fault -> our rules.
RULES_FOR = {
    "missing-target": ("LI001", "LI003", "AS001", "AS002", "NV006", "LI007", "PR003", "PR007"),
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
    "insecure-url": ("PR001", "PR008"),
    "protocol-relative": ("PR002",),
    "doctype-missing": ("AX013",),
}
# What is broken is a fact; whether alt text or encryption is wanted may be a choice of theirs.
RULES_OF_FACT = ("LI", "AS001", "AS002", "AS003", "AS005")
RULES_OF_POLICY = ("AX004", "AX013", "PR001", "PR002", "PR003", "PR007", "PR008", "NV006")
# Their switches -> our rule that is ignored when it is off.
OFF = {
    ("alt_missing", "ok"): "AX004",
    ("check_anchors", False): "LI002",
    ("check_internal", False): "LI001",
    ("check_mailto", False): "LI008",
    ("check_tel", False): "LI009",
    ("dir_without_index", "ok"): "LI004",
    ("https", "off"): "PR001,PR008",
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


def options_of(case: dict[str, Any]) -> Options | None:
    """Our options for theirs; None where we have no such option."""
    options = case["options"]
    patterns = [f"re:{pattern}" for pattern in options.get("ignore_urls", [])]
    patterns += [f"re:^{re.escape(address)}$" for address in options.get("ignore_exact", [])]
    ignore = [{"written": pattern, "reason": "theirs"} for pattern in patterns]
    ignore += [{"page": f"re:{pattern}", "reason": "theirs"} for pattern in options.get("ignore_files", [])]
    codes = (code for (name, off), some in OFF.items() if options.get(name) == off for code in some.split(","))
    ignore += [{"code": code, "reason": "theirs"} for code in codes]
    elements = [f"[{options['ignore_attr']}]"] if "ignore_attr" in options else []
    elements += [f".{options['ignore_class']}"] if "ignore_class" in options else []
    return Options(
        index_files=tuple(options.get("index_files", ["index.html"])),
        clean_urls=options.get("assume_extension") == [".html"],
        rewrite=tuple(options.get("swap_urls", {}).items()),
        ignore_elements=",".join(elements),
        ignore=tuple(ignore),
        cache=False,
    )


def faults(case: dict[str, Any], peers: Path, scratch: Path) -> list[tuple[str, Fault]]:
    """What our rules say about the file that the case judges."""
    folder = peers / case["root"]
    if "setup" in case:
        folder = shutil.copytree(folder, scratch / "site")
        for name in case["setup"]["create"]:
            (folder / name).touch()
    site = read_site(folder, options=options_of(case))
    exceptions = Exceptions(site.options.ignore)
    return [
        (rule.code, fault)
        for rule in select_rules([*RULES_OF_FACT, *RULES_OF_POLICY], project=False).rules()
        for fault in exceptions.not_accepted(rule, rule.faults(site, None))
        if fault.page == case["target"]
    ]


def same(fault: Fault, expected: dict[str, Any]) -> bool:
    """Whether ours and theirs are about one reference."""
    ref = expected.get("ref", "").strip()
    return not ref or ref in (fault.raw.strip(), fault.raw.strip().lstrip("#"))


def missed(case: dict[str, Any], found: list[tuple[str, Fault]]) -> list[str]:
    """The case's faults that our rules do not find."""
    codes = {kind["kind"]: (kind["kind"], *case.get("also_ok", ())) for kind in case["faults"]}
    return [
        f"not found: {fault}"
        for fault in case["faults"]
        if not any(code in RULES_FOR[kind] and same(one, fault) for code, one in found for kind in codes[fault["kind"]])
    ]


def invented(case: dict[str, Any], found: list[tuple[str, Fault]]) -> list[str]:
    """What our rules of fact find beyond the case's faults. How long a forwarding may be is our own opinion."""
    known = case["faults"] + case.get("may_report", [])
    return [
        f"found beyond the case: {code} {fault.message}"
        for code, fault in found
        if code.startswith(RULES_OF_FACT) and code != "LI012" and not any(same(fault, one) for one in known)
    ]


def reason_to_skip(case: dict[str, Any]) -> str:
    """Why a policy of that checker has no counterpart here; "" if it has one."""
    if case["case"] in CHOICES:
        return CHOICES[case["case"]]
    if strange := sorted(set(case["options"]) - OURS):
        return f"no option {', '.join(strange)}"
    if strange := sorted({fault["kind"] for fault in case["faults"]} - set(RULES_FOR)):
        return f"{', '.join(strange)} is no fault here"
    return ""


def main(arguments: list[str]) -> int:
    """Print how many cases agree and each that does not; 1 if one does not."""
    parser = argparse.ArgumentParser(prog="scripts/bench peers", description="Run other checkers' cases.")
    parser.add_argument("--cases", type=Path, required=True, help="the folder with cases.json and its files")
    peers = parser.parse_args(arguments).cases
    counts = {"fact": [0, 0, 0], "policy": [0, 0, 0]}  # agree, differ, skipped
    for case in json.loads((peers / "cases.json").read_text("utf-8")):
        is_fact = case["class"] == "fact"
        if not is_fact and (reason := reason_to_skip(case)):
            counts["policy"][2] += 1
            print(f"skipped {case['peer']} {case['case']}: {reason}")
            continue
        with tempfile.TemporaryDirectory() as scratch:
            found = faults(case, peers, Path(scratch))
        differences = missed(case, found) + (invented(case, found) if is_fact else [])
        counts[case["class"]][bool(differences)] += 1
        for difference in differences:
            print(f"{case['peer']} {case['case']}: {difference}")
    for name, (agree, differ, skipped) in counts.items():
        print(f"{name}: {agree} agree, {differ} differ, {skipped} skipped")
    return 1 if any(differ for _, differ, _ in counts.values()) else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
