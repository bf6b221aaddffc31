"""The rules, by code. A code is never given a second meaning."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, NamedTuple

from ..model.finding import Fault

if TYPE_CHECKING:
    from ..links.site import Site
    from ..project.model import Project

Check = Callable[..., Iterator[Fault]]  # of a `site: Site`, a `project: Project`, or both


class Rule(NamedTuple):
    """One promise to the reader: its function's name says what is wrong, its docstring whom that hurts."""

    code: str
    name: str  # "fragment-missing"
    why: str
    check: Check
    takes: tuple[str, ...]  # the parameters of `check`: "site", "project" or both
    needs_project: bool  # needs docs/ and docs/_data, so --no-project leaves it out
    fixable: bool  # --fix may write the suggestion of a fault that has exactly one
    blocks_build: bool  # the generator would stop or drop words: reported before it runs
    data_files: tuple[str, ...]  # those whose shape it holds: what cannot be read in them is reported under its code
    calendar: bool  # its answer changes with the date alone, so only --due runs it
    external: bool  # its answer comes from other hosts, so only --external runs it

    def faults(self, site: Site, project: Project | None) -> Iterator[Fault]:
        """What is wrong with a site. A rule that needs a project is not run without one (see `report.findings`)."""
        handed = {"site": site, "project": project}
        return self.check(*(handed[name] for name in self.takes))


RULES: dict[str, Rule] = {}


def rule(
    code: str,
    *,
    needs_project: bool = False,
    fixable: bool = False,
    blocks_build: bool = False,
    data_files: tuple[str, ...] = (),
    calendar: bool = False,
    external: bool = False,
) -> Callable[[Check], Check]:
    """Register a check under a code such as "LI002": two letters of its family, three digits.

    Raises ValueError for a code or a name that another rule has, and for a check that takes a project undeclared.
    """

    def register(check: Check) -> Check:
        name = check.__name__.replace("_", "-")
        if code in RULES or name in {known.name for known in RULES.values()}:
            raise ValueError(f"{code} or {name} is already a rule")
        takes = check.__code__.co_varnames[: check.__code__.co_argcount]
        if "project" in takes and not needs_project:
            raise ValueError(f"{code} takes a project: declare needs_project=True")
        why = (check.__doc__ or "").strip()
        RULES[code] = Rule(
            code, name, why, check, takes, needs_project, fixable, blocks_build, data_files, calendar, external
        )  # fmt: skip
        return check

    return register
