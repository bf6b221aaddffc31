"""The known word that a misspelled one most likely means."""

from __future__ import annotations

from collections.abc import Collection
from itertools import islice

from .similar_names import similar_names

LISTED = 40  # names
MANY = 500  # words that are compared: whoever misspells one may misspell thousands


def nearest(word: str, known: Collection[str]) -> str:
    """The known word that was most likely meant, "" if none is similar, or if there are more than MANY words."""
    if word in known or len(known) > MANY:
        return word if word in known else ""
    return next(iter(similar_names(word, known, 1, 0.6)), "")


def unknown(message: str, word: str, known: Collection[str], otherwise: str = "") -> tuple[str, str]:
    """(the message, the known word that was meant); without one, the message goes on with what to do otherwise."""
    near = nearest(word, known)
    return message + ("" if near else otherwise or f": there are {listed(known)}"), near


def listed(names: Collection[str]) -> str:
    """Names in a row; of very many the first."""
    return ", ".join([*islice(names, LISTED), "…"] if len(names) > LISTED else names)
