"""The same words, three ways: our guide, plain mkdocs-material, and Zensical's default. Each built in a folder."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import yaml

from hosting import EPOCH, Project, build, environ

# What makes the guide ours: plain settings have none of it.
OURS = ("extra_css", "extra_javascript", "watch", "validation", "strict", "not_in_nav", "hooks")


class Loader(yaml.SafeLoader):
    """Reads mkdocs.yml, where !ENV [NAME, value] stands for its value."""


Loader.add_constructor("!ENV", lambda loader, node: loader.construct_sequence(node)[1])


def ours(folder: Path) -> Path:
    """The guide as scripts/build leaves it."""
    built = build(Project(folder).root, folder / "built")
    return built.site


def plain_material(folder: Path) -> Path:
    """What `theme: material` makes of the same Markdown, everything else left as it comes."""
    project = plain(folder)
    return generated(project, [sys.executable, "-m", "mkdocs", "build"])


def zensical_default(folder: Path) -> Path:
    """What Zensical makes of the same Markdown, in its own look."""
    project = plain(folder)
    return generated(project, [str(Path(sys.executable).parent / "zensical"), "build", "--clean"])


BUILDERS: dict[str, Callable[[Path], Path]] = {
    "this guide": ours,
    "plain Material": plain_material,
    "Zensical": zensical_default,
}


def plain(folder: Path) -> Project:
    """A copy of the project whose settings keep the words and drop the look."""
    project = Project(folder)
    path = project.root / "mkdocs.yml"
    settings = {key: value for key, value in yaml.load(path.read_text("utf-8"), Loader).items() if key not in OURS}
    settings["theme"] = {"name": "material"}
    path.write_text(yaml.safe_dump(settings, sort_keys=False, allow_unicode=True), "utf-8")
    return project


def generated(project: Project, command: list[str]) -> Path:
    """Run a generator in `project`; gives the folder of the site. Raises CalledProcessError with what it said."""
    with environ(SOURCE_DATE_EPOCH=EPOCH, PYTHONPATH=str(project.root / "scripts"), NO_MKDOCS_2_WARNING="1"):
        subprocess.run(command, cwd=project.root, check=True, capture_output=True, text=True)
    return project.root / "site"
