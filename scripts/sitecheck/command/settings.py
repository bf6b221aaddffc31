"""pyproject.toml [tool.sitecheck]: how to check this site, and its exceptions, each with a reason."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from ..model.errors import BadSettings
from ..model.options import Options
from ..rules import FAMILIES

FILE = "pyproject.toml"
TABLE = "tool.sitecheck"
SCALARS = {"base": str, "clean_urls": bool, "ignore_elements": str, "picture_bytes": int}
KINDS = SCALARS | {"index": list, "rewrite": dict, "ignore": list, "copies": list, "raise": list}
HEADER = "[[tool.sitecheck.ignore]]"
MANY = 100  # regular expressions: each is tried on each address
EXCEPTION_KEYS = ("code", "page", "target", "written", "reason")
PATTERNS = ("page", "target", "written")  # the keys of an exception that may hold a pattern


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
        check_setting(key, value)
    options = Options(**{key: table[key] for key in SCALARS if key in table})
    lines = lines_of_copies(text)
    return options._replace(
        index_files=tuple(table.get("index", options.index_files)),
        copies=tuple((pattern, lines.get(pattern, 1)) for pattern in table.get("copies", [])),
        raised=tuple(table.get("raise", [])),
        rewrite=tuple(table.get("rewrite", {}).items()),
        ignore=tuple(with_lines(text, table.get("ignore", []))),
    )


def check_setting(key: str, value: Any) -> None:
    """Raises BadSettings for an unknown setting or an invalid value."""
    if key not in KINDS:
        raise BadSettings(f"{FILE}: {TABLE} has no setting {key}; it has {', '.join(KINDS)}")
    if not isinstance(value, KINDS[key]):
        raise BadSettings(f"{FILE}: {TABLE}.{key} must be a {KINDS[key].__name__}")
    members = value.items() if isinstance(value, dict) else value if isinstance(value, list) else [value]
    for number, member in enumerate(members if key in CHECKS else (), 1):
        try:
            CHECKS[key](member)
        except (ValueError, TypeError, IndexError, re.error) as error:
            where = f"{key} number {number}" if len(members) > 1 else key
            raise BadSettings(f"{FILE}: {TABLE}.{where}: {error}") from None
    texts = [text for member in members for text in (member.values() if isinstance(member, dict) else [member])]
    if sum(key == "rewrite" or str(text).startswith("re:") for text in texts) > MANY:
        raise BadSettings(f"{FILE}: {TABLE}.{key} has more than {MANY} regular expressions; join those that are alike")


def check_selector(selector: str) -> None:
    """Raises ValueError if this is not a CSS selector."""
    if selector:
        import turbohtml

        turbohtml.parse("").select(selector)


def check_replacement(pair: tuple[str, Any]) -> None:
    """Raises re.error, TypeError or IndexError for a pattern and a replacement that re.sub does not take."""
    re.sub(*pair, "")


def check_name(name: Any) -> None:
    """Raises ValueError if this is not the name of a file, or a pattern of names; re.error for a broken one."""
    if not isinstance(name, str) or not name:
        raise ValueError('must hold names of files, such as "print/index.html"')
    if name.startswith("re:"):
        re.compile(name[3:])


def check_code(code: Any) -> None:
    """Raises ValueError if this can be no rule and no family of rules."""
    if not isinstance(code, str) or code[:2] not in FAMILIES or not re.fullmatch(r"[A-Z]{2}(\d{3})?", code):
        raise ValueError('must hold families or rules, such as "NV" or "NV003"')


def check_exception(entry: Any) -> None:
    """Raises ValueError for a key or value that an exception may not have, or one that it lacks; re.error."""
    if not isinstance(entry, dict) or not all(isinstance(value, str) for value in entry.values()):
        raise ValueError("must be a table of strings")
    for key in entry:
        if key not in EXCEPTION_KEYS:
            raise ValueError(f"has no key {key}; it has {', '.join(EXCEPTION_KEYS)}")
    if not entry.get("reason", "").strip():
        raise ValueError("gives no reason; say in reason why the fault may stay")
    patterns = [entry[key] for key in PATTERNS if entry.get(key)]
    if not patterns:
        raise ValueError("names no page and no target; it would hide everything")
    for pattern in patterns:
        check_name(pattern)


# Each raises an error for an invalid value, or for an invalid member of a list or a table.
CHECKS: dict[str, Callable[[Any], None]] = {
    "ignore_elements": check_selector,
    "index": check_name,
    "rewrite": check_replacement,
    "ignore": check_exception,
    "copies": check_name,
    "raise": check_code,
}


def with_lines(text: str, exceptions: list[dict[str, str]]) -> Iterator[dict[str, str]]:
    """Yield the exceptions, each with the line of its header in the settings' text."""
    headers = (line for line, words in enumerate(text.split("\n"), 1) if words.lstrip().startswith(HEADER))
    for exception in exceptions:
        line = next(headers, None)  # none if they are written as a list in one line
        yield exception | ({"line": str(line)} if line else {})


def lines_of_copies(text: str) -> dict[str, int]:
    """The line of pyproject.toml with each pattern of `copies`."""
    before, key, after = text.partition("copies")
    lines = list(enumerate((key + after).split("\n"), before.count("\n") + 1))
    return {match[2]: line for line, words in reversed(lines) for match in re.finditer(r"""(["'])(.*?)\1""", words)}
