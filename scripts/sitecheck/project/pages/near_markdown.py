"""Patterns for near-Markdown that slips, word processors and other dialects leave, with advice for each."""

from __future__ import annotations

import re
from collections.abc import Iterator

from .paired_tags import MisreadMark

A_BOX = "write a box as a line /// warning | Its title, then its words, then a line ///"
A_LINE = "begin each line of a list with a hyphen and a plain space"
A_STEP = "begin each line of a list with a hyphen and a space, or each step with a number, a full stop and a space"
OF_A_LIST = (A_LINE, A_STEP)
A_LINK = "make it a link that can be tapped: [words](address)"
CITED = 'cite a source as {{ cite("its-id") }}: the list at the page\'s end makes itself'
# Invisible characters; those of right-to-left text can reverse a number.
UNSEEN = r"[\u00ad\u200b-\u200c\u200e\u200f\u2028-\u202e\u2060-\u2069\ufeff]"
PICTURE = r"[\u231a-\u23ff\u25b6\u2600-\u27bf\u2b05-\u2b55\U0001f000-\U0001faff]"
NO_PICTURE = "take this picture sign out: its name is read aloud. A line of a list begins with a hyphen and a space"
AS_IT_STANDS = "take it out: it is printed as it stands"
NUMBER = r"[A-Z]{0,3}\d{1,3}(?:[,–-][ ]?\d{1,3})*\]"  # behind a [: of a source, or of a comment in Word
# (pattern, what to write instead). The place is that of the match, or of its group `at`.
AT_A_LINES_START = [
    (
        r"<{7}(?!<)",
        "two changes met here: keep the right words and take out the lines with <<<<<<<, ======= and >>>>>>>",
    ),
    (
        r"(?=[ ]{4}|[ ]{0,3}\t)[ \t]*(?P<at>/{3,}[ \t]*[\w-]+)",
        "take the spaces before /// away, or it is printed as code",
    ),
    (r"[ ]{0,3}(?P<at>//(?!/)[ \t]*[a-z-]+[ \t]*(?:\||$))", "begin the block with three slashes: ///"),
    (r"!{3}[ \t]*[\w\"]|>[ \t]*\[![\w-]+\]|:{3}|\.\.[ ][a-z]+::", A_BOX),
    (r":[ ]{1,3}(?=\S)", AS_IT_STANDS),
    (r"[ \t]*(?P<at>[•◦▪‣●○■·\uf0b7])", A_LINE),
    (r"[ ]{0,3}(?P<at>[-*+]\u00a0|[–—][ \u00a0\t])", A_LINE),
    (r"[ ]{0,3}(?P<at>-[A-Za-z]|\*[A-Za-z][^*\n]*$|\d{1,2}\.[A-Za-z])", A_STEP),
    (
        r"[ ]*(?P<at>\d{1,2}\)|\((?:\d{1,2}|[a-h])\)|(?:[a-h]|[ivx]{1,4})[.)]|o|\d{1,2}[ ]?[–-])[ \t]+[A-Za-z*\[]",
        A_STEP,
    ),
    (r"(?P<at>A[.)])[ ][^\n]*\n\n?B[.)][ ]", A_STEP),
    (r"[ \t]*[-*+][ \t]+(?P<at>\[[ xX]\])[ \t]", AS_IT_STANDS),
]
# Where one can begin with a character, it does, and looks behind afterwards: the search for a character is fast. Others
# name the signs (between bars) without one of which there is nothing to search for.
ANYWHERE: list[tuple[str, ...]] = [
    (
        r"^[^\s|#>/-][^\n]*\n(?P<at>={2,6}|={8,}|-{2,})[ \t]*$",
        "leave an empty line above this line, or the words above it turn into a heading",
        "\n==|\n--",
    ),
    (
        r"^(?![ \t]*(?:[-*+]|\d+\.)\t)[ \t]*\S[^\t\n]*(?P<at>\t+)[ ]*\S",
        "take the tab out: a table is written with bars, | one | two |",
        "\t",
    ),
    (r"~~(?=\S)|:(?<![\w:/]:)[a-z][a-z_-]+:(?![\w:/])", AS_IT_STANDS),
    (r"[~^](?<=\w.)\w{1,4}[~^]", AS_IT_STANDS, "~|^"),
    (r"\+\+(?=\w)[\w+]+\+\+", AS_IT_STANDS, "++"),
    (r"\[/?(?:b|i|u|url|img|quote)\](?![(\[])", AS_IT_STANDS, "[/"),
    (r"'{3}(?=\S)", "put ** before and behind the words that are bold", "'''"),
    (r"[=-]>(?<=[\w ].>)(?=[ \w])", "write this arrow in words: it is read aloud sign by sign", "->|=>"),
    (r"http(?<![\w(<>\"'=\[/.:-]http)(?<!\]: http)(?<!\( http)s?://[\w-]", A_LINK, "http"),
    (r"www\.(?<![\w(<>\"'=\[/.:@-]www\.)(?<!\]: www\.)[\w-]", A_LINK, "www."),
    (r"\{#[^{}\n]*#\}", "take this note out, or write it as <!--# … #-->, which nobody is shown", "{#"),
    (r"\{(?<!\{\{)[ \t]*[a-z]\w*\.\w[\w.]*[ \t]*\}(?!\})", "write two pairs of braces, as in {{ clinic.name }}", "{"),
    (r"<!--", "close this note with -->", "<!--"),
    (
        r"\ufffd|â€.|Ã[\u0080-\u00bf]|Â[\u00a0-\u00bf]",
        "type this sign anew: it broke when it was pasted",
        "\ufffd|â|Ã|Â",
    ),
    (UNSEEN, "a sign that nobody sees stands here: take the letters on both its sides away and type them anew"),
    (r"\]\((?=[^])\n]*(?:\]\(|$))", "close the address with )", "]("),
    (
        r"\[[^\[\]\n]*\](?P<at>[ \t]+)\((?:[^()\s]*\.md\b|https?:|tel:|#)",
        "take out the space between ] and (",
        "] |]\t",
    ),
    (
        r"\([^()\n]+\)\[(?=[^\[\]\n]*+\])(?:[^\[\]\n]*\.md\b|https?:|tel:|#)",
        "write [words](address), not (words)[address]",
        ")[",
    ),
    (
        r"\[\^[^][\n]+\]|【[^【】\n]*】|:contentReference\[|\ue200|c(?<=\bc)ite\W?turn\d",
        CITED,
        "[^|【|:contentReference[|\ue200|cite",
    ),
    (r"[¹²³⁴-⁹](?<=[.,;:)”].)", CITED),
    (r"doi:(?<!\wdoi:)[ ]?10\.", CITED, "doi:"),
    (
        rf"\[(?<=[.,;:!?)”\"]\[){NUMBER}(?![\[(:])|\[(?<=[a-z]\[){NUMBER}(?=[.,;])|\[(?<=[a-z][ ]\[){NUMBER}(?=[.,;])",
        CITED,
    ),
    (PICTURE, NO_PICTURE),
    (r"[0-9#*]\ufe0f?\u20e3", NO_PICTURE, "\u20e3"),
    (
        r"[\ufb00-\ufb06\uff01-\uff5e\u3000\u0370-\u052f](?:(?<![\u0370-\u052f])|(?<=[A-Za-z].)|(?=[A-Za-z]))",
        "type this sign anew: it only looks like the one that is meant",
    ),
    (
        r"\\[(\[](?=(?:[^\n\\]|\\(?![()\[\]]))*\\[)\]])|\$\$|\$(?=[^$\n]*+\$)[^$\n]*\\[a-z]"
        r"|\\(?:frac|text|times|rightarrow|approx|[lg]eq)\b",
        "write this in words: a formula is printed as it stands",
        "\\|$",
    ),
    (r"\\[*_]\\[*_]|^[ ]{0,3}\\#", "take the backslashes out: the sign behind it is printed as it stands", "\\"),
    (r"&amp;(?=#?\w+;)", "write the sign itself, such as & or <: this is printed as it stands", "&amp;"),
    (r"==(?<![=\w]==)(?=[^\s=])[^=\n]+==(?!=)", AS_IT_STANDS, "=="),
    (r"\[\[[^\[\]()\n]+\]\]", "write the link as [words](page.md)", "[["),
    (
        r"</?(?:o:p|font|center|st1:\w+|u|ins|del|strike)\b[^<>]*>|<\w++(?=[^<>]*+>)[^<>]*\bMso\w",
        "take this out: paste words as plain text, without what Word adds",
        "<",
    ),
]
# Most pages have none of these: one pass over their lines shows it. The search for a line end is fast.
SUSPECT_LINE = re.compile(f"\\n(?:{'|'.join(one.replace('?P<at>', '?:') for one, _ in AT_A_LINES_START)})", re.M)


def near_misses(words: str) -> Iterator[MisreadMark]:
    """Every near-Markdown in a text."""
    found = [
        (one, advice)
        for one, advice, *signs in ANYWHERE
        if not signs or any(map(words.__contains__, signs[0].split("|")))
    ]
    if SUSPECT_LINE.search(f"\n{words}"):
        found += [(f"^(?:{pattern})", advice) for pattern, advice in AT_A_LINES_START]
    for pattern, advice in found:
        for match in re.finditer(pattern, words, re.M):
            yield MisreadMark(match.start(match.lastgroup or 0), advice)
