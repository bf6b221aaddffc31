"""Keep the findings of the weekly check in one issue, from GitHub Actions: weekly_issue.py TOPIC TITLE FILE."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

MAX_LENGTH = 60_000  # characters; GitHub takes 65,536
BOT = "github-actions[bot]"  # the author of issues that a workflow's token opens


def main(topic: str, title: str, file: str) -> None:
    """Open, update or close the issue about `topic`. An empty `file` means that there are no findings."""
    findings = Path(file).read_text("utf-8")
    mark = f"<!-- weekly: {topic} -->"
    number = own_issue(mark)
    body = f"{shortened(findings)}\n\n{mark}\n"
    if findings.strip() and number:
        gh("issue", "edit", number, "--body-file", "-", text=body)
    elif findings.strip():
        gh("issue", "create", "--title", title, "--body-file", "-", text=body)
    elif number:
        gh("issue", "close", number, "--comment", "Nothing is left to do.")


def own_issue(mark: str) -> str:
    """Return the number of an earlier run's open issue, or "". Anyone can copy a title, so author and mark count."""
    fields = [part for field in ("state=open", "per_page=100", f"creator={BOT}") for part in ("-f", field)]
    for issue in json.loads(gh("api", "--method", "GET", f"repos/{os.environ['GH_REPO']}/issues", *fields)):
        if issue["user"]["login"] == BOT and mark in (issue["body"] or "") and "pull_request" not in issue:
            return str(issue["number"])
    return ""


def shortened(findings: str) -> str:
    """Return as many lines of the findings as fit into an issue."""
    if len(findings) <= MAX_LENGTH:
        return findings.rstrip()
    whole_lines = findings[:MAX_LENGTH].rpartition("\n")[0]
    return f"{whole_lines}\n… and more: run scripts/check to see everything."


def gh(*arguments: str, text: str = "") -> str:
    """Run GitHub's client and return its output. Exits with its status when it fails; it has printed why."""
    run = subprocess.run(["gh", *arguments], input=text, stdout=subprocess.PIPE, text=True)
    if run.returncode:
        sys.exit(run.returncode)
    return run.stdout


if __name__ == "__main__":
    main(*sys.argv[1:])
