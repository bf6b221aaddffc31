"""Most tests read the guide's own data, which takes longer than what they test: a process parses each text once."""

from __future__ import annotations

import functools
import pickle
from pathlib import Path
from typing import Any

import yaml

from cases import LOADER
from finish import built_site
from sitecheck.project import read_project

parse = read_project.parse
parse_once = functools.lru_cache(parse)


def parse_text(text: str) -> Any:
    """As read_project.parse; what a text holds is shared, as nothing changes it. !ENV differs by the environment."""
    return parse(text) if "!ENV" in text else parse_once(text)


@functools.lru_cache
def packed(text: str) -> bytes:
    return pickle.dumps(yaml.load(text, LOADER))


def read_yaml(path: Path) -> Any:
    """As built_site.read_yaml: new data each time."""
    return pickle.loads(packed(path.read_text("utf-8")))


def read_data_once() -> None:
    """From here on, in this process."""
    read_project.parse, built_site.read_yaml = parse_text, read_yaml
