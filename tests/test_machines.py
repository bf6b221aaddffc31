"""Machines that are not as they should be: each goes on, or says in one line why not and what to do."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from cases import HOME, write
from hosting import ROOT, environ
from machines import ENDINGS, PACKAGES, STUB, Machine

ANYBODY: dict[str, Any] = (
    {"user": 65534, "group": 65534, "extra_groups": []} if os.geteuid() == 0 else {}
)  # root may write anywhere
HALF_MADE = {
    "killed while it was made": lambda machine: (machine.root / ".venv" / "made").unlink(),
    "its Python has gone": lambda machine: (machine.root / ".venv/bin/python").unlink(),
    "its Python is another now": lambda machine: machine.install_venv(has_pip=1),
}


@pytest.mark.parametrize("spoil", HALF_MADE.values(), ids=HALF_MADE)
def test_a_virtual_environment_that_no_longer_works_is_made_anew(
    machine: Machine, spoil: Callable[[Machine], None]
) -> None:
    machine.install_venv()
    spoil(machine)
    machine.install_python(machine.tools / "python3")
    run = machine.run("build")
    assert run.returncode == 0, run.stderr
    assert [line.split()[1] for line in machine.python_calls] == ["venv", "pip", "guide.build"]


def test_a_replaced_python_is_noticed(machine: Machine) -> None:
    """The lock has not changed, but the new Python does not look where the packages are."""
    machine.install_venv(has_pip=1)
    shutil.copy(machine.root / "scripts/requirements/site.txt", machine.root / ".venv/site.lock")
    machine.install_python(machine.tools / "python3")
    machine.run("build")
    assert [line.split()[1] for line in machine.python_calls] == ["venv", "pip", "guide.build"]


def test_the_python_that_made_it_need_not_be_started_to_know_that_it_works(machine: Machine) -> None:
    machine.install_venv(has_pip=1)
    (machine.root / ".venv/made").write_text(f"{machine.root}/.venv/bin/python\n")
    shutil.copy(machine.root / "scripts/requirements/site.txt", machine.root / ".venv/site.lock")
    assert machine.run("build").returncode == 0
    assert [line.split()[1] for line in machine.python_calls] == ["guide.build"]


def test_a_copied_python_is_no_proof_that_the_one_that_it_needs_is_there(machine: Machine) -> None:
    """Windows copies python.exe into .venv, where it is still the same file after Python itself is gone."""
    made = f'case "$2" in venv) exec {sys.executable} -m venv --copies --without-pip "$3" ;; esac'
    machine.install(machine.tools / "python3", f'#!/bin/sh\n{made}\nexec {sys.executable} "$@"\n')
    script = f"{machine.root}/scripts/setup.sh"
    subprocess.run(["sh", "-c", '. "$0"; make_venv', script], env={"PATH": str(machine.tools)}, check=True)
    made_by = Path((machine.root / ".venv/made").read_text().strip())
    assert made_by.is_file()
    assert not made_by.samefile(machine.root / ".venv/bin/python")


def test_publishing_reads_the_address_as_building_does(machine: Machine) -> None:
    """Without its last slash, too: the check refuses that in mkdocs.yml."""
    machine.install_venv()
    shutil.copy(machine.root / "scripts/requirements/site.txt", machine.root / ".venv/site.lock")
    assert machine.run("publish", "www", SITE_URL="https://clinic.test/guide").returncode == 0
    assert [line.split()[1] for line in machine.python_calls] == ["guide.hosts", "guide.publish"]


def test_a_moved_checkout_keeps_its_virtual_environment(machine: Machine) -> None:
    """Really made and really moved: nothing that a verb starts holds the old path."""
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", machine.root / ".venv"], check=True)
    package = next((machine.root / ".venv").glob("lib/*/site-packages")) / "pip"
    package.mkdir()
    for file, text in {"__init__.py": "", "../build_of_the_venv.py": "import pip; print(pip.__file__)"}.items():
        (package / file).write_text(text)
    (machine.root / ".venv/made").touch()
    shutil.copy(machine.root / "scripts/requirements/site.txt", machine.root / ".venv/site.lock")
    (machine.root / "scripts/build").write_text(
        (machine.root / "scripts/build").read_text().replace("-m guide.build", "-m build_of_the_venv")
    )
    moved = machine._replace(root=machine.root.rename(machine.root.with_name("moved")))
    run = moved.run("build")
    assert run.returncode == 0, run.stderr
    assert run.stdout.startswith(str(moved.root))
    assert run.stderr == ""


def test_an_unwritable_checkout_is_reported_in_one_line() -> None:
    with tempfile.TemporaryDirectory() as folder:  # not tmp_path, where nobody else may look
        root = Path(folder)
        shutil.copytree(ROOT / "scripts", root / "scripts", ignore=PACKAGES)
        root.chmod(0o555)
        command = [root / "scripts" / "build"]
        run = subprocess.run(command, capture_output=True, text=True, cwd="/", **ANYBODY)
    assert run.returncode == 2
    assert run.stderr.count("\n") == 1
    assert f"{root} cannot be written to" in run.stderr


WINDOWS = {"OS": "Windows_NT"}
GLIBC, MUSL = "ldd (Debian GLIBC 2.36-9) 2.36", "musl libc (x86_64)"
SYSTEMS = [
    ("Linux", "x86_64", GLIBC, ""),
    ("Linux", "aarch64", GLIBC, ""),
    ("Darwin", "arm64", "", ""),
    ("MINGW64_NT-10.0-22631", "x86_64", "", ""),
    ("MSYS_NT-10.0-19045", "x86_64", "", ""),
    ("Darwin", "x86_64", "", "Mac with an Intel processor"),
    ("Linux", "x86_64", MUSL, "musl, such as Alpine"),
    ("Linux", "aarch64", MUSL, "musl, such as Alpine"),
    ("Linux", "armv7l", GLIBC, "armv7l"),
    ("Linux", "i686", GLIBC, "i686"),
    ("MINGW64_NT-10.0-26100", "aarch64", "", "aarch64"),
    ("FreeBSD", "amd64", "", "FreeBSD"),
]


@pytest.mark.parametrize("system, processor, libc, words", SYSTEMS)
def test_an_unsupported_system_is_reported_before_anything_is_made(
    machine: Machine, system: str, processor: str, libc: str, words: str
) -> None:
    """Which ones have them was looked up by `uv pip install --dry-run --only-binary :all: --python-platform ...`."""
    machine.pretend_to_be(system, processor, libc)
    bin, environment = ("Scripts", WINDOWS) if "_NT" in system else ("bin", {})
    machine.install_python(machine.tools / "python3", bin=bin)
    run = machine.run("build", **environment)
    assert run.returncode == (2 if words else 0), run.stderr
    if words:
        assert words in run.stderr and "Use " in run.stderr and run.stderr.count("\n") == 1
        assert machine.python_calls == []
    else:
        assert [line.split()[1] for line in machine.python_calls] == ["venv", "pip", "guide.build"]
        assert (machine.root / ".venv" / bin / "python").exists()


def test_on_windows_scripts_test_recommends_wsl(machine: Machine) -> None:
    run = machine.run("test", **WINDOWS)
    assert run.returncode == 2
    assert "WSL" in run.stderr and run.stderr.count("\n") == 1


def test_the_readme_names_the_supported_systems() -> None:
    readme = (ROOT / "README.md").read_text("utf-8")
    assert all(system in readme for system in ("glibc", "Apple silicon", "Git Bash", "WSL"))


def test_the_checker_runs_without_fork_and_fcntl(tmp_path: Path) -> None:
    """Windows has no fcntl and no os.fork."""
    write(tmp_path / "site", {"index.html": HOME, "a.html": HOME, "b.html": HOME})
    program = (
        "import os, sys; sys.modules['fcntl'] = None; del os.fork; from guide import build\n"
        "from sitecheck.command.cli import main; sys.exit(main(['--jobs', '4', '--no-cache', 'site']))"
    )
    with environ(PYTHONPATH=str(ROOT / "scripts")):
        run = subprocess.run([sys.executable, "-c", program], cwd=tmp_path, capture_output=True, text=True)
    assert (run.returncode, run.stderr) == (1, "")
    assert "LI001" in run.stdout


def test_a_browser_driver_that_does_not_start_is_reported_before_the_tests(machine: Machine) -> None:
    machine.install_venv(driver=127, says="node: error while loading shared libraries: libatomic.so.1")
    machine.install(machine.tools / "chromium", "#!/bin/sh\n")
    run = machine.run("test")
    assert run.returncode == 2
    why = run.stderr.splitlines()[-1]
    assert "Debian: libatomic1" in why and "libatomic.so.1" in why
    assert "-m pytest" not in machine.python_calls


@pytest.mark.parametrize(
    ("browser", "missing"),
    [
        ("chromium-headless-shell", "libatomic1"),
        ("chromium", "libatomic1 chromium-headless-shell nginx-light openssl"),
    ],
)
def test_missing_browser_packages_are_installed_as_root(machine: Machine, browser: str, missing: str) -> None:
    """As root on Debian; the driver starts once apt-get has run."""
    machine.install_venv(driver=127)
    machine.install(machine.tools / browser, "#!/bin/sh\n")
    machine.install(machine.tools / "id", "#!/bin/sh\necho 0\n")
    mended = STUB.format(log=machine.log, **ENDINGS)
    (machine.root / "mended").write_text(mended)
    machine.install(
        machine.tools / "apt-get",
        f'#!/bin/sh\necho "apt-get $@" >> {machine.log}\ncp {machine.root}/mended {machine.root}/.venv/bin/python\n',
    )
    run = machine.run("test")
    assert run.returncode == 0, run.stderr
    installed = [line for line in machine.log.read_text().splitlines() if line.startswith("apt-get install")]
    assert [line.partition("recommends ")[2] for line in installed] == [missing]
    assert machine.python_calls[-1].startswith("-m pytest")
