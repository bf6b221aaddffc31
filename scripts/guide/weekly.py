"""Keep what the weekly look found in one issue of its own, inside GitHub Actions: weekly.py ABOUT TITLE FILE."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

LONGEST = 60_000  # characters; GitHub takes 65,536
BOT = "github-actions[bot]"  # who opens issues with a workflow's own token


def main(about: str, title: str, file: str) -> None:
    """Open, renew or close the issue about `about`; an empty `file` means that nothing is left to do."""
    found = Path(file).read_text("utf-8")
    mark = f"<!-- weekly: {about} -->"
    number = own_issue(mark)
    body = f"{shortened(found)}\n\n{mark}\n"
    if found.strip() and number:
        gh("issue", "edit", number, "--body-file", "-", text=body)
    elif found.strip():
        gh("issue", "create", "--title", title, "--body-file", "-", text=body)
    elif number:
        gh("issue", "close", number, "--comment", "Nothing is left to do.")


def own_issue(mark: str) -> str:
    """The number of the open issue that a run before opened, "" when there is none. A title alone proves nothing."""
    fields = [part for field in ("state=open", "per_page=100", f"creator={BOT}") for part in ("-f", field)]
    for issue in json.loads(gh("api", "--method", "GET", f"repos/{os.environ['GH_REPO']}/issues", *fields)):
        if issue["user"]["login"] == BOT and mark in (issue["body"] or "") and "pull_request" not in issue:
            return str(issue["number"])
    return ""


def shortened(found: str) -> str:
    """The findings as far as an issue can hold them."""
    if len(found) <= LONGEST:
        return found.rstrip()
    whole_lines = found[:LONGEST].rpartition("\n")[0]
    return f"{whole_lines}\n… and more: run scripts/check to see everything."


def gh(*arguments: str, text: str = "") -> str:
    """Run GitHub's own client; what it printed. Ends the run when it fails, which it has told by then."""
    run = subprocess.run(["gh", *arguments], input=text, stdout=subprocess.PIPE, text=True)
    if run.returncode:
        sys.exit(run.returncode)
    return run.stdout


if __name__ == "__main__":
    main(*sys.argv[1:])
