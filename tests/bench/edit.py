"""scripts/bench edit: from saving a file to seeing it in the preview, and requests that met a missing page."""

from __future__ import annotations

import argparse
import os
import re
import socket
import statistics
import subprocess
import sys
import tempfile
import threading
import time
import urllib.error
import urllib.request
from pathlib import Path

from hosting import ROOT, Project

TABLE = Path(__file__).with_name("README.md")
BEGIN, END = "<!-- edit: begin -->\n", "<!-- edit: end -->\n"
# What is edited: the file, the words before which a mark goes, how the mark is written, and the page where it shows.
EDITS = {
    "a word": ("docs/index.md", "## What helps", "Seen {}.\n\n", ""),
    "a fact": ("docs/_data/clinic.yml", "Heights", "Seen {} ", "terms/"),
    "a template": ("overrides/clinic/footer.html", "</footer>", "<p>Seen {}</p>", "terms/"),
    "a style": ("docs/assets/css/site.css", "body {", ":root { --seen: 'Seen {}'; }\n", "assets/css/site.css"),
}
PAGES = ("", "get-help-now/", "terms/")


def main() -> int:
    parser = argparse.ArgumentParser(prog="scripts/bench edit", description=__doc__)
    parser.add_argument("--times", type=int, default=20, help="edits of each kind")
    parser.add_argument("--write", action="store_true", help=f"keep the table in {TABLE.relative_to(ROOT)}")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="bench-edit-") as folder:
        table = measure(Project(Path(folder, "project")), options.times)
    print(table, end="")
    if options.write:
        before, rest = TABLE.read_text("utf-8").split(BEGIN)
        TABLE.write_text(before + BEGIN + table + END + rest.split(END)[1], "utf-8")
    return 0


def measure(project: Project, times: int) -> str:
    """Edit a copy of the guide beside its preview. Returns a table of seconds."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        place = f"127.0.0.1:{server.getsockname()[1]}"
    command = [sys.executable, "-m", "mkdocs", "serve", "--dev-addr", place]
    process = subprocess.Popen(command, cwd=project.root, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    try:
        for line in process.stdout:
            if "The preview is at" in line:
                break
        threading.Thread(target=process.stdout.read, daemon=True).start()
        reader = Reader(f"http://{place}/")
        rows = [row(name, seen(project, f"http://{place}/", edit, times)) for name, edit in EDITS.items()]
        asked, missing = reader.stop()
    finally:
        process.terminate()
        process.wait(30)
    load = os.getloadavg()[0]
    about = (
        f"{time.strftime('%Y-%m-%d')}, {os.cpu_count()} processors, load {load:.1f}; seconds from saving to seeing.\n"
    )
    head = "| edit | median | p95 | slowest |\n| --- | --- | --- | --- |\n"
    return f"{about}\n{head}{''.join(rows)}\n{asked} requests meanwhile, {missing} of them met a missing page.\n"


def seen(project: Project, address: str, edit: tuple[str, str, str, str], times: int) -> list[float]:
    """Save an edit `times` times; return the seconds until the open page has reloaded and shows it."""
    file, words, mark, page = edit
    path, good = project.root / file, (project.root / file).read_text("utf-8")
    assert words in good, f"{file} does not hold {words!r}: correct tests/bench/edit.py"
    seconds = []
    for number in range(times):
        epoch = re.search(r"livereload\((\d+),", get(address))[1]
        started = time.perf_counter()
        path.write_text(good.replace(words, mark.replace("{}", f"{number:03}") + words, 1), "utf-8")
        while f"Seen {number:03}" not in get(address + page):  # the page is open: it waits for the next build
            epoch = get(f"{address}livereload/{epoch}/1")
        seconds.append(time.perf_counter() - started)
    path.write_text(good, "utf-8")
    time.sleep(1)
    return seconds


def row(name: str, seconds: list[float]) -> str:
    """Return a line of the table."""
    ordered = sorted(seconds)
    slow = ordered[min(len(ordered) - 1, round(0.95 * len(ordered)))]
    return f"| {name} | {statistics.median(ordered):.2f} | {slow:.2f} | {ordered[-1]:.2f} |\n"


def get(address: str) -> str:
    with urllib.request.urlopen(address, timeout=120) as answer:
        return answer.read().decode()


class Reader(threading.Thread):
    """Somebody who opens one page after the other all the time."""

    def __init__(self, address: str) -> None:
        super().__init__(daemon=True)
        self.address, self.asked, self.missing, self.ended = address, 0, 0, threading.Event()
        self.start()

    def run(self) -> None:
        while not self.ended.is_set():
            for page in PAGES:
                self.asked += 1
                try:
                    get(self.address + page)
                except urllib.error.HTTPError:
                    self.missing += 1
                time.sleep(0.02)

    def stop(self) -> tuple[int, int]:
        """End, and return how many requests there were, and how many met a missing page."""
        self.ended.set()
        self.join()
        return self.asked, self.missing


if __name__ == "__main__":
    sys.exit(main())
