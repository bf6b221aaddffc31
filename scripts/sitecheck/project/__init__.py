"""The project behind a built site: its words, its data, and where each thing in them stands."""

from __future__ import annotations

from .model import Project
from .read_project import ProjectError, read_project

__all__ = ["Project", "ProjectError", "read_project"]
