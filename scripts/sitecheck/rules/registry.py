"""The rules by code. A code never gets a second meaning."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, NamedTuple

from ..model.finding import Fault, Finding, Level

if TYPE_CHECKING:
    from ..links.site import Site
    from ..project.model import Project

# Takes what it needs of `site: Site`, `project: Project`, `clinic: Clinic` and `ladder: Ladder`. One that takes a
# `document: Document`, its built `page: Page` or its `front_matter: MarkedYaml` runs for each document that has them.
Check = Callable[..., Iterator[Fault] | None]
PER_DOCUMENT = frozenset(("document", "page", "front_matter"))


class Rule(NamedTuple):
    """One promise to the reader. The function's name says what is wrong, its docstring whom that hurts."""

    code: str
    name: str  # "fragment-missing"
    why: str
    level: Level
    reason: str  # for the level, in a word
    check: Check
    takes: tuple[str, ...]  # the parameters of `check`: "site", "project" …
    needs_project: bool  # takes a project, or what is read for one only, so --no-project leaves it out
    fixable: bool  # --fix may write a fault's suggestion when there is only one
    blocks_build: bool  # the generator would stop or drop words, so this is reported before it runs
    reads: tuple[str, ...]  # files, or kinds of them: what was wrong when they were read is reported under its code
    calendar: bool  # its answer changes with the date alone, so only --due runs it
    external: bool  # its answer comes from other hosts, so only --external runs it

    def faults(self, site: Site, project: Project | None) -> Iterator[Fault]:
        """Yield the faults of a site. `report.findings` runs no rule that needs a project without one."""
        if project is not None:
            yield from project.reading_faults(*self.reads)
        facts: dict[str, object] = {"site": site, "project": project}
        if project is not None:
            facts |= {"clinic": project.clinic, "ladder": project.ladder}
        for one in project.documents if project and not PER_DOCUMENT.isdisjoint(self.takes) else (None,):
            if one:
                facts |= {"document": one, "page": site.pages.get(one.page), "front_matter": one.front_matter}
            arguments = [facts[name] for name in self.takes]
            if all(argument is not None for argument in arguments):  # what is missing, or wrong in its file, is None
                yield from self.check(*arguments) or ()

    def finding(self, fault: Fault, pages: int = 1) -> Finding:
        """The finding for a fault that names its file, on `pages` pages."""
        safe = fault.safe and self.fixable
        return Finding(
            fault.file, fault.line, fault.column, self.code, self.name, fault.message, fault.page, fault.target,
            fault.suggestion, pages, fault.raw, safe, self.level,
        )  # fmt: skip


RULES: dict[str, Rule] = {}


def rule(
    code: str,
    *,
    error: str = "",
    advice: str = "",
    needs_project: bool = False,
    fixable: bool = False,
    blocks_build: bool = False,
    reads: tuple[str, ...] = (),
    calendar: bool = False,
    external: bool = False,
) -> Callable[[Check], Check]:
    """Register a check under a code such as "LI002": two letters of its family, three digits.

    Give the reason for its level in a word: `error="dead end"` for what a reader meets as broken, or
    `advice="the page itself works"` for what does not decide the exit status unless a project raises it.

    A check that takes a project, or a part of one, or `reads` its files, needs one; declare `needs_project` for one
    that needs only what is read for a project. One that takes the clinic or the ladder is left out while there is none.

    Raises ValueError for a code or name that another rule has, for a rule without a level or with both, and for advice
    that blocks the build.
    """

    def register(check: Check) -> Check:
        name = check.__name__.replace("_", "-")
        if code in RULES or name in {known.name for known in RULES.values()}:
            raise ValueError(f"{code} or {name} is already a rule")
        if bool(error) == bool(advice):
            raise ValueError(f"{code} needs one level: declare error=REASON or advice=REASON")
        takes = check.__code__.co_varnames[: check.__code__.co_argcount]
        if blocks_build and advice:
            raise ValueError(f"{code} blocks the build: it must be an error")
        why = (check.__doc__ or "").strip()
        with_project = needs_project or bool(reads) or not {"site"}.issuperset(takes)
        RULES[code] = Rule(
            code, name, why, "error" if error else "advice", error or advice, check, takes,
            with_project, fixable, blocks_build, reads, calendar, external,
        )  # fmt: skip
        return check

    return register
