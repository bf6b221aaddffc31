"""On a bare machine: verbs any sh can run, locks that hold, and a set-up that does nothing when nothing is to do."""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path
from typing import NamedTuple

import pytest
import yaml

from hosting import ROOT

VERBS = sorted(path for path in (ROOT / "scripts").iterdir() if path.is_file() and not path.suffix)
LOCKS = sorted((ROOT / "scripts" / "requirements").glob("*.txt"))
WANTED = sorted((ROOT / "scripts" / "requirements").glob("*.in"))
WORKFLOWS = sorted((ROOT / ".github" / "workflows").glob("*.yml"))
# What dash, ash and an old ksh do not know.
ONLY_BASH = re.compile(r"(?m)\[\[|<<<|<\(|\$'|&>|\bfunction \w|\blocal \w|\bdeclare \w|^\s*source |\bpipefail\b")
# A python that remembers what it was asked for, and can make a virtual environment of itself.
STUB = """#!/bin/sh
echo "$@" >> "{log}"
if [ "$1 $2" = "-m venv" ]; then mkdir -p "$3/bin"; cp "$0" "$3/bin/python"; exit {venv}; fi
if [ "$1 $2" = "-m pip" ]; then exit {pip}; fi
"""


class Machine(NamedTuple):
    """A machine with nothing but sh, a few of its tools and perhaps a python, and the project's scripts on it."""

    root: Path
    tools: Path
    log: Path

    def give_python(self, path: Path, venv: int = 0, pip: int = 0) -> None:
        """A python at `path` whose venv and pip end with these exit statuses."""
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(STUB.format(log=self.log, venv=venv, pip=pip))
        path.chmod(0o755)

    def run(self, verb: str, *arguments: str) -> subprocess.CompletedProcess[str]:
        command = [f"{self.root}/scripts/{verb}", *arguments]
        return subprocess.run(command, env={"PATH": str(self.tools)}, capture_output=True, text=True)

    @property
    def asked(self) -> list[str]:
        """What python was asked for, but the question how old it is."""
        lines = self.log.read_text().splitlines() if self.log.exists() else []
        return [line for line in lines if line.startswith("-m")]


@pytest.fixture
def machine(tmp_path: Path) -> Machine:
    root, tools = tmp_path / "project", tmp_path / "tools"
    shutil.copytree(ROOT / "scripts", root / "scripts", ignore=shutil.ignore_patterns("__pycache__"))
    tools.mkdir()
    for tool in ("sh", "dirname", "cmp", "cp", "mkdir", "rm", "id"):
        (tools / tool).symlink_to(shutil.which(tool))
    return Machine(root, tools, tmp_path / "asked")


def test_a_bare_machine_is_set_up_from_the_lock_by_hash(machine: Machine) -> None:
    machine.give_python(machine.tools / "python3")
    run = machine.run("build")
    assert run.returncode == 0, run.stderr
    venv, install, pipeline = machine.asked
    assert venv.startswith("-m venv")
    assert "--require-hashes" in install and "scripts/requirements/site.txt" in install
    assert pipeline == "-m pipeline"
    assert "Installing" in run.stdout


@pytest.mark.parametrize("verb", ["build", "check", "serve"])
def test_nothing_is_installed_when_nothing_changed(machine: Machine, verb: str) -> None:
    machine.give_python(machine.root / ".venv" / "bin" / "python")
    shutil.copy(machine.root / "scripts/requirements/site.txt", machine.root / ".venv/site.lock")
    run = machine.run(verb)
    assert run.returncode == 0, run.stderr
    assert len(machine.asked) == 1
    assert not machine.asked[0].startswith("-m pip ")
    assert run.stdout == run.stderr == ""


def test_a_changed_lock_is_installed_again_into_the_same_place(machine: Machine) -> None:
    machine.give_python(machine.root / ".venv" / "bin" / "python")
    (machine.root / ".venv/site.lock").write_text("an older lock")
    machine.run("build")
    assert [line.split()[1] for line in machine.asked] == ["pip", "pipeline"]


def test_an_install_that_failed_is_tried_again(machine: Machine) -> None:
    machine.give_python(machine.root / ".venv" / "bin" / "python", pip=1)
    run = machine.run("build")
    assert run.returncode == 2
    assert "could not be installed" in run.stderr
    assert not (machine.root / ".venv/site.lock").exists()


def test_a_python_without_venv_is_named_and_leaves_nothing_half_made(machine: Machine) -> None:
    """Debian's python3 makes half a .venv and then fails: the next run must not take it for a whole one."""
    machine.give_python(machine.tools / "python3", venv=1)
    run = machine.run("build")
    assert run.returncode == 2
    assert "python3-venv" in run.stderr
    machine.give_python(machine.tools / "python3")
    assert machine.run("build").returncode == 0
    assert [line.split()[1] for line in machine.asked] == ["venv", "venv", "pip", "pipeline"]


def test_someone_without_python_is_told_what_to_install(machine: Machine) -> None:
    run = machine.run("build")
    assert run.returncode == 2
    assert "Python 3.11" in run.stderr


def test_someone_without_a_browser_is_told_what_to_do(machine: Machine) -> None:
    machine.give_python(machine.root / ".venv" / "bin" / "python")
    run = machine.run("browser")
    assert run.returncode == 2
    assert "CHROMIUM" in run.stderr


@pytest.mark.parametrize("verb", VERBS, ids=lambda path: path.name)
def test_a_verb_runs_in_any_sh(verb: Path) -> None:
    text = verb.read_text("utf-8")
    shebang, purpose = text.splitlines()[:2]
    assert shebang == "#!/bin/sh -e"
    assert purpose.startswith("# ")
    assert verb.stat().st_mode & 0o111, f"chmod +x {verb.name}"
    assert ONLY_BASH.search(text) is None
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
        if line.startswith("-r "):
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
