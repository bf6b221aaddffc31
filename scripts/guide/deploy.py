"""Publish a site, or go back: copy it, check the copy, make it a release by one rename and live by another.

Readers never get half a site, even if the process is killed, the disk is full or the site changes meanwhile. The layout
on disk is described in releases.py.
"""

from __future__ import annotations

import contextlib
import os
import re
import shutil
import sys
import time
from collections.abc import Callable, Iterator
from itertools import islice
from pathlib import Path

from finish.site_files import copy_files, file_hashes, tree_hash

from . import stages
from .carried_files import carry, is_carried
from .hosts import is_example, site_address
from .integrity import first_change
from .publish_lock import CannotPublish
from .releases import Release, Releases

KEPT_RELEASES = 3  # releases: the live one and those to go back to
LOCAL_ADDRESS = re.compile(r"https?://(localhost|127\.0\.0\.1|\[::1\])[:/]")  # this machine: no reader can open it
Check = Callable[[Path, str], int]  # a copy of the site and its address -> the checker's exit status


class CheckFailed(Exception):
    """The checker has found errors and printed them. Raised with its exit status."""


def run_checker(site: Path, address: str) -> int:
    """Check a copy of site/ for the address where it will be. Prints the report, returns the exit status."""
    return stages.check([str(site), "--base", address, "--named", "site", "--no-cache"])


def publish(site: Path, destination: Path, check: Check = run_checker) -> Path:
    """Make a copy of `site` a release and point the link `destination` to it. Returns the release's folder.

    Changes nothing when the site is live already. Raises CannotPublish, UnsupportedFile, OSError, or CheckFailed when
    the checker found errors; nothing has changed then.
    """
    releases = Releases(destination)
    refuse_nesting(site, releases)
    releases.live()
    if not (site / "index.html").is_file():
        raise CannotPublish(f"there is no {site}/ yet. Run scripts/build, and then this again.")
    with readable_by_all(), releases.locked(), releases.next_folder() as new:
        copied = new / "site"
        copy_site(site, copied)
        if status := check(copied, address_of(copied)):
            raise CheckFailed(status)
        live = releases.live()
        if live and is_already_live(copied, live):
            return live.folder
        release = go_live(releases, new, live.number if live else releases.newest())
        prune(releases, release)
        return release.folder


def go_back(destination: Path) -> Path:
    """Make the release before the live one live again, as a release of its own. Returns its folder.

    Raises CannotPublish, OSError; nothing has changed then.
    """
    releases = Releases(destination)
    releases.live()
    no_older_release = CannotPublish(f"there is no release before this one in {releases.folder}.")
    if not releases.all():
        raise no_older_release
    with readable_by_all(), releases.locked(), releases.next_folder() as new:
        live = releases.live()
        older = next((release for release in releases.history(live) if release != live), None)
        if older is None:
            raise no_older_release
        copy_files(older.folder, new / "site")
        if tree_hash(file_hashes(new / "site")) != older.folder.name:
            raise CannotPublish(f"{older.label} changed while it was being copied.")
        return go_live(releases, new, older.after).folder


def copy_site(site: Path, copied: Path) -> None:
    """Copy the site, again if scripts/build replaced it meanwhile. Raises CannotPublish, UnsupportedFile, OSError."""
    for attempt in (1, 2):
        try:
            copy_files(site, copied)
            problem = first_change(copied)
        except FileNotFoundError:
            problem = (
                f"{site}/ changed while it was being copied. Wait until scripts/build has ended, then publish again."
            )
        if not problem:
            return
        if attempt == 1:
            shutil.rmtree(copied)
            time.sleep(0.3)  # scripts/build replaces it with two renames
    raise CannotPublish(problem)


def go_live(releases: Releases, new: Path, after: int) -> Release:
    """Add the files that open pages still load to the copy in `new`, make it a release, and make that live."""
    for release in releases.all():
        carry(release.folder, new / "site")
    release = releases.add(new, new / "site", after)
    releases.make_live(release)
    return release


def prune(releases: Releases, live: Release) -> None:
    """Remove all but the newest KEPT_RELEASES. Damaged ones stay: somebody may have changed them on purpose."""
    try:
        kept = set(islice(releases.history(live), KEPT_RELEASES))
        for release in releases.all():
            if release not in kept and release.is_intact():
                releases.remove(release)
    except OSError as error:  # the new release is live, so this is only a warning
        print(f"An old release could not be removed: {error.filename}: {error.strerror}", file=sys.stderr)


def is_already_live(copied: Path, live: Release) -> bool:
    """Return whether the live release is this site, apart from files that it keeps for open pages."""
    if not live.is_intact():
        return False
    new, current = file_hashes(copied), file_hashes(live.folder)
    return new.items() <= current.items() and all(map(is_carried, current.keys() - new.keys()))


def address_of(site: Path) -> str:
    """Return the address in the canonical link of the start page. Raises CannotPublish, BadAddress, OSError."""
    page = (site / "index.html").read_text("utf-8", errors="replace")
    canonical = re.search(r'<link rel="canonical" href="([^"]*)"', page)
    address = canonical[1] if canonical else ""
    if not address.startswith(("https://", "http://")) or is_example(address) or LOCAL_ADDRESS.match(address):
        raise CannotPublish("the site does not know its address. Build it with SITE_URL=https://… set, then publish.")
    wanted = site_address({"SITE_URL": os.environ.get("SITE_URL", "")})
    if wanted and wanted != address:
        raise CannotPublish(f"the site was built for {address}, and SITE_URL says {wanted}. Run scripts/build again.")
    return address


def refuse_nesting(site: Path, releases: Releases) -> None:
    """Raise CannotPublish when the site and the destination contain one another."""
    source = site.resolve()
    for place in (releases.link.parent.resolve() / releases.link.name, releases.folder.resolve()):
        if place.is_relative_to(source) or source.is_relative_to(place):
            raise CannotPublish(f"{releases.link} and {site}/ lie in one another. Choose a folder outside of the site.")


@contextlib.contextmanager
def readable_by_all() -> Iterator[None]:
    """Make new files readable by everyone meanwhile: the web server runs as another user."""
    before = os.umask(0o022)
    try:
        yield
    finally:
        os.umask(before)
