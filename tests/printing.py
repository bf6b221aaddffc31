"""How a page comes out of a printer."""

from __future__ import annotations

import re

from playwright.sync_api import Page

MARGIN = dict.fromkeys(("top", "right", "bottom", "left"), "0.5in")  # what printers leave white


def sheets(page: Page) -> int:
    """How many sheets of US Letter a page takes."""
    page.emulate_media(media="print")
    return len(re.findall(rb"/Type\s*/Page\b", page.pdf(format="Letter", margin=MARGIN)))
