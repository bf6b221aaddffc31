"""scripts/bench starters: sites as generators make them from their own starters, and three faults planted in each.

starters.yml says how each is built and which findings are right. Any other finding is a false alarm; a planted fault
that is not found is a miss. Both are printed, and the exit status is then 1.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections import Counter
from pathlib import Path
from typing import Any, NamedTuple

import yaml

HERE = Path(__file__).parent
SCRIPTS = HERE.parents[1] / "scripts"
PATIENCE = 900  # seconds for one command
PLANTED = {  # code -> what is written before the end of a page
    "LI001": '<a href="planted-page/">planted</a>',
    "LI002": '<a href="#planted-part">planted</a>',
    "AS001": '<img src="planted.png" alt="planted">',
}


class Verdict(NamedTuple):
    """What a check of one starter said."""

    pages: int
    errors: int  # findings that decide the exit status
    advice: int  # the others
    false: list[str]  # findings that starters.yml does not explain
    gone: list[str]  # findings that it explains and that nobody reports
    planted: int  # planted faults that were found


def install(tool: str, packages: dict[str, list[str]], work: Path) -> Path:
    """Install a tool's packages below `work`, once; gives the folder of its programs."""
    home = work / "tools" / tool
    programs = home / ("bin" if "pip" in packages else "node_modules/.bin")
    done = home / "installed"
    wanted = json.dumps(packages)
    if not done.is_file() or done.read_text() != wanted:
        shutil.rmtree(home, ignore_errors=True)
        home.mkdir(parents=True)
        if "pip" in packages:
            run([sys.executable, "-m", "venv", str(home)], home)
            run([f"{programs}/python", "-m", "pip", "install", "-q", *packages["pip"]], home)
        else:
            (home / "package.json").write_text('{"private": true}')
            run(["npm", "install", "--no-audit", "--no-fund", "--silent", *packages["npm"]], home)
        done.write_text(wanted)
    return programs


def run(command: list[str], folder: Path, path: str = "") -> str:
    """Run a command without input; gives what it printed. Raises RuntimeError with the end of it if it fails."""
    environment = os.environ | {"PATH": path + os.environ["PATH"], "CI": "1"}
    environment.pop("PYTHONPATH", None)
    done = subprocess.run(
        ["nice", *command], cwd=folder, env=environment, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT, text=True, errors="replace", timeout=PATIENCE, check=False,
    )  # fmt: skip
    if done.returncode:
        said = " / ".join(done.stdout.splitlines()[-3:])[-600:]
        raise RuntimeError(f"{' '.join(command)}: exit status {done.returncode}: {said}")
    return done.stdout


def build(starter: dict[str, Any], tools: dict[str, Any], work: Path) -> Path:
    """Build a starter in a folder of its own, once; gives the folder of the site."""
    folder = work / "sites" / starter["name"].replace(", ", "-").replace(" ", "-")
    site = folder / starter["site"]
    if not (folder / "built.ok").is_file():
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True)
        path = "".join(f"{install(tool, tools[tool], work)}:" for tool in starter["tools"])
        for name, text in starter.get("files", {}).items():
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            (folder / name).write_text(text, "utf-8")
        for line in starter["run"]:
            run(["sh", "-ec", line], folder, f"{folder}/node_modules/.bin:{path}")
        (folder / "built.ok").touch()
    return site


def check(site: Path, starter: dict[str, Any]) -> dict[str, Any]:
    """The checker's report of a site, as JSON."""
    options = ["--no-project", "--no-cache", "--format", "json", *starter.get("options", [])]
    done = subprocess.run(
        [sys.executable, "-m", "sitecheck", str(site), *options],
        cwd=site, env=os.environ | {"PYTHONPATH": str(SCRIPTS)}, capture_output=True, text=True, check=False,
    )  # fmt: skip
    if done.returncode not in (0, 1):
        raise RuntimeError(f"exit status {done.returncode}: {done.stderr}")
    report: dict[str, Any] = json.loads(done.stdout)
    return report


def judge(starter: dict[str, Any], site: Path) -> Verdict:
    """Check a site as it is, then with faults in it. Of each kind in `found` there must be as many as it says."""
    report = check(site, starter)
    lines: dict[str, list[str]] = {}
    for finding in report["findings"]:
        line = f"{finding['level']} {finding['page']}:{finding['line']} {finding['code']} {finding['message']}"
        lines.setdefault(finding["code"], []).append(line)
    known = starter.get("found", {})
    false = [line for code, some in lines.items() for line in some[known.get(code, [0])[0] :]]
    gone = [f"{code}, {count} times: {why}" for code, (count, why) in known.items() if len(lines.get(code, ())) < count]
    counts = Counter({code: len(some) for code, some in lines.items()})
    errors = sum(finding["level"] == "error" for finding in report["findings"])
    advice = len(report["findings"]) - errors
    return Verdict(report["pages"], errors, advice, false, gone, planted(site, starter, counts))


def planted(site: Path, starter: dict[str, Any], before: Counter[str]) -> int:
    """How many of three faults are found, each on a page of its own if there are as many."""
    with tempfile.TemporaryDirectory() as scratch:
        copy = shutil.copytree(site, Path(scratch) / "site", symlinks=True)
        pages = sorted(page for page in copy.rglob("*.html") if b"</body>" in page.read_bytes()) or [
            copy / "index.html"
        ]
        for number, fault in enumerate(PLANTED.values()):
            page = pages[number * (len(pages) - 1) // 2]
            head, end, tail = page.read_text("utf-8", "surrogateescape").rpartition("</body>")
            page.write_text(f"{head}{fault}{end}{tail}", "utf-8", "surrogateescape")
        after = Counter(one["code"] for one in check(copy, starter)["findings"])
    return sum(after[code] == before[code] + 1 for code in PLANTED)


def main(arguments: list[str]) -> int:
    """Build and check the starters, print a row for each; 1 if one says anything that it should not."""
    parser = argparse.ArgumentParser(prog="scripts/bench starters", description="Check sites made from starters.")
    parser.add_argument("--work", type=Path, default=Path(tempfile.gettempdir()) / "starters", help="where to build")
    parser.add_argument("--only", default="", help="only starters whose name contains this")
    options = parser.parse_args(arguments)
    plan = yaml.safe_load((HERE / "starters.yml").read_text("utf-8"))
    wrong = 0
    for starter in plan["sites"]:
        if options.only.lower() not in starter["name"].lower():
            continue
        try:
            verdict = judge(starter, build(starter, plan["tools"], options.work.resolve()))
        except (RuntimeError, subprocess.TimeoutExpired) as error:
            print(f"{starter['name']}: NOT BUILT: {error}", flush=True)
            wrong += 1
            continue
        wrong += bool(verdict.false or verdict.gone or verdict.planted < len(PLANTED))
        false = [sum(line.startswith(level) for line in verdict.false) for level in ("error", "advice")]
        row = (starter["name"], verdict.pages, verdict.errors, verdict.advice, *false, verdict.planted)
        print(f"| {' | '.join(map(str, row))} |")
        for line in verdict.false:
            print(f"    false: {line}")
        for line in verdict.gone:
            print(f"    gone: {line}", flush=True)
    return int(wrong > 0)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
