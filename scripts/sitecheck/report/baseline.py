"""Known faults of an old site: they pass, new ones fail, and what is mended must be struck out."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path

from ..model.errors import BadBaseline
from ..model.finding import Finding
from ..rules.registry import RULES

VERSION = 1
Known = tuple[str, str, str]  # code, file, target or else message: never the line, which moves


def known(finding: Finding) -> Known:
    return finding.code, finding.file, finding.target or finding.message


def write(path: Path, found: Iterable[Finding]) -> int:
    """Write a baseline, one finding a line so that a line can be struck out. Raises OSError."""
    rows = sorted(map(known, found))
    lines = ",\n".join(json.dumps(row, ensure_ascii=False) for row in rows)
    text = f'{{"version": {VERSION}, "findings": [\n{lines}\n]}}\n'
    path.write_bytes(text.encode("utf-8", "surrogatepass"))  # names need not be Unicode
    return len(rows)


def read(path: Path) -> list[tuple[Known, int]]:
    """(what is known, its line). Raises BadBaseline."""
    try:
        text = path.read_bytes().decode("utf-8", "surrogatepass").removeprefix("\ufeff")
        told = json.loads(text)
        rows = [(str(code), str(file), str(what)) for code, file, what in told["findings"]]
        if told["version"] != VERSION:
            raise BadBaseline(f"{path} is of version {told['version']}; write it anew with --write-baseline")
    except FileNotFoundError:
        raise BadBaseline(f"there is no {path}; make it with --write-baseline {path}") from None
    except (OSError, ValueError, KeyError, TypeError, RecursionError) as error:
        raise BadBaseline(f"{path} cannot be read as a baseline ({error}); write it anew") from None
    lines = {line.rstrip(","): number for number, line in enumerate(text.splitlines(), 1)}
    return [(row, lines.get(json.dumps(row, ensure_ascii=False), 1)) for row in rows]


def compare(path: Path, rows: list[tuple[Known, int]], found: list[Finding], asked: set[str]) -> Iterator[Finding]:
    """What is new, and what is in the list but no longer in the site. Rules that were not asked are left alone."""
    left = Counter(row for row, _ in rows)
    for finding in found:
        row = known(finding)
        if left[row]:
            left[row] -= 1
        else:
            yield finding
    about = RULES["EX002"]
    for row, line in rows:
        if left[row] and row[0] in asked:
            left[row] -= 1
            message = f"{row[0]} of {row[1]} is mended ({row[2]}); strike this line out"
            yield Finding(path.as_posix(), line, 1, about.code, about.name, message, target=row[2])
