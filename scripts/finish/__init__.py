"""The finishing pass: a built site in, the same site made fit for readers out. It never asks who generated the site."""

from __future__ import annotations

from pathlib import Path


def finish(site: Path) -> None:
    """Finish every file of `site` in place; a second run changes nothing."""
