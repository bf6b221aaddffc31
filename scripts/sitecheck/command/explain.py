"""The catalogue: what each rule finds, whom that hurts, and a bad and a good example from the rule's own cases."""

from __future__ import annotations

from pathlib import Path
from textwrap import dedent
from typing import Any

from ..rules.registry import RULES, Rule

CASES = Path(__file__).parents[3] / "tests" / "sites"


def rule_list() -> str:
    """One line a rule."""
    return "\n".join(f"{code}  {rule.name:32} {rule.why.splitlines()[0]}" for code, rule in sorted(RULES.items()))


def catalogue() -> str:
    """The catalogue as a page of Markdown: scripts/sitecheck/RULES.md, which a test keeps equal to this."""
    parts = ["# What scripts/check finds", "Made by `scripts/check --catalogue`; edit the rules and cases instead."]
    for _, rule in sorted(RULES.items()):
        what, *rest = said(rule)
        parts += [f"## {what}", *rest]
        # Four marks, since an example may hold three.
        parts += [f"{label}:\n\n````text\n{dedent(text)}\n````" for label, text in shown(rule)]
    return "\n\n".join(parts) + "\n"


def explain(rule: Rule) -> str:
    """What, why, bad and good."""
    return "\n\n".join([*said(rule), *(f"{label}:\n\n{text}" for label, text in shown(rule))])


def said(rule: Rule) -> list[str]:
    """What a rule finds and why, and when it is asked."""
    parts = [f"{rule.code} {rule.name}", f"Level: {rule.level}.", f"Why: {' '.join(rule.why.split())}"]
    if rule.needs_project:
        parts.append("Asked of a site with its project only (not with --no-project).")
    if rule.calendar:
        parts.append("Asked by --due only: its answer changes with the date.")
    return parts


def shown(rule: Rule) -> list[tuple[str, str]]:
    """The bad and the good example, as ("Bad", the files of its case)."""
    case = example(rule.code)
    if case is None:
        return []
    pointers = {name: f"(a symbolic link to {target})" for name, target in case.get("symlinks", {}).items()}
    examples = [("Bad", listing({**case.get("project", {}), **case.get("site", {}), **pointers}, case))]
    if good := case.get("mended"):
        examples.append(("Good", listing(good, {})))
    return examples


def example(code: str) -> dict[str, Any] | None:
    """The shortest case that shows the rule, one with its mending first; None where the tests are not installed."""
    import yaml

    cases = []
    for path in sorted(CASES.glob("*/*.yml")):
        text = path.read_text("utf-8")
        if f" {code}" in text:
            case = yaml.safe_load(text)
            codes = {place.split()[-1] for place in case["findings"]}
            if code in codes:
                cases.append((len(codes), "mended" not in case, len(text), case))
    return min(cases, key=lambda row: row[:3])[3] if cases else None


def listing(files: dict[str, str | None], case: dict[str, Any]) -> str:
    """Files as they are written in the case, with what is found below; a file without any text is gone."""
    text = "\n".join(
        f"  {name}\n" + "".join(f"    {line}\n" for line in ("(gone)" if body is None else body).splitlines())
        for name, body in files.items()
    )
    found = "".join(f"  -> {place}\n" for place in case.get("findings", ()))
    return f"{text}\n{found}".rstrip()
