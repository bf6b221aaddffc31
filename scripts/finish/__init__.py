"""The finishing pass: a built site in, the same site made fit for readers out. It never asks who generated the site.

Each step is a file of its own and takes the Site. Together they are deterministic and idempotent: the same site and
the same docs/_data give the same bytes, and a second run changes nothing. No step reads the clock.
"""

from __future__ import annotations

from pathlib import Path

from . import (
    build_info,
    compress,
    fingerprints,
    languages,
    search_index,
    social,
    styles,
    tables,
    theme_files,
)
from . import (
    care_cards as blocks,
)
from . import (
    csp as policy,
)
from . import (
    ics as calendar,
)
from . import (
    print_page as whole,
)
from . import (
    redirect_pages as moved,
)
from . import (
    service_worker as offline,
)
from . import (
    sitemap as crawlers,
)
from . import (
    theme_markup as shell,
)
from . import (
    vcard as contacts,
)
from .site import DATA, Unfit, load

__all__ = ["Unfit", "finish", "preview"]

# In this order: markup, then files and their names, then what depends on every byte before it.
STEPS = (
    shell.strip,
    languages.declare,
    blocks.rewrite,
    tables.label,
    search_index.write,
    whole.write,
    social.describe,
    offline.announce,
    styles.inline,
    fingerprints.rename,
    policy.set_on_pages,
    moved.lead_on,
    crawlers.write,
    contacts.write,
    calendar.write,
    offline.write_worker,
    policy.write_headers,
)
# What of it a reader of a preview meets. The rest would keep the page of before, or refuse the script that reloads it.
PREVIEW = (
    shell.strip,
    languages.declare,
    blocks.rewrite,
    tables.label,
    search_index.write,
    whole.write,
    contacts.write,
    calendar.write,
)
FILE_STEPS = (theme_files.prune, build_info.write, compress.write)


def finish(site: Path, data: Path = DATA) -> None:
    """Finish every file of `site` in place; a second run changes nothing.

    `data` is the folder that holds clinic.yml and offline.yml. Raises Unfit, after finishing all the same, with a
    line for each page that carries markup its own security policy will refuse; and before touching anything when
    `site` is not a built site.
    """
    built = load(site, data)
    for step in STEPS:
        step(built)
    built.save()
    for file_step in FILE_STEPS:
        file_step(built)
    if built.unfit:
        raise Unfit("\n".join(built.unfit))


def preview(site: Path, data: Path = DATA) -> None:
    """Finish `site` for the eye of its editor alone. Raises Unfit when `site` is not a built site."""
    built = load(site, data)
    for step in PREVIEW:
        step(built)
    built.save()
