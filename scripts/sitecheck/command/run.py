"""What the command line asks for: a check, for which other programs begin at once, or the list of rules."""

from __future__ import annotations

from argparse import Namespace
from contextlib import AbstractContextManager, nullcontext
from pathlib import Path
from typing import TYPE_CHECKING

from ..model.command_name import IN_GUIDE, NAME
from ..model.errors import CannotRun
from .arguments import parse

if TYPE_CHECKING:
    from ..project.programs import Programs


def run(words: list[str], started: float) -> int:
    """Do what the command line says; `started` is the time by time.perf_counter. Raises CannotRun."""
    arguments = parse(words)
    if arguments.rules or arguments.catalogue or arguments.explain:
        return print_rules(arguments)
    root = project_root(Path(arguments.site)) if IN_GUIDE and not arguments.no_project else None
    with begin_programs(None if arguments.before_build else root) as begun:
        from .check import check_and_report

        return check_and_report(arguments, root, begun, started)


def begin_programs(root: Path | None) -> AbstractContextManager[Programs | None]:
    """The programs that look at the project, if there is one, while this process still loads its modules."""
    if root is None:
        return nullcontext()
    from ..project.programs import programs

    return programs(root)


def project_root(site: Path) -> Path | None:
    """The folder with mkdocs.yml and docs/_data: one that holds the site, else the current one."""
    here = Path.cwd()
    for folder in (*site.absolute().parents, here):
        if (folder / "mkdocs.yml").is_file():
            return folder if (folder / "docs" / "_data").is_dir() else None
    return None


def print_rules(arguments: Namespace) -> int:
    """Do --rules, --catalogue or --explain. Raises CannotRun for a rule that there is not."""
    from .. import rules
    from ..rules.registry import RULES
    from . import explain

    rules.load(IN_GUIDE)
    if arguments.rules:
        print(explain.rule_list())
    elif arguments.catalogue:
        print(explain.catalogue(), end="")
    elif rule := RULES.get(arguments.explain.strip().upper()):
        print(explain.explain(rule))
    else:
        raise CannotRun(f"there is no rule {arguments.explain}; {NAME} --rules lists them")
    return 0
