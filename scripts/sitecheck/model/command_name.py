"""The checker's own name: `scripts/check` in this repository, `sitecheck` where it is installed for other sites."""

from __future__ import annotations

from pathlib import Path

IN_GUIDE = Path(__file__).parents[2].joinpath("check").is_file()
NAME = "scripts/check" if IN_GUIDE else "sitecheck"
BUILD_FIRST = f"build the site first{' (scripts/build)' if IN_GUIDE else ''}, or name its folder"
