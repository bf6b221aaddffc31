"""What GitHub runs: the steps of the workflows, run as GitHub runs them, with a `gh` that remembers each request."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import NamedTuple

import pytest

from cases import load
from hosting import ROOT

FOLDER = ROOT / ".github" / "workflows"
WORKFLOWS = {path.stem: load(path) for path in sorted(FOLDER.glob("*.yml"))}
BOT = {"login": "github-actions[bot]"}
MARK = "<!-- weekly: due -->"
TITLE = "Pages that are due for review"
OURS = {"number": 7, "title": TITLE, "user": BOT, "body": f"docs/index.md:3 FM010\n\n{MARK}\n"}
# Answers the first request whose words it holds, and remembers every request with what it was given.
GH = """#!{python}
import json, sys
asked, given = " ".join(sys.argv[1:]), "" if sys.stdin.isatty() else sys.stdin.read()
with open({log!r}, "a") as log: log.write(json.dumps([asked, given]) + "\\n")
for words, answer, status in {answers!r}:
    if words in asked:
        print(answer)
        sys.exit(status)
"""


class Ran(NamedTuple):
    """What a step came to."""

    status: int
    text: str
    asked: list[list[str]]  # requests to gh, and what each was given on its input


class Runner(NamedTuple):
    """A folder to run steps in."""

    folder: Path

    def run(self, command: list[str], answers: list[tuple[str, str, int]], **environment: str) -> Ran:
        """Run a command with a `gh` that gives these answers: (words of the request, what it prints, its status)."""
        gh, log = self.folder / "bin" / "gh", self.folder / "asked"
        gh.parent.mkdir(exist_ok=True)
        gh.write_text(GH.format(python=sys.executable, log=str(log), answers=answers))
        gh.chmod(0o755)
        environment |= {"PATH": f"{gh.parent}:{os.environ['PATH']}", "GITHUB_OUTPUT": str(self.folder / "output")}
        run = subprocess.run(
            command, cwd=self.folder, env=environment, input="", capture_output=True, text=True, check=False
        )
        asked = [json.loads(line) for line in log.read_text().splitlines()] if log.exists() else []
        return Ran(run.returncode, run.stdout + run.stderr, asked)

    def step(self, workflow: str, job: str, name: str, *answers: tuple[str, str, int], **environment: str) -> Ran:
        """Run one step by its name or id, as GitHub does: bash -e, and the environment that the step declares."""
        steps = WORKFLOWS[workflow]["jobs"][job]["steps"]
        step = next(step for step in steps if name in (step.get("name"), step.get("id")))
        assert step.get("env", {}).keys() - environment.keys() <= {"GH_TOKEN"}, "give what the step is given"
        return self.run(["bash", "-e", "-c", step["run"]], list(answers), **environment)


@pytest.fixture
def runner(tmp_path: Path) -> Runner:
    return Runner(tmp_path)


@pytest.mark.parametrize("tool", ["check_jsonschema --builtin-schema vendor.github-workflows", "zizmor"])
def test_workflow_linters_find_nothing(tool: str) -> None:
    files = [str(path) for path in sorted(FOLDER.glob("*.yml"))]
    if tool == "zizmor":
        command = [str(Path(sys.executable).parent / "zizmor"), "--offline", "--persona", "auditor", *files]
    else:
        command = [sys.executable, "-m", *tool.split(), *files]
    run = subprocess.run(command, capture_output=True, text=True)
    assert run.returncode == 0, run.stdout + run.stderr


def test_only_the_default_branch_is_published_whatever_its_name() -> None:
    site = WORKFLOWS["site"]
    assert site[True] == {"push": None, "workflow_dispatch": None}  # YAML reads "on" as true
    condition = site["jobs"]["check"]["if"]
    assert "github.ref == format('refs/heads/{0}', github.event.repository.default_branch)" in condition
    assert "!github.event.repository.fork || vars.SITE_URL != ''" in condition
    assert site["jobs"]["publish"]["needs"] == "check"
    assert "pages" not in str(WORKFLOWS["pull-request"]["jobs"]["check"]["permissions"])


def test_a_skipped_push_never_makes_a_pull_request_pass() -> None:
    """GitHub counts a skipped job as passed where a check is required by its name."""
    names = [job["name"] for workflow in WORKFLOWS.values() for job in workflow["jobs"].values()]
    assert len(names) == len(set(names))


def test_the_site_is_built_for_where_pages_serves_it() -> None:
    steps = WORKFLOWS["site"]["jobs"]["check"]["steps"]
    build = next(step for step in steps if step.get("run") == ".ci/run")
    assert build["env"]["SITE_URL"] == "${{ vars.SITE_URL || steps.pages.outputs.base_url }}"
    uses = [step.get("id") for step in steps]
    assert uses.index("pages") < steps.index(build)


@pytest.mark.parametrize("attempt", ["1", "2"])
def test_a_rerun_in_whole_or_in_part_finds_one_artifact(runner: Runner, attempt: str) -> None:
    assert runner.step("site", "check", "name", GITHUB_RUN_ATTEMPT=attempt).status == 0
    assert (runner.folder / "output").read_text() == f"artifact=site-{attempt}\n"
    jobs = WORKFLOWS["site"]["jobs"]
    upload = next(step for step in jobs["check"]["steps"] if "upload-pages-artifact" in step.get("uses", ""))
    assert upload["with"]["name"] == jobs["check"]["outputs"]["artifact"] == "${{ steps.name.outputs.artifact }}"
    assert jobs["publish"]["steps"][0]["with"]["artifact_name"] == "${{ needs.check.outputs.artifact }}"


@pytest.mark.parametrize(
    ("answer", "status"),
    [("workflow", 0), ("legacy", 1), ("null", 1), ('{"message": "Not Found", "status": "404"}', 1)],
)
def test_disabled_pages_are_reported_before_anything_is_built(runner, answer: str, status: int) -> None:
    repository = {"GITHUB_SERVER_URL": "https://github.com", "GITHUB_REPOSITORY": "good-health/guide"}
    pages = ("repos/good-health/guide/pages", answer, int(answer.startswith("{")))
    ran = runner.step("site", "check", "Is Pages set up", pages, **repository)
    assert ran.status == status
    told = "::error::Open https://github.com/good-health/guide/settings/pages, choose the source"
    assert (told in ran.text) is bool(status)
    names = [step.get("name", step.get("run", "")) for step in WORKFLOWS["site"]["jobs"]["check"]["steps"]]
    assert names.index("Is Pages set up") < names.index(".ci/run")


@pytest.mark.parametrize(
    ("state", "enabled", "told"),
    [
        ("active", False, ""),
        ("disabled_inactivity", True, "::notice::GitHub had stopped the weekly look"),
        ("disabled_manually", False, "::warning::The weekly look is off (disabled_manually)"),
    ],
)
def test_publishing_enables_a_weekly_check_that_github_disabled(
    runner: Runner, state: str, enabled: bool, told: str
) -> None:
    weekly = "repos/good-health/guide/actions/workflows/calendar.yml"
    ran = runner.step("site", "awake", "Wake the weekly look", ("--jq .state", state, 0), WEEKLY=weekly)
    assert ran.status == 0
    assert ([f"api --method PUT {weekly}/enable", ""] in ran.asked) is enabled
    assert told in ran.text and bool(told) == ("::" in ran.text)


def test_the_weekly_check_keeps_itself_enabled(runner: Runner) -> None:
    weekly = "repos/good-health/guide/actions/workflows/calendar.yml"
    ran = runner.step("calendar", "awake", "Stay awake", WEEKLY=weekly)
    assert (ran.status, ran.asked) == (0, [[f"api --method PUT {weekly}/enable", ""]])


@pytest.mark.parametrize(
    ("status", "printed", "left"),
    [(0, "0 findings", ""), (1, "docs/index.md:3 FM010 due", "docs/index.md:3 FM010 due\n"), (2, "no network", None)],
)
def test_a_failed_check_is_not_taken_for_no_findings(runner, status: int, printed: str, left: str | None) -> None:
    check = runner.folder / "scripts" / "check"
    check.parent.mkdir()
    check.write_text(f"#!/bin/sh\necho '{printed}'\n[ \"$*\" = '--format text --due' ] || exit 9\nexit {status}\n")
    check.chmod(0o755)
    ran = runner.step("calendar", "look", "Look", OPTIONS="--due")
    assert ran.status == (status if left is None else 0)
    assert left is None or (runner.folder / "found.txt").read_text() == left


@pytest.mark.parametrize(
    ("issues", "found", "asked"),
    [
        ([], "docs/a.md:3 due", "issue create --title Pages that are due for review --body-file -"),
        ([OURS], "docs/a.md:3 due", "issue edit 7 --body-file -"),
        ([OURS], "", "issue close 7 --comment Nothing is left to do."),
        ([], "", None),
        ([OURS | {"user": {"login": "anybody"}}], "docs/a.md:3 due", "issue create"),  # the title and words are copied
        ([OURS | {"user": {"login": "anybody"}}], "", None),
        ([OURS | {"body": "By another workflow."}], "docs/a.md:3 due", "issue create"),
        ([OURS | {"body": None}, OURS | {"number": 9}], "", "issue close 9"),
        ([OURS | {"body": "<!-- weekly: links -->"}], "", None),
        ([OURS | {"pull_request": {}}], "", None),
    ],
)
def test_the_weekly_check_edits_only_its_own_issue(runner, issues: list, found: str, asked: str | None) -> None:
    (runner.folder / "found.txt").write_text(found)
    command = [sys.executable, str(ROOT / "scripts" / "guide" / "weekly_issue.py"), "due", TITLE, "found.txt"]
    ran = runner.run(command, [("/issues -f", json.dumps(issues), 0)], GH_REPO="good-health/guide")
    assert ran.status == 0, ran.text
    changes = [request for request in ran.asked if request[0].startswith("issue ")]
    assert len(changes) == (0 if asked is None else 1)
    if asked:
        assert changes[0][0].startswith(asked)
        assert changes[0][1] == ("" if "close" in asked else f"{found}\n\n{MARK}\n")


def test_a_long_issue_is_cut_at_a_line(runner: Runner) -> None:
    (runner.folder / "found.txt").write_text("docs/a.md:3 due\n" * 9000)
    command = [sys.executable, str(ROOT / "scripts" / "guide" / "weekly_issue.py"), "due", "Due", "found.txt"]
    ran = runner.run(command, [("/issues -f", "[]", 0)], GH_REPO="good-health/guide")
    body = ran.asked[-1][1]
    assert len(body) < 65_536 and body.endswith(f"\n{MARK}\n")
    assert set(body.splitlines()[:-3]) == {"docs/a.md:3 due"}


def test_a_request_that_failed_ends_the_run_without_a_traceback(runner: Runner) -> None:
    (runner.folder / "found.txt").write_text("docs/a.md:3 due\n")
    command = [sys.executable, str(ROOT / "scripts" / "guide" / "weekly_issue.py"), "due", "Due", "found.txt"]
    ran = runner.run(command, [("/issues -f", "HTTP 503", 1)], GH_REPO="good-health/guide")
    assert ran.status == 1 and "Traceback" not in ran.text
    assert len(ran.asked) == 1
