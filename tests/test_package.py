"""The checker as a package: `pip` and `uvx` take it to other sites, under its own name and without the guide."""

from __future__ import annotations

import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from cases import write

ROOT = Path(__file__).parents[1]


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The files of the wheel, where Python finds them."""
    folder = tmp_path_factory.mktemp("package")
    command = [sys.executable, "-m", "hatchling", "build", "--target", "wheel", "--directory", folder]
    before = sorted(path.name for path in ROOT.iterdir())
    subprocess.run(command, cwd=ROOT, check=True, capture_output=True)
    assert sorted(path.name for path in ROOT.iterdir()) == before
    (wheel,) = folder.glob("*.whl")
    with zipfile.ZipFile(wheel) as files:
        files.extractall(folder / "installed")
    return folder / "installed"


def sitecheck(installed: Path, folder: Path, *arguments: str) -> tuple[int, str]:
    """(exit status, everything printed) of the installed checker."""
    command = [sys.executable, "-m", "sitecheck", *arguments]
    environment = os.environ | {"PYTHONPATH": str(installed), "XDG_CACHE_HOME": str(folder / "cache")}
    done = subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, check=False)
    return done.returncode, done.stdout + done.stderr


def test_it_checks_a_site_by_the_settings_beside_it(installed, tmp_path):
    page = '<!doctype html><html lang="en"><meta charset="utf-8"><title>Home</title><h1>Home</h1>'
    write(tmp_path, {"public/index.html": page})
    assert sitecheck(installed, tmp_path, "public")[0] == 0  # a missing description is advice
    write(tmp_path, {"pyproject.toml": '[tool.sitecheck]\nraise = ["NV"]\n'})
    status, out = sitecheck(installed, tmp_path, "public")
    assert status == 1 and out.startswith("public/index.html:1:1 NV003 ")


def test_a_site_elsewhere_is_not_held_to_the_settings_of_this_folder(installed, tmp_path):
    page = '<!doctype html><html lang="en"><meta charset="utf-8"><title>Home</title><h1>Home</h1>'
    write(tmp_path / "elsewhere", {"index.html": page})
    write(tmp_path / "here", {"pyproject.toml": '[tool.sitecheck]\nraise = ["NV"]\ncopies = ["print.html"]\n'})
    status, out = sitecheck(installed, tmp_path / "here", "../elsewhere")
    assert status == 0 and "EX003" not in out


def test_another_project_that_looks_like_this_one_is_not_held_to_its_rules(installed, tmp_path):
    write(tmp_path, {"mkdocs.yml": "site_name: Another\n", "docs/_data/list.yml": "- 1\n"})
    write(tmp_path / "site", {"index.html": "<h1>Home</h1>"})
    assert sitecheck(installed, tmp_path)[0] == 0


SAYS = {
    "its help": (["--help"], 0, "usage: sitecheck ", "--fix"),
    "an unknown option": (["--nope"], 2, "sitecheck --help lists the options", "scripts/"),
    "no site": (["gone"], 2, "build the site first, or name its folder", "scripts/"),
    "a rule, with its examples": (["--explain", "LI002"], 0, "Good:", "````"),
    "the rules": (["--rules"], 0, "LI002  error ", "CF001"),
    "a rule of the guide": (["--explain", "CF001"], 2, "sitecheck --rules lists them", "scripts/"),
}


@pytest.mark.parametrize(("arguments", "status", "said", "unsaid"), SAYS.values(), ids=SAYS)
def test_it_speaks_under_its_own_name(installed, tmp_path, arguments, status, said, unsaid):
    got, out = sitecheck(installed, tmp_path, *arguments)
    assert got == status and said in out and unsaid not in out


def test_it_has_a_command_a_licence_and_nothing_of_the_guide(installed):
    (facts,) = installed.glob("*.dist-info")
    assert "sitecheck = sitecheck.__main__:run" in (facts / "entry_points.txt").read_text()
    assert (facts / "licenses" / "LICENSE").is_file()
    assert {path.name for path in installed.iterdir()} == {"sitecheck", facts.name}


def test_it_needs_no_yaml_to_refuse_what_only_a_project_can_have(installed, tmp_path):
    write(tmp_path, {"public/index.html": "<h1>Home</h1>", "yaml.py": "raise ImportError('not installed')"})
    status, out = sitecheck(installed, tmp_path, "--fix", "public")
    assert status == 2 and out.startswith("sitecheck: --fix changes the project's own files")
