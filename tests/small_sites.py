"""Small sites with what publishing checks: a script with its hash, build.json and compressed files."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

import guide.publish
from finish import build_info, compress
from finish.built_site import Site
from finish.fingerprints import fingerprinted
from guide import deploy

ADDRESS = "https://guide.clinic.test/"
PAGE = '<html lang="en"><link rel="canonical" href="{address}"><script src="assets/js/{script}"></script><p>{words}'


def small_site(site: Path, words: str, address: str = ADDRESS) -> Path:
    """Write a site whose pages and script contain `words`. Returns its folder."""
    content = f"say({words!r})\n" * 20
    script = fingerprinted("site.js", content.encode())
    page = PAGE.format(address=address, script=script, words=f"{words}\n" * 20)
    files = {"index.html": page, "get-help-now/index.html": page, "404.html": page, f"assets/js/{script}": content}
    for path, text in files.items():
        (site / path).parent.mkdir(parents=True, exist_ok=True)
        (site / path).write_text(text)
    return with_build_files(site)


def with_build_files(site: Path) -> Path:
    """Write build.json and the compressed files of a changed site, as its build would. Returns its folder."""
    built = Site(site, {}, [], {}, ADDRESS)
    build_info.write(built)
    compress.write(built)
    return site


def script_of(site: Path) -> str:
    """The script of a small site: "assets/js/site.0123456789.js"."""
    return next(path.relative_to(site).as_posix() for path in site.glob("assets/js/site.*.js"))


def no_findings(_: Path, __: str) -> int:
    """A checker that finds nothing: a small site is not a guide."""
    return 0


def publish(site: Path, live: Path) -> Path:
    """Publish a small site."""
    return deploy.publish(site, live, no_findings)


def words_of(live: Path) -> str:
    """The words of the live start page."""
    return (live / "index.html").read_text().splitlines()[-1]


def contents_of(folder: Path) -> dict[str, tuple[int, bytes]]:
    """Everything in a folder: mode and content by path."""
    found = {}
    for path in folder.rglob("*"):
        content = os.fsencode(path.readlink()) if path.is_symlink() else path.read_bytes() if path.is_file() else b""
        found[str(path)] = (path.lstat().st_mode, content)
    return found


def refusal(destination: Path | str, watched: Path, capsys: pytest.CaptureFixture[str], *options: str) -> str:
    """Return the one line with which `scripts/publish` refuses, after checking that nothing in `watched` changed."""
    before = contents_of(watched)
    assert guide.publish.main([str(destination), *options]) == 2
    assert contents_of(watched) == before
    printed = capsys.readouterr()
    assert printed.out == ""
    assert len(printed.err.splitlines()) == 1
    return printed.err
