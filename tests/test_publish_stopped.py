"""scripts/publish with a full disk, or stopped by a signal: one line that says what is live."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

import guide.publish
from guide import deploy
from guide.publish import main
from hosting import ROOT
from small_sites import contents_of, refusal, with_build_files, words_of

ALONE = """
import os, resource, signal, sys
import guide.publish
from guide import deploy
from signal import SIG_BLOCK, SIG_UNBLOCK, pthread_sigmask as hold
ALL = guide.publish.SIGNALS
signal.signal(signal.SIGHUP, signal.SIG_DFL)  # tests under nohup would ignore it
def check(*_):
    {meanwhile}
    return 0
deploy.publish.__defaults__ = (check,)
{before}
sys.exit(guide.publish.main(sys.argv[1:]))
"""
FULL = "Nothing was published: the disk of {}.releases is full. Free some space, then publish again.\n"


def alone(folder: Path, *arguments: object, before: str = "", meanwhile: str = "") -> subprocess.CompletedProcess[str]:
    """scripts/publish in a process of its own, with a line of Python to run before it and in the checker's place."""
    command = [sys.executable, "-c", ALONE.format(before=before, meanwhile=meanwhile), *map(str, arguments)]
    environment = os.environ | {"PYTHONPATH": str(ROOT / "scripts")}
    return subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, timeout=120)


def test_a_failed_write_changes_nothing(published, better_site):
    before = contents_of(published.parent)
    ended = alone(better_site.parent, published, before="resource.setrlimit(resource.RLIMIT_FSIZE, (100, 100))")
    assert (ended.returncode, ended.stdout) == (2, "")
    assert ended.stderr == f"Nothing was published: {published}.releases: File too large\n"
    assert contents_of(published.parent) == before


@pytest.mark.parametrize("function", ["fsync", "mkdir", "rename", "symlink", "replace"])
@pytest.mark.usefixtures("better_site")
def test_a_full_disk_is_reported_at_any_step(published, capsys, monkeypatch, function):
    before = contents_of(published.parent)

    def full(*_: object, **__: object) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patched:
        patched.setattr(os, function, full)
        assert main([str(published)]) == 2
    assert capsys.readouterr().err == FULL.format(published)
    left = {path for path in contents_of(published.parent).keys() - before.keys() if "/000002-after-000001" not in path}
    assert left == set()  # what is whole when making it live fails stays until the next run
    assert words_of(published) == "good"


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A file system of 64 kB."""
    folder = tmp_path / "disk"
    folder.mkdir()
    if os.geteuid() or subprocess.run(["mount", "-t", "tmpfs", "-o", "size=64k", "tmpfs", folder]).returncode:
        pytest.skip("only root may mount the small disk that this fills")
    yield folder
    subprocess.run(["umount", folder], check=True)


def test_a_disk_that_fills_up_keeps_the_live_site(small_disk, better_site, capsys, monkeypatch):
    destination = small_disk / "guide"
    assert main([str(destination)]) == 0
    monkeypatch.chdir(better_site.parent)
    (better_site / "large.png").write_bytes(os.urandom(60_000))
    with_build_files(better_site)
    capsys.readouterr()
    assert refusal(destination, small_disk, capsys) == FULL.format(destination)


@pytest.mark.parametrize(("name", "status"), [("SIGINT", 130), ("SIGTERM", 143), ("SIGHUP", 129)])
def test_a_signal_stops_publishing_and_says_what_is_live(published, better_site, name, status):
    before = contents_of(published.parent)
    both = f"[os.kill(os.getpid(), number) for number in (signal.{name}, signal.SIGTERM)]"
    ended = alone(better_site.parent, published, meanwhile=f"hold(SIG_BLOCK, ALL); {both}; hold(SIG_UNBLOCK, ALL)")
    assert (ended.returncode, ended.stdout) == (status, "")
    assert ended.stderr == f"Stopped. Live in {published}: {published.resolve().name}\n"
    assert contents_of(published.parent) == before


@pytest.mark.parametrize(
    ("raised", "status", "says"),
    [
        (deploy.CheckFailed(1), 1, "Nothing was published: correct what is reported above first."),
        (guide.publish.Stopped(15), 128 + 15, "Stopped. Live in "),
    ],
)
def test_the_exit_status_says_why_nothing_was_published(published, monkeypatch, capsys, raised, status, says):
    def refuse(*_):
        raise raised

    monkeypatch.setattr(guide.publish, "go_live", refuse)
    assert main([str(published)]) == status
    assert capsys.readouterr().err.startswith(says)


def test_a_signal_is_raised_once_and_then_handled_as_before():
    before = signal.getsignal(signal.SIGTERM)
    with pytest.raises(guide.publish.Stopped, match="15"), guide.publish.stoppable():
        try:
            os.kill(os.getpid(), signal.SIGTERM)
        finally:
            os.kill(os.getpid(), signal.SIGHUP)  # must not interrupt the cleaning up
    assert signal.getsignal(signal.SIGTERM) == before


@pytest.mark.parametrize(("name", "stops"), [("SIGHUP", False), ("SIGINT", True)])
def test_of_signals_that_are_ignored_only_a_hangup_stays_so(name, stops):
    """nohup ignores SIGHUP for good; scripts/publish ignores SIGINT until Python has started."""
    number = signal.Signals[name]
    before = signal.signal(number, signal.SIG_IGN)
    try:
        with guide.publish.stoppable():
            os.kill(os.getpid(), number)
        stopped = False
    except guide.publish.Stopped:
        stopped = True
    finally:
        signal.signal(number, before)
    assert stopped is stops


def test_publishing_succeeds_when_its_output_cannot_be_written(published, better_site):
    ended = alone(better_site.parent, published, before="os.dup2(os.open('/dev/full', os.O_WRONLY), 1)")
    assert (ended.returncode, ended.stderr) == (0, "")
    assert words_of(published) == "better"


def test_an_unexpected_error_is_one_line(published, better_site, capsys, monkeypatch):
    monkeypatch.setattr(guide.publish, "publish", lambda *_: 1 / 0)
    assert "scripts/publish itself failed (ZeroDivisionError" in refusal(published, better_site, capsys)
