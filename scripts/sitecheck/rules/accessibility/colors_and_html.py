"""AX and PR: drawings, templates, colors, styles and scripts that an editor or a designer adds by hand."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from ...model.finding import Fault
from ...project.data.marked_yaml import Mark
from ...project.faults import in_document, in_file
from ...project.model import Project
from ...project.pages.markdown import found, mark_of
from ...project.pages.template_tags import COMMENT, broken
from ...project.read_project import FIGURES, TEMPLATE_UNREADABLE
from ..registry import rule

# What a camera, a word processor or an upload calls a picture says nothing of it.
NO_WORDS = (
    r"(?:image|picture|photo|screen ?shot|untitled|alt(?: text)?)?[-_ \d]*|(?:img|dsc|pxl)[-_]\w*"
    r"|[\w-]+\.(?:jpe?g|png|gif|webp|svg|heic)"
)
IMAGE = re.compile(rf"!\[(?:{NO_WORDS})\][(\[]|<img\b(?![^>]*\balt=([\"'])(?!(?:{NO_WORDS})\1))[^>]*>", re.I)
BY_HAND = re.compile(
    r"<(?P<tag>script|style|form|iframe|object|embed)\b|<[a-z][^>]*\s(?P<attribute>style|on[a-z]+)\s*="
    r"|(?<=[(\"'])(?P<code>javascript):|(?:\]\(\s*<?|\bsrc\s*=\s*[\"']?)(?P<picture>data):"
    r"|\{[:#.][^}\n]*\bstyle\s*=|^ {4}attrs:.*\bstyle\b",
    re.I | re.M,
)
IN_TEMPLATE = re.compile(  # what is loaded from a file is meant, and so is data
    r"<(?P<tag>script|style)\b(?![^>]*\s(?:src|type)=)|<[a-z][^<>]*\s(?P<attribute>style|on[a-z]+)\s*=", re.I
)
RAW_COLOR = re.compile(
    r"(?P<color>#[0-9a-f]{3,8}\b|\b(?:rgb|hsl|hwb|lab|lch|oklab|oklch|color)a?\([^)]*\)"
    r"|(?<=[:\s,])(?:red|blue|green|black|white|gray|grey|orange|yellow|purple|navy|teal|maroon)(?=\s*(?:[;,}!]|$)))",
    re.I,
)
CSS_COMMENT = re.compile(r"/\*.*?\*/|url\([^)]*\)", re.S)
TOKENS = "tokens.css"
MAIN, NOT_FOUND = "overrides/main.html", "overrides/404.html"
OF_THE_THEME = ("overrides/partials/", "overrides/assets/")  # in place of its own; may be empty on purpose


@rule("AX032", needs_project=True, blocks_build=True, data_files=(FIGURES,))
def figures_data_wrong(project: Project) -> Iterator[Fault]:
    """A drawing without its sentence in words is nothing at all to a reader who cannot see it."""
    yield from project.reading_faults(FIGURES)


@rule("AX030", needs_project=True)
def drawing_without_alternative(project: Project) -> Iterator[Fault]:
    """Someone who listens to the page hears that there is a picture, and not what it says."""
    figures = project.data[FIGURES]
    told = figures.value("figures")
    told = told if isinstance(told, dict) else {}
    for path, text in project.drawings.items():
        name = Path(path).stem
        for part in ("title", "desc"):
            inside = re.search(rf"<{part}\b[^>]*>(.*?)</{part}>", text, re.S)
            if not inside or not inside[1].strip():
                yield in_file(path, Mark(1, 1), f'give the drawing a <{part} id="fig-{name}-{part}"> in words')
            elif part == "desc" and name in told and " ".join(str(told[name].get("alt")).split()) != inside[1].strip():
                mark = figures.at("figures", name, "alt")
                yield in_file(FIGURES, mark, f"make this alt the same as the <desc> in {path}")
        if told and name not in told:
            yield in_file(FIGURES, figures.key_at("figures"), f"add {name}: with its alt and caption, for {path}")
    for document in project.documents:
        for _, mark in found(document, IMAGE):
            yield in_document(document, mark, "say in the brackets or in alt what the picture tells: ![words](file)")


@rule("PR010", needs_project=True, blocks_build=True)
def script_or_style_by_hand(project: Project) -> Iterator[Fault]:
    """The site forbids it to every page, so that nobody can slip in code that watches a patient: it would not work."""
    for document in project.documents:
        for match, mark in found(document, BY_HAND):
            what = match["tag"] or match["attribute"] or match["code"] or match["picture"] or "style"
            why = "scripts and styles live in docs/assets"
            if what.lower() in ("form", "iframe", "object", "embed"):
                why = "the site lets none load or send anything; write a link to where it is"
            if match["picture"]:
                what, why = "picture", "no page may show it; save it in docs/assets and write ![words](assets/x.png)"
            yield in_document(document, mark, f"take the {what} out of the page: {why}")
    for path, text in project.templates.items():
        for match in IN_TEMPLATE.finditer(text):
            what = match["tag"] or match["attribute"]
            advice = f"take this {what} out: scripts and styles live in docs/assets"
            yield in_file(path, mark_of(text, match.start()), advice)


@rule("AX033", needs_project=True, blocks_build=True)
def template_broken(project: Project) -> Iterator[Fault]:
    """Every page is made with it: one end that is lost there moves words, or hides them, on all of them."""
    templates = project.templates
    if MAIN in templates and NOT_FOUND not in templates:
        advice = "put this file back: it is what a reader meets at an address that is not there"
        yield in_file(NOT_FOUND, Mark(1, 1), advice)
    unreadable = {fault.file for fault in project.reading_faults(TEMPLATE_UNREADABLE)}
    yield from project.reading_faults(TEMPLATE_UNREADABLE)
    for path, text in project.templates.items():
        if not COMMENT.sub("", text).strip() and path not in unreadable and not path.startswith(OF_THE_THEME):
            advice = "nothing is left in this file: put back what stood here, or take away also what includes it"
            yield in_file(path, Mark(1, 1), advice)
        for one in broken(text):
            yield in_file(path, mark_of(text, one.offset), one.advice)


@rule("AX037", needs_project=True)
def template_unused(project: Project) -> Iterator[Fault]:
    """Somebody took out the line that shows it, and with it the number to call, or the menu, on every page."""
    asked = [document.text for document in project.documents]
    for path in project.templates:
        name = path.removeprefix("overrides/")
        if "/" not in name or path.startswith(OF_THE_THEME):
            continue  # the theme asks for these by name
        others = [text for other, text in project.templates.items() if other != path]
        if not any(f"{quote}{name}{quote}" in text for text in (*asked, *others) for quote in "\"'"):
            advice = f'no page shows this any more: put {{% include "{name}" %}} back, or take the file away'
            yield in_file(path, Mark(1, 1), advice)


@rule("AX031", needs_project=True)
def color_outside_tokens(project: Project) -> Iterator[Fault]:
    """A color typed here is not checked for contrast and stays the same in the dark, where it cannot be read."""
    for path, text in project.styles.items():
        if Path(path).name == TOKENS:
            continue
        shown = CSS_COMMENT.sub(lambda match: re.sub(r"[^\n]", " ", match[0]), text)
        for declaration in re.finditer(r"(?<=[{;])[^{};]*:[^{};]*(?=[;}])", shown):
            for match in RAW_COLOR.finditer(declaration[0], declaration[0].index(":")):
                mark = mark_of(text, declaration.start() + match.start())
                yield in_file(path, mark, f"use a role from {TOKENS}, such as var(--text), and not {match['color']}")
