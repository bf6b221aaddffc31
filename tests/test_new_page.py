"""A new page starts with all that its kind needs, listed where readers find it."""

from pathlib import Path

import pytest
import yaml

from cases import load
from guide import command
from guide.command import Refused
from guide.new import main, skeleton, start, with_navigation

ROOT = Path(__file__).parent.parent
TYPES = load(ROOT / "docs/_data/page-types.yml")["types"]


@pytest.fixture
def project(tmp_path, monkeypatch):
    """A folder with this project's settings and page types."""
    (tmp_path / "docs" / "_data").mkdir(parents=True)
    for name in ("mkdocs.yml", "docs/_data/page-types.yml"):
        (tmp_path / name).write_bytes((ROOT / name).read_bytes())
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.mark.parametrize("kind", TYPES)
def test_a_page_has_what_its_kind_needs(kind):
    text = skeleton(kind, "Sleep: a guide", TYPES[kind])
    front_matter = yaml.safe_load(text.split("---")[1])
    assert list(front_matter) == TYPES[kind]["front_matter"]
    assert front_matter["title"] == "Sleep: a guide"
    for section in TYPES[kind].get("sections", []):
        assert f"{{#{section}}}" in text or section in ("in-short", "sources")


def test_the_page_is_listed_before_the_last_one(project):
    assert start("topic", "Sleep and pain", TYPES) == Path("docs/sleep-and-pain.md")
    settings = (project / "mkdocs.yml").read_text()
    assert "  - sleep-and-pain.md\n  - get-help-now.md\n" in settings
    assert settings.index("url: sleep-and-pain/") < settings.index("url: get-help-now/")
    plans = load(project / "docs/_data/page-types.yml")["pages"]
    assert plans["sleep-and-pain.md"] == {"type": "topic"}
    assert plans["get-help-now.md"]["type"] == "help"


@pytest.mark.parametrize(
    ("kind", "title", "says"),
    [
        ("topik", "Sleep", "did you mean topic"),
        ("topic", "???", "letters from a to z"),
        ("topic", "x" * 61, "short"),
        ("topic", "Print", "print/index.html is made of all other pages"),
    ],
)
def test_an_invalid_page_is_refused_and_changes_nothing(project, kind, title, says, capsys):
    before = (project / "mkdocs.yml").read_text()
    assert command.run("new", main, [kind, title]) == 2
    assert says in capsys.readouterr().err
    assert (project / "mkdocs.yml").read_text() == before
    assert not list((project / "docs").glob("*.md"))


def test_letters_with_marks_are_kept_in_the_title_and_plain_in_the_address(project):
    assert start("topic", "Sueño", TYPES) == Path("docs/sueno.md")
    assert "title: Sueño\n" in (project / "docs/sueno.md").read_text("utf-8")
    assert '{url: sueno/, title: "Sueño", ' in (project / "mkdocs.yml").read_text("utf-8")


def test_a_long_page_lists_its_sections_below_in_short(project):
    assert main(["topic", "Sleep", "--long"]) == 0
    text = (project / "docs/sleep.md").read_text("utf-8")
    marks = ["/// in-short", '{% include "clinic/on-this-page.html" %}', "## When to get help"]
    assert sorted(marks, key=text.index) == marks


@pytest.mark.parametrize(
    ("file", "text"), [("docs/_data/page-types.yml", "types: ["), ("docs/_data/page-types.yml", "")]
)
def test_unreadable_data_is_reported(project, capsys, file, text):
    (project / file).write_text(text)
    assert command.run("new", main, ["topic", "Sleep"]) == 2
    assert "run scripts/build" in capsys.readouterr().err


def test_an_existing_page_is_never_overwritten(project):
    (project / "docs" / "sleep.md").write_text("mine")
    (project / "docs" / "assets").mkdir()
    with pytest.raises(Refused, match="already there"):
        start("topic", "Assets", TYPES)
    with pytest.raises(Refused, match="already there"):
        start("topic", "Sleep", TYPES)


def test_settings_that_were_rearranged_are_left_alone():
    with pytest.raises(Refused, match="by hand"):
        with_navigation("nav: []\n", "sleep", "Sleep")
