"""Flesch-Kincaid grade of a built page, worked out apart from the checker, so that neither can be wrong alone."""

from __future__ import annotations

import re
from typing import NamedTuple

import turbohtml

# Medical words the guide cannot do without, by their beginnings: each counts as two syllables.
MEDICAL = (
    "hyperalgesia", "allodynia", "acetaminophen", "naloxone", "buprenorphine", "methadone", "benzodiazepine",
    "gabapentin", "ibuprofen", "naproxen", "opioid", "antidepressant", "anti-inflammatory", "inflammatory",
    "anesthetic", "lidocaine", "capsaicin", "nociceptor", "interneuron", "sensitization", "psychiatry",
    "psychiatrist", "electrical", "nsaid", "counseling", "injection",
)  # fmt: skip
# Neighboring vowels that are heard apart, as in "going", "easier", "diagnosis" and "video".
APART_VOWELS = re.compile(r"(?<=[aeiouy])ing|(?<=i)er$|(?<![ct])(?<=i)a|(?<=e)o|(?<=i)o(?!n|us)|ism$")
# An "e" that is written and not heard, as in "pain-free dose", "while", "doses" (but "table"), "moved" (but "needed").
SILENT = re.compile(
    r"(?<![aeiouyl])e$|(?<=[aeiouy]l)e$|(?<![aeiousxzcghl])es$|(?<=[aeiouy]l)es$|(?<![aeioudtl])ed$|(?<=[aeiouy]l)ed$"
)
BLOCKS = "p,li,dd"
APART = ".sources, script, style, template, nav, sup, figure, table, form, svg, .end-block, .visually-hidden"


class Sentence(NamedTuple):
    """A sentence and its words."""

    text: str
    words: list[str]

    @classmethod
    def of(cls, text: str) -> Sentence:
        return cls(text, re.findall(r"[A-Za-z][A-Za-z'’-]*", text))


def sentences(page: bytes) -> list[Sentence]:
    """The sentences of a page's <main>: prose and lists, without headings, tables, figures, sources and navigation."""
    main = turbohtml.parse(page).find("main")
    for element in main.select(APART):
        element.decompose()
    blocks = [element for element in main.select(BLOCKS) if not element.select(BLOCKS)]
    texts = [" ".join(block.text.split()) for block in blocks]
    found = [Sentence.of(part) for text in texts for part in re.split(r"(?<=[.!?:])[\"”)]?\s+(?=[A-Z0-9“])", text)]
    return [sentence for sentence in found if sentence.words]


def grade(page: list[Sentence]) -> float:
    """US school grade by Flesch and Kincaid (1975)."""
    words = [word for sentence in page for word in sentence.words]
    return 0.39 * len(words) / len(page) + 11.8 * sum(map(syllables, words)) / len(words) - 15.59


def syllables(word: str) -> int:
    """How many syllables a reader hears: groups of vowels, less what English leaves silent; medical words are two."""
    word = word.lower().replace("’", "'").removesuffix("'s")
    if "-" in word:
        return sum(syllables(part) for part in word.split("-") if part)
    if word.startswith(MEDICAL):
        return 2
    heard = len(re.findall(r"[aeiouy]+", word)) + len(APART_VOWELS.findall(word))
    return max(1, heard - len(SILENT.findall(word)))
