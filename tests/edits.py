"""Edits that are no mistakes, all in one build: several tests each look for what came of one of them."""

from __future__ import annotations

from pathlib import Path

from cases import write
from hosting import Project

LOCK = ".#index.md"  # so Emacs marks a file with unsaved changes
NEW_HOUR = "10:00"
CLOSURES = f'[{{date: "2027-12-24", name: Christmas Eve, opens: "{NEW_HOUR}", closes: "12:00"}}]'
SETTINGS = """strict: true
repo_url: https://github.com/us/guide
edit_uri: edit/main/docs/
copyright: Made with care."""
EDITS = [
    ("docs/_data/clinic.yml", "09:00", NEW_HOUR),
    ("docs/_data/clinic.yml", "closures: unknown", f"closures: {CLOSURES}"),
    ("mkdocs.yml", "https://guide.example/", "https://guide.clinic.test/"),
    ("mkdocs.yml", "  favicon: assets/icon.svg", "  favicon: assets/logo.svg\n  logo: assets/logo.svg"),
    ("mkdocs.yml", "  - how-pain-works.md", "  - What pain is: how-pain-works.md"),
    ("mkdocs.yml", "strict: true", SETTINGS),
]


def build_edited(root: Path) -> str:
    """scripts/build of the edited guide, where nobody looks on and a site of yesterday stands. Returns its folder."""
    project = Project(root)
    write(root, {"site/index.html": "the site of yesterday"})
    (root / "docs" / LOCK).symlink_to("ana@desk.1234")
    (root / "docs/assets/icon.svg").rename(root / "docs/assets/logo.svg")
    for file, old, new in EDITS:
        project.replace(file, old, new)
    outcome = project.build(CI="true")
    assert outcome.status == 0 and "0 findings" in outcome.text, outcome.text
    return str(root / "site")
