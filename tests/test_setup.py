"""On a bare machine: verbs any sh can run, locks that hold, and a set-up that does nothing when nothing is to do."""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path

import pytest
import yaml

from hosting import ROOT
from machines import Machine

VERBS = sorted(path for path in (ROOT / "scripts").iterdir() if path.is_file() and not path.suffix)
LOCKS = sorted((ROOT / "scripts" / "requirements").glob("*.txt"))
WANTED = sorted((ROOT / "scripts" / "requirements").glob("*.in"))
WORKFLOWS = sorted((ROOT / ".github" / "workflows").glob("*.yml"))
# What dash, ash and an old ksh do not know.
ONLY_BASH = re.compile(r"(?m)\[\[|<<<|<\(|\$'|&>|\bfunction \w|\blocal \w|\bdeclare \w|^\s*source |\bpipefail\b")


def test_a_bare_machine_is_set_up_from_the_lock_by_hash(machine: Machine) -> None:
    machine.install_python(machine.tools / "python3")
    run = machine.run("build")
    assert run.returncode == 0, run.stderr
    venv, install, pipeline = machine.python_calls
    assert venv.startswith("-m venv")
    assert "--require-hashes" in install and "scripts/requirements/site.txt" in install
    assert pipeline == "-m guide.build"
    assert "Installing" in run.stderr and run.stdout == ""  # `scripts/build | head -1` reads the report


@pytest.mark.parametrize("verb", ["build", "check", "serve"])
def test_nothing_is_installed_when_nothing_changed(machine: Machine, verb: str) -> None:
    machine.install_venv()
    shutil.copy(machine.root / "scripts/requirements/site.txt", machine.root / ".venv/site.lock")
    run = machine.run(verb)
    assert run.returncode == 0, run.stderr
    assert len(machine.python_calls) == 1
    assert not machine.python_calls[0].startswith("-m pip ")
    assert run.stdout == run.stderr == ""


def test_a_changed_lock_is_installed_again_into_the_same_place(machine: Machine) -> None:
    machine.install_venv()
    (machine.root / ".venv/site.lock").write_text("an older lock")
    (machine.root / ".venv/templates").mkdir()  # compiled by an older Jinja
    machine.run("build")
    assert [line.split()[1] for line in machine.python_calls] == ["pip", "guide.build"]
    assert not (machine.root / ".venv/templates").exists()


def test_an_install_that_failed_is_tried_again(machine: Machine) -> None:
    machine.install_venv(pip=1, says="ERROR: No matching distribution found for mkdocs")
    run = machine.run("build")
    assert run.returncode == 2
    installing, why = run.stderr.splitlines()
    assert installing.startswith("Installing")
    assert "could not be installed" in why and "network" in why and "found for mkdocs" in why
    assert not (machine.root / ".venv/site.lock").exists()


def test_a_python_without_venv_is_named_and_leaves_nothing_half_made(machine: Machine) -> None:
    """Debian's python3 makes half a .venv and then fails: the next run must not take it for a whole one."""
    machine.install_python(machine.tools / "python3", venv=1)
    run = machine.run("build")
    assert run.returncode == 2
    assert "python3-venv" in run.stderr
    machine.install_python(machine.tools / "python3")
    assert machine.run("build").returncode == 0
    assert [line.split()[1] for line in machine.python_calls] == ["venv", "venv", "pip", "guide.build"]


def test_a_missing_python_is_reported(machine: Machine) -> None:
    run = machine.run("build")
    assert run.returncode == 2
    assert "Python 3.11" in run.stderr


def test_a_missing_browser_is_reported(machine: Machine) -> None:
    machine.install_venv()
    run = machine.run("browser")
    assert run.returncode == 2
    assert "CHROMIUM" in run.stderr.splitlines()[-1]


@pytest.mark.parametrize("verb", VERBS, ids=lambda path: path.name)
def test_a_verb_runs_in_any_sh(verb: Path) -> None:
    text = verb.read_text("utf-8")
    shebang, purpose = text.splitlines()[:2]
    assert shebang == "#!/bin/sh -e"
    assert purpose.startswith("# ")
    assert verb.stat().st_mode & 0o111, f"chmod +x {verb.name}"
    assert ONLY_BASH.search(text) is None
    assert ".venv/bin" not in text, "Windows has no such folder: write $bin"
    assert subprocess.run(["sh", "-n", verb], capture_output=True).returncode == 0


def test_the_shared_set_up_runs_in_any_sh() -> None:
    setup = ROOT / "scripts" / "setup.sh"
    assert ONLY_BASH.search(setup.read_text("utf-8")) is None
    assert subprocess.run(["sh", "-n", setup], capture_output=True).returncode == 0


@pytest.mark.parametrize("lock", LOCKS, ids=lambda path: path.name)
def test_a_lock_pins_every_package_by_hash_and_names_no_address(lock: Path) -> None:
    entries = re.split(r"\n(?=\S)", lock.read_text("utf-8").strip())
    packages = [entry for entry in entries if not entry.startswith("#")]
    assert packages
    pinned = re.compile(r"[\w.\[\]-]+==\S+.*--hash=sha256:", re.DOTALL)
    assert [entry for entry in packages if not pinned.match(entry)] == []
    assert "://" not in lock.read_text("utf-8")


def test_building_and_testing_agree_on_every_version() -> None:
    """Both are installed into one .venv: a package must not change when a person goes from one to the other."""
    pins = {lock.stem: dict(re.findall(r"(?m)^([\w.-]+)==(\S+)", lock.read_text("utf-8"))) for lock in LOCKS}
    assert {name: pin for name, pin in pins["site"].items() if pins["test"].get(name) != pin} == {}


@pytest.mark.parametrize("wanted", WANTED, ids=lambda path: path.name)
def test_what_is_wanted_is_bounded_and_locked(wanted: Path) -> None:
    lock = wanted.with_suffix(".txt").read_text("utf-8")
    lines = [line for line in wanted.read_text("utf-8").splitlines() if line and not line.startswith("#")]
    for line in lines:
        if line.startswith(("-r ", "-c ")):
            continue
        name, pin = re.match(r"([\w-]+)(.*)", line).groups()
        assert pin.startswith("==") or "<" in pin, f"{line} may become anything"
        assert re.search(rf"^{re.escape(name.lower())}==", lock, re.MULTILINE), f"{name} is not locked: scripts/lock"


@pytest.mark.parametrize("workflow", WORKFLOWS, ids=lambda path: path.name)
def test_a_workflow_has_no_more_rights_than_it_needs(workflow: Path) -> None:
    text = workflow.read_text("utf-8")
    wanted = yaml.safe_load(text)
    assert wanted["permissions"] in ({}, {"contents": "read"})
    assert "pull_request_target" not in text
    for action in re.findall(r"uses:\s*(.*)", text):
        assert re.fullmatch(r"[\w./-]+@[0-9a-f]{40}\s+# v\d+\.\d+\.\d+", action), f"pin {action} to a commit"
    for job in wanted["jobs"].values():
        assert "timeout-minutes" in job
        for step in job["steps"]:
            if step.get("uses", "").startswith("actions/checkout@"):
                assert step["with"]["persist-credentials"] is False


def test_ci_runs_the_two_commands_of_the_readme_and_nothing_else() -> None:
    lines = (ROOT / ".ci" / "run").read_text("utf-8").splitlines()
    commands = [line for line in lines if line and not line.startswith(("#", "set ", "cd "))]
    assert commands.pop(0).endswith(" || export SITE_URL=https://localhost/")  # where no host gives an address
    assert commands == ["scripts/build", "scripts/test"]
    readme = (ROOT / "README.md").read_text("utf-8")
    assert all(command in readme for command in commands)
