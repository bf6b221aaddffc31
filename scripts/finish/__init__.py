"""The finishing pass: makes a built site fit for readers, in place, whatever generated it.

Each step is a file of its own and takes the Site. Together they are deterministic and idempotent: the same site and
the same docs/_data give the same bytes, and a second run changes nothing. No step reads the clock.
"""

from __future__ import annotations

from pathlib import Path

from . import (
    build_info,
    care_cards,
    compress,
    csp,
    fingerprints,
    headers,
    ics,
    languages,
    print_page,
    redirects,
    reviews,
    search_index,
    service_worker,
    sitemap,
    social,
    styles,
    tables,
    theme_files,
    theme_markup,
    vcard,
)
from .built_site import DATA, FinishError, load

__all__ = ["FinishError", "finish", "preview"]

# In this order: what is said of the words before any of them changes; markup, then files and their names; then what
# depends on every byte before it.
MARKUP_STEPS = (
    reviews.show,
    theme_markup.strip,
    languages.declare,
    care_cards.rewrite,
    tables.label,
    redirects.keep_sections,
    search_index.write,
    print_page.write,
)
STEPS = (
    *MARKUP_STEPS,
    social.describe,
    service_worker.register,
    styles.inline,
    fingerprints.rename,
    csp.set_on_pages,
    redirects.write_pages,
    sitemap.write,
    vcard.write,
    redirects.write_downloads,
    ics.write,
    service_worker.write,
    headers.write,
)
# The steps that show in a preview. The others would keep an old page, or block the script that reloads the page.
PREVIEW = (*MARKUP_STEPS, vcard.write, ics.write)
FILE_STEPS = (theme_files.prune, build_info.write, compress.write)


def finish(site: Path, data: Path = DATA) -> None:
    """Finish every file of `site` in place; a second run changes nothing.

    `data` is the folder that holds clinic.yml and offline.yml. Raises FinishError: before it changes anything, when
    `site` is no built site; and after it has finished, with a line for each thing that readers' browsers would block.
    """
    built = load(site, data)
    for step in STEPS:
        step(built)
    built.save()
    for file_step in FILE_STEPS:
        file_step(built)
    if built.errors:
        raise FinishError("\n".join(built.errors))


def preview(site: Path, data: Path = DATA) -> None:
    """Finish `site` for an editor's preview: only the steps that show. Raises FinishError when it is no built site."""
    built = load(site, data)
    for step in PREVIEW:
        step(built)
    built.save()
