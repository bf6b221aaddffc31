"""Going live: whole or not at all, and back again."""

from pathlib import Path

import pytest

from publishing import CannotPublish, go_back, main, publish

HOME = '<html lang="en"><link rel="canonical" href="{address}"><p>{words}'


@pytest.fixture
def live(tmp_path: Path) -> Path:
    """The folder that a web server would serve."""
    return tmp_path / "www" / "guide"


def a_site(tmp_path: Path, words: str, address: str = "https://guide.clinic.test/") -> Path:
    site = tmp_path / f"site of {words}"
    site.mkdir()
    (site / "index.html").write_text(HOME.format(address=address, words=words))
    return site


def test_a_reader_finds_the_new_site_and_the_old_one_is_kept(tmp_path, live):
    publish(a_site(tmp_path, "first"), live)
    publish(a_site(tmp_path, "second"), live)
    assert (live / "index.html").read_text().endswith("second")
    go_back(live)
    assert (live / "index.html").read_text().endswith("first")


def test_publishing_the_same_site_twice_changes_nothing(tmp_path, live):
    site = a_site(tmp_path, "same")
    assert publish(site, live) == publish(site, live)
    assert len(list(Path(f"{live}.releases").iterdir())) == 1


def test_a_copy_that_fails_leaves_the_live_site_as_it_was(tmp_path, live, monkeypatch):
    publish(a_site(tmp_path, "good"), live)

    def full_disk(*_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("publishing.shutil.copytree", full_disk)
    with pytest.raises(OSError, match="No space"):
        publish(a_site(tmp_path, "better"), live)
    assert (live / "index.html").read_text().endswith("good")


def test_only_the_last_releases_are_kept(tmp_path, live):
    for number in range(5):
        publish(a_site(tmp_path, f"release {number}"), live)
    assert len(list(Path(f"{live}.releases").iterdir())) == 3
    assert (live / "index.html").read_text().endswith("release 4")


@pytest.mark.parametrize("address", ["https://guide.example/", "http://127.0.0.1:8000/", "https://www.example.com/x/"])
def test_a_site_that_does_not_know_its_address_is_not_published(tmp_path, live, address):
    with pytest.raises(CannotPublish, match="SITE_URL"):
        publish(a_site(tmp_path, "lost", address), live)
    assert not live.exists()


def test_what_was_never_built_is_not_published(live, tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    assert main([str(live)]) == 2
    assert "Run scripts/build" in capsys.readouterr().err


def test_a_folder_of_somebody_is_never_replaced(tmp_path, live):
    live.mkdir(parents=True)
    with pytest.raises(CannotPublish, match="Move it away"):
        publish(a_site(tmp_path, "new"), live)


def test_there_is_nothing_to_go_back_to_at_first(tmp_path, live):
    publish(a_site(tmp_path, "only"), live)
    with pytest.raises(CannotPublish, match="no release before"):
        go_back(live)
