"""Reading the project: what it says comes out as facts, and whatever is wrong in it as one line and no traceback."""

from __future__ import annotations

import datetime
import json
import subprocess
from collections.abc import Iterator

import jsonschema_rs
import pytest

from cases import SITES, load, write
from sitecheck.command.check import unreadable
from sitecheck.command.cli import main
from sitecheck.links.site import read_site
from sitecheck.model.clinic import clock
from sitecheck.model.errors import ProjectError
from sitecheck.model.options import Options
from sitecheck.project.data.marked_yaml import BadYaml, parse
from sitecheck.project.data.yaml_loader import Unquoted
from sitecheck.project.read_project import read_project
from sitecheck.report.before_build import blocking_findings
from sitecheck.report.findings import findings, select_rules

PAGE = "---\ntitle: Pillows\ntype: note\n---\n\n# Pillows\n\nTwo help.\n"


@pytest.fixture
def harbor(tmp_path):
    """A sound small project in a folder."""
    write(tmp_path, {**load(SITES / "harbor.yml"), "docs/a.md": PAGE})
    (tmp_path / "site").mkdir()
    return tmp_path


def reported(root) -> list[str]:
    """Every finding in the project as "file:line:column CODE", with the exit status if the check cannot run."""
    try:
        project = read_project(root)
    except ProjectError as error:
        one = unreadable(error.fault)
        return [f"exit 2 {one.file}:{one.line}:{one.column} {one.code}"]
    site = read_site(root / "site", project, today=datetime.date(2026, 11, 22))
    return [f"{one.file}:{one.line}:{one.column} {one.code}" for one in findings(site, select_rules(project=True))]


def test_a_sound_project_has_no_findings(harbor):
    assert reported(harbor) == []


def test_a_project_that_cannot_be_read_is_not_reported_as_checked(harbor, monkeypatch, capsys):
    write(harbor, {CLINIC: "extra: {"})
    monkeypatch.chdir(harbor)
    assert main(["--format", "json"]) == 2
    told = json.loads(capsys.readouterr().out)
    assert (told["pages"], told["references"]) == (0, 0)


CLINIC, SOURCES = "docs/_data/clinic.yml", "docs/_data/sources.yml"
PAGE_TYPES, MOVED = "docs/_data/page-types.yml", "docs/_data/moved.yml"
A_FOLDER, AWAY = "a folder", "away"
BAD = [
    # file, its text or the replacement in it, what is reported
    (CLINIC, ("{name: Harbor,", "{name: Harbor: Pier,"), "exit 2 docs/_data/clinic.yml:3:18 CF001"),
    (CLINIC, ("extra:", "<<<<<<< main\nextra:"), "exit 2 docs/_data/clinic.yml:1:1 CF001"),
    (CLINIC, A_FOLDER, "exit 2 docs/_data/clinic.yml:1:1 CF001"),
    (CLINIC, AWAY, "exit 2 docs/_data/clinic.yml:1:1 CF001"),
    (CLINIC, b"extra:\n  clinic: caf\xe9", "exit 2 docs/_data/clinic.yml:2:14 CF001"),
    (CLINIC, b"", "docs/_data/clinic.yml:1:1 CF001"),
    (CLINIC, ('zip: "11201"', "zip: 11201"), "docs/_data/clinic.yml:8:90 CF001"),
    (CLINIC, (', zip: "11201"', ""), "docs/_data/clinic.yml:8:17 CF001"),
    (CLINIC, ('"17:00"}, {day: T', '"08:00"}, {day: T'), "docs/_data/clinic.yml:4:44 CF003"),
    (CLINIC, ("Sunday", "Monday"), "docs/_data/clinic.yml:4:5 CF002, docs/_data/clinic.yml:6:42 CF002"),
    (CLINIC, (", {day: Sunday, closed: true}", ""), "docs/_data/clinic.yml:4:5 CF002"),
    (SOURCES, b"sources: [", "exit 2 docs/_data/sources.yml:2:1 SR001"),
    (SOURCES, b"sources: [{id: A B}]", "docs/_data/sources.yml:1:11 SR001, docs/_data/sources.yml:1:16 SR001"),
    ("docs/_data/page-types.yml", b"types:\n\tnote: {}", "exit 2 docs/_data/page-types.yml:2:1 SE001"),
    ("docs/_data/terms.yml", b"avoid: *words", "exit 2 docs/_data/terms.yml:1:8 PL001"),
    ("docs/_data/figures.yml", b"figures: [a", "exit 2 docs/_data/figures.yml:2:1 AX032"),
    ("mkdocs.yml", b"site_name: A: B", "exit 2 mkdocs.yml:1:13 CF001"),
    ("docs/a.md", PAGE.encode() + b"caf\xe9 cr\xe8me", "docs/a.md:9:4 FM003"),
    ("docs/a.md", A_FOLDER, "docs/a.md:1:1 FM003"),
    ("docs/a.md", b"# Pillows\n", "docs/a.md:1:1 FM001"),
    ("docs/a.md", b"", "docs/a.md:1:1 FM001"),
    ("docs/a.md", b"---\ntitle: [a\n---\n", "docs/a.md:3:1 FM002"),
    ("docs/a.md", ("Two help.", 'Two help.{{ cite("a-1") }}'), "docs/a.md:8:1 SR005"),
    ("docs/a.md", ("Two help.", "Call {{ clinic.fone }}."), "docs/a.md:8:9 CF008"),
    ("docs/a.md", ("Two help.", "Call {{ clinic.phone"), "docs/a.md:8:9 CF008"),
    ("docs/_data/schema", A_FOLDER, ""),
    ("docs/_data/terms.yml", b"---", "docs/_data/terms.yml:2:1 PL001"),
    ("docs/_data/sources.yml", b"--- # nothing\n...\n", "docs/_data/sources.yml:2:1 SR001"),
    ("docs/a.md", b"---\n---\n---\n", "docs/a.md:2:1 FM002"),
]


@pytest.mark.parametrize(("path", "change", "wanted"), BAD)
def test_what_is_wrong_is_one_line_in_its_place(harbor, path, change, wanted):
    file = harbor / path
    if isinstance(change, tuple):
        before, after = change
        assert before in file.read_text("utf-8")
        file.write_text(file.read_text("utf-8").replace(before, after), "utf-8")
    elif isinstance(change, bytes):
        file.write_bytes(change)
    else:
        file.unlink(missing_ok=True)
        if change == A_FOLDER:
            file.mkdir()
    assert ", ".join(reported(harbor)) == wanted


@pytest.mark.parametrize("name", ["mkdocs.yml", "docs/a.md", *load(SITES / "harbor.yml")])
def test_a_truncated_file_causes_no_traceback(harbor, name):
    full = (harbor / name).read_bytes()
    for length in range(0, len(full), max(len(full) // 25, 1)):
        (harbor / name).write_bytes(full[:length])
        assert isinstance(reported(harbor), list), length


def test_an_accepted_finding_does_not_stop_the_build(harbor):
    (harbor / "docs/a.md").write_text(PAGE + "~~Words~~\n")
    accepted = {"code": "PL018", "page": "a/index.html", "reason": "meant"}
    assert [finding.code for finding in blocking_findings(read_project(harbor))] == ["PL018"]
    assert blocking_findings(read_project(harbor), Options(ignore=(accepted,))) == []


@pytest.mark.parametrize(("on_github", "state"), [("true", "HEAD^1"), ("", "origin/main")])
def test_a_page_that_readers_know_is_remembered_by_git(harbor, monkeypatch, on_github, state):
    monkeypatch.setenv("GITHUB_ACTIONS", on_github)
    pages = harbor / PAGE_TYPES
    pages.write_text("types: {note: {front_matter: []}}\npages: {b.md: {type: note}}\n")
    (harbor / MOVED).write_text("moved: {c.md: a.md}\n")
    assert read_project(harbor).published == frozenset()  # nothing knows what was published
    for command in ("init -q -b main", "add .", "commit -q -m one", "commit -q --allow-empty -m two"):
        git(harbor, command)
    git(harbor, "update-ref refs/remotes/origin/main HEAD^1")
    pages.write_text("types: {note: {front_matter: []}}\npages: {a.md: {type: note}}\n")
    (harbor / MOVED).unlink()
    assert reported(harbor).count("docs/_data/moved.yml:1:1 SE013") == 2, state


@pytest.mark.parametrize("folder", ["", "guide"])  # the project may be a part of what git keeps
def test_sections_and_downloads_that_readers_know_are_remembered_by_git(tmp_path, folder):
    text = PAGE + "\n## One {#one}\n\n/// do\n    attrs: {id: two}\n///\n\n<p id='three'>\n\n## Four\n"
    files = {"docs/a.md": text, "docs/steps.pdf": "", PAGE_TYPES: "pages: {a.md: {type: hours}, b.md: {type: help}}\n"}
    write(tmp_path / folder, load(SITES / "harbor.yml") | files | {"docs/_data/ladder.yml": "steps: [{id: call}]\n"})
    own = "config grep.lineNumber true", "config color.grep always", "config grep.fullName true"  # as somebody likes it
    for command in ("init -q -b main", *own, "add .", "commit -q -m one", "update-ref refs/remotes/origin/main HEAD"):
        git(tmp_path, command)
    pages = {"a.md", "b.md", "a.md#one", "a.md#two", "a.md#three", "a.md#pier", "b.md#call"}
    known = read_project(tmp_path / folder).published
    assert known == pages | {"downloads/pier.vcf", "downloads/opening-hours.ics", "steps.pdf"}


def git(folder, command):
    who = ("-c", "user.name=A", "-c", "user.email=a@x.example")
    subprocess.run(["git", *who, *command.split()], cwd=folder, check=True)


def test_facts_come_out_as_they_were_typed(harbor):
    project = read_project(harbor)
    assert project.site_url == "https://x.example/"
    assert [hours.span.text for hours in project.clinic.hours][:3] == ["9 am – 5 pm", "9 am – 5 pm", "Closed"]
    assert project.clinic.locations[0].street == "1 Sea St"
    assert project.clinic.closures is None
    assert project.clinic.phone == ""
    assert (project.documents[0].page, project.documents[0].meta["title"]) == ("a/index.html", "Pillows")


@pytest.mark.parametrize(
    ("time", "shown"),
    [
        ("00:00", "midnight"),
        ("00:30", "12:30 am"),
        ("09:00", "9 am"),
        ("12:00", "noon"),
        ("12:30", "12:30 pm"),
        ("23:05", "11:05 pm"),
        ("24:00", "midnight"),
    ],
)
def test_times_are_shown_on_a_twelve_hour_clock(time, shown):
    assert clock(time) == shown


def test_the_address_comes_from_the_environment(harbor, monkeypatch):
    (harbor / "mkdocs.yml").write_text('site_url: !ENV [SITE_URL, "https://x.example/"]\n')
    assert read_project(harbor).site_url == "https://x.example/"
    monkeypatch.setenv("SITE_URL", "https://y.example/guide/")
    assert read_project(harbor).site_url == "https://y.example/guide/"


def test_marked_yaml_has_the_place_of_each_key_and_value():
    read = parse('a:\n  - b: "c"\n    b: 2026-01-02\n', first_line=10)
    assert read.at("a", 0, "b") == (12, 8)
    assert read.key_at("a", 0, "b") == (12, 5)
    assert read.at("a", 7, "nothing") == read.at("a")
    assert read.value("a", 0, "b") == Unquoted("2026-01-02")
    assert [mark for _, mark in read.repeated] == [(12, 5)]


@pytest.mark.parametrize(
    ("text", "advice"),
    [
        ("title: “A: b”\n", "straight quotes"),
        ("a:\n  b: 1\n\u00a0\u00a0c: 2\n  d: 3\n", "not one that YAML knows"),
        ("a: 'New Year's Day'\n", "double quotes"),
        ("- {name: New: Year, closed: true}\n", "a colon"),
        ('a: "b" c\n', "a quote ends just before this"),
        ("&a [*a]\n", "this holds itself"),
        ("".join(f"- &x{n + 1} [{f'*x{n},' * 10}]\n" for n in range(1, 9)).join(["- &x1 [a]\n", ""]), "write them out"),
    ],
)
def test_advice_from_the_line_itself_comes_before_the_words_of_the_parser(text, advice):
    with pytest.raises(BadYaml, match=advice):
        parse(text)


@pytest.mark.parametrize(
    "text", ["a: b: c", "a: [1", "\ta: 1", 'a: "b', "a: *b", "{[1]: 2}", "a: 1\n---\nb: 2", "\x00"]
)
def test_text_that_is_not_yaml_says_what_to_fix(text):
    with pytest.raises(BadYaml) as raised:
        parse(text)
    assert raised.value.advice
    assert "Traceback" not in raised.value.advice


DATA = sorted((SITES.parent.parent / "docs" / "_data").glob("*.yml"))


@pytest.mark.parametrize("path", DATA, ids=lambda path: path.name)
def test_a_data_file_names_the_schema_that_an_editors_yaml_tools_read(path):
    named = path.read_text("utf-8").splitlines()[0].removeprefix("# yaml-language-server: $schema=")
    schema = json.loads((path.parent / named).read_text("utf-8"))
    assert schema["$schema"] == "http://json-schema.org/draft-07/schema#"
    assert jsonschema_rs.meta.is_valid(schema)
    assert list(undescribed(schema)) == []


def undescribed(schema: dict, way: str = "") -> Iterator[str]:
    """The keys of a schema that do not say what to write: their description is the advice that an editor reads."""
    for key, inner in schema.get("properties", {}).items():
        if "description" not in inner:
            yield f"{way}/{key}"
        yield from undescribed(inner, f"{way}/{key}")
    for part in ("items", "additionalProperties"):
        if isinstance(schema.get(part), dict):
            yield from undescribed(schema[part], f"{way}/{part}")
