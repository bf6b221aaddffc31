"""What the full check finds in a preview, beside the page that is being read: checked in a process of its own."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
import threading
from collections.abc import Callable
from html import escape
from pathlib import Path
from typing import Any

from finish.built_site import markdown_file
from guide import stages
from sitecheck.model.finding import Finding
from sitecheck.output.report import sentence
from sitecheck.output.text import line_of

BODY = re.compile(rb"<body[^>]*>")
COUNT = re.compile(r"\d+ findings? ")  # the last line of a report
STYLE = (
    "margin:0;padding:12px 16px;border-bottom:4px solid #b3261e;background:#fff;color:#111;"
    "font:16px/1.5 system-ui,sans-serif;white-space:pre-wrap;overflow-wrap:anywhere"
)
BOX = '<aside style="{style}" data-preview><strong>{title}</strong>\n{lines}</aside>'
FAILURE = (
    '<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Not built</title>'
    '<meta name="viewport" content="width=device-width"></head><body>{box}</body></html>'
)


class Checking:
    """Finishes and checks a copy of a build, and calls `when_found` if there are findings."""

    def __init__(self, site: Path, when_found: Callable[[], None]) -> None:
        self.found: list[Finding] = []
        self.when_found, self.stopped = when_found, False
        path = os.pathsep.join(filter(None, (str(Path(__file__).parents[1]), os.environ.get("PYTHONPATH"))))
        self.process = subprocess.Popen(
            [sys.executable, "-m", "guide.preview_findings", str(site)],
            stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True,
            env=os.environ | {"PYTHONPATH": path, "GITHUB_ACTIONS": ""},
        )  # fmt: skip
        threading.Thread(target=self._wait, daemon=True).start()

    def _wait(self) -> None:
        output, _ = self.process.communicate()
        if output and not self.stopped:
            rows: list[dict[str, Any]] = json.loads(output)["findings"]
            self.found = [
                Finding(**{name: row[name] for name in Finding._fields if name in row}, pages=row["repeated"])
                for row in rows
            ]
            if self.found:
                self.when_found()

    def stop(self) -> None:
        """End the run: a newer build is on its way."""
        self.stopped = True
        self.process.terminate()

    def shown_on(self, address: str, content: bytes) -> bytes:
        """Return a page with what was found on it, and in files that belong to no page, at its top."""
        page = address + "index.html" if not address or address.endswith("/") else address
        source = f"docs/{markdown_file(page)}"
        here = [one for one in self.found if one.page in (page, "") or one.file == source]
        if not here:
            return content
        box = notice("The check found on this page:", [line_of(one, sentence(one), color=False) for one in here])
        return BODY.sub(lambda tag: tag[0] + box.encode(), content, count=1)


def notice(title: str, lines: list[str]) -> str:
    """Return a box with these lines, in a style of its own: the guide's may be what is broken."""
    return BOX.format(style=STYLE, title=escape(title), lines=escape("\n".join(lines)))


def failure(report: str) -> str:
    """Return the page that is shown while the guide cannot be built. It reloads by itself once it can."""
    lines = [line for line in report.splitlines() if not COUNT.match(line)]
    return FAILURE.format(box=notice("This cannot be built yet. Correct and save:", lines))


def main(site: Path) -> int:
    """Finish and check a copy of `site`, which stays beside it; print the findings as JSON."""
    if hasattr(os, "nice"):
        os.nice(5)  # the next preview comes first
    copy = Path(shutil.copytree(site, site.with_name("checked")))
    stages.finish(copy)  # the check finds what it stops at
    return stages.check([str(copy), "--named", "site", "--format", "json"])


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
