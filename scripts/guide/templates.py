"""How MkDocs finds and compiles the theme's templates: without its 12,000 icons, and once for all builds."""

from __future__ import annotations

import contextlib
import os
import sys
from pathlib import Path

import jinja2
from mkdocs.config.defaults import MkDocsConfig

COMPILED = Path(sys.prefix, "templates")  # in .venv, as Python's own compiled files are


def use(config: MkDocsConfig) -> None:
    """Make MkDocs take the theme's templates from `ThemeLoader`, compiled by an earlier build if they are unchanged."""
    templates = config.theme.get_env()
    templates.loader = ThemeLoader(config.theme.dirs)
    with contextlib.suppress(OSError):  # a .venv of somebody else
        if sys.prefix != sys.base_prefix:
            COMPILED.mkdir(exist_ok=True)
            templates.bytecode_cache = CompiledTemplates(str(COMPILED))
    setattr(config.theme, "get_env", lambda: templates)  # noqa: B010  # mypy refuses a method as target


class CompiledTemplates(jinja2.FileSystemBytecodeCache):
    """Keeps compiled templates in a folder; one that cannot be written there is compiled again by the next build."""

    def dump_bytecode(self, bucket: jinja2.bccache.Bucket) -> None:
        with contextlib.suppress(OSError):
            super().dump_bytecode(bucket)


class ThemeLoader(jinja2.FileSystemLoader):
    """Lists no hidden folder: MkDocs would drop its files one by one."""

    def list_templates(self) -> list[str]:
        found: set[str] = set()
        for start in self.searchpath:
            for folder, inside, files in os.walk(start):
                inside[:] = [name for name in inside if not name.startswith(".")]
                found |= {Path(folder, name).relative_to(start).as_posix() for name in files}
        return sorted(found)
