"""AX: drawings and pictures, and the words that say what they show."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from ...model.finding import Fault
from ...project.faults import in_data, in_document, in_file
from ...project.mark import Mark
from ...project.model import Project
from ...project.pages.markdown import in_pages
from ...project.read_project import FIGURES
from ..registry import rule

# Names that a camera, a word processor or an upload gives, which say nothing about the picture.
NO_WORDS = (
    r"(?:image|picture|photo|screen ?shot|untitled|alt(?: text)?)?[-_ \d]*|(?:img|dsc|pxl)[-_]\w*"
    r"|[\w-]+\.(?:jpe?g|png|gif|webp|svg|heic)"
)
IMAGE = re.compile(rf"!\[(?:{NO_WORDS})\][(\[]|<img\b(?![^<>]*\balt=([\"'])(?!(?:{NO_WORDS})\1))[^<>]*>", re.I)


@rule("AX032", error="not read out", blocks_build=True, reads=(FIGURES,))
def figures_data_wrong() -> None:
    """Without its description in words, a drawing is nothing to a reader who cannot see it."""


@rule("AX030", error="not read out")
def drawing_without_alternative(project: Project) -> Iterator[Fault]:
    """People who listen to the page hear that there is a picture, but not what it shows."""
    figures = project.sound(FIGURES)
    described = figures.value("figures") or {}
    for path, text in project.drawings.items():
        name = Path(path).stem
        for part in ("title", "desc"):
            inside = re.search(rf"<{part}\b[^<>]*>((?:(?!<{part}\b).)*?)</{part}>", text, re.S)
            if not inside or not inside[1].strip():
                yield in_file(path, Mark(), f'give the drawing a <{part} id="fig-{name}-{part}"> in words')
            elif part == "desc" and name in described and as_line(described[name]["alt"]) != inside[1].strip():
                advice = f"make this alt the same as the <desc> in {path}"
                yield in_data(project, FIGURES, ("figures", name, "alt"), advice)
        if described and name not in described:
            yield in_file(FIGURES, figures.key_at("figures"), f"add {name}: with its alt and caption, for {path}")
    for document, _, mark in in_pages(project, IMAGE):
        yield in_document(document, mark, "say in the brackets or in alt what the picture shows: ![words](file)")


def as_line(text: object) -> str:
    """A text on one line."""
    return " ".join(str(text).split())
