"""Dangerous sentences are found, and harmless ones pass. The sentences are tables in tests/sentences.

The first half was known while the rules were written; the other half was measured once before it was added.
"""

from __future__ import annotations

import html
import itertools
import re
import shutil
from pathlib import Path

import pytest

from cases import load, places, small_site
from growing import LIMIT, cpu_seconds, growth
from hosting import ROOT
from sitecheck.rules.language.meaning.calls import calls_in, looks_like
from sitecheck.rules.language.meaning.sentence import Mood, mood, sentence_at, sentences_of

TABLES = Path(__file__).parent / "sentences"
DANGEROUS: dict[str, list[str]] = load(TABLES / "dangerous.yml")
HARMLESS = load(TABLES / "harmless.yml")
WORDS = ["PL002", "PL003", "PL005", "PL007", "PL008", "PL009", "PL019", "PL020", "CF006", "CF016", "CF017"]
LINK = re.compile(r"\[([^]]*)\]\(([^)]*)\)")


def found_in(sentences: list[str], folder: Path) -> dict[str, set[str]]:
    """The codes found in each sentence, each a paragraph of one page, with the real project's data."""
    shutil.copytree(ROOT / "docs" / "_data", folder / "docs" / "_data")
    paragraphs = ["<p>" + LINK.sub(r'<a href="\2">\1</a>', html.escape(one, quote=False)) + "</p>" for one in sentences]
    case = {
        "site": {"a/index.html": "<h1>Pillows</h1>" + "\n".join(paragraphs)},
        "project": {
            "mkdocs.yml": "{site_url: https://x.example/, site_name: Sleep}",
            "docs/a.md": "---\ntitle: Pillows\n---\n\n" + "\n\n".join(sentences) + "\n",
        },
    }
    found: dict[str, set[str]] = {}
    for place in places(small_site(case, folder), folder, WORDS):
        file, line, _, code = re.fullmatch(r"(.+):(\d+):(\d+) (\w+)", place).groups()
        if file == "docs/a.md":
            found.setdefault(sentences[(int(line) - 5) // 2], set()).add(code)
    return found


@pytest.fixture(scope="module")
def found(tmp_path_factory: pytest.TempPathFactory) -> dict[str, set[str]]:
    sentences = [*(sentence for group in DANGEROUS.values() for sentence in group), *HARMLESS]
    assert len(sentences) == len(set(sentences))
    return found_in(sentences, tmp_path_factory.mktemp("words"))


@pytest.mark.parametrize("code", DANGEROUS)
def test_dangerous_sentences_are_found(code: str, found: dict[str, set[str]]) -> None:
    assert [sentence for sentence in DANGEROUS[code] if code not in found.get(sentence, ())] == []


def test_harmless_sentences_pass(found: dict[str, set[str]]) -> None:
    assert {sentence: found[sentence] for sentence in HARMLESS if sentence in found} == {}


@pytest.mark.parametrize(
    ("sentence", "verb", "expected"),
    [
        ("Stop your pills.", "stop", Mood.ORDER),
        ("You can just stop your pills.", "stop", Mood.ORDER),
        ("It is best to stop your pills.", "stop", Mood.ORDER),
        ("Go home and stop your pills.", "stop", Mood.ORDER),
        ("Try stopping your pills.", "stopping", Mood.ORDER),
        ("Stopping your pills is fine.", "stopping", Mood.ORDER),
        ("There is no harm in taking two.", "taking", Mood.ORDER),
        ("Pills can be stopped.", "stopped", Mood.ORDER),
        ("Ask them to stop your pills.", "stop", Mood.ORDER),
        ("Let's stop your pills.", "stop", Mood.ORDER),
        ("We urge you to stop.", "stop", Mood.ORDER),
        ("Help by stopping your pills.", "stopping", Mood.ORDER),
        ("Do not rest and quietly take two.", "take", Mood.ORDER),
        ("Do not stop and take two.", "take", Mood.DENIAL),
        ("Rather than stop, call.", "stop", Mood.DENIAL),
        ("Instead of stopping, call.", "stopping", Mood.DENIAL),
        ("Quit taking two.", "taking", Mood.DENIAL),
        ("Do not stop your pills.", "stop", Mood.DENIAL),
        ("Do not cut, skip or stop your pills.", "stop", Mood.DENIAL),
        ("Nobody should stop at once.", "stop", Mood.DENIAL),
        ("If you stop your pills, call.", "stop", Mood.CONDITION),
        ("Should you stop your pills?", "stop", Mood.CONDITION),
        ("People stop their pills.", "stop", Mood.DESCRIPTION),
        ("People rest and stop.", "stop", Mood.DESCRIPTION),
        ("They tell you to stop.", "stop", Mood.DESCRIPTION),
        ("You may want to stop your pills.", "stop", Mood.DESCRIPTION),
        ("Your doctor may stop your pills.", "stop", Mood.DESCRIPTION),
        ("Stopping your pills can make you ill.", "stopping", Mood.DESCRIPTION),
        ("Do not fret, take two or three.", "take", Mood.ORDER),
        ("Do not fret, take two, then rest.", "take", Mood.ORDER),
        ("Do not cut, crush, or chew your pills.", "crush", Mood.DENIAL),
        ("Tomorrow you stop your pills.", "stop", Mood.ORDER),
        ("Some of you stop your pills.", "stop", Mood.DESCRIPTION),
        ("You should rest and stop your pills.", "stop", Mood.ORDER),
        ("People can rest and stop.", "stop", Mood.DESCRIPTION),
        ("You rest and stop.", "stop", Mood.DESCRIPTION),
        ("Call us instead of stopping.", "stopping", Mood.DENIAL),
    ],
)
def test_a_verb_has_the_right_mood(sentence: str, verb: str, expected: Mood) -> None:
    read = sentences_of(sentence)[0]
    assert mood(read, read.words.index(verb)) is expected


@pytest.mark.parametrize("word", ["Rest", "now", "Call", "today", "Go", "home"])
def test_a_word_is_found_in_its_own_sentence(word: str) -> None:
    text = "Rest right now. Call us today. Go home."
    assert word in sentence_at(text, text.index(word)).text


@pytest.mark.parametrize(
    "one",
    [
        "take two pills, ",
        "do not stop it and call 988 ",
        "drink wine and let them sleep it off ",
        "an addict, 912 or ",
        "call a friend about the new film now, stop your pills, my doctor lives here, ",
    ],
    ids=["doses", "numbers", "advice", "words", "stops"],
)
def test_time_grows_with_the_text(one: str, tmp_path: Path) -> None:
    """On four times the words, no more than six times as long."""

    def seconds(times: int) -> float:
        folder = tmp_path / str(next(numbers))
        folder.mkdir()
        return cpu_seconds(lambda: found_in([one * times], folder))

    numbers = itertools.count()
    assert growth(seconds, 500) < LIMIT


@pytest.mark.parametrize(
    ("spelled", "digits"),
    [
        ("nine one one", "911"),
        ("nine double one", "911"),
        ("triple nine", "999"),
        ("nine-eleven", "911"),
        ("9 8 8", "988"),
    ],
)
def test_a_number_in_words_is_read_digit_by_digit(spelled: str, digits: str) -> None:
    assert [call.digits for call in calls_in(sentences_of(f"Please call {spelled} now.")[0])] == [digits]


@pytest.mark.parametrize(
    ("number", "known", "meant"),
    [
        ("7185550134", ["7185550135"], "7185550135"),
        ("7185550134", ["7185550155"], "7185550155"),
        ("7185550134", ["7185550555"], ""),
        ("7185550134", ["7185550155", "7185550135"], "7185550135"),
        ("7185550134", ["718555013"], ""),
        ("7185550134", ["7185550134"], ""),
        ("467300", ["467369"], ""),
        ("5550134", ["5550155"], "5550155"),
        ("898", ["988"], "988"),
        ("989", ["988"], "988"),
        ("999", ["988"], ""),
    ],
)
def test_a_mistyped_number_is_recognized_as_the_one_meant(number: str, known: list[str], meant: str) -> None:
    """In a long number two digits may be wrong, in a short one a single digit or two that changed places."""
    assert looks_like(number, known) == meant
