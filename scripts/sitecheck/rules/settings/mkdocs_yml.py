"""ST: mkdocs.yml. A setting does what it says, or a finding at its line says what to edit instead."""

import re
from collections.abc import Iterator
from typing import Any, NamedTuple

from ...model.finding import Fault
from ...model.nearest import nearest
from ...project.data.marked_yaml import Keys, MarkedYaml
from ...project.faults import in_file
from ...project.mark import Mark
from ...project.model import Project
from ...project.read_project import SETTINGS
from ..registry import rule
from .honored_keys import FIXED, HONORED, INSTEAD, NEEDED

LISTS = ("plugins", "markdown_extensions")
BOX_TYPES = "markdown_extensions.pymdownx.blocks.admonition.types"
# Settings whose entries the tables judge one by one, when they are of these types.
GROUPS: dict[str, Any] = {
    **dict.fromkeys(LISTS, (dict, list)),
    **dict.fromkeys(("theme", "extra"), dict),
    **dict.fromkeys(("theme.features", BOX_TYPES), list),
}
ADDRESS = re.compile(r"https?://[^\s/?#]+/(?:[^\s?#]*/)?")


class Setting(NamedTuple):
    """A setting as the tables name it, with its value and its place."""

    path: str  # "theme.palette"
    value: Any
    mark: Mark


@rule("ST001", error="setting without effect", blocks_build=True)
def setting_not_honored(project: Project) -> Iterator[Fault]:
    """Someone sets a color, a language or a counter of visitors: nothing happens, or Get help now breaks."""
    for setting in settings_in(project.data.get(SETTINGS, MarkedYaml(None))):
        name = setting.path.rpartition(".")[2] if setting.path in HONORED else short(setting.path)
        if setting.path not in HONORED:
            near = "" if fitting(setting.path) else meant(setting.path)
            advice = "correct the name" if near else INSTEAD[fitting(setting.path)]
            yield in_file(SETTINGS, setting.mark, f"this guide does not use {name}: {advice}", near)
        elif setting.path in FIXED and setting.value != FIXED[setting.path][0]:
            value, reason = FIXED[setting.path]
            yield in_file(SETTINGS, setting.mark, f"{name} must be {written(value)} here: {reason}")


@rule("ST002", error="setting without effect", blocks_build=True)
def setting_missing(project: Project) -> Iterator[Fault]:
    """A setting is lost in a merge, and a hundred findings elsewhere hide why."""
    read = project.data.get(SETTINGS, MarkedYaml(None))
    if not read.value("extra", "guide"):
        return  # another project's mkdocs.yml
    given = {setting.path: setting for setting in settings_in(read)}
    misspelled = {meant(path) for path in given if path not in HONORED and not fitting(path)}  # ST001 names them
    missing = {path for path in NEEDED if path not in given or given[path].value == ""}
    for path, reason in NEEDED.items():
        if path in missing and path.rpartition(".")[0] not in missing and path not in misspelled:
            mark = given[path].mark if path in given else read.key_at(path.split(".")[0])
            line = f": {written(FIXED[path][0])}" if path in FIXED else ""
            yield in_file(SETTINGS, mark, f"put {short(path)}{line} back here: {reason}")
    if "edit_uri" in given and "repo_url" not in given:
        yield in_file(SETTINGS, given["edit_uri"].mark, "add repo_url, the address that edit_uri goes on from")
    address = str(read.value("site_url") or "")
    if address and not ADDRESS.fullmatch(address):
        near = f"{address}/" if ADDRESS.fullmatch(f"{address}/") else ""
        advice = "write the address of the start page, with https:// before it and a slash at its end"
        yield in_file(SETTINGS, read.at("site_url"), advice, near)


def settings_in(read: MarkedYaml, keys: Keys = (), path: str = "") -> Iterator[Setting]:
    """Every setting that the tables judge: of some groups each entry, and of honored plugins their options too."""
    for way, name, value in entries(read.value(*keys), boxes=path == BOX_TYPES):
        here, full = (*keys, *way), f"{path}.{name}".lstrip(".")
        if full == "nav":
            yield from in_nav(read, value)
        elif value and isinstance(value, GROUPS.get(full, ())):
            yield from settings_in(read, here, full)
        else:
            yield Setting("theme.name" if full == "theme" else full, value, mark_of(read, here))
            if path in LISTS and full in HONORED and isinstance(value, dict):
                yield from settings_in(read, here, full)


def entries(value: Any, boxes: bool = False) -> Iterator[tuple[Keys, str, Any]]:
    """(way, name, value) of the entries of a mapping, or of a list of names and mappings; each of `boxes` is one."""
    for key, inside in value.items() if isinstance(value, dict) else ():
        yield (key,), key, inside
    for place, entry in enumerate(value if isinstance(value, list) else ()):
        if isinstance(entry, dict) and not boxes:
            yield from (((place, *way), name, inside) for way, name, inside in entries(entry))
        else:
            yield (place,), str(entry.get("name") if isinstance(entry, dict) else entry), entry


def in_nav(read: MarkedYaml, value: Any) -> Iterator[Setting]:
    """What stands under nav and is no page."""
    for way, _, what in entries(value):
        if isinstance(what, dict | list):
            yield Setting("nav.section", what, mark_of(read, ("nav", *way)))
        elif "://" in str(what):
            yield Setting("nav.link", what, mark_of(read, ("nav", *way)))


def mark_of(read: MarkedYaml, keys: Keys) -> Mark:
    """The place of a key, or of an entry of a list."""
    return read.at(*keys) if isinstance(keys[-1], int) else read.key_at(*keys)


def fitting(path: str) -> str:
    """The longest path, in the table of what is not honored, of a setting or of what it belongs to; "" for none."""
    paths = (known for known in INSTEAD if path == known or (known.endswith(".") and path.startswith(known)))
    return max(paths, key=len, default="")


def meant(path: str) -> str:
    """The honored setting that a misspelled one of the first level most likely means; "" if none."""
    near = nearest(path, [name for name in (*HONORED, *INSTEAD) if name and "." not in name])
    return near if near in HONORED else ""


def short(path: str) -> str:
    """A setting's name without the list that it stands in: "navigation.tabs", "the plugin blog", "theme.palette"."""
    for prefix, kind in (
        ("markdown_extensions.pymdownx.blocks.admonition.types.", "the box "),
        ("theme.features.", ""),
        ("plugins.", "the plugin "),
        ("markdown_extensions.", "the extension "),
    ):
        if path.startswith(prefix):
            return kind + path.removeprefix(prefix)
    return {"nav.section": "a section in nav", "nav.link": "a link in nav"}.get(path, path)


def written(value: Any) -> str:
    """A value as YAML writes it."""
    if isinstance(value, bool):
        return str(value).lower()
    return f"[{', '.join(value)}]" if isinstance(value, list) else str(value)
