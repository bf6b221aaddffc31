"""The checker beside an earlier commit, lychee and only parsing, in turn, in one run; medians as a table.

scripts/bench check [--rounds 5] [--sizes 1000,10000] [--site FOLDER ...] [--against COMMIT] [--write]
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
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from sites import make

HERE = Path(__file__).parent
ROOT = HERE.parents[1]
SCRIPTS = ROOT / "scripts"
README = HERE / "README.md"
BEFORE = "2bbf68e"  # the last commit before the checker was taken apart into rooms
COLUMNS = ("cold", "before", "again", "one process", "parse only", "lychee")
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
    parser.add_argument("--against", default=BEFORE, help="an earlier commit, than which it must not be slower")
    parser.add_argument("--write", action="store_true", help="keep the table in tests/bench/README.md")
    asked = parser.parse_args()
    folder = Path(os.environ.get("BENCH_DIR") or Path(tempfile.gettempdir()) / "sitecheck-bench")
    folder.mkdir(parents=True, exist_ok=True)
    compileall.compile_dir(ROOT / "scripts", quiet=1)  # as any first run leaves it
    sites = [make(folder, int(size)) for size in asked.sizes.split(",") if size]
    before = scripts_of(asked.against, folder)
    results = [measured(site, asked.rounds, before) for site in [*sites, *asked.site]]
    table = f"{report(results, asked.rounds)}\n\n{start(folder / 'one-page', asked.rounds)}\n{guide(asked.rounds)}"
    print(table)
    if asked.write:
        text = README.read_text("utf-8")
        before, after = text.split(BEGIN)[0], text.split(END)[1]
        README.write_text(f"{before}{BEGIN}\n{table}\n{END}{after}", "utf-8")


def scripts_of(commit: str, folder: Path) -> Path | None:
    """The scripts of an earlier commit, compiled; None where git does not have it, as after a shallow clone."""
    target = folder / commit
    if not target.exists():
        archive = subprocess.run(["git", "archive", commit, "scripts"], cwd=ROOT, capture_output=True)
        if archive.returncode:
            return None
        target.mkdir()
        subprocess.run(["tar", "-x", "-C", str(target)], input=archive.stdout, check=True)
        compileall.compile_dir(target, quiet=1)
    return target / "scripts"


def measured(site: Path, rounds: int, before: Path | None) -> tuple[str, int, dict[str, Run]]:
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
        if before:
            commands["before"] = check
        if lychee := shutil.which("lychee") or shutil.which("lychee", path=str(Path(sys.executable).parent)):
            offline = ["--offline", "--include-fragments", "--index-files", "index.html", "--no-progress"]
            commands["lychee"] = [lychee, *offline, str(site)]
        runs: dict[str, list[Run]] = {name: [] for name in commands}
        for _ in range(rounds):
            for name, command in commands.items():
                if name in ("cold", "before"):
                    shutil.rmtree(cache, ignore_errors=True)
                runs[name].append(run(command, cache, before if name == "before" else SCRIPTS))
    return site.name, pages, {name: median(several) for name, several in runs.items()}


def start(site: Path, rounds: int) -> str:
    """What a run costs before there is much to read: all of it, on a site of one page."""
    site.mkdir(exist_ok=True)
    (site / "index.html").write_text("<!doctype html><html lang=en><title>Home</title><h1>Home</h1>", "utf-8")
    check = [sys.executable, "-m", "sitecheck", str(site), "--no-project", "--no-cache"]
    nothing = [sys.executable, "-c", "pass"]
    ours, python = medians((check, nothing), rounds)
    return f"One page from start to end: {ours.wall:.2f} s, of which Python's own start takes {python.wall:.2f} s."


def guide(rounds: int) -> str:
    """What the guide costs its editors: its check, with every rule and without a cache, and its build."""
    check, build = [sys.executable, "-m", "sitecheck", "site", "--no-cache"], [sys.executable, "-m", "guide.build"]
    run(build, "")
    checked, python, built = quickest((check, [sys.executable, "-c", "pass"], build), rounds)
    return (
        f"The guide, wall / CPU s: its check {checked.wall:.2f} / {checked.cpu:.2f}, of which Python's own start takes "
        f"{python.wall:.2f} / {python.cpu:.2f} ({checked.wall / python.wall:.0f} times that); its build "
        f"{built.wall:.2f} / {built.cpu:.2f}. The best of each."
    )


def medians(commands: Sequence[list[str]], rounds: int) -> list[Run]:
    """The median of each command, run in turn."""
    runs = [[run(command, "") for command in commands] for _ in range(rounds)]
    return [median(list(several)) for several in zip(*runs, strict=True)]


def quickest(commands: Sequence[list[str]], rounds: int) -> list[Run]:
    """The best wall and CPU time of each command, run in turn: what else runs on the machine only adds to them."""
    runs = [[run(command, "") for command in commands] for _ in range(rounds)]
    return [Run(*(min(each) for each in zip(*several, strict=True))) for several in zip(*runs, strict=True)]


def run(command: list[str], cache: str, scripts: Path = SCRIPTS) -> Run:
    """Run a command to its end, whatever it finds."""
    environment = os.environ | {"PYTHONPATH": str(scripts), "XDG_CACHE_HOME": cache, "NO_MKDOCS_2_WARNING": "1"}
    before, started = os.times(), time.perf_counter()
    process = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
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
        f"| site | pages | {' | '.join(COLUMNS)} |",
        f"| --- | --- {'| --- ' * len(COLUMNS)}|",
    ]
    ratios = ["| site | cold : lychee, wall | CPU | cold : before, CPU | one process : parse only, CPU "
              "| again : cold, wall | ms a page, cold |",
              "| --- | --- | --- | --- | --- | --- | --- |"]  # fmt: skip
    for name, pages, by in results:
        there = [by.get(column) for column in COLUMNS]
        cells = [f"{one.wall:.2f} / {one.cpu:.2f} / {one.memory:.0f}" if one else "not there" for one in there]
        lines.append(f"| {name} | {pages} | " + " | ".join(cells) + " |")
        lychee, before, cold = by.get("lychee"), by.get("before"), by["cold"]
        ratios.append(
            f"| {name} | {f'1 : {lychee.wall / cold.wall:.1f}' if lychee else 'not installed'} "
            f"| {f'1 : {lychee.cpu / cold.cpu:.1f}' if lychee else '–'} "
            f"| {f'{cold.cpu / before.cpu:.2f}' if before else 'not in git'} "
            f"| {by['one process'].cpu / by['parse only'].cpu:.2f} | "
            f"1 : {by['cold'].wall / by['again'].wall:.1f} | {by['cold'].wall / pages * 1e3:.2f} |"
        )
    return "\n".join([*lines, "", *ratios])


if __name__ == "__main__":
    main()
