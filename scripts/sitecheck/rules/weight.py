"""WT: the weight of what a reader downloads."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ..links.site import Site
from ..model.finding import Fault
from ..project.model import Project
from .registry import rule

PICTURES = (".avif", ".gif", ".jpeg", ".jpg", ".png", ".svg", ".webp")
HASH = re.compile(r"\.[0-9a-f]{10}(?=\.\w+$)")  # which scripts/finish adds to a file's name


@rule("WT001", advice="the picture arrives, late")
def picture_too_heavy(site: Site, project: Project) -> Iterator[Fault]:
    """On a slow line the page waits for it, and a reader with little data left pays for it."""
    limit = site.options.picture_bytes
    for path, (size, *_) in sorted(site.listing.files.items()):
        if path.lower().endswith(PICTURES) and size > limit:
            source = f"docs/{HASH.sub('', path)}"
            message = f"this picture has {size:,} bytes, the limit is {limit:,}: save it smaller, or as WebP or SVG"
            yield Fault(message, path, file=source if source in project.assets else "")
