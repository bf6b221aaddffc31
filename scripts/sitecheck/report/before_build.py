"""What must be right before the site is generated: faults on which the generator would stop in its own words."""

from __future__ import annotations

import tempfile

from ..links.site import read_site
from ..model.finding import Finding
from ..model.options import Options
from ..project.model import Project
from .findings import findings, select_rules


def blocking_findings(project: Project, options: Options | None = None) -> list[Finding]:
    """The sorted findings of every rule that blocks the build, without the accepted ones."""
    with tempfile.TemporaryDirectory() as no_pages:
        site = read_site(no_pages, project, options=(options or Options())._replace(cache=False))
        return findings(site, select_rules(project=True, blocking=True))
