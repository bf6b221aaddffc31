"""pyproject.toml [tool.sitecheck]: how to check this site, and its exceptions, each with a reason."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

from ..model.errors import BadSettings
from ..model.options import Options
from ..rules import FAMILIES

FILE = "pyproject.toml"
TABLE = "tool.sitecheck"
SCALARS = {"base": str, "clean_urls": bool, "ignore_elements": str, "picture_bytes": int}
KEYS = SCALARS | {"index": list, "rewrite": dict, "ignore": list, "copies": list, "raise": list}
EXCEPTION_KEYS = ("code", "page", "target", "written", "reason")


def read_config(root: Path) -> Options:
    """The settings of the project in `root`; the defaults where it has none. Raises BadSettings."""
    import tomllib

    try:
        text = (root / FILE).read_text("utf-8")
        table = tomllib.loads(text)
    except FileNotFoundError:
        return Options()
    except (OSError, ValueError, RecursionError) as error:
        raise BadSettings(f"{FILE} cannot be read: {error}") from None
    for name in TABLE.split("."):
        table = table.get(name, {})
        if not isinstance(table, dict):
            raise BadSettings(f"{FILE}: {name} must be a table: write [{TABLE}] above the settings")
    for key, value in table.items():
        if key not in KEYS:
            raise BadSettings(f"{FILE}: {TABLE} has no setting {key}; it has {', '.join(KEYS)}")
        if not isinstance(value, KEYS[key]):
            raise BadSettings(f"{FILE}: {TABLE}.{key} must be a {KEYS[key].__name__}")
    check_selector(table.get("ignore_elements", ""))
    check_patterns(table.get("rewrite", {}))
    check_names(table.get("index", []), "index", "names of files", "index.html")
    options = Options(**{key: table[key] for key in SCALARS if key in table})
    check_names(table.get("copies", []), "copies", "names of pages", "print/index.html")
    check_codes(table.get("raise", []))
    return options._replace(
        index_files=tuple(table.get("index", options.index_files)),
        copies=tuple((pattern, line_of(text, pattern)) for pattern in table.get("copies", [])),
        raised=tuple(table.get("raise", [])),
        rewrite=tuple(table.get("rewrite", {}).items()),
        ignore=tuple(read_exceptions(text, table.get("ignore", []))),
    )


def check_selector(selector: str) -> None:
    """Raises BadSettings if this is not a CSS selector."""
    if not selector:
        return
    import turbohtml

    try:
        turbohtml.parse("").select(selector)
    except turbohtml.SelectorSyntaxError as error:
        raise BadSettings(f"{FILE}: {TABLE}.ignore_elements: {error}") from None


def check_patterns(rewrite: dict[str, Any]) -> None:
    """Raises BadSettings for a pattern or a replacement that re.sub does not take."""
    for pattern, replacement in rewrite.items():
        try:
            re.sub(pattern, replacement, "")
        except (re.error, TypeError) as error:
            raise BadSettings(f'{FILE}: {TABLE}.rewrite, "{pattern}": {error}') from None


def read_exceptions(text: str, entries: list[Any]) -> list[dict[str, str]]:
    """The exceptions, each with the line of its header in the settings' text if it has one. Raises BadSettings."""
    exceptions = [exception(number, entry) for number, entry in enumerate(entries, 1)]
    headers = re.finditer(r"^\s*\[\[tool\.sitecheck\.ignore]]", text, re.M)
    for entry, header in zip(exceptions, headers, strict=False):
        entry["line"] = str(text.count("\n", 0, header.start()) + 1)
    return exceptions


def exception(number: int, entry: Any) -> dict[str, str]:
    """A copy of an exception. Raises BadSettings for a key or value that it may not have, or one that it lacks."""
    if not isinstance(entry, dict) or not all(isinstance(value, str) for value in entry.values()):
        raise BadSettings(f"{FILE}: {TABLE}.ignore number {number} must be a table of strings")
    for key in entry:
        if key not in EXCEPTION_KEYS:
            raise BadSettings(
                f"{FILE}: {TABLE}.ignore number {number} has no key {key}; it has {', '.join(EXCEPTION_KEYS)}"
            )
    if not entry.get("reason", "").strip():
        raise BadSettings(
            f"{FILE}: {TABLE}.ignore number {number} gives no reason; say in reason why the fault may stay"
        )
    if not any(entry.get(key) for key in ("page", "target", "written")):
        raise BadSettings(
            f"{FILE}: {TABLE}.ignore number {number} names no page and no target; it would hide everything"
        )
    for key in ("page", "target", "written"):
        check_expression(entry.get(key, ""), f"ignore number {number}, {key}")
    return dict(entry)


def check_names(names: list[Any], key: str, what: str, example: str) -> None:
    """Raises BadSettings for a name that is not a non-empty string, or a broken pattern."""
    for name in names:
        if not isinstance(name, str) or not name:
            raise BadSettings(f'{FILE}: {TABLE}.{key} must hold {what}, such as "{example}"')
        check_expression(name, key)


def check_codes(codes: list[Any]) -> None:
    """Raises BadSettings for what can be no rule and no family of rules."""
    for code in codes:
        if not isinstance(code, str) or code[:2] not in FAMILIES or not re.fullmatch(r"[A-Z]{2}(\d{3})?", code):
            raise BadSettings(f'{FILE}: {TABLE}.raise must hold families or rules, such as "NV" or "NV003"')


def check_expression(pattern: str, where: str) -> None:
    """Raises BadSettings for a pattern that says it is a regular expression (`re:`) and is not."""
    if pattern.startswith("re:"):
        try:
            re.compile(pattern[3:])
        except re.error as error:
            raise BadSettings(f"{FILE}: {TABLE}.{where}: {error}") from None


def line_of(text: str, pattern: str) -> int:
    """The line of pyproject.toml with a pattern of `copies`."""
    start = text.find(pattern, max(text.find("copies"), 0))
    return text.count("\n", 0, max(start, 0)) + 1
