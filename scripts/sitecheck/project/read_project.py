"""Read the project once: settings, data, pages, templates, styles."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from contextlib import nullcontext
from pathlib import Path
from typing import Any

from ..model.errors import ProjectError
from ..model.finding import Fault
from .data import records, schema
from .data.files import Unreadable, files_below, pages_in, read_text
from .data.ladder import ladder
from .data.marked_yaml import BadYaml, MarkedYaml, parse
from .data.published import published_addresses
from .model import LANGUAGE, Document, Project
from .pages.expressions import macros_in
from .pages.markdown import document_of, page_of
from .programs import Programs, output, programs
from .spelling import misspelled

SETTINGS = "mkdocs.yml"
CLINIC, SOURCES = "docs/_data/clinic.yml", "docs/_data/sources.yml"
PAGE_TYPES, TERMS = "docs/_data/page-types.yml", "docs/_data/terms.yml"
FIGURES, OFFLINE = "docs/_data/figures.yml", "docs/_data/offline.yml"
ANSWERS, MOVED = "docs/_data/search-answers.yml", "docs/_data/moved.yml"
PEOPLE, SIGNATURES = "docs/_data/people.yml", "docs/_data/signatures.yml"
LADDER, OVERDOSE = "docs/_data/ladder.yml", "docs/_data/overdose.yml"
MACROS = "scripts/macros.py"
OWNERS = ".github/CODEOWNERS"
OPTIONAL_FILES = (OFFLINE, MOVED, ANSWERS, LADDER, OVERDOSE, PEOPLE, SIGNATURES)
DATA_FILES = (SETTINGS, CLINIC, SOURCES, PAGE_TYPES, TERMS, FIGURES, *OPTIONAL_FILES)

PAGE_UNREADABLE, TEMPLATE_UNREADABLE = "page-unreadable", "template-unreadable"

Faults = list[tuple[str, Fault]]  # (path of a data file or one of the kinds above, fault)


def read_project(root: Path, begun: Programs | None = None) -> Project:
    """Read the project in a folder. Raises ProjectError when its settings or a data file are not YAML.

    `begun` are the programs that look at the project, if they have begun already.
    """
    with nullcontext(begun) if begun else programs(root) as begun:
        project = _read(root, begun)
        english = {one.path for one in project.documents if one.type != LANGUAGE}
        words = misspelled(root, output(begun.checker), english)
    return project._replace(misspelled=words)


def _read(root: Path, begun: Programs) -> Project:
    """The project without its misspelled words. Raises ProjectError."""
    files = files_below(root, "docs")
    faults: Faults = []
    data = {path: _yaml(root, path) for path in DATA_FILES}
    settings = data[SETTINGS].data if isinstance(data[SETTINGS].data, dict) else {}

    def load(path: str, make: Callable[[Any], Any] = lambda data: data, default: Any = None) -> Any:
        if not (root / path).exists():
            return default  # a folder without settings is only part of a project, and may lack data
        errors = _schema_faults(path, data[path])
        faults.extend(errors)
        return default if errors else make(data[path].data)

    styles = [path for path in files if path.startswith("docs/assets/") and path.endswith(".css")]
    drawings = [path for path in files if path.startswith("docs/assets/figures/") and path.endswith(".svg")]
    templates = [path for path in files_below(root, "overrides") if path.endswith(".html")]
    page_types = load(PAGE_TYPES, default={"types": {}, "pages": {}})
    terms = load(TERMS, default={"avoid": [], "two_syllables": []})
    for path in (SETTINGS, FIGURES, OFFLINE, ANSWERS, OVERDOSE):
        load(path)
    documents = _documents(root, pages_in(files), faults)
    return Project(
        root=str(root),
        site_url=str(settings.get("site_url") or ""),
        site_name=str(settings.get("site_name") or ""),
        clinic=load(CLINIC, records.clinic),
        sources=load(SOURCES, records.sources, {}),
        people=load(PEOPLE, records.people, ()),
        signatures=load(SIGNATURES, records.signatures, ()),
        types=records.page_types(page_types),
        plans=records.page_plans(page_types),
        moved=load(MOVED, lambda data: data["moved"] or {}, {}),
        published=published_addresses(output(begun.names), output(begun.lines), data),
        every_page=tuple(page_types.get("every_page") or ()),
        ladder=load(LADDER, ladder),
        words=records.words(terms),
        dangers=records.dangers(terms),
        harmless=records.harmless(terms),
        two_syllables=frozenset(terms["two_syllables"]),
        documents=documents,
        templates=_texts(root, templates, faults),
        assets=frozenset(path for path in files if not path.endswith(".md")),
        styles=_texts(root, styles),
        extra=_extra(settings, data[CLINIC].data),
        macros=macros_in(_texts(root, [MACROS]).get(MACROS, "")),
        drawings=_texts(root, drawings),
        owners=_texts(root, [OWNERS]).get(OWNERS, ""),
        block_kinds=_block_kinds(settings),
        data=data,
        faults=tuple(faults),
    )


def _extra(*parts: Any) -> dict[str, Any]:
    """`extra` of the settings, merged with that of the clinic's file, which they inherit."""
    extras = [part.get("extra") for part in parts if isinstance(part, dict)]
    return {key: value for extra in extras if isinstance(extra, dict) for key, value in extra.items()}


def _block_kinds(settings: dict[str, Any]) -> tuple[str, ...]:
    """The kinds of block that the settings define, with those that need no definition."""
    kinds: list[str] = []
    for extension in _items(settings.get("markdown_extensions")):
        for name, options in extension.items() if isinstance(extension, dict) else ((extension, None),):
            if str(name).startswith("pymdownx.blocks."):
                types = options.get("types") if isinstance(options, dict) else None
                kinds += [str(one.get("name")) if isinstance(one, dict) else str(one) for one in _items(types)]
                kinds.append(str(name).removeprefix("pymdownx.blocks."))
    return tuple(kind for kind in kinds if kind != "admonition")


def _items(value: Any) -> list[Any]:
    """A list, of one if somebody wrote no list."""
    return value if isinstance(value, list) else [value] if value else []


def _yaml(root: Path, path: str) -> MarkedYaml:
    try:
        return parse(read_text(root / path))
    except (Unreadable, BadYaml) as error:
        optional = path in OPTIONAL_FILES or not (root / SETTINGS).exists()
        if optional and isinstance(error.__cause__, FileNotFoundError):
            return MarkedYaml(None)
        raise ProjectError(Fault(error.advice, "", *error.mark, path)) from None


def _schema_faults(path: str, read: MarkedYaml) -> Faults:
    return [
        (path, Fault(wrong.message, "", *wrong.mark, path, suggestion=wrong.suggestion))
        for wrong in schema.schema_errors(read, path)
    ]


def _documents(root: Path, paths: Iterable[str], faults: Faults) -> tuple[Document, ...]:
    found: list[Document] = []
    for path in paths:
        try:
            document, wrong = document_of(path, read_text(root / path))
        except Unreadable as error:
            faults.append((PAGE_UNREADABLE, Fault(error.advice, page_of(path), *error.mark, path)))
            continue
        found.append(document)
        faults.extend(wrong)
    return tuple(found)


def _texts(root: Path, paths: Iterable[str], faults: Faults | None = None) -> dict[str, str]:
    found = {}
    for path in paths:
        try:
            found[path] = read_text(root / path)
        except Unreadable as error:
            if faults is None:
                continue  # the generator reads the file too, and reports it
            found[path] = ""
            faults.append((TEMPLATE_UNREADABLE, Fault(error.advice, "", *error.mark, path)))
    return found
