"""The addresses that readers have already: those of the published commit."""

from __future__ import annotations

import contextlib
import os
import re
import subprocess
import threading
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from .marked_yaml import BadYaml, MarkedYaml, parse

DOCS, DATA = "docs/", "docs/_data/"
DATA_FILES = [f"{DATA}{name}.yml" for name in ("page-types", "moved", "clinic", "ladder")]
CALENDAR = "downloads/opening-hours.ics"
# An id that somebody typed: behind a heading, in a block, or in HTML.
ID = re.compile(r"^#{1,6} .*\{[^}\n]*#([\w-]+)|^\s+attrs:.*\bid:\s*([\w-]+)|<[a-z][^>\n]*\sid=[\"']([\w-]+)", re.M)


class PublishedTexts(threading.Thread):
    """The published texts of the project in a folder, which git looks up while this process reads the present ones."""

    def __init__(self, root: Path) -> None:
        super().__init__()
        self.root = root
        self.texts: dict[str, str] = {}  # of pages and data files, by path; "" for other files; none if git knows none
        self.start()

    def run(self) -> None:
        """Ask git."""
        # What GitHub checks of a pull request is its merge, whose first parent is what is published.
        state = "HEAD^1" if os.environ.get("GITHUB_ACTIONS") == "true" else "origin/main"
        with contextlib.suppress(OSError, subprocess.CalledProcessError, ValueError):
            self.texts = _texts(self.root, state)


def published_addresses(published: PublishedTexts, present: Mapping[str, MarkedYaml]) -> frozenset[str]:
    """What is published of a project, none if git does not know. `present` are its data files.

    Pages by their names, "a.md", their sections, "a.md#id", and downloads, "downloads/pier.vcf".
    """
    published.join()
    texts = published.texts
    try:
        types, moved, clinic, ladder = (_data(texts.get(path, ""), present[path]) for path in DATA_FILES)
    except BadYaml:
        return frozenset()
    listed = [types.get("pages"), moved.get("moved")]
    found = {str(name) for one in listed if isinstance(one, dict) for name in one}
    for path, text in texts.items():
        name = path.removeprefix(DOCS)
        if name.endswith(".md"):
            found |= {f"{name}#{next(filter(None, match.groups()))}" for match in ID.finditer(text)}
        elif not name.startswith(("_data/", "assets/")):
            found.add(name)
    places = _ids(clinic.get("extra", {}).get("clinic", {}).get("locations"))
    found |= {f"downloads/{id}.vcf" for id in places} | ({CALENDAR} if places else set())
    for kind, ids in (("hours", places), ("help", _ids(ladder.get("steps")))):
        pages = [name for name, plan in (types.get("pages") or {}).items() if plan.get("type") == kind]
        found |= {f"{name}#{id}" for name in pages for id in ids}
    return frozenset(found)


def _texts(root: Path, state: str) -> dict[str, str]:
    """See `PublishedTexts.texts`. Raises CalledProcessError, OSError, ValueError."""
    listed = _git(root, "ls-tree", "-r", "-z", "--name-only", state, DOCS)
    paths = listed.decode().split("\0")[:-1]
    wanted = [path for path in paths if path.endswith(".md") or path in DATA_FILES]
    names = "".join(f"{state}:./{path}\n" for path in wanted)
    answer = _git(root, "cat-file", "--batch", given=names.encode())
    texts = dict.fromkeys(paths, "")
    for path in wanted:
        header, _, answer = answer.partition(b"\n")
        size = int(header.split()[-1])
        texts[path], answer = answer[:size].decode(), answer[size + 1 :]
    return texts


def _git(root: Path, *arguments: str, given: bytes = b"") -> bytes:
    return subprocess.run(["git", *arguments], cwd=root, input=given, capture_output=True, check=True).stdout


def _data(text: str, present: MarkedYaml) -> dict[str, Any]:
    data = (present if present.text == text else parse(text)).data
    return data if isinstance(data, dict) else {}


def _ids(entries: Any) -> list[str]:
    return [str(entry["id"]) for entry in entries or () if isinstance(entry, dict) and "id" in entry]
