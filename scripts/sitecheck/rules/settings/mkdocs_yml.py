"""ST: mkdocs.yml. A setting does what it says, or a finding at its line says what to edit instead."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, NamedTuple

from ...model.finding import Fault
from ...model.nearest import nearest
from ...project.data.marked_yaml import Keys, Mark, MarkedYaml
from ...project.faults import in_file
from ...project.model import Project
from ...project.read_project import SETTINGS
from ..registry import rule
from .honored_keys import FIXED, HONORED, INSTEAD, NEEDED

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
            near = "" if is_known(setting.path) else meant(setting.path)
            advice = instead(setting.path) if not near else "correct the name"
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
    misspelled = {meant(path) for path in given if path not in HONORED and not is_known(path)}  # ST001 names them
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


def settings_in(read: MarkedYaml) -> Iterator[Setting]:
    """Every setting that the tables judge."""
    for key, value in mapping(read.data):
        if key in ("plugins", "markdown_extensions"):
            yield from entries(read, key, value)
        elif key == "theme" and not isinstance(value, dict):
            yield Setting("theme.name", value, read.key_at(key))
        elif key in ("theme", "extra") and isinstance(value, dict):
            yield from below(read, (key,))
        elif key == "nav":
            yield from in_nav(read, value)
        else:
            yield Setting(key, value, read.key_at(key))


def below(read: MarkedYaml, keys: Keys) -> Iterator[Setting]:
    """The settings of a mapping; each feature of a theme is one."""
    for key, value in mapping(read.value(*keys)):
        path = f"{keys[0]}.{key}"
        if path == "theme.features" and isinstance(value, list) and value:
            for place, feature in enumerate(value):
                yield Setting(f"{path}.{feature}", True, read.at(*keys, key, place))
        else:
            yield Setting(path, value, read.key_at(*keys, key))


def entries(read: MarkedYaml, key: str, value: Any) -> Iterator[Setting]:
    """The plugins or extensions of a list or a mapping, and the options of each."""
    listed = value if isinstance(value, list) else [{name: options} for name, options in mapping(value)]
    for place, entry in enumerate(listed):
        here: Keys = (key, place) if isinstance(value, list) else (key,)
        for name, options in mapping(entry) or [(str(entry), None)]:
            yield Setting(f"{key}.{name}", options, read.key_at(*here, name) if options is not None else read.at(*here))
            for option, chosen in mapping(options) if f"{key}.{name}" in HONORED else ():
                if option == "types" and isinstance(chosen, list):
                    for kind, each in enumerate(chosen):
                        named = str(each.get("name")) if isinstance(each, dict) else str(each)
                        yield Setting(f"{key}.{name}.types.{named}", each, read.at(*here, name, option, kind))
                    continue
                yield Setting(f"{key}.{name}.{option}", chosen, read.key_at(*here, name, option))


def in_nav(read: MarkedYaml, value: Any) -> Iterator[Setting]:
    """What stands under nav and is no page."""
    for place, entry in enumerate(value if isinstance(value, list) else ()):
        for title, what in mapping(entry):
            if not isinstance(what, str):
                yield Setting("nav.section", what, read.key_at("nav", place, title))
            elif "://" in what:
                yield Setting("nav.link", what, read.key_at("nav", place, title))


def mapping(value: Any) -> list[tuple[str, Any]]:
    """The entries of a mapping; none for anything else."""
    return [*value.items()] if isinstance(value, dict) else []


def is_known(path: str) -> bool:
    """Whether the table of what is not honored names this very setting, and not only what it belongs to."""
    return path in INSTEAD or any(known and known.endswith(".") and path.startswith(known) for known in INSTEAD)


def meant(path: str) -> str:
    """The honored setting that a misspelled one of the first level most likely means; "" if none."""
    near = nearest(path, [name for name in (*HONORED, *INSTEAD) if name and "." not in name])
    return near if near in HONORED else ""


def instead(path: str) -> str:
    """What to do in place of a setting: the words of the longest path that fits."""
    fitting = [known for known in INSTEAD if known == path or (known.endswith(".") and path.startswith(known))]
    return INSTEAD[max(fitting, key=len, default="")]


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
