"""Errors of a data file against its JSON Schema, in the words of the schema's own descriptions.

The schemas in docs/_data/schema/ also feed the completion of an editor's YAML tools, so each description says
what to write there, and serves both.
"""

import functools
import json
import operator
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

from ...model.nearest import nearest
from ..mark import Mark
from .marked_yaml import MarkedYaml
from .yaml_loader import Unquoted

CURLED = re.compile("^[“”„‘’].*[“”‘’]$", re.S)
EQUALS = re.compile(r"(\w+) ?=")
UNSPACED = re.compile(r"([\w-]+):(.+)", re.S)


class SchemaError(NamedTuple):
    """One thing to change in a YAML text."""

    mark: Mark
    message: str
    suggestion: str = ""


@functools.cache
def schema_of(path: str) -> dict[str, Any]:
    """The JSON Schema of a data file or of a "page": the checker's own, whatever project is checked."""
    folder = Path(__file__).parents[4] / "docs" / "_data" / "schema"
    schema: dict[str, Any] = json.loads((folder / f"{Path(path).stem}.schema.json").read_text("utf-8"))
    return schema


@functools.cache
def _validator(path: str) -> Any:
    from jsonschema_rs import Draft7Validator  # only here: it takes a while to import

    return Draft7Validator(schema_of(path))


def schema_errors(read: MarkedYaml, path: str) -> list[SchemaError]:
    """Compare a YAML text with the schema of a data file or of a "page". Sorted by place; one fault a place."""
    schema = schema_of(path)
    found = [SchemaError(mark, f"{name(keys)} is written twice: keep one") for keys, mark in read.repeated]
    found += [SchemaError(mark, "put this in quotes: what stands behind the # is lost") for mark in read.cut]
    try:
        errors = [*_validator(path).iter_errors(read.data)]
    except ValueError:  # an unquoted date, or hundreds of values inside each other
        try:
            errors = [*_validator(path).iter_errors(_plain(read.data))]
        except (ValueError, RecursionError):
            from .yaml_advice import TOO_DEEP

            return [SchemaError(read.at(), TOO_DEEP)]
    of_keys = [list(error.instance_path) for error in errors if list(error.schema_path)[-1] == "additionalProperties"]
    for error in errors:
        if list(error.schema_path)[-1] == "oneOf" and list(error.instance_path) in of_keys:
            continue  # a misspelled key is why nothing fits
        found += _errors_for(read, schema, list(error.instance_path), list(error.schema_path), error)
    misspelled = {fault.suggestion for fault in found if fault.suggestion}
    by_place: dict[Mark, SchemaError] = {}
    for fault in found:
        if not any(fault.message.startswith(f'add "{key}"') for key in misspelled):
            by_place.setdefault(fault.mark, fault)
    return [by_place[mark] for mark in sorted(by_place)]


def _errors_for(
    read: MarkedYaml, schema: Any, keys: list[Any], schema_path: list[Any], error: Any
) -> Iterator[SchemaError]:
    part = functools.reduce(operator.getitem, schema_path[:-1], schema)
    value = read.value(*keys)
    advice = _description(schema, schema_path)
    if schema_path[-1] == "additionalProperties" and isinstance(value, dict):
        for key in sorted(set(value) - set(part.get("properties", {}))):
            if (run_in := UNSPACED.fullmatch(key)) and run_in[1] in part["properties"]:
                yield SchemaError(read.key_at(*keys, key), f"put a space behind the colon: {run_in[1]}: {run_in[2]}")
                continue
            if value.get(key, "") is None and (equals := EQUALS.match(key)) and equals[1] in part["properties"]:
                yield SchemaError(read.key_at(*keys, key), "write a colon and a space in place of =", equals[1])
                return
            if value.get(key, "") is None:
                yield SchemaError(
                    read.at(*keys), f'put the words that go on with "{key}" in quotes, from their start to their end'
                )
                return
            if instead := part.get("x-instead", {}).get(key):
                yield SchemaError(read.key_at(*keys, key), f"this guide does not use {key}: {instead}")
                continue
            near = nearest(key, part["properties"])
            hint = "" if near else f": remove it. Known here: {', '.join(part['properties'])}"
            yield SchemaError(read.key_at(*keys, key), f'there is no key "{key}"{hint}', near)
    elif schema_path[-1] == "required":
        missing = error.kind.property
        inner = _description(schema, [*schema_path[:-1], "properties", missing, "type"])
        place = read.at(*keys) if keys and isinstance(keys[-1], int) else read.key_at(*keys) if keys else Mark()
        yield SchemaError(place, f'add "{missing}" here. {inner}'.strip())
    elif isinstance(value, Unquoted):
        yield SchemaError(read.at(*keys), "put the date in quotes", f'"{value.text}"')
    elif value is None or (value == "" and schema_path[-1] == "minLength"):
        yield SchemaError(read.key_at(*keys), f"{name(keys)} has no value. {advice}".strip())
    elif isinstance(value, str) and CURLED.search(value):
        yield SchemaError(read.at(*keys), 'type straight quotes (") in place of these curled ones')
    elif schema_path[-1] in ("minLength", "maxLength") and isinstance(value, str):
        bound = "too short: at least" if schema_path[-1] == "minLength" else "too long: at most"
        size = f"{bound} {part[schema_path[-1]]} letters, and it has {len(value)}"
        yield SchemaError(read.at(*keys), f"{name(keys)} is {size}. {advice}".strip())
    elif schema_path[-1] == "enum":
        near = nearest(str(value), [str(one) for one in part["enum"]])
        yield SchemaError(read.at(*keys), f'{name(keys)} cannot be "{value}". {advice}'.rstrip(". "), near)
    elif schema_path[-1] == "pattern" and isinstance(value, str) and re.search(r"[<>{}]", value):
        yield SchemaError(read.at(*keys), f"take < > {{ }} out of {name(keys)}: a fact is words, without HTML")
    else:
        shown = f" ({json.dumps(value, ensure_ascii=False)})" if isinstance(value, str) else ""
        shown = shown if len(shown) < 40 else ""
        yield SchemaError(read.at(*keys), f"{name(keys)}{shown} is not right. {advice}".strip())


def name(keys: tuple[Any, ...] | list[Any]) -> str:
    """The words for a place in a message: "hours, entry 3, opens"."""
    words = [f"entry {part + 1}" if isinstance(part, int) else str(part) for part in keys]
    return ", ".join(word for word in words if word not in ("extra", "clinic")) or "the file"


def _description(schema: Any, keys: list[Any]) -> str:
    """The innermost description on the path to the keyword that was violated."""
    words = ""
    for step in [*keys, None]:
        if isinstance(schema, dict):
            words = schema.get("description", words) if isinstance(schema.get("description"), str) else words
        try:
            schema = schema[step] if step is not None else schema
        except (KeyError, IndexError, TypeError):
            break
    return words


def _plain(data: Any) -> Any:
    """The data as JSON: an unquoted date becomes a value that no schema accepts."""
    if isinstance(data, Unquoted):
        return [data.text]
    if isinstance(data, dict):
        return {key: _plain(value) for key, value in data.items()}
    return [_plain(value) for value in data] if isinstance(data, list) else data
