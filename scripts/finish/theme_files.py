"""Delete the theme's files that no page uses: it brings 2 MB of scripts, styles, source maps and languages."""

from __future__ import annotations

from pathlib import Path

from .built_site import Site

THEME = ("assets/javascripts", "assets/stylesheets", "assets/images")


def prune(site: Site) -> None:
    """Delete each file of the theme whose name is in no page, style or script that is kept."""
    theirs = sorted(path for folder in THEME for path in (site.root / folder).rglob("*") if path.is_file())
    ours = {path for ending in ("html", "css", "js") for path in site.root.rglob(f"*.{ending}")} - set(theirs)
    waiting = sorted(ours) if theirs else []
    kept: set[Path] = set()
    while waiting:
        text = waiting.pop().read_text("utf-8", "replace")
        named = [path for path in theirs if path not in kept and path.name in text]
        kept.update(named)
        waiting += [path for path in named if path.suffix in (".js", ".css")]  # a kept file may name others
    for path in theirs:
        if path not in kept:
            path.unlink()
    for folder in sorted((path for path in (site.root / "assets").rglob("*") if path.is_dir()), reverse=True):
        if not any(folder.iterdir()):
            folder.rmdir()
