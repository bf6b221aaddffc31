"""Destinations that scripts/publish refuses, in one line and changing nothing, and those that it takes."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from guide.publish import main
from small_sites import refusal


def stranger(path: Path) -> Path:
    (path / "theirs").mkdir(parents=True)
    return path


DESTINATIONS: dict[str, tuple[Callable[[Path], object], str, str]] = {
    "a file": (lambda www: (www / "a").write_text("theirs"), "a", "is a file. Move it away"),
    "a folder": (lambda www: stranger(www / "a"), "a", "is a folder of its own. Move it away"),
    "an empty folder": (lambda www: (www / "a").mkdir(), "a/", "is a folder of its own. Move it away"),
    "a link to a folder": (lambda www: (www / "a").symlink_to(stranger(www / "b")), "a", "a link of somebody else's"),
    "a link to nowhere": (lambda www: (www / "a").symlink_to("nowhere"), "a", "to nowhere, where nothing is"),
    "a link to itself": (lambda www: (www / "a").symlink_to("a"), "a", "a link of somebody else's"),
    "a link into another's releases": (lambda www: (www / "a").symlink_to("guide"), "a", "a link of somebody else's"),
    "a link to what is no release": (
        lambda www: (stranger(www / "a.releases/backup"), (www / "a").symlink_to("a.releases/backup")),
        "a",
        "a link of somebody else's",
    ),
    "below a file": (lambda www: (www / "a").write_text("theirs"), "a/b", "Not a directory"),
    "releases that are a file": (lambda www: (www / "a.releases").write_text("theirs"), "a", "releases is in the way"),
    "a lock that is a link": (
        lambda www: (stranger(www / "a.releases"), (www / "a.releases/.lock").symlink_to("theirs")), "a", "Too many"
    ),
    "a name that is too long": (lambda _: None, "a" * 300, "File name too long"),
    "the site": (lambda _: None, "../site", "lie in one another"),
    "inside of the site": (lambda _: None, "../site/live", "lie in one another"),
    "around the site": (lambda _: None, "..", "lie in one another"),
    "the root of all": (lambda _: None, "/", "lie in one another"),
    "the folder around it": (lambda _: None, "", "is a folder of its own. Move it away"),
}  # fmt: skip


@pytest.mark.parametrize("fault", DESTINATIONS)
@pytest.mark.usefixtures("better_site")
def test_an_unsuitable_destination_is_refused(published, tmp_path, capsys, fault):
    prepare, name, says = DESTINATIONS[fault]
    www = published.parent
    prepare(www)
    assert says in refusal(www / name, tmp_path, capsys)


@pytest.mark.parametrize(
    "address", ["https://clinic.test/guide/", "sftp://host/www", "me@host:www", "host:/var/www", "host:www"]
)
@pytest.mark.usefixtures("better_site")
def test_an_address_is_no_folder(tmp_path, capsys, address):
    assert f"{address} is no folder on this machine" in refusal(address, tmp_path, capsys)


@pytest.mark.usefixtures("better_site")
def test_a_site_that_was_built_for_another_address_is_refused(published, tmp_path, capsys, monkeypatch):
    monkeypatch.setenv("SITE_URL", "https://other.clinic.test")
    assert "and SITE_URL says https://other.clinic.test/. Run scripts/build again" in refusal(
        published, tmp_path, capsys
    )


@pytest.mark.usefixtures("better_site")
def test_a_site_url_that_is_no_address_is_refused(tmp_path, capsys, monkeypatch):
    monkeypatch.setenv("SITE_URL", "guide.clinic.test")
    refused = refusal(tmp_path / "www" / "guide", tmp_path, capsys)
    assert refused.startswith("Nothing was published: SITE_URL is 'guide.clinic.test': set SITE_URL to the address")


@pytest.mark.parametrize(
    ("options", "says"), [([], "published"), (["--back"], "changed"), (["--list"], "changed")], ids=str
)
@pytest.mark.usefixtures("better_site")
def test_a_refusal_says_what_was_not_done(tmp_path, capsys, options, says):
    (tmp_path / "www").mkdir()
    assert refusal(tmp_path / "www", tmp_path, capsys, *options).startswith(f"Nothing was {says}: ")


@pytest.mark.usefixtures("better_site")
def test_a_destination_without_write_permission_is_reported(tmp_path, capsys, monkeypatch):
    def deny(path: object, *_: object) -> None:
        raise PermissionError(13, "Permission denied", str(path))

    monkeypatch.setattr(os, "mkdir", deny)
    assert refusal(tmp_path / "closed" / "guide", tmp_path, capsys).endswith("Permission denied\n")


@pytest.mark.parametrize("name", ["with space", "schön", "'quoted'", "-dashed", "guide", "[0-9]*"])
@pytest.mark.usefixtures("better_site")
def test_any_name_may_be_a_destination(tmp_path, capsys, name):
    assert main(["--", f"{tmp_path}/www/{name}/"]) == 0
    assert (tmp_path / "www" / name / "index.html").is_file()
    assert main(["--list", "--", f"{tmp_path}/www/{name}"]) == 0
    assert "live" in capsys.readouterr().out
