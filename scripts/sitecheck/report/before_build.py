"""What must be right before the site is generated: faults on which the generator would stop in its own words."""

from __future__ import annotations

import tempfile
from pathlib import Path

from ..model.finding import Finding
from ..model.options import Options
from ..project.read_project import read_project


def preflight(root: Path, options: Options | None = None) -> list[Finding]:
    """Findings in words and data that stand in the way of generating the site, sorted; not those that are accepted.

    Raises ProjectError when the settings or a data file cannot be read at all.
    """
    from ..links.site import read_site
    from .findings import chosen, findings

    project = read_project(root)
    with tempfile.TemporaryDirectory() as nothing:
        site = read_site(nothing, project, options=(options or Options())._replace(cache=False))
        return findings(site, [rule for rule in chosen(project=True) if rule.blocks_build])
