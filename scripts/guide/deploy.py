"""Publish a site, and go back: copy, check the copy, one rename that names it, one rename that makes it live.

No reader ever meets half a site, whatever is killed, full, or changed meanwhile. Where everything lies: releases.py.
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

from .hosts import is_example
from .releases import CannotPublish, Release, Releases

KEPT_RELEASES = 3  # releases: the live one and those to go back to
LOCAL_ADDRESS = re.compile(r"https?://(localhost|127\.0\.0\.1|\[::1\])[:/]")  # this machine: no reader comes to it
Check = Callable[[Path, str], int]  # a copy of the site and its address -> the checker's exit status


class CheckFailed(Exception):
    """The checker has reported why the site may not go live."""

    def __init__(self, status: int) -> None:
        super().__init__(status)
        self.status = status  # the checker's exit status


def run_checker(site: Path, address: str) -> int:
    """The checker's exit status for a copy of site/ that is to live at this address; it prints its report."""
    from sitecheck.command.cli import main as sitecheck

    return sitecheck([str(site), "--base", address, "--named", "site", "--no-cache"])


def publish(site: Path, destination: Path, check: Check = run_checker) -> Path:
    """Make a copy of `site` a release and let `destination` lead there. Returns the release's folder.

    Nothing changes when the site is live already. Raises CannotPublish, UnsupportedFile or OSError when nothing was changed,
    CheckFailed when the checker has problem why.
    """
    releases = Releases(destination)
    refuse_nesting(site, releases)
    releases.live()
    if not (site / "index.html").is_file():
        raise CannotPublish(f"there is no {site}/ yet. Run scripts/build, and then this again.")
    with readable_by_all(), releases.locked(say_waiting), next_release(releases) as new:
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

    Raises CannotPublish or OSError when nothing was changed.
    """
    releases = Releases(destination)
    releases.live()
    nothing = CannotPublish(f"there is no release before this one in {releases.folder}.")
    if not releases.all():
        raise nothing
    with readable_by_all(), releases.locked(say_waiting), next_release(releases) as new:
        live = releases.live()
        older = next((release for release in releases.history(live) if release != live), None)
        if older is None:
            raise nothing
        copy_files(older.folder, new / "site")
        if tree_hash(file_hashes(new / "site")) != older.folder.name:
            raise CannotPublish(f"{older.label} changed while it was being copied.")
        return go_live(releases, new, older.after).folder


def copy_site(site: Path, copied: Path) -> None:
    """Copy the site, whole; once more when it was exchanged meanwhile. Raises CannotPublish, UnsupportedFile, OSError."""
    from .integrity import first_change

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
            time.sleep(0.3)  # scripts/build exchanges it by two renames
    raise CannotPublish(problem)


def go_live(releases: Releases, new: Path, after: int) -> Release:
    """Give the copy in `new` what open pages still load, make it a release, and let the link lead to it."""
    from .carried_files import carry

    for release in releases.all():
        carry(release.folder, new / "site")
    release = releases.add(new, new / "site", after)
    releases.make_live(release)
    return release


def prune(releases: Releases, live: Release) -> None:
    """Remove all but the live release and those before it. A torn one stays: it may hold somebody's work."""
    try:
        kept = set(islice(releases.history(live), KEPT_RELEASES))
        for release in releases.all():
            if release not in kept and release.is_intact():
                releases.remove(release)
    except OSError as error:  # the new release is live all the same
        print(f"An old release could not be removed: {error.filename}: {error.strerror}", file=sys.stderr)


def is_already_live(copied: Path, live: Release) -> bool:
    """Whether the live release is this site, apart from what it carries for open pages."""
    from .carried_files import is_carried

    if not live.is_intact():
        return False
    wanted, there = file_hashes(copied), file_hashes(live.folder)
    return wanted.items() <= there.items() and all(map(is_carried, there.keys() - wanted.keys()))


def address_of(site: Path) -> str:
    """Where the site was built to live, from its start page's canonical link. Raises CannotPublish, OSError."""
    page = (site / "index.html").read_text("utf-8", errors="replace")
    canonical = re.search(r'<link rel="canonical" href="([^"]*)"', page)
    address = canonical[1] if canonical else ""
    if not address.startswith(("https://", "http://")) or is_example(address) or LOCAL_ADDRESS.match(address):
        raise CannotPublish("the site does not know its address. Build it with SITE_URL=https://… set, then publish.")
    return address


def refuse_nesting(site: Path, releases: Releases) -> None:
    """Raises CannotPublish when the site would be published into itself."""
    source = site.resolve()
    for place in (releases.link.parent.resolve() / releases.link.name, releases.folder.resolve()):
        if place.is_relative_to(source) or source.is_relative_to(place):
            raise CannotPublish(f"{releases.link} and {site}/ lie in one another. Choose a folder outside of the site.")


@contextlib.contextmanager
def next_release(releases: Releases) -> Iterator[Path]:
    """A folder to make the next release in; removed when it did not become one."""
    folder = releases.new_folder()
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@contextlib.contextmanager
def readable_by_all() -> Iterator[None]:
    """Everything made meanwhile is readable by everyone: the web server is another user."""
    before = os.umask(0o022)
    try:
        yield
    finally:
        os.umask(before)


def say_waiting() -> None:
    """Why nothing happens for a moment."""
    print("Another scripts/publish is at work here: waiting until it has ended.", file=sys.stderr)
