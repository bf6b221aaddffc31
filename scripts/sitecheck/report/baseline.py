"""A baseline: known findings of an old site pass, new ones fail, and a fixed one must be removed from the list."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path

from ..model.errors import BadBaseline
from ..model.finding import Fault, Finding
from ..rules.registry import RULES

VERSION = 1
Entry = tuple[str, str, str]  # code, file, target or else message: never the line, which moves


def entry_of(finding: Finding) -> Entry:
    return finding.code, finding.file, finding.target or finding.message


def write(path: Path, found: Iterable[Finding]) -> int:
    """Write a baseline, one finding a line, so that a line can be removed. Returns their number. Raises OSError."""
    entries = sorted(map(entry_of, found))
    lines = ",\n".join(json.dumps(entry, ensure_ascii=False) for entry in entries)
    text = f'{{"version": {VERSION}, "findings": [\n{lines}\n]}}\n'
    path.write_bytes(text.encode("utf-8", "surrogatepass"))  # names need not be Unicode
    return len(entries)


def read(path: Path) -> list[tuple[Entry, int]]:
    """The entries of a baseline, each with its line. Raises BadBaseline."""
    try:
        text = path.read_bytes().decode("utf-8", "surrogatepass").removeprefix("\ufeff")
        content = json.loads(text)
        entries = [(str(code), str(file), str(what)) for code, file, what in content["findings"]]
        if content["version"] != VERSION:
            raise BadBaseline(f"{path} is of version {content['version']}; write it again with --write-baseline")
    except FileNotFoundError:
        raise BadBaseline(f"there is no {path}; make it with --write-baseline {path}") from None
    except (OSError, ValueError, KeyError, TypeError, RecursionError) as error:
        raise BadBaseline(f"{path} cannot be read as a baseline ({error}); write it again") from None
    lines = {line.rstrip(","): number for number, line in enumerate(text.splitlines(), 1)}
    return [(entry, lines.get(json.dumps(entry, ensure_ascii=False), 1)) for entry in entries]


def compare(path: Path, entries: list[tuple[Entry, int]], found: list[Finding], codes: set[str]) -> Iterator[Finding]:
    """Yield the findings that are new, and one for each entry of a rule in `codes` that the site no longer has."""
    left = Counter(entry for entry, _ in entries)
    for finding in found:
        entry = entry_of(finding)
        if left[entry]:
            left[entry] -= 1
        else:
            yield finding
    for entry, line in entries:
        code, file, what = entry
        if left[entry] and code in codes:
            left[entry] -= 1
            message = f"{code} of {file} is fixed ({what}); remove this line"
            yield RULES["EX002"].finding(Fault(message, file=path.as_posix(), line=line, target=what))
