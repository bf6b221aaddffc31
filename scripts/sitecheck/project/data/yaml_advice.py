"""Advice for the editor of a text that is not YAML."""

from __future__ import annotations

import re

# A space from a word processor, or a sign without any width.
NO_SPACE = re.compile("[\u00a0\u2000-\u200b\u202f\u3000\ufeff]")
HOLDS_A_COLON = "put quotes around words that hold a colon, or fix the indent here"
NO_COMMA = re.compile(r"\{[^{}]*[^{},:\s]\s+[a-z_]+\Z")  # a key in braces, behind the value of another
# A line of a list that begins with another sign than a hyphen and a space.
NO_HYPHEN = re.compile(r"[ ]*(?:-(?=[{\"'\w])|[*+•◦▪·–—](?=[ ]*[{\"'\w]))")
CUT = re.compile(r"\{[^}#]*[ ]#")  # a comment inside braces
VALUE = re.compile(r"\s*[\w-]+:[ \t]+(?P<word>unknown|none|null|no|~|\[\]|\{\})[ \t]*(?:#.*)?", re.I)
TOO_DEEP = "the lists or keys here are inside each other hundreds of times: take hyphens or spaces away"
ADVICE = {
    "maximum recursion depth": TOO_DEEP,
    "mapping values are not allowed": HOLDS_A_COLON,
    "could not find expected ':'": "write a key, a colon, a space and a value, or put this behind the line above",
    "tab character": "use spaces, not a tab",
    "did not find expected ',' or '}'": "put a comma before this, or close the braces } of the line before",
    "did not find expected ',' or ']'": "put a comma before this, or close the brackets ] of the line before",
    "cannot start any token": "use spaces, not a tab, and quotes around words that begin with @, % or `",
    "found unexpected end of stream": "a quote is opened and never closed",
    "did not find expected key": "fix the indent of this line: it must match the lines around it",
    "did not find expected '-' indicator": "fix the indent of this line: it must match the lines around it",
    "found duplicate anchor": "give each anchor (&name) a name of its own",
    "undefined alias": "this *name points to no &name; put quotes around words that begin with a star",
    "a value of another kind": "put this value in quotes, without a word such as !!int before it",
    "an alias inside what it names": "this holds itself: write out what the *name in it stands for",
    "an alias of too many values": "this stands for more values than anybody can check: write them out",
    "did not find expected <document start>": "put this line into the form `key: value`",
    "another document": "keep one document in the file: remove the line of dashes (---)",
}


def value_above_a_list(above: str, line: str) -> tuple[str, int] | None:
    """A word that stands where a list begins on the next line, and its column."""
    found = VALUE.fullmatch(above) if line.lstrip().startswith("- ") else None
    return (found["word"], found.start("word") + 1) if found else None


def advice_from_lines(lines: list[str], column: int) -> str:
    """Advice from what stands where the parser stopped, at a column of the last line; "" if that shows nothing."""
    line = lines[-1] if lines else ""
    before, after = line[:column].rstrip(), line[column:]
    if re.match(r" *\t", line):
        return "use spaces, not a tab"
    if any(map(NO_SPACE.search, lines)):
        return "a space here or in the line above is not one that YAML knows: take it away and type it anew"
    if re.search("[“”]", line):
        return 'type straight quotes (") in place of the curled ones'
    if NO_HYPHEN.match(line):
        return "begin each line of a list with a hyphen and a space"
    if re.match(r" *- *\(", line):
        return "write braces, { and }, in place of ( and )"
    if any(map(CUT.search, lines)):
        return "put quotes around words that hold a #, here or in the line above: what stands behind it is lost"
    if before.endswith(("'", '"')) and re.match(r"\s*[\w-]+:", after):
        return "put a comma before this"
    if after.startswith(";"):
        return "write a comma in place of this semicolon"
    if before.endswith("'") and after[:1].isalnum():
        return 'put double quotes (") around words with an apostrophe, such as "New Year\'s Day"'
    if before.endswith(("'", '"')):
        return "a quote ends just before this: fix where it begins or ends, so that the whole value is inside"
    if not after.startswith(": "):
        return ""
    return "put a comma before the word that ends here" if NO_COMMA.search(before) else HOLDS_A_COLON


def advice_for(problem: str) -> str:
    """Advice for a problem that the parser names."""
    known = next((advice for sign, advice in ADVICE.items() if sign in problem), "")
    return known or f"fix the YAML here: {problem.splitlines()[0] if problem else 'it cannot be read'}"
