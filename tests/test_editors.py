"""What helps an editor who has the project at home: completion in VS Code, and a check before each commit."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator

import pytest

from cases import load
from hosting import ROOT, Project
from sitecheck.project.data.marked_yaml import parse
from sitecheck.project.data.schema import schema_errors
from sitecheck.project.read_project import read_project

SNIPPETS = json.loads((ROOT / ".vscode" / "guide.code-snippets").read_text("utf-8"))
SETTINGS = json.loads((ROOT / ".vscode" / "settings.json").read_text("utf-8"))
HOOKS = load(ROOT / ".pre-commit-config.yaml")["repos"]
DATE = {"CURRENT_YEAR": "2026", "CURRENT_MONTH": "11", "CURRENT_DATE": "28"}
CHOICES = re.compile(r"\$\{\d\|([^|]*)\|\}")


def typed(name: str) -> Iterator[str]:
    """What a snippet types, once for each of its choices, with its own examples left as they are."""
    text = "\n".join(SNIPPETS[name]["body"])
    for variable, value in DATE.items():
        text = text.replace(f"${{{variable}}}", value)
    choices = CHOICES.search(text)
    for choice in choices[1].split(",") if choices else [""]:
        yield re.sub(r"\$\{\d:([^}]*)\}|\$0", r"\1", CHOICES.sub(choice, text))


def test_front_matter_completes_to_what_its_schema_accepts() -> None:
    kinds = read_project(ROOT).types
    for text in typed("Front matter of a page"):
        read = parse(text.strip("-\n"))
        assert schema_errors(read, "page") == []
        assert set(kinds[read.data["type"]].front_matter) <= set(read.data)


def test_a_box_completes_to_an_existing_kind() -> None:
    kinds = read_project(ROOT).block_kinds
    assert {text.split()[1] for text in typed("A box")} <= set(kinds)


def test_a_closure_completes_to_what_its_schema_accepts() -> None:
    clinic = (ROOT / "docs/_data/clinic.yml").read_text("utf-8")
    (closure,) = typed("A day that differs")
    read = parse(clinic.replace("closures: unknown", f"closures:\n      {closure}"))
    assert read.value("extra", "clinic", "closures", 0, "name") == "Christmas Day"
    assert schema_errors(read, "docs/_data/clinic.yml") == []


@pytest.mark.parametrize(("schema", "file"), SETTINGS["yaml.schemas"].items())
def test_data_files_complete_by_their_schema(schema: str, file: str) -> None:
    assert (ROOT / schema).is_file()
    assert (ROOT / file).is_file()


def test_a_commit_is_checked_by_this_project_alone_and_stopped_by_a_mistake(project: Project) -> None:
    assert [repo["repo"] for repo in HOOKS] == ["local"]  # nothing is fetched
    (hook,) = HOOKS[0]["hooks"]
    assert re.search(hook["files"], "docs/_data/clinic.yml")
    command, *options = hook["entry"].split()
    assert (ROOT / command).is_file()
    assert project.run("sitecheck", *options).status == 0
    project.replace("docs/_data/clinic.yml", "state: NY", "state: NX", 1)
    outcome = project.run("sitecheck", *options)
    assert outcome.status == 1
    assert outcome.lines[0].startswith("docs/_data/clinic.yml:44:16 CF001 ")
