"""The reading grade: syllables as people say them, sentences as people read them, the formula as published."""

from __future__ import annotations

import pytest

from sitecheck.project.pages.reading_grade import grade, sentences, syllables

SPOKEN = {
    1: """
        based blood brain breathe breathed build called calls caused changed closed cord cries dies does dose drive
        drives eye eyes fire gates goes guard guide helps hour hours jumped lies loved makes months nerve nerves oil
        once our pain pills pulse quick quit raised real rule rules safe sale scale shoes sleep smile sore spine
        stopped strength style takes through times tired toes tries used while whole worse
    """,
    2: """
        able about added advised alarm alarms ancient asleep away because being bias bodies body bottle breathing
        brooklyn buying candles cannot canoe careful causes changes client confused conscious create cruel crying diet
        doctor doing doses ended equal every fluid fuel gentle going handle handles happened heroes higher homepage
        increased language lifeline lion little lower million movement muscle muscles nauseous needed needle neon
        noticed opened pages painful patient patients paying people persuade places poem poet power practiced question
        questions quiet reduced region require ruin safely safer saying science seeing series signal signals simple
        sleepy slower slowly social someone something sometimes special species spinal started staying steroid
        steroids studies table tissue treated treatment trial trials trouble trying uses wanted worries
    """,
    3: """
        actual addiction agreeing allergies area audience carrying clinician clinicians coexist dangerous denial
        dialogue diary different earlier easier energy evidence exercise family general gradual graduate however idea
        ideal initial injection injuries insurance lidocaine manual medicine memory methadone museum naloxone natural
        nausea obvious opinion opioid overdose period pharmacies pharmacy physician possible prescriber previous
        quality radio ratio reaction religion scientists sensitive serious several studio suicide theory therapy
        together tolerance topical usual video violent visual withdrawal
    """,
    4: """
        activities activity actually alternative anxiety community diarrhea emergency equality especially evaluate
        exercises experience february gabapentin ibuprofen january material medication situation situations society
        usually variety
    """,
    5: """
        allodynia antidepressant examination immediately sensitization university
    """,
    6: """
        acetaminophen hyperalgesia responsibility
    """,
}


@pytest.mark.parametrize(("count", "words"), SPOKEN.items())
def test_syllables_are_counted_as_people_say_them(count, words):
    assert {word: syllables(word) for word in words.split()} == dict.fromkeys(words.split(), count)


SPLIT = {
    "One. Two! Three?": ["One", "Two", "Three"],
    "At 6 p.m. we close. Dr. Lee stays.": ["At 6 p.m. we close", "Dr. Lee stays."],
    "Go to 26 Court St. or 6219 5th Ave. on time.": ["Go to 26 Court St. or 6219 5th Ave. on time"],
    "Take 2.5 steps. Then rest.": ["Take 2.5 steps", "Then rest"],
    "He said “stop.” Then he left": ["He said “stop", "Then he left"],
    "a list item without a full stop": ["a list item without a full stop"],
    "First: then second.": ["First: then second"],
    "": [],
}


@pytest.mark.parametrize(("text", "wanted"), SPLIT.items())
def test_a_sentence_ends_where_a_reader_stops(text, wanted):
    assert [sentence.text.rstrip(".") for sentence in sentences(text)] == [one.rstrip(".") for one in wanted]


# The second number is what textstat 0.7.4 gives; syllables are counted in another way there.
PASSAGES = {
    "The cat sat on the mat. It was warm. The dog ran to the door and sat down.": (-1.4, -1.5),
    "Your brain can send messages down to open or close the gates. Nerve cells let signals up or hold them back.": (
        2.6,
        1.5,
    ),
    "Tapering means taking a little less opioid, step by step, with your prescriber. "
    "Steps are often a month or more apart. Your plan can slow down or pause.": (4.1, 3.4),
    "Extraordinary organizational capabilities necessitate interdisciplinary collaboration.": (49.7, 48.1),
}


@pytest.mark.parametrize(("text", "wanted"), PASSAGES.items())
def test_the_grade_is_near_what_others_measure(text, wanted):
    ours, theirs = wanted
    assert round(grade(sentences(text)), 1) == ours
    assert ours == pytest.approx(theirs, abs=1.7)


def test_the_grade_is_the_published_formula():
    """12 words in 2 sentences with 17 syllables: 0.39 * 6 + 11.8 * 17 / 12 - 15.59."""
    read = sentences("Pain is real today. People feel better again if they walk slowly.")
    assert [(len(one.words), sum(map(syllables, one.words))) for one in read] == [(4, 5), (8, 12)]
    assert grade(read) == pytest.approx(0.39 * 6 + 11.8 * 17 / 12 - 15.59)


def test_a_listed_word_weighs_two_syllables():
    read = sentences("Hyperalgesia hurts.")
    assert grade(read) == pytest.approx(0.39 * 2 + 11.8 * 7 / 2 - 15.59)
    assert grade(read, frozenset({"hyperalgesia"})) == pytest.approx(0.39 * 2 + 11.8 * 3 / 2 - 15.59)


def test_a_page_without_words_has_no_grade():
    assert grade([]) == 0
