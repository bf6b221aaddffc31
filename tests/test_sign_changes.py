"""What a clinician is shown of a change: which sentences, in which order, and how to sign."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

import pytest

from changing import NAMES, WORDS, read, state
from finishing import DATA
from guide import command, preview_changes
from guide.changes import compare, page_units, summary
from guide.changes.compare import Change

URGENT = "what to do, or how soon"


def differences(tmp_path: Path, before: str, after: str) -> list[Change]:
    changes = compare.compare(read(state(tmp_path / "a", before)), read(state(tmp_path / "b", after)))
    return [change for page in changes for change in page.changes]


def shown(change: Change) -> tuple[str, str, str]:
    """A change as "before [words that go]", "after [new words]", and what it is about."""
    sides = ["".join(f"[{text}]" if new else text for text, new in side) for side in change.marked]
    return sides[0], sides[1], ", ".join(change.about)


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("2 minutes", "20 minutes", ("Wait [2] minutes.", "Wait [20] minutes.", "a number")),
        ("now", "later", ("Call 911 [now].", "Call 911 [later].", URGENT)),
        ("Take care", "Take a pill", ("Take [care].", "Take [a pill].", "a medicine")),
        ("Rest well.", "Rest a lot.", ("Rest [well].", "Rest [a lot].", "")),
        ("Rest well.", "", ("[Rest well.]", "", "")),
        ("Rest well.", "Rest well. Stop the opioid.", ("", "[Stop the opioid.]", f"{URGENT}, a medicine")),
        ("tel:911", "tel:912", ("“911” leads to tel:[911]", "“911” leads to tel:[912]", f"{URGENT}, a number")),
        ('<a href="#source-a">1</a>', "", ("[a]", "", "a source")),
    ],
)  # fmt: skip
def test_a_changed_sentence_is_shown_before_and_after(
    tmp_path: Path, old: str, new: str, expected: tuple[str, str, str]
) -> None:
    assert old in WORDS
    changes = differences(tmp_path, WORDS, WORDS.replace(old, new, 1))
    assert [shown(change) for change in changes if "words" in change.kinds or expected[2]] == [expected]


def test_new_sentences_before_a_changed_one_come_before_it(tmp_path: Path) -> None:
    after = WORDS.replace("Rest well.", "Eat. Drink tea. Rest a lot. Sleep.")
    changes = differences(tmp_path, WORDS, after)
    assert [shown(change)[:2] for change in changes] == [
        ("", "[Eat.]"), ("", "[Drink tea.]"), ("Rest [well].", "Rest [a lot]."), ("", "[Sleep.]"),
    ]  # fmt: skip


def test_a_changed_figure_is_named(tmp_path: Path) -> None:
    (change,) = differences(tmp_path, WORDS, WORDS.replace("h9", "h8"))
    assert change.after
    assert change.after.text.startswith("Stairs [")
    assert change.about[-1] == "a figure"


def test_what_could_do_harm_comes_first(tmp_path: Path) -> None:
    after = (
        WORDS.replace("Rest well", "Rest a lot")
        .replace("2 minutes", "3 minutes")
        .replace("Take care", "Never Take a pill")
    )
    about = [change.about for change in differences(tmp_path, WORDS, after)]
    assert about == [(URGENT, "a medicine"), ("a number",), ()]


@pytest.mark.parametrize("after", [WORDS.replace("Call", "<b>Call</b>"), WORDS.replace("<p>More", '<p id="x">\nMore')])
def test_a_change_of_markup_alone_is_not_shown(tmp_path: Path, after: str) -> None:
    assert differences(tmp_path, WORDS, after) == []


def report(tmp_path: Path, before: str, after: str, names: dict[str, str] = NAMES) -> str:
    changes = compare.compare(read(state(tmp_path / "a", before)), read(state(tmp_path / "b", after)))
    return summary.summary(changes, names, {"index.html": ["Ana Diaz, MD, of 2026-11-20"]}, ["how to sign"])


def test_the_summary_shows_what_a_clinician_needs(tmp_path: Path) -> None:
    text = report(tmp_path, WORDS, WORDS.replace("2 minutes", "20 minutes"))
    assert "1 page changes." in text
    assert "`docs/index.md`: reading grade " in text
    assert "**This voids the signature of Ana Diaz, MD, of 2026" in text
    assert "| **a number** | Wait <del><b>2</b></del> minutes&#46; | Wait <ins><b>20</b></ins> minutes&#46; |" in text
    assert text.endswith("## To sign\n\nhow to sign\n")


def test_words_of_a_page_are_escaped_in_the_summary(tmp_path: Path) -> None:
    text = report(tmp_path, WORDS, WORDS.replace("Rest well", "Rest | *well* `now` &lt;b&gt; [x](y)"))
    row = next(line for line in text.splitlines() if "Rest" in line)
    assert not re.search(r"[*`\[\]()]|<(?!/?(?:ins|del|b)>)", row.removeprefix("| **what to do, or how soon** "))
    assert row.count("|") == 4


def test_the_summary_says_when_nothing_changes(tmp_path: Path) -> None:
    assert summary.NOTHING in report(tmp_path, WORDS, WORDS)


def test_a_summary_fits_into_what_github_shows() -> None:
    page = page_units.BuiltPage("Pain", "0" * 20, (), 5.0)
    new = [
        tuple(Change(None, page_units.Unit(f"Sentence {one} of page {two}.")) for one in range(99))
        for two in range(200)
    ]
    changes = [compare.PageChange(f"{two}.html", page, page, many) for two, many in enumerate(new)]
    text = summary.summary(changes, {}, {}, [])
    assert 800_000 < len(text.encode()) < 1_000_000
    assert "the artifact shows them all" in text


def test_a_change_that_pages_share_is_shown_once_and_a_new_page_is_called_new() -> None:
    page, same = page_units.BuiltPage("Pain", "0" * 20, (), 5.0), (Change(None, page_units.Unit("Same")),)
    changes = [compare.PageChange(f"{name}.html", page, page, same) for name in "ab"]
    text = summary.summary([*changes, compare.PageChange("c.html", None, page, ())], {}, {}, [])
    assert text.count("Same") == 1
    assert "`docs/b.html`: reading grade 5.0 before, 5.0 after.\n\n1 more of its changes are the same" in text
    assert text.endswith("`docs/c.html`: a new page, at reading grade 5.0.\n")
    assert text.startswith("# What changes for readers\n\n3 pages change. ")


@pytest.mark.parametrize(
    ("after", "voided"),
    [("Wait 3 minutes.", ["Ana Diaz, MD, of 2026-11-20"]), ("<b>Wait</b> 2 minutes.", []), ("", [])],
)
def test_a_voided_signature_is_named(tmp_path: Path, after: str, voided: list[str]) -> None:
    before, site = state(tmp_path / "a", "Wait 2 minutes."), state(tmp_path / "b", after or "Wait 2 minutes.")
    site.people = {"ana-diaz": {"id": "ana-diaz", "name": "Ana Diaz", "credentials": "MD"}}
    words = read(before)["index.html"].words if after else "0" * 20
    site.signatures = [{"page": "index.html", "by": "ana-diaz", "date": "2026-11-20", "words": words}]
    changes = compare.compare(read(before), read(site))
    assert preview_changes.voided(changes, site).get("index.html", []) == voided


def git(folder: Path, *arguments: str) -> str:
    own = ["-c", "user.name=Tester", "-c", "user.email=tester@x.example", "-c", "init.defaultBranch=main"]
    return subprocess.run(["git", *own, *arguments], cwd=folder, capture_output=True, text=True, check=True).stdout


def test_the_command_compares_a_commit_with_the_files_as_they_are(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """The generator is left out: a state here is the text of its docs/index.md."""
    folder = tmp_path / "project"
    (folder / "docs").mkdir(parents=True)
    (folder / "docs" / "_data").symlink_to(DATA)
    (folder / "mkdocs.yml").write_text("extra_css: []\n")
    (folder / "docs" / "index.md").write_text("<p>Wait 2 minutes.</p>")
    git(folder, "init", "-q")
    git(folder, "add", "-A")
    git(folder, "commit", "-qm", "one")
    (folder / "docs" / "index.md").write_text("<p>Wait 20 minutes.</p>")
    monkeypatch.chdir(folder)
    monkeypatch.setattr(
        preview_changes, "built", lambda project, site: state(site, (project / "docs" / "index.md").read_text())
    )
    assert preview_changes.main(["--summary", "summary.md"]) == 0
    assert "Wait <del><b>2</b></del> minutes" in Path("summary.md").read_text()
    assert "<ins>20</ins>" in Path("changed-pages.html").read_text()
    assert command.run("preview-changes", preview_changes.main, ["no-such-commit"]) == 2
    assert "git has no commit no-such-commit here" in capsys.readouterr().err
