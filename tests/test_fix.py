"""--fix: what has one safe correction is fixed in the source; everything else stays as it was, to the byte."""

from __future__ import annotations

from unittest.mock import patch

import pytest

from cases import write
from sitecheck.command.cli import main
from sitecheck.links.site import read_site
from sitecheck.model.errors import CannotRun
from sitecheck.project.read_project import read_project
from sitecheck.report.findings import findings, select_rules
from sitecheck.report.fix import fix
from sitecheck.rules.registry import RULES

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
CORRECTIONS = {
    "a fragment with one near miss": ("help.md#witdrawal", "help/#witdrawal", "help.md#withdrawal"),
    "a page with one near miss": ("hlep.md", "hlep.md", "help.md"),
    "wrong capitals": ("Help.md#help", "Help/#help", "help.md#help"),
}


@pytest.fixture
def project(tmp_path, monkeypatch):
    """A function that writes a project and its built site to the current folder, given the one wrong address."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))

    def make(written: str, built: str, picture: str = "door.png"):
        source = WORDS.format(written, picture, "help.md")
        write(tmp_path, {"docs/index.md": source, "docs/help.md": "# Help\n\n## Withdrawal {#withdrawal}\n"})
        write(tmp_path, {"site/index.html": PAGE.format(built, picture), "site/help/index.html": HELP})
        write(tmp_path, {"site/door.png": "x", "docs/door.png": "x"})
        return tmp_path / "docs" / "index.md"

    return make


def run_fix(folder):
    """(the findings left, the corrections), as --fix makes them."""
    site = read_site(folder / "site", read_project(folder))
    found = findings(site, select_rules(["LI", "AS001", "AS002"], project=True))
    with patch.dict(RULES, clear=True):  # as when other processes have loaded them
        return fix(site, folder, found)


@pytest.mark.parametrize("written, built, right", CORRECTIONS.values(), ids=CORRECTIONS)
def test_the_one_safe_correction_is_written_and_reported(project, written, built, right):
    source = project(written, built)
    before = source.read_bytes()
    left, corrections = run_fix(source.parents[1])
    assert not left and corrections == [f"docs/index.md:7:7 {written} -> {right}"]
    assert source.read_bytes() == before.replace(b"(" + written.encode() + b")", b"(" + right.encode() + b")")


def test_a_page_in_a_folder_of_its_own_is_fixed_relative_to_its_markdown(project, tmp_path):
    project("help.md", "help/")
    words = "---\ntitle: Care\n---\n\n[one](hlep.md#withdrawal) ![door](doro.png) [b](../help/#witdrawal)\n"
    page = '<a href="hlep.md#withdrawal">one</a> <img src="doro.png" alt="door"> <a href="../help/#witdrawal">b</a>'
    write(tmp_path, {"docs/care.md": words, "site/care/index.html": page})
    run_fix(tmp_path)
    assert (tmp_path / "docs/care.md").read_text() == words.replace("hlep", "help").replace("doro", "door").replace(
        "../help/#witdrawal", "help.md#withdrawal"
    )


def test_a_link_that_people_typed_on_many_pages_is_fixed_on_each(project, tmp_path):
    project("help.md", "help/")
    for name in "abcdef":
        write(tmp_path, {f"docs/{name}.md": f"---\ntitle: {name}\n---\n\n[one](hlep.md)\n"})
        write(tmp_path, {f"site/{name}/index.html": f"<h1>{name}</h1><a href='hlep.md'>one</a>"})
    corrections = run_fix(tmp_path)[1]
    assert corrections == [f"docs/{name}.md:5:7 hlep.md -> help.md" for name in "abcdef"]


def test_words_about_an_address_stay_and_both_ways_to_write_it_are_fixed(project):
    source = project("help.md", "help/")
    words = '<img alt="doro.png" src="doro.png"> Doro.png [help.md#hlep](help.md#hlep) <a href="help/#hlep">x</a>\n'
    source.write_text(f"---\ntitle: Home\n---\n\n{words}")
    page = '<img alt="doro.png" src="doro.png"><a href="help/#hlep">help.md#hlep</a> <a href="help/#hlep">x</a>'
    write(source.parents[1], {"site/index.html": f"<h1>Home</h1><p>{page}</p>"})
    run_fix(source.parents[1])
    fixed = (
        words.replace('src="doro', 'src="door').replace("(help.md#hlep", "(help.md#help").replace("/#hlep", "/#help")
    )
    assert source.read_text().endswith(f"\n{fixed}")


SHOWN = {
    "in a block of HTML": ("<pre>[x](hlep.md)</pre>\n\n[x](hlep.md)", "[x](hlep.md)"),
    "in a list": ("- ~~~\n    [x](hlep.md)\n    ~~~\n- [x](hlep.md)", "- [x](help.md)"),
    "in an indented block": ("Write\n\n    [x](hlep.md)\n\n[x](hlep.md)", "[x](help.md)"),
}


@pytest.mark.parametrize("words, last", SHOWN.values(), ids=SHOWN)
def test_what_is_shown_as_code_stays_as_it_is(project, words, last):
    source = project("help.md", "help/")
    source.write_text(f"---\ntitle: Home\n---\n\n{words}\n")
    page = "<h1>Home</h1><pre>[x](hlep.md)</pre><p><a href='hlep.md'>x</a></p>"
    write(source.parents[1], {"site/index.html": page})
    run_fix(source.parents[1])
    assert source.read_text().removeprefix("---\ntitle: Home\n---\n\n") == f"{words[: words.rindex(chr(10))]}\n{last}\n"


def test_a_template_is_fixed_in_its_own_syntax(project, tmp_path):
    source = project("help.md", "help/")
    card = """<a href="../hlep/">1</a> <a href='/hlep/'>2</a> <a href="{{ 'hepl/' | url }}">3</a>"""
    card += """ <a href="{{ 'help/#hlep' | url }}">4</a> <a href='/help/#hlep'>5</a>"""
    write(tmp_path, {"overrides/card.html": card, "docs/care.md": '---\ntitle: Care\n---\n{% include "card.html" %}\n'})
    write(tmp_path, {"site/care/index.html": f"<h1>Care</h1>{card}".replace("{{ '", "../").replace("' | url }}", "")})
    run_fix(source.parents[1])
    assert (tmp_path / "overrides/card.html").read_text() == card.replace("hlep", "help").replace("hepl", "help")


def test_a_fixed_file_keeps_its_permissions_and_the_link_to_it(project, tmp_path):
    source = project("help.md#witdrawal", "help/#witdrawal")
    real = source.rename(tmp_path / "real.md")
    real.chmod(0o640)
    source.symlink_to(real)
    run_fix(tmp_path)
    assert "#withdrawal" in real.read_text() and source.is_symlink() and real.stat().st_mode & 0o777 == 0o640


def test_a_file_outside_the_project_is_left_to_a_person(project, tmp_path, tmp_path_factory):
    source = project("help.md#witdrawal", "help/#witdrawal")
    real = source.rename(tmp_path_factory.mktemp("elsewhere") / "real.md")
    source.symlink_to(real)
    write(tmp_path, {"docs/zoo.md": "---\ntitle: Zoo\n---\n\n[one](hlep.md)\n"})
    write(tmp_path, {"site/zoo/index.html": "<h1>Zoo</h1><a href='hlep.md'>one</a>"})
    left, corrections = run_fix(tmp_path)
    assert len(left) == 1 and "#witdrawal" in real.read_text()
    assert corrections == ["docs/zoo.md:5:7 hlep.md -> help.md"]


def test_a_style_that_is_not_utf_8_keeps_its_other_bytes(project, tmp_path):
    project("help.md", "help/")
    style = b"/* \xe9 */ body { background: url(Door.png) }"
    write(tmp_path, {"site/index.html": '<h1>Home</h1><link rel="stylesheet" href="assets/a.css">'})
    for folder in ("site", "docs"):
        write(tmp_path, {f"{folder}/assets/a.css": "", f"{folder}/assets/door.png": "x"})
        (tmp_path / folder / "assets/a.css").write_bytes(style)
    assert run_fix(tmp_path)[0] == []
    assert (tmp_path / "docs/assets/a.css").read_bytes() == style.replace(b"Door", b"door")


def test_a_file_that_cannot_be_written_is_named(project, tmp_path):
    source = project("help.md#witdrawal", "help/#witdrawal")
    (tmp_path / "docs" / "index.md.fixing").mkdir()
    with pytest.raises(CannotRun, match=r"index\.md cannot be fixed: Is a directory"):
        run_fix(tmp_path)
    assert "help.md#witdrawal" in source.read_text()


def test_a_second_run_changes_nothing(project):
    source = project(*CORRECTIONS["a fragment with one near miss"][:2])
    run_fix(source.parents[1])
    once = source.read_bytes()
    assert not run_fix(source.parents[1])[1] and source.read_bytes() == once


def test_a_picture_with_wrong_capitals_is_fixed(project):
    source = project("help.md", "help/", "Door.png")
    assert run_fix(source.parents[1])[0] == []
    assert "![door](door.png)" in source.read_text()


@pytest.mark.parametrize("wrong", ["nowhere.md", "help.md#zzz"])
def test_what_could_mean_several_things_is_left_to_a_person(project, wrong):
    source = project(wrong, wrong.replace("help.md", "help/"))
    before = source.read_bytes()
    assert len(run_fix(source.parents[1])[0]) == 1
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
    assert len(run_fix(source.parents[1])[0]) == 1
    assert source.read_bytes() == before


def test_windows_line_endings_are_kept(project):
    source = project("help.md#witdrawal", "help/#witdrawal")
    source.write_bytes(source.read_bytes().replace(b"\n", b"\r\n"))
    before = source.read_bytes()
    run_fix(source.parents[1])
    assert source.read_bytes() in (before, before.replace(b"#witdrawal", b"#withdrawal"))


@pytest.mark.usefixtures("project")
def test_without_a_project_nothing_is_fixed(tmp_path, capsys):
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
    stub = {"site/stub/index.html": STUB, "docs/stub.md": "# Stub\n"}
    write(source.parents[1], {"site/_redirects": REDIRECTS, **stub})
    before = source.read_bytes()
    left, corrections = run_fix(source.parents[1])
    assert (left, corrections) == ([], [f"docs/index.md:7:7 {written} -> {right}"])
    assert source.read_bytes() == before.replace(b"(" + written.encode() + b")", b"(" + right.encode() + b")")


@pytest.mark.parametrize(("built", "codes"), [("old/#gone", ["LI002", "LI017"]), ("old/?day=monday", ["LI017"])])
def test_an_old_address_with_more_than_the_new_page_has_is_left_to_a_person(project, built, codes):
    source = project(built, built)
    write(source.parents[1], {"site/_redirects": REDIRECTS})
    before = source.read_bytes()
    assert [finding.code for finding in run_fix(source.parents[1])[0]] == codes
    assert source.read_bytes() == before
