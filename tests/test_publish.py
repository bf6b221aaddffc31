"""Going live, back again, and what is kept meanwhile."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from finish.site_files import file_hashes, tree_hash
from guide.carried_files import carry
from guide.publish import CannotPublish, go_back, main
from guide.releases import Releases
from small_sites import publish, script_of, words_of

pytestmark = pytest.mark.usefixtures("disk_that_does_not_wait")


def labels(live: Path) -> list[str]:
    return [release.label for release in Releases(live).all()]


def test_publishing_shows_the_new_site_and_going_back_the_old_one(a_site, live):
    publish(a_site("first"), live)
    publish(a_site("second"), live)
    assert words_of(live) == "second"
    go_back(live)
    assert words_of(live) == "first"


def test_going_back_repeatedly_ends_at_the_first_release(a_site, live):
    for words in ("first", "second", "third"):
        publish(a_site(words), live)
    go_back(live)
    go_back(live)
    assert words_of(live) == "first"
    with pytest.raises(CannotPublish, match="no release before"):
        go_back(live)
    assert words_of(live) == "first"


def test_going_back_skips_a_release_that_was_already_abandoned(a_site, live):
    publish(a_site("good"), live)
    publish(a_site("bad"), live)
    go_back(live)
    publish(a_site("better"), live)
    go_back(live)
    assert words_of(live) == "good"


def test_going_back_needs_two_releases(a_site, live):
    with pytest.raises(CannotPublish, match="no release before"):
        go_back(live)
    assert not live.parent.exists()
    publish(a_site("only"), live)
    with pytest.raises(CannotPublish, match="no release before"):
        go_back(live)


def test_a_release_is_named_by_the_hash_of_its_files(a_site, live):
    for words in ("first", "second"):
        folder = publish(a_site(words), live)
        assert live.resolve() == folder
        assert folder.name == tree_hash(file_hashes(folder))


def test_the_live_site_is_not_published_again(a_site, live):
    publish(a_site("before"), live)  # its script is carried into the next release, which is the same site all the same
    assert publish(a_site("same"), live) == publish(a_site("same"), live)
    assert len(labels(live)) == 2


def test_an_open_page_keeps_its_script_for_two_releases_and_after_going_back(a_site, live):
    scripts = []
    for words in ("first", "second", "third"):
        scripts.append(script_of(a_site(words)))
        publish(a_site(words), live)
    go_back(live)
    for script in scripts:
        assert (live / script).is_file() and (live / f"{script}.gz").is_file()
    for words in ("fourth", "fifth", "sixth", "seventh"):
        publish(a_site(words), live)
    assert not (live / scripts[0]).exists()


def test_a_script_whose_hash_is_wrong_is_not_carried_over(a_site, live):
    folder = publish(a_site("first"), live)
    (folder / script_of(a_site("first"))).write_text("fetch('https://elsewhere.test')")
    publish(a_site("second"), live)
    assert not (live / script_of(a_site("first"))).exists()


def test_an_unreadable_release_is_skipped(a_site, live):
    site = a_site("second")
    before = file_hashes(site)
    carry(live / "gone", site)
    assert file_hashes(site) == before


def test_only_the_newest_releases_are_kept(a_site, live):
    for number in range(5):
        publish(a_site(f"release {number}"), live)
    assert [label[:6] for label in labels(live)] == ["000003", "000004", "000005"]


def test_setting_the_clock_back_does_not_change_the_order(a_site, live):
    for number, words in enumerate(("first", "second", "third")):
        folder = publish(a_site(words), live)
        for path in (folder, folder.parent):
            os.utime(path, (10**9 - number, 10**9 - number))
    go_back(live)
    assert words_of(live) == "second"


def test_a_damaged_release_is_reported_skipped_and_kept(a_site, live, capsys):
    publish(a_site("first"), live)
    damaged = publish(a_site("second"), live)
    publish(a_site("third"), live)
    (damaged / "index.html").unlink()
    assert main([str(live), "--list"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert ["damaged" in line for line in lines] == [False, True, False]
    assert ["live" in line for line in lines] == [False, False, True]
    go_back(live)
    assert words_of(live) == "first"
    for words in ("fourth", "fifth", "sixth", "seventh"):
        publish(a_site(words), live)
    assert damaged.is_dir()


def test_a_damaged_live_release_is_repaired_by_publishing_again(a_site, live):
    folder = publish(a_site("same"), live)
    (folder / "404.html").unlink()
    publish(a_site("same"), live)
    assert (live / "404.html").is_file()


STRANGERS = ("backup-of-2025", "deadbeefdeadbeef", "a" * 64, "000001", "000009-after-000008", ".new-mine", "20251231")


def test_files_of_others_are_never_removed(a_site, live):
    folder = Path(f"{live}.releases")
    for name in STRANGERS:
        (folder / name / ("b" * 64)).mkdir(parents=True)
        (folder / name / ("b" * 64) / "theirs.html").write_text("theirs")
    (folder / "000008-after-000007").mkdir()
    (folder / "notes.txt").write_text("theirs")
    (live.parent / ".other.next-link").symlink_to("theirs")
    for words in ("first", "second", "third", "fourth"):
        publish(a_site(words), live)
    go_back(live)
    for name in STRANGERS:
        assert (folder / name / ("b" * 64) / "theirs.html").is_file()
    assert (folder / "000008-after-000007").is_dir()
    assert (folder / "notes.txt").is_file() and (live.parent / ".other.next-link").is_symlink()


def test_the_next_run_removes_what_a_killed_run_left(a_site, live):
    folder = Path(f"{live}.releases")
    for name in (".new-release", ".old-release"):
        (folder / name / "site").mkdir(parents=True)
    (live.parent / ".guide.next-link").symlink_to("guide.releases/nowhere")
    publish(a_site("new"), live)
    assert sorted(path.name for path in live.parent.iterdir()) == ["guide", "guide.releases"]
    assert sorted(path.name for path in folder.iterdir()) == [".lock", "000001-after-000000"]
