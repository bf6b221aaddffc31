"""What must be right before the site is generated: faults on which the generator would stop in its own words."""

from __future__ import annotations

import tempfile
from pathlib import Path

from ..finding import Finding
from ..options import Options
from .reading import read_project

# Each of these reads words and data alone, and what it finds would end the generator's run or the finishing pass,
# make them drop the words, or bring up as many findings again as the mistake has consequences.
BLOCKING = (
    "FM001",
    "FM002",
    "FM003",
    "FM004",
    "FM005",
    "FM006",
    "FM008",
    "FM011",
    "CF001",
    "CF002",
    "CF003",
    "CF008",
    "CF009",
    "CF011",
    "CF018",
    "SE001",
    "SE002",
    "SR001",
    "SR002",
    "SR005",
    "SR006",
    "SR007",
    "PL001",
    "PL016",
    "PL017",
    "PL018",
    "AX032",
    "AX033",
    "SE008",
    "SE011",
    "SE013",
    "SE014",
    "SE015",
    "SE018",
    "SE019",
    "NV010",
    "NV013",
    "PR010",
)


def preflight(root: Path, options: Options | None = None) -> list[Finding]:
    """Findings in words and data that stand in the way of generating the site, sorted; not those that are accepted.

    Raises ProjectError when the settings or a data file cannot be read at all.
    """
    from ..run import chosen, findings
    from ..site import read_site

    project = read_project(root)
    with tempfile.TemporaryDirectory() as nothing:
        site = read_site(nothing, project, options=(options or Options())._replace(cache=False))
        return findings(site, chosen(BLOCKING, project=True))
