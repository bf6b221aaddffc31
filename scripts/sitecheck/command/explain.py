"""--rules, --catalogue and --explain: what each rule finds, whom that hurts, and examples from the rule's cases."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterable
from pathlib import Path
from textwrap import dedent
from typing import Any

from ..rules.registry import RULES, Rule

PAGE = Path(__file__).parents[1] / "RULES.md"
CASES = Path(__file__).parents[3] / "tests" / "sites"
WHEN = {  # a property of a rule, and what it means for whoever runs the check
    "needs_project": "Needs the project: it does not run with --no-project.",
    "blocks_build": "Runs before the build as well, and stops it.",
    "fixable": "--fix corrects it when there is one way to.",
    "calendar": "Runs with --due only: its result changes with the date.",
    "external": "Runs with --external only: its result comes from other hosts.",
}


def rule_list() -> str:
    """The code, level, name and reason of every rule, one a line."""
    return "\n".join(
        f"{code}  {rule.level:6}  {rule.name:32} {rule.why.splitlines()[0]}" for code, rule in sorted(RULES.items())
    )


def catalogue() -> str:
    """Every rule explained, as a page of Markdown: scripts/sitecheck/RULES.md, which a test keeps equal to this."""
    parts = ["# What scripts/check finds", "Made by `scripts/check --catalogue`; edit the rules and cases instead."]
    for _, rule in sorted(RULES.items()):
        title, *rest = description(rule)
        parts += [f"## {title}", *rest]
        # A fence of four backticks, since an example may contain one of three.
        parts += [f"{label}:\n\n````text\n{dedent(text)}\n````" for label, text in examples(rule)]
    return "\n\n".join(parts) + "\n"


def explain(rule: Rule) -> str:
    """A rule's part of RULES.md, without its fences: its description, then a bad and a good example."""
    parts = PAGE.read_text("utf-8").split("\n## ")
    part = next((part for part in parts if part.startswith(rule.code)), "\n\n".join(description(rule)))
    return re.sub(r"^````.*\n?", "", part, flags=re.M).rstrip()


def description(rule: Rule) -> list[str]:
    """The paragraphs on what a rule finds, why, and when it runs."""
    facts = [f"{rule.code} {rule.name}", f"Level: {rule.level} ({rule.reason}).", f"Why: {' '.join(rule.why.split())}"]
    return facts + [sentence for name, sentence in WHEN.items() if getattr(rule, name)]


def examples(rule: Rule) -> list[tuple[str, str]]:
    """The bad and the good example of a rule, as ("Bad", the files of its case)."""
    case = shortest_case(rule.code)
    if case is None:
        return []
    symlinks = {name: f"(a symbolic link to {target})" for name, target in case.get("symlinks", {}).items()}
    bad = listing({**case.get("project", {}), **case.get("site", {}), **symlinks}, case["findings"])
    good = case.get("fixed")
    return [("Bad", bad), *([("Good", listing(good))] if good else [])]


def shortest_case(code: str) -> dict[str, Any] | None:
    """The shortest case with a finding of the rule, preferably one that shows it fixed; None if there are no tests."""
    import yaml

    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)  # in C, where PyYAML has it
    cases = []
    for text in case_texts():
        if f" {code}" in text:
            case = yaml.load(text, loader)
            codes = {finding.split()[-1] for finding in case["findings"]}
            if code in codes:
                cases.append((len(codes), "fixed" not in case, len(text), case))
    return min(cases, key=lambda row: row[:3])[3] if cases else None


@functools.cache
def case_texts() -> list[str]:
    """The text of every case."""
    return [path.read_text("utf-8") for path in sorted(CASES.glob("*/*.yml"))]


def listing(files: dict[str, str | None], findings: Iterable[str] = ()) -> str:
    """The files of a case, indented, with its findings below; a file without text is deleted."""
    text = "\n".join(
        f"  {name}\n" + "".join(f"    {line}\n" for line in ("(gone)" if body is None else body).splitlines())
        for name, body in files.items()
    )
    found = "".join(f"  -> {finding}\n" for finding in findings)
    return f"{text}\n{found}".rstrip()
