"""llms.txt: what a site has for language models, as links in Markdown (llmstxt.org)."""

from __future__ import annotations

import re
from html import unescape

from ..record import Record
from .lines import Lines

# Not read for links: comments, and code that is fenced, indented (unless it is a list item) or in backticks.
_CODE = re.compile(
    r"""^[ \t]*(?P<fence>```++|~~~++)[^\n]*+\n.*?(?:^[ \t]*(?P=fence)[`~]*[ \t]*$|\Z)
      | ^(?:[ ]{4}|\t)(?![ \t]*(?:[-*+]|\d+[.)])[ \t])[^\n]*
      | (?<!`)(?P<tick>`++)(?:(?!\n[ \t]*\n).)+?(?<!`)(?P=tick)(?!`)
      | <!--.*?(?:-->|\Z)
    """,
    re.S | re.M | re.X,
)
# CommonMark, "Links": an address in pointed brackets, or one without white space whose parentheses come in pairs.
_LINK = re.compile(
    r"""(?<!\\)\]\(\s*+
        (?:<(?P<pointed>(?:[^<>\\\n]|\\.)*)>|(?P<plain>(?!<)(?:[^\s()\\]|\\.|\((?:[^\s()\\]|\\.)*\))+))
        (?:\s++(?:"[^"]*+"|'[^']*+'|\([^()]*+\)))?\s*+\)""",
    re.S | re.X,
)
_ESCAPE = re.compile(r"\\([!-/:-@\[-`{-~])")


def read_llms(text: str) -> Record:
    """The address of every link."""
    words = _CODE.sub(lambda match: re.sub(r"[^\n]", " ", match[0]), text)
    lines, rows = Lines(text), []
    for match in _LINK.finditer(words):
        group = match.lastgroup or 0
        raw = unescape(_ESCAPE.sub(r"\1", match[group]))
        rows.append(("llms", raw, *lines.place(match.start(group)), "", True))
    return Record(refs=tuple(rows))
