"""PL: words that are misspelled."""

from __future__ import annotations

from collections.abc import Iterator

from ...model.finding import Fault
from ...project.faults import in_file
from ...project.model import Project
from ..registry import rule


@rule("PL021", advice="the word is still understood")
def word_misspelled(project: Project) -> Iterator[Fault]:
    """A slip in a word makes a frightened reader doubt the rest, and the search does not find it."""
    for one in project.misspelled:
        known = "if it is right, add it to [tool.typos.default.extend-words] in pyproject.toml"
        instead = " or ".join(one.instead[:3])
        yield in_file(one.path, one.mark, f'"{one.word}" is misspelled: write {instead}; {known}')
