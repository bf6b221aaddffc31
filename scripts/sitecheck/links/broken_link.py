"""A reference and what is wrong with it."""

from typing import NamedTuple

from ..model.finding import Fault
from ..model.page import Ref
from .file_names import NO_SUGGESTION, Suggestion


class BrokenLink(NamedTuple):
    """A reference that does not lead where its writer wanted; with the verdict "external", one that leaves the site."""

    page: str
    ref: Ref
    verdict: str  # see resolver.Link and follow.End
    path: str  # the file or address that was looked for
    fragment: str

    @property
    def raw(self) -> str:
        """The address as written, without the spaces around it, which mean nothing."""
        return self.ref.raw.strip()

    def fault(self, message: str, suggestion: Suggestion = NO_SUGGESTION, target: str = "") -> Fault:
        """A fault where the reference stands."""
        ref = self.ref
        here = Fault(message, self.page, ref.line, ref.column, target=target or self.path, raw=ref.raw)
        return here._replace(suggestion=suggestion.address, safe=suggestion.only_one, frame=not ref.in_main)
