"""What a person can choose on the command line and in the settings, the exit status, and the cache of results."""

from __future__ import annotations

import json

import pytest

from cases import FIXED, write
from sitecheck.command.cli import main


@pytest.fixture
def site(faulty):
    return faulty


@pytest.fixture
def pictures(site):
    """Two pictures that no page shows."""
    write(site / "site", {"home.svg": "<svg/>", "pictures/home.svg": "<svg/>"})


def settings(site, text):
    (site / "pyproject.toml").write_text(text, "utf-8")


UNUSABLE = {
    "unknown option": (["--no-such"], "--help"),
    "unknown format": (["--format", "yaml"], "sarif"),
    "unknown rule": (["--select", "XX"], "XX"),
    "unknown rule to explain": (["--explain", "LI999"], "--rules"),
    "no such site": (["nowhere"], "build the site first"),
    "not a date": (["--today", "tomorrow"], "2026-11-22"),
    "not an address": (["--base", "clinic"], "https://"),
    "not a host": (["--base", "https://a clinic/"], "https://"),
    "an empty name of a site": ([""], "build the site first"),
    "a picture, not a page": (["site/home.svg"], "build the site first"),
    "no page in the folder": (["site/pictures"], "build the site first"),
    "0 processes": (["--jobs", "0"], "1 to 256"),
    "no such baseline": (["--baseline", "known.json"], "--write-baseline"),
}


@pytest.mark.usefixtures("site", "pictures")
@pytest.mark.parametrize("arguments, hint", UNUSABLE.values(), ids=UNUSABLE)
def test_what_cannot_run_says_what_to_do_in_one_line(capsys, arguments, hint):
    assert main(arguments) == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert hint in err and err.count("\n") == 1


BAD_SETTINGS = {
    "not TOML": "[tool.sitecheck\n",
    "tool is not a table": "tool = 1\n",
    "the settings are not a table": "[tool]\nsitecheck = 1\n",
    "not an address of a site": '[tool.sitecheck]\nbase = "ftp://clinic.example/"\n',
    "an index that is not a string": "[tool.sitecheck]\nindex = [1]\n",
    "unknown setting": "[tool.sitecheck]\nfoo = 1\n",
    "wrong kind": '[tool.sitecheck]\nclean_urls = "yes"\n',
    "no reason": '[[tool.sitecheck.ignore]]\ncode = "LI001"\ntarget = "gone/"\n',
    "hides everything": '[[tool.sitecheck.ignore]]\ncode = "LI001"\nreason = "why not"\n',
    "not a selector": '[tool.sitecheck]\nignore_elements = "[["\n',
    "not a pattern": '[tool.sitecheck]\nrewrite = { "(" = "" }\n',
    "not a replacement": '[tool.sitecheck]\nrewrite = { "a" = 1 }\n',
    "a replacement with a group that there is not": "[tool.sitecheck]\nrewrite = { 'a' = '\\g<b>' }\n",
    "a copy that is not a string": "[tool.sitecheck]\ncopies = [1]\n",
    "not a pattern of a copy": '[tool.sitecheck]\ncopies = ["re:("]\n',
    "raises what is no rule": '[tool.sitecheck]\nraise = ["no-such-rule"]\n',
    "raises a family that there is not": '[tool.sitecheck]\nraise = ["XX"]\n',
    "raises a number": "[tool.sitecheck]\nraise = [3]\n",
    "too many regular expressions": "[tool.sitecheck.rewrite]\n" + "".join(f"a{one} = ''\n" for one in range(101)),
    "bad pattern": '[[tool.sitecheck.ignore]]\ntarget = "re:("\nreason = "why not"\n',
}


@pytest.mark.parametrize("text", BAD_SETTINGS.values(), ids=BAD_SETTINGS)
def test_invalid_settings_stop_the_run(site, capsys, text):
    settings(site, text)
    assert main([]) == 2
    assert capsys.readouterr().err.startswith("sitecheck: pyproject.toml")


@pytest.mark.usefixtures("site")
def test_exit_status_is_1_for_findings_and_0_for_none():
    assert main([]) == 1
    assert main(["--ignore", "LI001"]) == 0
    assert main(["--select", "AX"]) == 0


def test_one_page_can_be_checked(site, capsys):
    write(site / "site", {"other.html": '<h1>Other</h1>\n<a href="nowhere/">x</a> <a href="index.html">Home</a>\n'})
    assert main(["site/index.html"]) == 1
    assert "other.html:" not in capsys.readouterr().out


def test_exception_covers_a_fault_and_is_reported_once_it_covers_none(site, capsys):
    text = '# why\n[[tool.sitecheck.ignore]]\ncode = "LI001"\ntarget = "{}"\nreason = "the host forwards it"\n'
    settings(site, text.format("*"))
    assert main([]) == 0
    settings(site, text.format("elsewhere*"))
    assert main([]) == 1
    assert "pyproject.toml:2:1 EX001" in capsys.readouterr().out


@pytest.mark.parametrize("code", ["LI001", "LI016"])  # one needs --external
def test_exception_is_not_reported_when_its_rule_did_not_run(site, code):
    settings(site, f'[[tool.sitecheck.ignore]]\ncode = "{code}"\ntarget = "x"\nreason = "the host forwards it"\n')
    assert main(["--select", "AX" if code == "LI001" else "AX,LI016"]) == 0


def test_exception_for_any_rule_is_reported_when_all_rules_run(site, capsys):
    settings(site, '[[tool.sitecheck.ignore]]\npage = "old/*"\nreason = "nobody reads it"\n')
    assert main([]) == 1
    assert "pyproject.toml:1:1 EX001" in capsys.readouterr().out


def test_second_run_gives_the_same_report_from_the_cache(site, capsys):
    main([])
    first = capsys.readouterr().out.splitlines()[:-1]
    main([])
    assert capsys.readouterr().out.splitlines()[:-1] == first
    assert list((site / "cache").rglob("*.pack"))


@pytest.fixture
def reads(site, monkeypatch):
    """The files that are read; they count as old, so that their stamps are trusted at once."""
    from sitecheck.links import read_site_files
    from sitecheck.scan import cache

    read, paths = read_site_files.read_bytes, []

    def record(path, *rest):
        paths.append(path)
        return read(path, *rest)

    monkeypatch.setattr(cache, "SETTLED", 0)
    monkeypatch.setattr(read_site_files, "read_bytes", record)
    write(site / "site", {"other.html": '<h1>Other</h1>\n<a href="index.html">Home</a>\n'})
    return paths


def report(capsys, *arguments):
    """The JSON report of one run, without the time it took."""
    main(["--format", "json", *arguments])
    return json.loads(capsys.readouterr().out) | {"seconds": 0}


def test_while_no_file_changes_nothing_is_read_and_no_rule_runs(reads, capsys, monkeypatch):
    first = report(capsys)
    assert sorted(reads) == ["index.html", "other.html"] and first["findings"]
    monkeypatch.setattr("sitecheck.report.findings.findings", None)
    assert report(capsys) == first and len(reads) == 2


def test_the_report_names_the_folder_as_it_was_typed_this_time(site, reads, capsys):
    for folder in ("site", str(site / "site"), "./site/../site"):
        files = {finding["file"] for finding in report(capsys, folder)["findings"]}
        assert files and all(file.startswith(f"{folder.removeprefix('./')}/") for file in files)
    assert len(reads) == 2


def test_a_damaged_cache_of_results_is_not_used(site, reads, capsys):
    first = report(capsys)
    (file,) = (site / "cache").rglob("*.whole")
    content = file.read_bytes()
    for data in (b"", content[:10], content[:-3], content.replace(b"gone", b"help")):
        file.write_bytes(data)
        assert report(capsys) == first
    assert len(reads) == 2  # the facts of the files are kept elsewhere


CHANGES = {
    "a page": lambda site: write(site / "site", {"index.html": FIXED + "<p>now</p>"}),
    "a folder": lambda site: (site / "site" / "gone").mkdir(),
    "a name": lambda site: write(site / "site", {"gone/index.html": "<h1>Gone</h1>"}),
    "a file that goes": lambda site: (site / "site" / "other.html").unlink(),
    "an exception": lambda site: settings(
        site, '[[tool.sitecheck.ignore]]\ncode = "LI001"\ntarget = "gone/"\nreason = "coming"\n'
    ),
    "what a host answers": lambda site: settings(site, '[tool.sitecheck]\nindex = ["other.html"]\n'),
    "the redirects": lambda site: write(site / "site", {"_redirects": "/gone/ /index.html\n"}),
}


@pytest.mark.usefixtures("reads")
@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
def test_whatever_changes_the_report_is_the_same_as_without_a_cache(site, capsys, change):
    first = report(capsys)
    change(site)
    assert report(capsys) == report(capsys, "--no-cache") != first
    assert report(capsys, "--select", "AX") == report(capsys, "--select", "AX", "--no-cache")


def test_only_what_changed_is_read_again(site, reads, capsys):
    report(capsys)
    write(site / "site", {"index.html": FIXED})
    del reads[:]
    report(capsys)
    assert reads == ["index.html"]
    (site / "site" / "other.html").touch()
    report(capsys)
    assert reads == ["index.html"]  # its content is what it was


def test_every_rule_can_be_explained(capsys):
    from sitecheck.rules.registry import RULES

    for code in RULES:
        assert main(["--explain", code]) == 0
        out = capsys.readouterr().out
        assert code in out and "Why: " in out
