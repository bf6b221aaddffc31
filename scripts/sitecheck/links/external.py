"""--external: finds dead links to other hosts. A link is dead if two runs, days apart, find it so."""

from __future__ import annotations

import datetime
import ipaddress
import json
import socket
from collections.abc import Collection, Iterable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from urllib.parse import urlsplit

from .lychee import ALIVE, DEAD, MOVED, UNKNOWN, Answer, NoLychee, location, lychee

__all__ = ["NoLychee", "dead_twice"]

PERIOD = datetime.timedelta(days=3)  # between two runs that both find a link dead
MAX_REDIRECTS = 8
REFUSED = Answer(UNKNOWN, "a private address")


def dead_twice(
    addresses: Iterable[str], memory: Path, today: datetime.date, own: Collection[str] = ()
) -> dict[str, str]:
    """Addresses that are dead today and were at least three days ago -> why.

    `memory` is the file that holds the dates. `own` hosts are checked even if they are private. Raises NoLychee, also
    when not a single host answers: then it is this machine that is cut off.
    """
    answers = follow(addresses, own)
    requested = [answer for answer in answers.values() if answer != REFUSED]
    if requested and not any(answer.came for answer in requested):
        raise NoLychee(f"0 of {len(requested)} external links answered: is there a network? Nothing was found out")
    first_dead = read_memory(memory)
    failing = {}
    for address, answer in answers.items():
        if answer.state == ALIVE:
            first_dead.pop(address, None)
        elif answer.state == DEAD:
            since = first_dead.setdefault(address, today.isoformat())
            if today - datetime.date.fromisoformat(since) >= PERIOD:
                failing[address] = f"{answer.reason}, as on {since}"
    dead_since = {address: since for address, since in sorted(first_dead.items()) if address in answers}
    memory.write_text(json.dumps({"version": 1, "dead_since": dead_since}) + "\n", "utf-8")
    return failing


def read_memory(memory: Path) -> dict[str, str]:
    """Address -> the day on which it was first found dead. An unreadable file counts as empty: that only delays."""
    try:
        dead_since = json.loads(memory.read_text("utf-8"))["dead_since"]
        return {str(address): str(datetime.date.fromisoformat(day)) for address, day in dead_since.items()}
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return {}


def follow(addresses: Iterable[str], own: Collection[str] = ()) -> dict[str, Answer]:
    """Request each address, and each that it redirects to, once. Private hosts only if they are `own`."""
    answers: dict[str, Answer] = {}
    current = {address: address for address in addresses}  # address -> where its redirects have led so far
    for _ in range(MAX_REDIRECTS + 1):
        found = request(sorted(set(current.values())), own)
        # lychee follows no redirects here: it would follow them even to a private host.
        onward = {place: location(place) for place, answer in found.items() if answer.state == MOVED}
        found |= {place: Answer(UNKNOWN, found[place].reason) for place in onward}  # unless it leads on to an answer
        answers |= {address: found[place] for address, place in current.items()}
        current = {address: onward[place] for address, place in current.items() if onward.get(place)}
    return answers | dict.fromkeys(current, Answer(DEAD, f"redirects more than {MAX_REDIRECTS} times"))


def request(addresses: list[str], own: Collection[str]) -> dict[str, Answer]:
    """The answer of each address itself. Private and loopback hosts are not contacted unless they are `own`."""
    hosts = {host_of(address) for address in addresses} - set(own)
    with ThreadPoolExecutor(16) as pool:
        private = {host for host, inside in zip(hosts, pool.map(is_private, hosts), strict=True) if inside}
    public = [address for address in addresses if host_of(address) not in private]
    answers = lychee(public, bool(own)) if public else {}
    silent = Answer(UNKNOWN, "no answer")
    return {address: REFUSED if host_of(address) in private else answers.get(address, silent) for address in addresses}


def host_of(address: str) -> str:
    return (urlsplit(address).hostname or "").lower().rstrip(".")


def is_private(host: str) -> bool:
    """Whether a host is this machine or in its network. A name that does not resolve is left to lychee."""
    try:
        texts = {row[4][0] for row in socket.getaddrinfo(host, None)}
    except (OSError, UnicodeError):
        return f".{host}".endswith((".localhost", ".local", ".internal"))
    places = [ipaddress.ip_address(str(text).partition("%")[0]) for text in texts]  # without the zone of IPv6
    return any(place.is_multicast or not place.is_global for place in places)
