"""scripts/build, given faults an editor can make: one line that says where and what to do, and the old site stays."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import pytest
import turbohtml

import edits
from hosting import Outcome, Project, environ

LINE = re.compile(r"(?P<file>[\w./-]+):(?P<line>\d+):(?P<column>\d+) (?P<code>[A-Z]{2}\d{3}) (?P<message>.+)")
CLINIC = "docs/_data/clinic.yml"
CLOSED = '{date: "2027-02-30", name: A day, closed: true}'
MONDAY = '- {day: Monday, opens: "09:00", closes: "17:00"}'


class Fault(NamedTuple):
    """One mistake: in `file`, `old` becomes `new`; the report names a line that holds `at` and says `says`."""

    file: str
    old: str
    new: str
    code: str  # a rule's code or its family
    at: str = ""  # "": the first line
    says: str = ""
    status: int = 1


FAULTS = {
    "a page without front matter": Fault("docs/privacy.md", "---\n", "", "FM"),
    "an unknown page type": Fault("docs/privacy.md", "type: legal", "type: lega", "FM", "type: lega", "legal"),
    "a YAML file that does not parse": Fault(CLINIC, "    hours:\n", "    hours: [\n", "", MONDAY, status=2),
    "an hour that closes before it opens": Fault(
        CLINIC, MONDAY, '- {day: Monday, opens: "17:00", closes: "09:00"}', "CF", 'opens: "17:00"'
    ),
    "a day that is missing": Fault(CLINIC, MONDAY, "", "CF", "day: Tuesday", "Monday"),
    "a day given twice": Fault(CLINIC, MONDAY, f"{MONDAY}\n      {MONDAY}  # again", "CF", "# again", "Monday"),
    "an address without a postcode": Fault(CLINIC, 'zip: "11242"', "", "CF", "brooklyn-heights", "zip"),
    "a citation of an unknown source": Fault(
        "docs/index.md", 'cite("angst-2006"', 'cite("angst-2066"', "SR", 'cite("angst-2066"', "angst-2006"
    ),
    "a misspelt fact": Fault("docs/index.md", "## What helps", "{{ clinic.fone }}\n\n## What helps", "", "clinic.fone"),
    "a closure on no day": Fault(
        CLINIC, "closures: unknown", f"closures: [{CLOSED}]", "CF009", "closures:", "there is no day 2027-02-30"
    ),
    "a zone that is none": Fault(CLINIC, "America/New_York", "America/NewYork", "CF001", "America/NewYork", "zone"),
    "a street cut short": Fault(CLINIC, '"26 Court St #808"', "26 Court St #808", "CF001", "26 Court", "in quotes"),
    "a fact that a template misspells": Fault(
        "overrides/clinic/footer.html", "clinic.name", "clinic.nmae", "CF008", "clinic.nmae", "there is no fact"
    ),
    "a list of sources left out": Fault("docs/index.md", "{{ sources() }}", "That is all.", "SR005", "That is all."),
    "a block that is none": Fault("docs/index.md", "/// in-short", "/// in-shrt", "PL016", "/// in-shrt", "in-shrt"),
    "a link with a space in it": Fault(
        "docs/index.md", "](get-help-now", "] (get-help-now", "PL018", "] (get", "space"
    ),
    "a heading given twice": Fault("docs/index.md", "## What helps", "# What helps", "PL018", "# What helps", "##"),
    "a statement that a template misspells": Fault(
        "overrides/main.html", "{% block", "{% blok", "AX033", "{% blok", "write {% block %}"
    ),
    "a statement that nothing ends": Fault(
        "overrides/clinic/hours-table.html", "{%- endif %}", "", "AX033", "{%- if", "{% endif %}"
    ),
    "a tag of a template that nothing closes": Fault(
        "overrides/clinic/hours-table.html", "</table>", "", "AX033", "<table", "</table>"
    ),
    "a theme that is none": Fault(
        "mkdocs.yml", "name: material", "name: materia", "ST001", "name: materia", "material"
    ),
    "a misspelt setting": Fault("mkdocs.yml", "site_name:", "site_nam:", "ST001", "site_nam:", "site_name"),
    "a plugin that is not installed": Fault(
        "mkdocs.yml", "plugins:", "plugins:\n  - minify", "ST001", "- minify", "scripts/finish/"
    ),
    "an unknown macro": Fault("docs/index.md", "## What helps", "{{ sorces() }}\n\n## What helps", "", "sorces"),
}

FAULTS_OF_THE_SITE = {
    "a required section that is empty": Fault(
        "docs/index.md", "{#key-points}", "{#key-points}\n\n## More {#more}", "SE", "{#key-points}"
    ),
    "a link to a section that is not there": Fault(
        "docs/index.md", "#signs-to-tell", "#signs-to-tel", "LI", "#signs-to-tel", "#signs-to-tell"
    ),
    "an id given twice": Fault(
        "docs/index.md", "## What helps", "## A {#a}\n\nA.\n\n## B {#a}\n\nB.\n\n## What helps", "AX001", "## B {#a}"
    ),
}
EDITS = {name: [fault] for name, fault in FAULTS.items()}
EDITS["what only the built site shows"] = list(FAULTS_OF_THE_SITE.values())  # in one build


@pytest.fixture
def old_site(project: Project) -> Callable[[], bool]:
    """The site/ of an earlier build; call it to see that it is still there, untouched."""
    page = project.root / "site" / "index.html"
    page.parent.mkdir()
    page.write_text("the site of yesterday")
    return lambda: page.read_text() == "the site of yesterday" and len(list(page.parent.iterdir())) == 1


@pytest.mark.parametrize("faults", EDITS.values(), ids=EDITS)
def test_an_error_names_the_line_to_correct(project: Project, old_site: Callable, faults: list[Fault]) -> None:
    for fault in faults:
        project.replace(fault.file, fault.old, fault.new, times=1)
    outcome = project.build()
    found = findings(outcome)
    assert len(found) == len(faults), outcome.text
    for fault in faults:
        line = project.line_of(fault.file, fault.at) if fault.at else 1
        (one,) = [one for one in found if (one["file"], int(one["line"])) == (fault.file, line)]
        assert one["code"].startswith(fault.code)
        assert fault.says in one["message"]
        assert outcome.status == fault.status
    assert old_site()


def test_a_finding_elsewhere_does_not_hide_what_mkdocs_says_of_a_setting(project: Project) -> None:
    project.replace("mkdocs.yml", "strict: true", "strict: true\ndev_addr: 5", times=1)
    project.replace("docs/index.md", "## What helps", "# What helps", times=1)
    assert [line.partition(":")[0] for line in project.build().lines[:2]] == ["mkdocs.yml", "docs/index.md"]


def test_a_page_that_is_not_utf_8_is_reported(project: Project, old_site: Callable) -> None:
    page = project.root / "docs" / "terms.md"
    page.write_bytes(page.read_text("utf-8").replace("# Terms", "# Terms caf\u00e9", 1).encode("latin-1", "replace"))
    outcome = project.build()
    found = the_finding(outcome)
    assert (found["file"], outcome.status in (1, 2)) == ("docs/terms.md", True)
    assert "UTF-8" in found["message"]
    assert old_site()


def test_a_folder_in_place_of_a_page_is_reported(project: Project, old_site: Callable) -> None:
    page = project.root / "docs" / "terms.md"
    page.unlink()
    page.mkdir()
    outcome = project.build()
    assert "docs/terms.md" in {found["file"] for found in findings(outcome)}
    assert outcome.status in (1, 2)
    assert old_site()


def test_a_folder_in_place_of_the_facts_is_reported(project: Project, old_site: Callable) -> None:
    facts = project.root / CLINIC
    facts.unlink()
    facts.mkdir()
    outcome = project.build()
    assert the_finding(outcome)["file"] == CLINIC
    assert outcome.status == 2
    assert old_site()


def test_a_misspelled_link_fails_the_command(project: Project, old_site: Callable) -> None:
    """As a person runs it: the exit status reaches the shell, and nothing is printed but the report."""
    project.replace("docs/index.md", "get-help-now.md", "get-halp-now.md", times=1)
    outcome = project.run("guide.build")
    found = the_finding(outcome)
    assert outcome.status == 1
    assert found["file"] == "docs/index.md"
    assert int(found["line"]) == project.line_of("docs/index.md", "get-halp-now.md")
    assert int(found["column"]) > 1
    assert found["code"].startswith("LI")
    assert re.search(r"did you mean \W*get-help-now\.md", found["message"])
    assert old_site()


MAIN, FOOTER, SETTINGS = "overrides/main.html", "overrides/clinic/footer.html", "mkdocs.yml"
GENERATOR_ERRORS = [
    (MAIN, '{% include "clinic/footer.', "{% include “clinic/footer.", "{file}:{line}:1 type straight quotes"),
    (MAIN, '"base.html"', '"clinic/words.html"', "{file}:1:1 no start page came of"),
    (MAIN, "clinic/footer", "clinic/foter", "{file}:{line}:1 there is no template o"),
    (FOOTER, "</footer>", "{{ page.no.no }}</footer>", "{file}:{line}:1 nothing is"),
    (FOOTER, "</footer>", "{{ 1 | uper }}</footer>", "{file}:{line}:1 there"),
    ("docs/terms.md", "# Terms", "# {{ clinic.name | loud }} Terms", "{file}:{line}:1 No filter named 'loud'."),
    ("docs/index.md", "(get-help-now.md", "(get-help-now/", "{file}:{line}:{column} link to the page's file, get"),
    ("scripts/macros.py", "def cite(", "def cite((", "{file}:"),
    (SETTINGS, "hooks: [scripts/mkdocs_hooks.py]", "", "{file}:1:1 put back the line hooks:"),
    (SETTINGS, "  - terms.md\n", "  - term.md\n", "{file}:{line}:5 term.md, listed under nav, is no"),
    (SETTINGS, "  - terms.md\n", "    - terms.md\n", "{file}:{line_before}:5 indent the line below this one"),
    (SETTINGS, "  - terms.md\n", "", "docs/terms.md:1:1 list this page under nav in mkdocs.yml"),
]


@pytest.mark.parametrize("file, old, new, place", GENERATOR_ERRORS)
def test_an_error_of_the_generator_is_reported_in_one_line(
    project: Project, old_site: Callable, file: str, old: str, new: str, place: str
) -> None:
    words = old.strip("( \n")
    line = project.line_of(file, words)
    column = (project.root / file).read_text("utf-8").splitlines()[line - 1].index(words) + 1
    project.replace(file, old, new, times=1)
    outcome = project.build()
    assert (outcome.status, len(outcome.lines)) == (1, 1), outcome.text
    assert outcome.text.startswith(place.format(file=file, line=line, line_before=line - 1, column=column))
    assert old_site()


def test_github_shows_an_error_of_the_generator_beside_its_line(project: Project, old_site: Callable) -> None:
    line = project.line_of("mkdocs.yml", "  - terms.md")
    project.replace("mkdocs.yml", "  - terms.md", "  - term.md", times=1)
    with environ(GITHUB_ACTIONS="true"):
        outcome = project.build()
    assert outcome.text.startswith(f"::error file=mkdocs.yml,line={line},col=5::mkdocs.yml:{line}:5 term.md")
    assert old_site()


def test_fix_corrects_the_source_and_builds_again(project: Project, old_site: Callable) -> None:
    page = project.root / "docs" / "index.md"
    good = page.read_text("utf-8")
    project.replace("docs/index.md", "(get-help-now.md", "(get-halp-now.md")
    outcome = project.build("--fix")
    assert outcome.status == 0, outcome.text
    assert outcome.lines[0].startswith("fixed docs/index.md:")
    assert page.read_text("utf-8") == good
    assert not old_site()


def test_a_new_hour_changes_the_page_the_footer_and_the_structured_data(edited_site: Path) -> None:
    page = turbohtml.parse((edited_site / "hours-and-locations/index.html").read_bytes())
    table = page.find("main").find("table").text
    footer = page.find("footer").text
    facts = page.select_one('script[type="application/ld+json"]').text
    for shown in (table, footer):
        assert "10 am – 5 pm" in shown and "9 am" not in shown
    assert f'"{edits.NEW_HOUR}' in facts and '"09:00' not in facts


def test_a_build_without_a_finding_replaces_the_old_site_though_an_editor_is_open(edited_site: Path) -> None:
    assert (edited_site.parent / "docs" / edits.LOCK).is_symlink()
    assert "the site of yesterday" not in (edited_site / "index.html").read_text("utf-8")
    assert list(edited_site.parent.glob(".site-*")) == []


def findings(outcome: Outcome) -> list[re.Match[str]]:
    """The lines of a report; a person never sees a traceback or a path of the temporary folder."""
    assert "Traceback" not in outcome.text, outcome.text
    assert ".site-" not in outcome.text, outcome.text
    return [match for line in outcome.lines if (match := LINE.match(line))]


def the_finding(outcome: Outcome) -> re.Match[str]:
    found = findings(outcome)
    assert len(found) == 1, outcome.text
    return found[0]
