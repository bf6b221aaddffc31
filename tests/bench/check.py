"""The checker beside lychee and beside only parsing, in turn, in one run; medians as a table.

scripts/bench check [--rounds 5] [--sizes 1000,10000] [--site FOLDER ...] [--write]
"""

from __future__ import annotations

import argparse
import compileall
import contextlib
import datetime
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path
from typing import NamedTuple

from sites import make

HERE = Path(__file__).parent
ROOT = HERE.parents[1]
README = HERE / "README.md"
BEGIN, END = "<!-- table: begin -->", "<!-- table: end -->"
PARSE = (
    "import sys, pathlib, turbohtml\n"
    "for path in sorted(pathlib.Path(sys.argv[1]).rglob('*.html')): turbohtml.parse(path.read_bytes())\n"
)


class Run(NamedTuple):
    """One command, once."""

    wall: float  # seconds
    cpu: float  # seconds, of all its processes
    memory: float  # MB, all its processes together


def main() -> None:
    parser = argparse.ArgumentParser(prog="scripts/bench check", description=__doc__)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--sizes", default="1000,10000", help="pages of the made-up sites")
    parser.add_argument("--site", type=Path, action="append", default=[], help="a real site to measure as well")
    parser.add_argument("--write", action="store_true", help="keep the table in tests/bench/README.md")
    asked = parser.parse_args()
    folder = Path(os.environ.get("BENCH_DIR") or Path(tempfile.gettempdir()) / "sitecheck-bench")
    folder.mkdir(parents=True, exist_ok=True)
    compileall.compile_dir(ROOT / "scripts", quiet=1)  # as any first run leaves it
    sites = [make(folder, int(size)) for size in asked.sizes.split(",") if size]
    results = [measured(site, asked.rounds) for site in [*sites, *asked.site]]
    table = f"{report(results, asked.rounds)}\n\n{start(folder / 'one-page', asked.rounds)}"
    print(table)
    if asked.write:
        text = README.read_text("utf-8")
        before, after = text.split(BEGIN)[0], text.split(END)[1]
        README.write_text(f"{before}{BEGIN}\n{table}\n{END}{after}", "utf-8")


def measured(site: Path, rounds: int) -> tuple[str, int, dict[str, Run]]:
    """(name, pages, medians by what was run)."""
    pages = sum(1 for _ in site.rglob("*.html"))
    print(f"{site.name}: {pages} pages, {rounds} rounds", file=sys.stderr)
    with tempfile.TemporaryDirectory() as cache:
        check = [sys.executable, "-m", "sitecheck", str(site), "--no-project", "--format", "json"]
        commands = {
            "cold": check,
            "again": check,
            "one process": [*check, "--jobs", "1", "--no-cache"],
            "parse only": [sys.executable, "-c", PARSE, str(site)],
        }
        if lychee := shutil.which("lychee") or shutil.which("lychee", path=str(Path(sys.executable).parent)):
            offline = ["--offline", "--include-fragments", "--index-files", "index.html", "--no-progress"]
            commands["lychee"] = [lychee, *offline, str(site)]
        runs: dict[str, list[Run]] = {name: [] for name in commands}
        for _ in range(rounds):
            for name, command in commands.items():
                if name == "cold":
                    shutil.rmtree(cache, ignore_errors=True)
                runs[name].append(run(command, cache))
    return site.name, pages, {name: median(several) for name, several in runs.items()}


def start(site: Path, rounds: int) -> str:
    """What a run costs before there is much to read: all of it, on a site of one page."""
    site.mkdir(exist_ok=True)
    (site / "index.html").write_text("<!doctype html><html lang=en><title>Home</title><h1>Home</h1>", "utf-8")
    check = [sys.executable, "-m", "sitecheck", str(site), "--no-project", "--no-cache"]
    nothing = [sys.executable, "-c", "pass"]
    ours, python = (median([run(command, "") for _ in range(rounds)]).wall for command in (check, nothing))
    return f"One page from start to end: {ours:.2f} s, of which Python's own start takes {python:.2f} s."


def run(command: list[str], cache: str) -> Run:
    """Run a command to its end, whatever it finds."""
    environment = os.environ | {"PYTHONPATH": str(ROOT / "scripts"), "XDG_CACHE_HOME": cache}
    before, started = os.times(), time.perf_counter()
    process = subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
                               start_new_session=True)  # fmt: skip
    peak = [0.0]
    watcher = threading.Thread(target=watch, args=(process, peak))
    watcher.start()
    process.wait()
    wall, after = time.perf_counter() - started, os.times()
    watcher.join()
    cpu = after.children_user + after.children_system - before.children_user - before.children_system
    return Run(wall, cpu, peak[0])


def watch(process: subprocess.Popen, peak: list[float]) -> None:
    """Add up the memory of a session's processes now and then; shared pages are counted once a process."""
    while process.poll() is None:
        total = 0.0
        for status in Path("/proc").glob("[0-9]*/stat"):
            with contextlib.suppress(OSError, IndexError, ValueError):
                fields = status.read_text().rpartition(")")[2].split()
                if int(fields[3]) == process.pid:
                    total += int(fields[21]) * os.sysconf("SC_PAGE_SIZE") / 1e6
        peak[0] = max(peak[0], total)
        time.sleep(0.05)


def median(runs: list[Run]) -> Run:
    return Run(*(statistics.median(values) for values in zip(*runs, strict=True)))


def report(results: list[tuple[str, int, dict[str, Run]]], rounds: int) -> str:
    """Two tables in Markdown: what was measured, and the ratios that are promised."""
    load = f", load {os.getloadavg()[0]:.1f}" if hasattr(os, "getloadavg") else ""
    lines = [
        f"{datetime.date.today()}, {os.cpu_count()} processors{load}, Python {sys.version.split()[0]}; "
        f"medians of {rounds} rounds: wall s / CPU s / MB.",
        "",
        "| site | pages | cold | again | one process | parse only | lychee |",
        "| --- | --- | --- | --- | --- | --- | --- |",
    ]
    ratios = ["| site | cold : lychee, wall | one process : parse only, CPU | again : cold, wall | ms a page, cold |",
              "| --- | --- | --- | --- | --- |"]  # fmt: skip
    for name, pages, by in results:
        cells = [f"{one.wall:.2f} / {one.cpu:.2f} / {one.memory:.0f}" for one in by.values()]
        lines.append(f"| {name} | {pages} | " + " | ".join(cells) + " |")
        lychee = f"1 : {by['lychee'].wall / by['cold'].wall:.1f}" if "lychee" in by else "not installed"
        ratios.append(
            f"| {name} | {lychee} | {by['one process'].cpu / by['parse only'].cpu:.2f} | "
            f"1 : {by['cold'].wall / by['again'].wall:.1f} | {by['cold'].wall / pages * 1e3:.2f} |"
        )
    return "\n".join([*lines, "", *ratios])


if __name__ == "__main__":
    main()
