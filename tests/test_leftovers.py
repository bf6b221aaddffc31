"""scripts/build, killed, unread or unable to write: one line at most, and the next build clears what was left."""

from __future__ import annotations

import contextlib
import errno
import fcntl
import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest

import guide.build
from cases import write
from guide import generators, stages
from hosting import Project, captured_output, environ


def in_process(project: Project, **options: Any) -> subprocess.Popen[str]:
    """scripts/build in a process group of its own, as a terminal starts it."""
    return project.start("guide.build", start_new_session=True, **options)


@pytest.fixture
def generated_before(site: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The generator copies a finished guide: a build then only moves folders and checks."""

    def copy(folder: Path) -> int:
        return stages.after_generating(Path(shutil.copytree(site, folder)))

    monkeypatch.setattr(stages, "finish", lambda _: [])
    monkeypatch.setitem(generators.GENERATORS, "mkdocs", copy)


def test_a_second_build_waits_for_the_first(project: Project) -> None:
    project.replace("docs/terms.md", "type: legal", "type: lega")  # found before anything is built
    folder = os.open(project.root, os.O_RDONLY)
    fcntl.flock(folder, fcntl.LOCK_EX)
    with in_process(project, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        assert process.stderr.readline() == "Another scripts/build is at work here: waiting until it has ended.\n"
        assert list(project.root.glob("*site*")) == []
        os.close(folder)
        out, err = process.communicate()
    assert (process.returncode, err) == (1, "")
    assert out.startswith("docs/terms.md:")


@pytest.mark.usefixtures("generated_before")
def test_the_next_build_removes_what_a_killed_build_left(project: Project) -> None:
    with in_process(project, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as process:
        while not list(project.root.glob(".site-*/site")):
            assert process.poll() is None
            time.sleep(0.01)
        os.killpg(process.pid, signal.SIGKILL)
    assert list(project.root.glob(".site-*"))
    with contextlib.chdir(project.root):
        guide.build.clean_up()
    assert list(project.root.glob(".site-*")) == []


def test_a_site_that_a_killed_build_moved_aside_is_restored(project: Project) -> None:
    write(project.root, {".site-build/old/index.html": "the site of yesterday", ".site-build/site/index.html": "half"})
    with contextlib.chdir(project.root):
        guide.build.clean_up()
    assert (project.root / "site/index.html").read_text() == "the site of yesterday"
    assert list(project.root.glob(".site-*")) == []


def test_a_stopped_build_cleans_up_and_says_so_in_one_line(project: Project) -> None:
    with in_process(project, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        while not list(project.root.glob(".site-*/site")):
            assert process.poll() is None
            time.sleep(0.01)
        os.killpg(process.pid, signal.SIGTERM)
        out, err = process.communicate()
    assert (process.returncode, out, err) == (130, "", "build: stopped; site/ is as it was\n")
    assert list(project.root.glob(".site-*")) == []


def test_an_unwritable_folder_is_reported_in_one_line(
    project: Project, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def refuse(path: Path, *_: object) -> None:
        raise OSError(errno.EROFS, os.strerror(errno.EROFS), str(path))

    monkeypatch.setattr(os, "mkdir", refuse)
    monkeypatch.chdir(project.root)
    assert guide.build.run([]) == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert err == f"build: {project.root} cannot be written to (Read-only file system); site/ is as it was\n"


@pytest.mark.usefixtures("generated_before")
def test_a_build_succeeds_when_its_last_line_is_not_read(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    """`scripts/build | head -1`: here the reader leaves before the last line, every time."""
    reading, writing = os.pipe()
    swap = guide.build.swap

    def leave_then_swap() -> None:
        os.close(reading)
        swap()

    monkeypatch.setattr(guide.build, "swap", leave_then_swap)
    monkeypatch.chdir(project.root)
    with os.fdopen(writing, "w", encoding="utf-8") as out:
        monkeypatch.setattr(sys, "stdout", out)
        with environ():
            assert guide.build.run([]) == 0
    assert (project.root / "site/index.html").exists()


def test_a_closed_pipe_ends_the_build_without_a_traceback(project: Project) -> None:
    reading, writing = os.pipe()
    os.close(reading)
    with in_process(project, stdout=writing, stderr=subprocess.PIPE) as process:
        os.close(writing)
        assert process.communicate()[1] == ""
    assert process.returncode == 2
    assert not (project.root / "site").exists()


@pytest.mark.usefixtures("generated_before")
def test_rebuilding_a_site_reuses_its_cache_file(
    project: Project, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """The pack is the built site's, not that of the folder in which it was made."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    packs = []
    for _ in range(2):
        assert project.build().status == 0
        with contextlib.chdir(project.root), captured_output(), environ():
            assert stages.check(["site"]) == 0
        packs.append({path.name for path in (tmp_path / "cache").rglob("*.pack")})
    assert packs[0] == packs[1]
    assert len(packs[0]) == 1


def test_old_unfinished_cache_files_are_removed(faulty: Path) -> None:
    cache = faulty / "cache" / "sitecheck"
    write(cache, {"0.pack.123": "half", "1.pack.456": "being written", "2.pack": "whole"})
    long_ago = time.time() - 2 * 86_400
    os.utime(cache / "0.pack.123", (long_ago, long_ago))
    os.utime(cache / "2.pack", (long_ago, long_ago))
    with captured_output():
        stages.check(["site"])
    names = {path.name for path in cache.iterdir()}
    assert "0.pack.123" not in names
    assert {"1.pack.456", "2.pack"} <= names


@pytest.mark.usefixtures("generated_before")
def test_an_automatic_build_for_an_example_address_leaves_no_site(project: Project) -> None:
    outcome = project.build(CI="true", SITE_URL="https://guide.example/")
    assert outcome.status == 1
    assert "https://guide.example/ is an example: set the variable SITE_URL" in outcome.lines[0]
    assert len(outcome.lines) == 1
    assert not (project.root / "site").exists()
