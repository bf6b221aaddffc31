"""The types of scripts/ hold: mypy, as strict as pyproject.toml says."""

from __future__ import annotations

import subprocess
import sys

from hosting import ROOT


def test_mypy_finds_nothing() -> None:
    command = [sys.executable, "-m", "mypy", "--no-color-output", "--no-error-summary"]
    run = subprocess.run(command, cwd=ROOT, capture_output=True, text=True)
    assert run.returncode == 0, run.stdout + run.stderr
