"""Which functions of scripts/ run, and where they live."""

from __future__ import annotations

import contextlib
import gc
import sys
import threading
from collections.abc import Iterator
from pathlib import Path
from types import CodeType, FunctionType
from typing import Any

Place = tuple[str, str, int]  # file, name and first line of a function
RECORDED: list[set[Place]] = []  # a fixture's inside that of its test


@contextlib.contextmanager
def recording(places: set[Place]) -> Iterator[None]:
    """Adds the functions of scripts/ that run meanwhile, in all threads."""
    start_recording(places)
    try:
        yield
    finally:
        stop_recording()


def start_recording(places: set[Place]) -> None:
    RECORDED.append(places)
    sys.setprofile(record)
    threading.setprofile(record)


def stop_recording() -> None:
    RECORDED.pop()
    if not RECORDED:
        sys.setprofile(None)
        threading.setprofile(None)


def record(frame: Any, event: str, _: object) -> None:
    if event == "call" and "/scripts/" in frame.f_code.co_filename:
        for places in RECORDED:
            places.add(place_of(frame.f_code))


def place_of(code: CodeType) -> Place:
    return code.co_filename, code.co_qualname, code.co_firstlineno


def runs_file(places: set[Place], file: Path) -> bool:
    name = str(file.resolve())
    return any(place[0] == name for place in places)


def functions_by_place() -> dict[Place, list[FunctionType]]:
    found: dict[Place, list[FunctionType]] = {}
    for one in gc.get_objects():
        if isinstance(one, FunctionType) and "/scripts/" in one.__code__.co_filename:
            found.setdefault(place_of(one.__code__), []).append(one)
    return found
