"""Sites that scripts/publish refuses: one line that says what to do, and everything is as it was."""

from __future__ import annotations

import gzip
import json
import os
import shutil
import socket
from collections.abc import Callable
from pathlib import Path

import pytest

from finish import compress
from finish.built_site import Site
from guide.publish import main
from small_sites import refusal, script_of, small_site, with_build_files

INDEX, GZ = "index.html", "index.html.gz"


def add(path: str, content: bytes = b"x") -> Callable[[Path], object]:
    def change(site: Path) -> None:
        with (site / path).open("ab") as file:
            file.write(content)

    return change


def say(path: str, content: bytes) -> Callable[[Path], object]:
    return lambda site: (site / path).write_bytes(content)


def remove(path: str) -> Callable[[Path], object]:
    return lambda site: (site / path).unlink()


def bind(site: Path) -> None:
    with socket.socket(socket.AF_UNIX) as listening:
        listening.bind(str(site / "socket"))


def reseal(change: Callable[[Path], object]) -> Callable[[Path], object]:
    """A change made before build.json and the siblings were written."""
    return lambda site: (change(site), with_build_files(site))


def pressed(path: str, content: bytes) -> Callable[[Path], object]:
    """A file with another content, and siblings to match."""
    return lambda site: (say(path, content)(site), compress.write(Site(site, {}, [], {}, "")))


def told(**changes: object) -> Callable[[Path], object]:
    """A build.json with other facts, and siblings to match."""

    def change(site: Path) -> None:
        facts = json.loads((site / "build.json").read_text()) | changes
        pressed("build.json", json.dumps(facts).encode())(site)

    return change


SITES: dict[str, tuple[Callable[[Path], object], str]] = {
    "a compressed page with another text": (say(GZ, gzip.compress(b"other words")), f"{GZ} does not hold what"),
    "a compressed page cut short": (lambda site: os.truncate(site / GZ, 40), f"{GZ} does not hold what"),
    "a compressed page with more after it": (add(GZ), f"{GZ} does not hold what"),
    "a compressed page with a second one after it": (add(GZ, gzip.compress(b"x")), f"{GZ} does not hold what"),
    "a compressed page that is none": (say("index.html.br", b"no brotli"), "index.html.br does not hold what"),
    "a compressed page of nothing": (say(GZ, b""), f"{GZ} does not hold what"),
    "a compressed page without its page": (remove("404.html"), "404.html.br has no 404.html beside it"),
    "a page without its compressed one": (remove(GZ), f"{GZ} is missing"),
    "a line added to a page": (add(INDEX, b"<p>Take two."), "does not hold what index.html says"),
    "a fetch() added to a script": (lambda site: add(script_of(site), b"fetch('/')")(site), "does not hold what"),
    "a changed picture": (lambda site: (reseal(add("a.png"))(site), add("a.png")(site)), "was changed after the build"),
    "a file too many": (add("more.png"), "was added after the build (4 files were built, 5 are there)"),
    "a hidden file too many": (add(".env"), "was added after the build"),
    "a second build.json": (add("get-help-now/build.json"), "was added after the build"),
    "a file too few": (lambda site: (reseal(add("a.png"))(site), remove("a.png")(site)), "was taken away after"),
    "no build.json": (lambda site: [path.unlink() for path in site.glob("build.json*")], "build.json is missing"),
    "a build.json that is not JSON": (pressed("build.json", b"{"), "build.json is not what scripts/build writes"),
    "a build.json that is a list": (pressed("build.json", b"[]"), "build.json is not what scripts/build writes"),
    "a build.json of bytes": (pressed("build.json", b"\xff\xfe"), "build.json is not what scripts/build writes"),
    "a build.json of many levels": (pressed("build.json", b"[" * 10**5), "build.json is not what scripts/build writes"),
    "a build.json of endless files": (told(files=float("inf")), "build.json is not what scripts/build writes"),
    "a build.json without a tree": (pressed("build.json", b"{}"), "build.json is not what scripts/build writes"),
    "a build.json with another tree": (told(tree="sha256:0"), "was changed after the build"),
    "a build.json with a tree of another kind": (told(tree=[1]), "was changed after the build"),
    "a symbolic link": (lambda site: (site / "a").symlink_to("/etc/passwd"), "site/a is a symbolic link"),
    "a link to a folder": (lambda site: (site / "a").symlink_to("get-help-now"), "site/a is a symbolic link"),
    "a link to nowhere": (lambda site: (site / "a").symlink_to("nowhere"), "site/a is a symbolic link"),
    "a pipe": (lambda site: os.mkfifo(site / "a"), "site/a is a pipe, a socket or a device"),
    "a socket": (bind, "site/socket is a pipe, a socket or a device"),
    "a name of two lines": (add("a\nb.html"), r"site/'a\nb.html' has a name that no address can carry"),
    "a name that is not UTF-8": (lambda site: add(os.fsdecode(b"\xff"))(site), "has a name that no address can carry"),
    "a start page that is a folder": (lambda site: (remove(INDEX)(site), (site / INDEX).mkdir()), "Run scripts/build"),
    "a start page of bytes": (reseal(say(INDEX, b"\xff\xfe")), "SITE_URL"),
    "an address that is an example": (reseal(lambda site: small_site(site, "x", "https://guide.example/")), "SITE_URL"),
    "an address of this machine": (reseal(lambda site: small_site(site, "x", "http://127.0.0.1:80/")), "SITE_URL"),
    "an address that is a path": (reseal(lambda site: small_site(site, "x", "/guide/")), "SITE_URL"),
    "no site at all": (lambda site: shutil.rmtree(site), "there is no site/ yet. Run scripts/build"),
}


@pytest.mark.parametrize("fault", SITES)
def test_a_site_changed_since_its_build_is_refused(published, better_site, tmp_path, capsys, fault):
    change, says = SITES[fault]
    change(better_site)
    assert says in refusal(published, tmp_path, capsys)


def test_an_unreadable_file_is_reported(published, better_site, tmp_path, capsys, monkeypatch):
    (better_site / INDEX).chmod(0)
    if os.access(better_site / INDEX, os.R_OK):  # root may read everything
        opened = os.open

        def deny(path: object, *arguments: int, **options: int) -> int:
            if str(path) == f"site/{INDEX}":
                raise PermissionError(13, "Permission denied", str(path))
            return opened(path, *arguments, **options)

        monkeypatch.setattr(os, "open", deny)
    assert refusal(published, tmp_path / "www", capsys) == f"Nothing was published: site/{INDEX}: Permission denied\n"


def test_hard_links_are_copied_as_files(published, better_site):
    (better_site / "b.png").write_bytes(b"b")
    (better_site / "a.png").hardlink_to(better_site / "b.png")
    assert main([str(with_build_files(better_site) and published)]) == 0
    assert (published / "a.png").stat().st_nlink == 1


def test_names_that_differ_only_in_case_are_not_merged(published, better_site, tmp_path, capsys, monkeypatch):
    (better_site / "Index.html").write_text("another page")
    with_build_files(better_site)
    opened = Path.open

    def fold(path: Path, mode: str = "r", *arguments: object) -> object:
        return opened(path.with_name(path.name.lower()) if "x" in mode else path, mode, *arguments)

    monkeypatch.setattr(Path, "open", fold)
    assert "is in the way" in refusal(published, tmp_path / "www", capsys)
