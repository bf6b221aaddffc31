"""What the tests of the finishing pass share: small sites to finish, and how to look into a finished one."""

from __future__ import annotations

from pathlib import Path

import turbohtml

from cases import load
from hosting import PAGES, ROOT

FILES = [*(f"{page}index.html" for page in PAGES), "404.html"]
DATA = ROOT / "docs" / "_data"
KEPT = load(DATA / "offline.yml")["pages"]
SMALL_SITE = ("index.html", *(f"{page}index.html" for page in KEPT))


def site_of(folder: Path, main: str, head: str = "", pages: tuple[str, ...] = SMALL_SITE) -> Path:
    """A built site whose pages hold `main`, to live at https://x.example/guide/."""
    page = (
        '<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Pain</title>'
        f'<link rel="canonical" href="https://x.example/guide/">{head}</head><body><main>{main}</main></body></html>'
    )
    for path in pages:
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text(page, "utf-8")
    return folder


def document_of(site: Path, path: str = "index.html") -> turbohtml.Document:
    """A page of a site, parsed."""
    return turbohtml.parse((site / path).read_bytes())
