"""Text in lower case, without typographic signs or blanked out, of the same length: every place is where it was."""

from __future__ import annotations

PLAIN = tuple(zip("’‘“”\u00a0–", "''\"\" -", strict=True))  # many times as fast as str.translate


def lowered(text: str) -> str:
    """The text in lower case, of the same length; the few letters whose small form is longer stay as they are."""
    low = text.lower()
    return low if len(low) == len(text) else "".join(one.lower() if len(one.lower()) == 1 else one for one in text)


def normalized(text: str) -> str:
    """Text in lower case with straight quotes, plain spaces and hyphens for dashes; its length stays the same."""
    for sign, plain in PLAIN:
        text = text.replace(sign, plain)
    return lowered(text)


def blanked(text: str, sign: str = " ") -> str:
    """The text with a sign in place of everything but the line ends."""
    return "\n".join([sign * len(line) for line in text.split("\n")]) if "\n" in text else sign * len(text)
