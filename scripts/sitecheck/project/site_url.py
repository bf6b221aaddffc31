"""The address of the site, read before the rest of the project: other processes need it to read the site."""

from __future__ import annotations

from pathlib import Path

from .data.files import Unreadable, read_text
from .data.marked_yaml import BadYaml, parse


def site_url(root: Path) -> str:
    """The address in the settings; "" if there is none, or if they cannot be read, which `read_project` reports."""
    try:
        settings = parse(read_text(root / "mkdocs.yml")).data
    except (Unreadable, BadYaml):
        return ""
    return str(settings.get("site_url") or "") if isinstance(settings, dict) else ""
