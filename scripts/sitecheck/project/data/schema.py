"""What a data file gets wrong against its JSON Schema, told in the words of the schema's own descriptions.

The schemas in docs/_data/schema/ also feed the completion of an editor's YAML tools, so each description says
what to write there, and serves both.
"""

from __future__ import annotations

import difflib
import json
import re
from collections.abc import Iterator
from typing import Any, NamedTuple

from .marked_yaml import Mark, MarkedYaml, Unquoted

CURLED = re.compile("^[“”„‘’].*[“”‘’]$", re.S)
UNSPACED = re.compile(r"([\w-]+):(.+)", re.S)


class SchemaError(NamedTuple):
    """One thing to change in a YAML text."""

    mark: Mark
    message: str
    suggestion: str = ""


def schema_errors(read: MarkedYaml, schema: dict[str, Any]) -> list[SchemaError]:
    """Compare a YAML text with a draft-07 schema. Sorted by place; one fault a place."""
    from jsonschema_rs import (
        Draft7Validator,
    )  # a third of a second quicker to import than the pure one, and only here

    found = [SchemaError(mark, f"{name(keys)} is written twice: keep one") for keys, mark in read.repeated]
    found += [SchemaError(mark, "put this in quotes: what stands behind the # is lost") for mark in read.cut]
    errors = [*Draft7Validator(schema).iter_errors(_plain(read.data))]
    of_keys = [list(error.instance_path) for error in errors if list(error.schema_path)[-1] == "additionalProperties"]
    for error in errors:
        if list(error.schema_path)[-1] == "oneOf" and list(error.instance_path) in of_keys:
            continue  # a misspelt key is why nothing fits
        found += _told(read, schema, list(error.instance_path), list(error.schema_path), error)
    misspelt = {fault.suggestion for fault in found if fault.suggestion}
    by_place: dict[Mark, SchemaError] = {}
    for fault in found:
        if not any(fault.message.startswith(f'add "{key}"') for key in misspelt):
            by_place.setdefault(fault.mark, fault)
    return [by_place[mark] for mark in sorted(by_place)]


def _told(read: MarkedYaml, schema: Any, way: list[Any], rule: list[Any], error: Any) -> Iterator[SchemaError]:
    part = _part(schema, rule[:-1])
    value = _value(read.data, way)
    advice = _described(schema, rule)
    if rule[-1] == "additionalProperties" and isinstance(value, dict):
        for key in sorted(set(map(str, value)) - set(part.get("properties", {}))):
            if (run_in := UNSPACED.fullmatch(key)) and run_in[1] in part["properties"]:
                yield SchemaError(read.key_at(*way, key), f"put a space behind the colon: {run_in[1]}: {run_in[2]}")
                continue
            if value.get(key, "") is None:
                yield SchemaError(
                    read.at(*way), f'put the words that go on with "{key}" in quotes, from their start to their end'
                )
                return
            near = nearest(key, part["properties"])
            hint = "" if near else f": remove it. Known here: {', '.join(part['properties'])}"
            yield SchemaError(read.key_at(*way, key), f'there is no key "{key}"{hint}', near)
    elif rule[-1] == "required":
        missing = error.kind.property
        inner = _described(schema, [*rule[:-1], "properties", missing, "type"])
        place = read.at(*way) if way and isinstance(way[-1], int) else read.key_at(*way) if way else Mark(1, 1)
        yield SchemaError(place, f'add "{missing}" here. {inner}'.strip())
    elif isinstance(value, Unquoted):
        yield SchemaError(read.at(*way), "put the date in quotes", f'"{value.text}"')
    elif value is None or (value == "" and rule[-1] == "minLength"):
        yield SchemaError(read.key_at(*way), f"{name(way)} has no value. {advice}".strip())
    elif isinstance(value, str) and CURLED.search(value):
        yield SchemaError(read.at(*way), 'type straight quotes (") in place of these curled ones')
    elif rule[-1] in ("minLength", "maxLength") and isinstance(value, str):
        bound = "too short: at least" if rule[-1] == "minLength" else "too long: at most"
        size = f"{bound} {part[rule[-1]]} letters, and it has {len(value)}"
        yield SchemaError(read.at(*way), f"{name(way)} is {size}. {advice}".strip())
    elif rule[-1] == "enum":
        near = nearest(str(value), [str(one) for one in part["enum"]])
        yield SchemaError(read.at(*way), f'{name(way)} cannot be "{value}". {advice}'.rstrip(". "), near)
    else:
        shown = f" ({json.dumps(value, ensure_ascii=False)})" if isinstance(value, str) else ""
        shown = shown if len(shown) < 40 else ""
        yield SchemaError(read.at(*way), f"{name(way)}{shown} is not right. {advice}".strip())


def name(way: tuple[Any, ...] | list[Any]) -> str:
    """How an editor calls a place: "hours, entry 3, opens"."""
    words = [f"entry {part + 1}" if isinstance(part, int) else str(part) for part in way]
    return ", ".join(word for word in words if word not in ("extra", "clinic")) or "the file"


def nearest(word: str, known: Any) -> str:
    """The known word that was most likely meant, "" when none is near."""
    return next(iter(difflib.get_close_matches(word, list(known), 1, 0.6)), "")


def _part(schema: Any, way: list[Any]) -> Any:
    for step in way:
        schema = schema[step]
    return schema


def _described(schema: Any, way: list[Any]) -> str:
    """The innermost description on the way to the rule that was broken."""
    words = ""
    for step in [*way, None]:
        if isinstance(schema, dict):
            words = schema.get("description", words) if isinstance(schema.get("description"), str) else words
        try:
            schema = schema[step] if step is not None else schema
        except (KeyError, IndexError, TypeError):
            break
    return words


def _value(data: Any, way: list[Any]) -> Any:
    for step in way:
        data = data[step] if isinstance(step, int) else next(data[key] for key in data if str(key) == step)
    return data


def _plain(data: Any) -> Any:
    """The data as JSON has it: keys are words, and an unquoted date is nothing that any schema accepts."""
    if isinstance(data, Unquoted):
        return [data.text]
    if isinstance(data, dict):
        return {str(key): _plain(value) for key, value in data.items()}
    return [_plain(value) for value in data] if isinstance(data, list) else data
