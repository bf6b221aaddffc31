"""The project behind a built site: its words, its data, and where each thing in them stands."""

from __future__ import annotations

from ..model.errors import ProjectError
from .model import Project
from .read_project import read_project, site_url

__all__ = ["Project", "ProjectError", "read_project", "site_url"]
