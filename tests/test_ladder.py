"""One ladder of urgency: a fault in its file is reported at its line, and every card of the guide is a step of it."""

from __future__ import annotations

from pathlib import Path

import pytest
import turbohtml
import yaml

from cases import FRAME, SITES, load, write
from hosting import PAGES, ROOT
from sitecheck.links.site import read_site
from sitecheck.project.read_project import read_project
from sitecheck.report.findings import findings, select_rules

LADDER, OVERDOSE = "docs/_data/ladder.yml", "docs/_data/overdose.yml"
DATA = {path: (ROOT / path).read_text("utf-8") for path in (LADDER, OVERDOSE, "docs/_data/sources.yml")}
PAGE = "---\ntitle: Pillows\n---\n"
NAMES = ("get-help-now", "tapering-and-recovery", "therapy-and-thinking-skills", "other-pain-treatments")
STEPS = yaml.safe_load(DATA[LADDER])["steps"]


def reports(root: Path, changed: dict[str, str]) -> list[str]:
    """The findings in the guide's own ladder and steps, with some files changed, as "file:line CODE message"."""
    write(root, load(SITES / "harbor.yml") | DATA | {f"docs/{name}.md": PAGE for name in NAMES} | changed)
    (root / "site").mkdir()
    site = read_site(root / "site", read_project(root))
    found = findings(site, select_rules(["SE014", "SE018", "SE019"], project=True))
    return [f"{finding.file}:{finding.line} {finding.code} {finding.message}" for finding in found]


def line_of(path: str, words: str) -> int:
    """The first line of a data file that has these words."""
    before, found, _ = DATA[path].partition(words)
    assert found
    return before.count("\n") + 1


def test_the_guides_own_ladder_has_no_faults(tmp_path: Path) -> None:
    assert reports(tmp_path, {}) == []


BAD = [
    # file, its words, what replaces them, words on the line of the finding, words of the message
    (LADDER, 'emergency: {call: "911"}', 'emergency: {call: "912"}', "emergency: {", '("912") is not right'),
    (LADDER, "call: 1-800-222-1222", "call: 1-800-222-122", "poison-help: {", "is not right"),
    (LADDER, 'text: "467369"', 'text: "46-73-69"', "hopeline: {", "is not right"),
    (LADDER, 'title: "Call 911 now', 'title: "Call 9111 now', 'title: "Call 911 now', "9111 is no number"),
    (LADDER, "Help, 1-800-222-1222", "Help, 1-800-222-2222", "Call Poison Help, 1", "1-800-222-2222 is no"),
    (LADDER, "Call 911. Poison Help", "Call 119. Poison Help", "note: Do they faint", "119 is no number"),
    (LADDER, "numbers: [crisis]", "numbers: [crsis]", "numbers: [crisis]", 'no number is called "crsis"'),
    (LADDER, "- id: poison-help", "- id: poisons-help", "- id: poison-help", 'no step is called "poisons-help"'),
    (LADDER, "- id: book-a-visit", "- id: call-today", "- id: book-a-visit", 'the step "call-today" is there twice'),
    (LADDER, "says: [call poison help]", "says: []", "says: [call poison help]", "says"),
    (LADDER, "sources: [cauda-equina]", "sources: [cauda]", "sources: [cauda-equina]", 'has the id "cauda"'),
    (LADDER, "sources: [cauda-equina]", "sources: []", "sources: [cauda-equina]", "at least one"),
    (LADDER, "words: [chest pain, ", "words: [chest pain, light touch hurts, ", "words: [light touch", "a sign of"),
    (LADDER, "text: a light touch hurts", "text: have chest pain", "text: a light touch hurts", "a sign of"),
    (LADDER, "pages: [other-pain-", "pages: [others-pain-", "pages: [other-", "there is no page docs/others-"),
    (LADDER, 'title: "Book a visit if:"', 'title: "Book a visit"', 'title: "Book a visit if:"', "is not right"),
    (OVERDOSE, "- id: repeat", "- id: repaet", "- id: repeat", "repaet"),
    (OVERDOSE, "sources: [pitt-naloxone]", "sources: [pit-naloxone]", "sources: [pitt-naloxone]", 'id "pit-naloxone"'),
]  # fmt: skip


@pytest.mark.parametrize(("path", "before", "after", "where", "words"), BAD)
def test_a_fault_is_reported_at_its_line(
    tmp_path: Path, path: str, before: str, after: str, where: str, words: str
) -> None:
    assert before in DATA[path]
    found = reports(tmp_path, {path: DATA[path].replace(before, after, 1)})
    code = {LADDER: "SE014", OVERDOSE: "SE018"}[path]
    assert any(one.startswith(f"{path}:{line_of(path, where)} {code} ") and words in one for one in found), found


@pytest.mark.parametrize("id", [step["id"] for step in STEPS])
def test_a_missing_step_is_reported(tmp_path: Path, id: str) -> None:
    data = yaml.safe_load(DATA[LADDER])
    data["steps"] = [step for step in data["steps"] if step["id"] != id]
    found = reports(tmp_path, {LADDER: yaml.safe_dump(data, sort_keys=False)})
    assert len(found) == 1
    assert f'add the step "{id}"' in found[0]


def test_steps_in_another_order_are_reported(tmp_path: Path) -> None:
    data = yaml.safe_load(DATA[LADDER])
    data["steps"].insert(0, data["steps"].pop())
    assert 'move the step "call-911" up' in reports(tmp_path, {LADDER: yaml.safe_dump(data, sort_keys=False)})[0]


ELSEWHERE = [
    "Very sleepy after a dose? Call your prescriber today.",
    "If you feel drowsy or confused after your pill, phone your doctor in the morning.",
    "You feel sleepy or confused after a dose: tell your doctor.",
    "If your lips turn blue, book a visit.",
    "If someone cannot be woken, let them sleep it off.",
    "Trouble breathing can wait until tomorrow.",
    "Numbness between your legs? Ask your doctor at your next visit.",
    "Your tongue is swelling? Contact your pharmacist.",
    "Feeling suicidal? Talk to your doctor.",
    "A child swallowed one of your pills? Call your doctor.",
    "Have you run out of your opioid? Book a visit.",
    "Call 911 if your pain spreads.",
]
IN_PLACE = [
    "If someone is very sleepy after a dose, call 911. Then tell your doctor.",
    "Do not call your prescriber for chest pain: call 911.",
    "Do you have trouble breathing? Do not wait and see: call 911.",
    "Your pain spreads? Call your prescriber, or book a visit.",
    "You have run out of your opioid? Call the clinic the same day.",
    "Some people snore. Ask your doctor about sleep.",
    "Thinking about suicide? Call 988 or text 988. Later, tell your doctor too.",
    "Mixed with alcohol, an opioid can stop your breathing. Ask your pharmacist before you mix.",
    "Tell your doctor what you take. If you ever have chest pain, call 911.",
]


@pytest.mark.parametrize(("sentence", "count"), [*((one, 1) for one in ELSEWHERE), *((one, 0) for one in IN_PLACE)])
def test_a_sign_beside_the_advice_of_another_step_is_reported(tmp_path: Path, sentence: str, count: int) -> None:
    page = FRAME.format(path="a", text=f"<h1>Pillows</h1><p>{sentence}</p>")
    write(tmp_path, DATA | {"docs/a.md": f"{PAGE}\n{sentence}\n", "site/a/index.html": page})
    site = read_site(tmp_path / "site", read_project(tmp_path))
    assert [one.line for one in findings(site, select_rules(["SE016"], project=True))] == [5] * count


@pytest.mark.parametrize("name", [LADDER, OVERDOSE])
def test_a_truncated_file_causes_no_traceback(tmp_path: Path, name: str) -> None:
    from sitecheck.model.errors import ProjectError

    for turn, length in enumerate(range(0, len(DATA[name]), len(DATA[name]) // 12)):
        try:
            reports(tmp_path / str(turn), {name: DATA[name][:length]})
        except ProjectError as error:
            assert error.fault.file == name


@pytest.mark.parametrize("path", PAGES)
def test_every_card_is_a_step_of_the_ladder(site: Path, path: str) -> None:
    signs = {step["title"]: [sign["text"] for sign in step["signs"]] for step in STEPS}
    for card in turbohtml.parse((site / path / "index.html").read_bytes()).select("main .care"):
        title = card.select_one("h2, h3, h4").text.partition(": ")[2]  # the level of urgency is said first
        assert [item.text for item in card.select("li")] == [sign for sign in signs[title] if sign in card.text]


@pytest.mark.parametrize("path", PAGES)
def test_nobody_who_is_very_sleepy_after_a_dose_is_told_to_wait(site: Path, path: str) -> None:
    main = turbohtml.parse((site / path / "index.html").read_bytes()).find("main")
    for card in main.select(".care-urgent, .care-routine"):
        assert "very sleepy" not in card.text
        assert "confused" not in card.text
