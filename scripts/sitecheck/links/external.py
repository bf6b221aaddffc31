"""--external: links that leave the site are doubted twice before they are blamed."""

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

DOUBT = datetime.timedelta(days=3)  # between the two runs that must both find a link dead
HOPS = 8  # redirects that are followed


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
    """Ask each address once, politely, and each that it forwards to; private hosts only when they are `own`."""
    answers: dict[str, Answer] = {}
    at = {address: address for address in addresses}  # address -> where it has led so far
    for _ in range(HOPS + 1):
        found = ask(sorted(set(at.values())), own)
        answers |= {address: found[place] for address, place in at.items()}
        # lychee would follow a redirect to anywhere, a private host included: it is told to follow none.
        onward = {place: location(place) for place, answer in found.items() if answer.state == MOVED}
        at = {address: onward[place] for address, place in at.items() if onward.get(place)}
    answers |= dict.fromkeys(at, Answer(DEAD, f"forwards more than {HOPS} times"))
    return {one: Answer(UNKNOWN, it.reason) if it.state == MOVED else it for one, it in answers.items()}


def ask(addresses: list[str], own: Collection[str]) -> dict[str, Answer]:
    """What each address answers by itself; private and loopback hosts are never asked unless they are `own`."""
    hosts = {host_of(address) for address in addresses} - set(own)
    with ThreadPoolExecutor(16) as pool:
        private = {host for host, inside in zip(hosts, pool.map(is_private, hosts), strict=True) if inside}
    asked = [one for one in addresses if host_of(one) not in private]
    told = lychee(asked, bool(own)) if asked else {}
    refused, silent = Answer(UNKNOWN, "a private address"), Answer(UNKNOWN, "no answer")
    return {one: refused if host_of(one) in private else told.get(one, silent) for one in addresses}


def host_of(address: str) -> str:
    return (urlsplit(address).hostname or "").lower().rstrip(".")


def is_private(host: str) -> bool:
    """Whether a host is this machine or in this network. A name that does not resolve is left to lychee."""
    try:
        found = {row[4][0] for row in socket.getaddrinfo(host, None)}
    except (OSError, UnicodeError):
        return host == "localhost" or host.endswith((".localhost", ".local", ".internal"))
    places = [ipaddress.ip_address(str(one).partition("%")[0]) for one in found]
    return any(place.is_multicast or not place.is_global for place in places)
