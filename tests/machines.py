"""A machine with nothing on it but what a test installs, to try the set-up on."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path
from typing import NamedTuple

from hosting import ROOT

# A python that logs its arguments and can make a virtual environment of itself.
STUB = """#!/bin/sh
echo "$@" >> "{log}"
if [ "$1 $2" = "-m venv" ]; then mkdir -p "$3/{bin}"; cp "$0" "$3/{bin}/python"; exit {venv}; fi
if [ "$1 $2" = "-m pip" ]; then echo "{says}" >&2; exit {pip}; fi
if [ "$1 $2" = "-m playwright" ]; then echo "{says}" >&2; exit {driver}; fi
case "$2" in *"import sys, pip"*) exit {has_pip} ;; esac
"""
ENDINGS = {"venv": 0, "pip": 0, "driver": 0, "has_pip": 0, "says": "", "bin": "bin"}
PACKAGES = shutil.ignore_patterns("__pycache__", "sitecheck", "finish", "guide")  # which no stub would load
TOOLS = ("sh", "dirname", "cmp", "cp", "mkdir", "rm", "id", "uname", "grep", "tail")


class Machine(NamedTuple):
    """A machine with nothing but sh, a few of its tools and perhaps a python, and the project's scripts on it."""

    root: Path
    tools: Path
    log: Path

    def install(self, path: Path, script: str) -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.unlink(missing_ok=True)
        path.write_text(script)
        path.chmod(0o755)

    def install_python(self, path: Path, **endings: int | str) -> None:
        """A python at `path` whose modules end with these exit statuses and words."""
        self.install(path, STUB.format(log=self.log, **ENDINGS | endings))

    def install_venv(self, **endings: int | str) -> None:
        """A complete .venv."""
        self.install_python(self.root / ".venv" / "bin" / "python", **endings)
        (self.root / ".venv" / "made").touch()

    def pretend_to_be(self, system: str, processor: str = "x86_64", libc: str = "") -> None:
        """Answer like another system: what uname -s, uname -m and ldd --version say there."""
        self.install(self.tools / "uname", f"#!/bin/sh\ncase $1 in -s) echo {system} ;; -m) echo {processor} ;; esac\n")
        self.install(self.tools / "ldd", f'#!/bin/sh\necho "{libc}" >&2\n')

    def with_scripts(self) -> Machine:
        """With the project's verbs, sh and a few of its tools."""
        shutil.copytree(ROOT / "scripts", self.root / "scripts", ignore=PACKAGES)
        self.tools.mkdir()
        for tool in TOOLS:
            (self.tools / tool).symlink_to(shutil.which(tool) or tool)
        return self

    def run(self, verb: str, *arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
        command = [f"{self.root}/scripts/{verb}", *arguments]
        return subprocess.run(command, env={"PATH": str(self.tools), **environment}, capture_output=True, text=True)

    @property
    def python_calls(self) -> list[str]:
        """The modules that python was run with; its checks of the version are left out."""
        lines = self.log.read_text().splitlines() if self.log.exists() else []
        return [line for line in lines if line.startswith("-m")]
