"""The theme brings 2 MB of scripts, styles, source maps and languages. What no page asks for is not published."""

from __future__ import annotations

from pathlib import Path

from .site import Site

THEME = ("assets/javascripts", "assets/stylesheets", "assets/images")


def prune(site: Site) -> None:
    """Delete the theme's files, unless something of the site still names one of them."""
    theirs = sorted(path for folder in THEME for path in (site.root / folder).rglob("*") if path.is_file())
    ours = {path for ending in ("html", "css", "js") for path in site.root.rglob(f"*.{ending}")} - set(theirs)
    waiting = sorted(ours) if theirs else []
    kept: set[Path] = set()
    while waiting:
        text = waiting.pop().read_text("utf-8", "replace")
        found = [path for path in theirs if path not in kept and path.name in text]
        kept.update(found)
        waiting += [path for path in found if path.suffix in (".js", ".css")]  # a kept file may name others
    for path in theirs:
        if path not in kept:
            path.unlink()
    for folder in sorted((path for path in (site.root / "assets").rglob("*") if path.is_dir()), reverse=True):
        if not any(folder.iterdir()):
            folder.rmdir()
