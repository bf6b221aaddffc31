"""JSON as RFC 8259 has it: no NaN, which Python reads and no browser does, and numbers of any length."""

from __future__ import annotations

import json
from typing import Any

MAX_DIGITS = 400  # a longer integer is infinite in a browser, and Python refuses to read it


def parse_json(text: str) -> Any:
    """The value of a JSON text. Raises ValueError."""
    try:
        return json.loads(text, parse_constant=_refuse, parse_int=_number)
    except RecursionError:
        raise ValueError("nested too deep") from None


def _refuse(constant: str) -> None:
    raise ValueError(f"{constant} is not JSON")


def _number(digits: str) -> float:
    return int(digits) if len(digits) < MAX_DIGITS else float(digits)
