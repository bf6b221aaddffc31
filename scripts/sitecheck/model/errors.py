"""Why the checker cannot run, with exit status 2: one line that says what to do, or a fault in the project."""

from __future__ import annotations

from .finding import Fault

CANNOT_RUN = 2  # exit status


class CannotRun(Exception):
    """The command cannot be carried out; the message is for the person who typed it."""


class BadSettings(CannotRun):
    """What is wrong with [tool.sitecheck], and what to do."""


class BadBaseline(CannotRun):
    """Why a list of known findings cannot be used."""


class ProjectError(Exception):
    """The project cannot be read at all. `fault` says what to open and fix."""

    def __init__(self, fault: Fault) -> None:
        super().__init__(fault.message)
        self.fault = fault
