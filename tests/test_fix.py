"""--fix: what has one safe mending is mended in the source; everything else stays as it was, to the byte."""

from __future__ import annotations

import pytest

from cases import write
from sitecheck.cli import main
from sitecheck.mend import mend
from sitecheck.project import read_project
from sitecheck.run import chosen, findings
from sitecheck.site import read_site

HELP = '<h1 id="help">Help</h1>\n<h2 id="withdrawal">Withdrawal</h2>\n'
WORDS = """---
title: Home
---

# Home

[one]({}) and [again](help.md)
and ![door]({})

[ref]: {}
"""
PAGE = '<h1>Home</h1>\n<p><a href="{}">one</a> and <a href="help/">again</a> and <img src="{}" alt="door"></p>\n'
MENDINGS = {
    "a fragment with one near miss": ("help.md#witdrawal", "help/#witdrawal", "help.md#withdrawal"),
    "a page with one near miss": ("hlep.md", "hlep.md", "help.md"),
    "wrong capitals": ("Help.md#help", "Help/#help", "help.md#help"),
}


@pytest.fixture
def project(tmp_path, monkeypatch):
    """A folder to stand in with a project and its built site, as a function of the one address that is wrong."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))

    def make(written: str, built: str, picture: str = "door.png"):
        source = WORDS.format(written, picture, "help.md")
        write(tmp_path, {"docs/index.md": source})
        write(tmp_path, {"docs/help.md": "# Help\n\n## Withdrawal {#withdrawal}\n"})
        write(tmp_path, {"site/index.html": PAGE.format(built, picture), "site/help/index.html": HELP})
        write(tmp_path, {"site/door.png": "x", "docs/door.png": "x"})
        return tmp_path / "docs" / "index.md"

    return make


def fix(folder):
    """(what is left, what was mended), as --fix does it."""
    site = read_site(folder / "site", read_project(folder))
    return mend(site, folder, findings(site, chosen(["LI", "AS001", "AS002"], project=True)))


@pytest.mark.parametrize("written, built, right", MENDINGS.values(), ids=MENDINGS)
def test_one_safe_mending_is_written_and_told(project, written, built, right):
    source = project(written, built)
    before = source.read_bytes()
    left, told = fix(source.parents[1])
    assert not left
    assert told == [f"docs/index.md:7:7 {written} -> {right}"]
    assert source.read_bytes() == before.replace(b"(" + written.encode() + b")", b"(" + right.encode() + b")")


def test_a_second_run_changes_nothing(project):
    source = project(*MENDINGS["a fragment with one near miss"][:2])
    fix(source.parents[1])
    once = source.read_bytes()
    fix(source.parents[1])
    assert source.read_bytes() == once


def test_a_picture_with_wrong_capitals(project):
    source = project("help.md", "help/", "Door.png")
    assert fix(source.parents[1])[0] == []
    assert "![door](door.png)" in source.read_text()


@pytest.mark.parametrize("wrong", ["nowhere.md", "help.md#zzz"])
def test_what_could_mean_several_things_is_left_to_a_person(project, wrong):
    source = project(wrong, wrong.replace("help.md", "help/"))
    before = source.read_bytes()
    assert len(fix(source.parents[1])[0]) == 1
    assert source.read_bytes() == before


TWICE = '<h1 id="part-1">Help</h1>\n<h2 id="part-2">Help</h2>\n<h2 id="Safe">Help</h2>\n<h2 id="safe">Help</h2>\n'


@pytest.mark.parametrize("written, built", [
    ("help.md#part", "help/#part"), ("help.md#SAFE", "help/#SAFE"), ("NEWS/", "NEWS/")
])  # fmt: skip
def test_two_near_misses_are_left_to_a_person(project, written, built):
    source = project(written, built)
    page = "<h1>News</h1><a href='../help/'>Help</a><a href='../{}/'>News</a>"
    write(source.parents[1], {"site/help/index.html": TWICE})
    write(source.parents[1], {"site/News/index.html": page.format("news"), "site/news/index.html": page.format("News")})
    before = source.read_bytes()
    assert len(fix(source.parents[1])[0]) == 1
    assert source.read_bytes() == before


def test_line_ends_of_windows_are_kept(project):
    source = project("help.md#witdrawal", "help/#witdrawal")
    source.write_bytes(source.read_bytes().replace(b"\n", b"\r\n"))
    before = source.read_bytes()
    fix(source.parents[1])
    assert source.read_bytes() in (before, before.replace(b"#witdrawal", b"#withdrawal"))


@pytest.mark.usefixtures("project")
def test_without_a_project_nothing_is_mended(tmp_path, capsys):
    write(tmp_path, {"site/index.html": "<h1>Home</h1>"})
    assert main(["--fix", "--no-project"]) == 2
    assert "--fix" in capsys.readouterr().err


REDIRECTS = "/old/ /help/ 301\n/older /help/#withdrawal\n"
STUB = """<html><head><meta http-equiv="refresh" content="0; url=../help/"></head>
<script>location.replace("../help/" + location.hash)</script></html>"""
OLD_ADDRESSES = {
    "a redirect of the host": ("old/", "old/", "help.md"),
    "a redirect to a part of a page": ("/older", "/older", "help.md#withdrawal"),
    "a page that forwards": ("stub.md", "stub/", "help.md"),
    "a page that forwards to the same part": ("stub.md#withdrawal", "stub/#withdrawal", "help.md#withdrawal"),
}


@pytest.mark.parametrize("written, built, right", OLD_ADDRESSES.values(), ids=OLD_ADDRESSES)
def test_a_link_to_an_old_address_leads_to_the_new_one(project, written, built, right):
    source = project(written, built)
    write(source.parents[1], {"site/_redirects": REDIRECTS, "site/stub/index.html": STUB})
    write(source.parents[1], {"docs/stub.md": "# Stub\n"})
    before = source.read_bytes()
    left, told = fix(source.parents[1])
    assert (left, told) == ([], [f"docs/index.md:7:7 {written} -> {right}"])
    assert source.read_bytes() == before.replace(b"(" + written.encode() + b")", b"(" + right.encode() + b")")


@pytest.mark.parametrize(("built", "codes"), [("old/#gone", ["LI002", "LI017"]), ("old/?day=monday", ["LI017"])])
def test_an_old_address_with_more_than_the_new_page_has_is_left_to_a_person(project, built, codes):
    source = project(built, built)
    write(source.parents[1], {"site/_redirects": REDIRECTS})
    before = source.read_bytes()
    assert [one.code for one in fix(source.parents[1])[0]] == codes
    assert source.read_bytes() == before
