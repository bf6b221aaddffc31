"""The addresses in a style sheet: url(), @import in both forms, image-set (CSS Syntax 3, tokens only)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ..record import Record
from .lines import Lines

# Comments and strings are tokens of their own, so that an address inside one is not taken for a reference. A namespace
# is only a name, and a condition loads nothing (CSS Conditional Rules 3). A broken url() ends at the next ")", a broken
# string at the end of the line. Each alternative matches in one way only, so that a long line causes no backtracking.
_TOKEN = re.compile(
    r"""/\*.*?(?:\*/|\Z)
      | (?P<import>@import)(?=[\s"'/])
      | (?P<set>(?:-webkit-)?image-set\()
      | (?:@(?:namespace|supports|(?:-moz-)?document)(?![\w-])|supports\()
          (?:[^;{}"']|"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*')*
      | url\(\s*+(?:"(?P<dq>(?:[^"\\\n]|\\.)*)(?:"|\Z) | '(?P<sq>(?:[^'\\\n]|\\.)*)(?:'|\Z)
          | (?P<bare>(?:[^"'()\\\s]|\\(?:[0-9a-f]{1,6}+\s?+|[^0-9a-f]))*))
        \s*+(?:\)|\Z)
      | url\(\s*+(?!["'])(?:[^)\\]|\\.?)*(?:\)|\Z)
      | "(?P<string>(?:[^"\\\n]|\\.)*)(?:"|\Z) | '(?P<string2>(?:[^'\\\n]|\\.)*)(?:'|\Z) | ["'](?:[^\\\n]|\\.?)*
      | (?P<name>@?[\w-]+\(?) | (?P<mark>[;{}()])
    """,
    re.X | re.S | re.I,
)
# No browser reads fonts in SVG any more, so no reader misses what such a fragment names.
_SVG_FONT = re.compile(r"""\s*+format\(\s*+["']?svg""", re.I)
NAMES = ("url(", "@import", "image-set(", "-webkit-image-set(")
_ESCAPED_NAME = re.compile(
    r"""/\*.*?(?:\*/|\Z) | "[^"\\\n]*+(?:\\.[^"\\\n]*+)*"? | '[^'\\\n]*+(?:\\.[^'\\\n]*+)*'?
      | (?P<name>@?(?:[\w-]++|\\(?:[0-9a-f]{1,6}+\s?+|[^0-9a-f\n]))+\(?)""",
    re.X | re.S | re.I,
)
# What any escaped name in NAMES has. Few style sheets have it, and to look at each name takes long.
_SUSPECT = re.compile(r"\\[^;{}\"'():/]{0,200}\(|@[\w-]*\\")
_ESCAPE = re.compile(r"\\(?:([0-9a-fA-F]{1,6})\s?|(\r\n|[\n\f\r])|(.))", re.S)


def css_references(css: str) -> Iterator[tuple[str, str, int]]:
    """Yield (kind, address, offset) for "css-import" and "css"; escapes are undone."""
    css = with_plain_names(css)
    if "url(" not in (low := css.lower()) and "@import" not in low and "image-set(" not in low:
        return
    importing, late, depth = False, False, 0  # browsers ignore @import after the first block
    sets: list[int] = []
    for token in _TOKEN.finditer(css):
        group = token.lastgroup
        if group is None:
            continue
        if group == "import":
            importing = True
        elif group in ("dq", "sq", "bare"):
            raw = unescape(token[group])
            if _SVG_FONT.match(css, token.end()):
                raw = raw.partition("#")[0]
            if not (importing and late):
                yield ("css-import" if importing else "css", raw, token.start(group))
            importing = False
        elif group in ("string", "string2"):
            if (importing and not late) or (sets and depth == sets[-1]):
                yield ("css-import" if importing else "css", unescape(token[group]), token.start(group))
            importing = False
        elif group == "set":
            depth += 1
            sets.append(depth)
        elif group == "name":
            depth += token[0].endswith("(")
        elif token[0] == ")":
            if sets and sets[-1] == depth:
                sets.pop()
            depth -= 1
        elif token[0] == "(":
            depth += 1
        else:
            importing, late = False, late or token[0] == "{"


def with_plain_names(css: str) -> str:
    """The style sheet with names such as u\\72l( written plainly; every offset still holds."""
    if not _SUSPECT.search(css):
        return css
    return _ESCAPED_NAME.sub(lambda match: plain(match[0]) if "\\" in (match["name"] or "") else match[0], css)


def plain(name: str) -> str:
    """A name without its escapes, filled up with spaces; as it is if no address can follow it."""
    meant = unescape(name)
    is_sign = name[0] == "@" or (name[-1] == "(" and name[-2] != "\\")  # CSS Syntax 3, "consume a token"
    return meant.rjust(len(name)) if is_sign and meant.lower() in NAMES else name


def unescape(text: str) -> str:
    """CSS escapes undone: "\\28" is "("."""
    if "\\" not in text:
        return text
    return _ESCAPE.sub(lambda m: code_point(m[1]) if m[1] else "" if m[2] else m[3], text)


def code_point(digits: str) -> str:
    """The character of a hexadecimal escape; what CSS forbids becomes U+FFFD."""
    number = int(digits, 16)
    return "�" if number == 0 or number > 0x10FFFF or 0xD800 <= number <= 0xDFFF else chr(number)


def read_css(data: bytes) -> Record:
    """References of a style sheet (CSS Syntax 3, section 3.2: UTF-8 unless it says otherwise)."""
    css = decoded(data)
    lines = Lines(css)
    rows = tuple((kind, raw, *lines.place(at), "", True) for kind, raw, at in css_references(css))
    return Record(refs=rows)


def decoded(data: bytes) -> str:
    """Decode a style sheet by its byte order mark or its @charset, which rules out UTF-16 if it can be read."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return data.decode("utf-16", "replace")
    named = re.match(rb'@charset "(?!utf-16)([\w-]+)";', data, re.I)
    try:
        return data.decode(named[1].decode() if named else "utf-8-sig", "replace")
    except LookupError:
        return data.decode("utf-8", "replace")
