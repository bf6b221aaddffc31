"""AX: colors in style sheets."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from ...model.finding import Fault
from ...project.faults import in_text
from ...project.model import Project
from ...project.same_length import blanked
from ..registry import rule

RAW_COLOR = re.compile(
    r"#[0-9a-f]{3,8}\b|\b(?:rgb|hsl|hwb|lab|lch|oklab|oklch|color)a?\([^)]*\)"
    r"|(?<=[:\s,])(?:red|blue|green|black|white|gray|grey|orange|yellow|purple|navy|teal|maroon)(?=\s*(?:[;,}!]|$))",
    re.I,
)
CSS_COMMENT = re.compile(r"/\*.*?(?:\*/|\Z)|url\([^)]*(?:\)|\Z)", re.S)
DECLARATION = re.compile(r"(?<=[{;])[^{};:]*(?P<value>:[^{};]*+)(?=[;}])")
TOKENS = "tokens.css"


@rule("AX031", advice="the color may well be readable")
def color_outside_tokens(project: Project) -> Iterator[Fault]:
    """A color typed here is not checked for contrast and stays the same in the dark, where it cannot be read."""
    for path, text in project.styles.items():
        shown = CSS_COMMENT.sub(lambda match: blanked(match[0]), text)
        for declaration in DECLARATION.finditer(shown) if Path(path).name != TOKENS else ():
            for match in RAW_COLOR.finditer(shown, *declaration.span("value")):
                advice = f"use a role from {TOKENS}, such as var(--text), and not {match[0]}"
                yield in_text(path, text, match.start(), advice)
