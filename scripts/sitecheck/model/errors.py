"""Why the checker cannot run: one line that says what to do, and exit status 2."""

from __future__ import annotations


class CannotRun(Exception):
    """The command cannot be carried out; the message is for the person who typed it."""


class BadSettings(CannotRun):
    """What is wrong with [tool.sitecheck], and what to do."""


class BadBaseline(CannotRun):
    """Why a list of known findings cannot be used."""
