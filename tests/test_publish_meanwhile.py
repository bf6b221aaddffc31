"""What happens around scripts/publish while it works: another one, a new build, a closed umask, other disks."""

from __future__ import annotations

import os
import shutil
import stat
import threading
from pathlib import Path

import pytest

import guide.publish
from finish.site_files import file_hashes
from guide import deploy
from guide.publish import CannotPublish, go_back, main
from guide.publish_lock import publish_lock
from guide.releases import Releases
from hosting import ROOT
from small_sites import ADDRESS, publish, with_build_files, words_of

pytestmark = pytest.mark.usefixtures("disk_that_does_not_wait")


@pytest.mark.parametrize("mask", [0o077, 0o027, 0o000])
def test_releases_are_readable_by_all_under_any_umask(a_site, live, mask):
    site = a_site("closed")
    (site / "index.html").chmod(0o600)
    before = os.umask(mask)
    try:
        publish(site, live)
        assert os.umask(mask) == mask
    finally:
        os.umask(before)
    modes = {path: stat.S_IMODE(path.stat().st_mode) for path in (live.parent, *Path(f"{live}.releases").rglob("*"))}
    assert {oct(mode) for path, mode in modes.items() if path.is_dir()} == {"0o755"}
    assert {oct(mode) for path, mode in modes.items() if path.is_file()} == {"0o644"}


def test_a_site_replaced_while_it_is_copied_is_copied_again(a_site, live, tmp_path, monkeypatch):
    site = shutil.copytree(a_site("old"), tmp_path / "site")
    copy_file, calls = deploy.copy_files.__globals__["copy_file"], []

    def exchange_after_the_second(*paths: Path) -> None:
        calls.append(copy_file(*paths))
        if len(calls) == 2:
            site.rename(tmp_path / "aside")
            shutil.copytree(a_site("new"), site)

    monkeypatch.setitem(deploy.copy_files.__globals__, "copy_file", exchange_after_the_second)
    publish(site, live)
    assert words_of(live) == "new"
    assert file_hashes(live).items() >= file_hashes(site).items()


def test_a_site_that_keeps_changing_is_refused(a_site, live, monkeypatch):
    site = a_site("restless")
    copy_file = deploy.copy_files.__globals__["copy_file"]

    def vanish(source: Path, target: Path) -> None:
        copy_file(source, target)
        raise FileNotFoundError(2, "No such file or directory", str(source))

    monkeypatch.setitem(deploy.copy_files.__globals__, "copy_file", vanish)
    with pytest.raises(CannotPublish, match="changed while it was being copied"):
        publish(site, live)
    assert not live.parent.exists()


def test_a_disk_that_cannot_sync_folders_is_accepted(a_site, live, monkeypatch):
    def none(_: int) -> None:
        raise OSError(22, "Invalid argument")

    monkeypatch.setattr(os, "fsync", none)
    publish(a_site("new"), live)
    assert words_of(live) == "new"


def test_the_copy_is_checked_and_not_the_original(a_site, live):
    site = a_site("checked")

    def check(copied: Path, _: str) -> int:
        assert not copied.samefile(site)
        (site / "index.html").write_text("exchanged after the copy")
        return 0

    deploy.publish(site, live, check)
    assert words_of(live) == "checked"


def test_a_site_with_findings_does_not_go_live(a_site, live):
    with pytest.raises(deploy.CheckFailed) as failure:
        deploy.publish(a_site("faulty"), live, lambda *_: 1)
    assert failure.value.args == (1,)
    assert not live.parent.exists()


def test_a_second_run_waits_for_the_first(a_site, live, monkeypatch):
    entered, waiting, said = threading.Event(), threading.Event(), []
    sites = a_site("first"), a_site("second")
    monkeypatch.setattr("builtins.print", lambda words, **_: (said.append(words), waiting.set()))

    def slow(*_: object) -> int:
        entered.set()
        assert waiting.wait(60)
        return 0

    first = threading.Thread(target=deploy.publish, args=(sites[0], live, slow))
    first.start()
    assert entered.wait(60)
    publish(sites[1], live)
    first.join()
    assert words_of(live) == "second"
    assert len([words for words in said if words.startswith("Another scripts/publish is at work")]) == 1
    assert all(release.is_intact() for release in Releases(live).all())


def test_a_run_that_waits_too_long_gives_up(a_site, live, monkeypatch):
    monkeypatch.setattr("guide.publish_lock.PATIENCE", 0.1)
    site = a_site("patient")
    with Releases(live).locked(), pytest.raises(CannotPublish, match="still at work"):
        publish(site, live)


def test_a_folder_removed_during_a_run_is_unlocked(live):
    with publish_lock(live):
        shutil.rmtree(live)


def test_the_releases_may_be_on_another_file_system(a_site, live):
    elsewhere = Path("/dev/shm")
    if not elsewhere.is_dir() or elsewhere.stat().st_dev == live.parent.parent.stat().st_dev:
        pytest.skip("there is no second file system to write to")
    folder = elsewhere / f"guide-{os.getpid()}.releases"
    try:
        folder.mkdir()
        live.parent.mkdir()
        Path(f"{live}.releases").symlink_to(folder)
        publish(a_site("first"), live)
        publish(a_site("second"), live)
        go_back(live)
        assert words_of(live) == "first"
    finally:
        shutil.rmtree(folder)


def test_a_destination_is_relative_to_the_folder_of_the_caller(a_site, tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(a_site("here").parent)
    monkeypatch.setattr(guide.publish, "publish", publish)
    (tmp_path / "www").mkdir()
    assert main(["guide", "--started-in", str(tmp_path / "www")]) == 0
    assert words_of(tmp_path / "www" / "guide") == "here"
    assert capsys.readouterr().out.startswith(f"Live in {tmp_path}/www/guide: ")
    assert main(["../www/guide/", "--started-in", str(tmp_path / "www")]) == 0
    assert capsys.readouterr().out.startswith(f"Already live in {tmp_path}/www/guide: ")


def test_the_real_checker_reads_the_copy(site, tmp_path, capsys, monkeypatch):
    monkeypatch.chdir(ROOT)
    changed = shutil.copytree(site, tmp_path / "site")
    for page in changed.rglob("*.html"):
        page.write_text(page.read_text("utf-8").replace("https://guide.example/", ADDRESS), "utf-8")
    page = changed / "privacy" / "index.html"
    page.write_text(page.read_text("utf-8").replace("</main>", '<p><a href="../nowhere/">x</a></p></main>'), "utf-8")
    with pytest.raises(deploy.CheckFailed):
        deploy.publish(with_build_files(changed), tmp_path / "www" / "guide")
    assert "nowhere" in capsys.readouterr().out
