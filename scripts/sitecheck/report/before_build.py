"""What must be right before the site is generated: faults on which the generator would stop in its own words."""

from __future__ import annotations

import tempfile
from pathlib import Path

from ..model.finding import Finding
from ..model.options import Options
from ..project.read_project import read_project


def blocking_findings(root: Path, options: Options | None = None) -> list[Finding]:
    """The sorted findings of every rule that blocks the build, without the accepted ones.

    Raises ProjectError when the settings or a data file cannot be read at all.
    """
    from ..links.site import read_site
    from .findings import findings, select_rules

    project = read_project(root)
    with tempfile.TemporaryDirectory() as no_pages:
        site = read_site(no_pages, project, options=(options or Options())._replace(cache=False))
        return findings(site, [rule for rule in select_rules(project=True) if rule.blocks_build])
