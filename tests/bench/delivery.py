"""scripts/bench delivery [worker] [publish]: what a reader gets while a host misbehaves, or a site is published.

For the worker: what a returning reader of Get help now sees, and how soon. For publishing: delivery_publish.py.
Prints a table of each and keeps it in tests/bench/README.md. Takes some minutes: without the worker, most rows end only
when the reader has given up. Run with tests/ and scripts/ on PYTHONPATH, as scripts/bench does.
"""

from __future__ import annotations

import datetime
import os
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import delivery_publish
from playwright.sync_api import Browser, BrowserContext, sync_playwright
from readme import keep

from faults import FAULTS
from hosting import ROOT, build
from returning_reader import HELP, SAVED_COPY, SECONDS, Seen, open_page, outcome, visit
from unruly_host import Host, unruly


def worker() -> int:
    """Measure every fault. Returns 0 when each reader with the worker saw the numbers in time, else 1."""
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as play:
        site = build(ROOT, Path(folder) / "site").site
        chromium = os.environ.get("CHROMIUM", "/usr/bin/chromium")
        browser = play.chromium.launch(executable_path=chromium, args=["--no-sandbox", "--disable-quic"])
        rows = list(worker_rows(browser, site))
        browser.close()
    worst = max(seconds for *_, seconds in rows)
    today = datetime.datetime.now(datetime.UTC).date()
    report = "\n".join(
        [
            "## A host that misbehaves",
            "",
            f"{today}, {os.cpu_count()} processors, load {os.getloadavg()[0]:.1f}. Get help now, opened again",
            "after one visit; seconds until `tel:911` is on the screen. Beside it, a reader who has no worker.",
            "",
            "| the host | without a worker | with the worker | seconds |",
            "| --- | --- | --- | --- |",
            *(f"| {name} | {without} | {got} | {seconds:.1f} |" for name, without, got, seconds in rows),
            "",
            f"The worst: {worst:.1f} s (must be at most {SECONDS}).",
        ]
    )
    print(report)
    keep("delivery", report)
    return int(worst > SECONDS)


def worker_rows(browser: Browser, site: Path) -> Iterator[tuple[str, str, str, float]]:
    """Name of the fault, what a reader gets without and with the worker, and the seconds with it."""
    with unruly(site) as host, unruly(site) as other:
        host.elsewhere = other.address.replace("127.0.0.1", "localhost")
        readers = [browser.new_context(service_workers="block"), browser.new_context()]
        visit(readers[1].new_page(), host.address)
        for name, (fault, _) in FAULTS.items():
            host.fault = fault
            yield row(name, host, readers)
            host.fault = None
            open_page(readers[1], f"{host.address}/{HELP}")  # well again: each row starts from the same
        host.stop()
        yield row("connection refused", host, readers)
        readers[1].set_offline(True)
        readers[0].set_offline(True)
        yield row("no network", host, readers)


def row(name: str, host: Host, readers: list[BrowserContext]) -> tuple[str, str, str, float]:
    """Open Get help now as each reader."""
    seen = [open_page(reader, f"{host.address}/{HELP}") for reader in readers]
    without, got = (described(one, host) for one in seen)
    print(f"  {name}: {without} / {got}, {seen[1].seconds:.1f} s", file=sys.stderr, flush=True)
    return name, without, got, seen[1].seconds


def described(seen: Seen, host: Host) -> str:
    """Fresh or saved, with the beginning of the note."""
    kind = outcome(seen, host)
    return f"{kind}: “{seen.note.split(',')[0]}”" if kind == SAVED_COPY else kind


def main(parts: list[str]) -> int:
    """Measure the parts named, "worker" and "publish"; both without a name."""
    status = 0
    if not parts or "worker" in parts:
        status = worker()
    if not parts or "publish" in parts:
        table = delivery_publish.table()
        print(table)
        keep("delivery-publish", table)
    return status


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
