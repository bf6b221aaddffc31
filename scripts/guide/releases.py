"""The releases of a destination: complete, numbered in the order of going live, named by the hash of their files.

    www/guide                                  the link that a web server follows, to the live release
    www/guide.releases/000007-after-000005/3fa2…  a release; --back leads from number 7 to number 5
    www/guide.releases/.new-release            a copy being made
    www/guide.releases/.old-release            a release being removed
    www/.guide.next-link                       the link being made; the next run deletes what a killed run left
    www/guide.releases/.lock                   held while something changes here (publish_lock.py)

A release gets its name by one rename, after all its files are on the disk. Anything with another name, or whose files
do not match the hash in its name, is not ours and is never removed.
"""

from __future__ import annotations

import contextlib
import os
import re
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from finish.site_files import UnsupportedFile, file_hashes, sync, sync_all, tree_hash

from .publish_lock import CannotPublish, publish_lock

NUMBERED = re.compile(r"(\d{6,9})-after-(\d{6,9})")
HASH = re.compile(r"[0-9a-f]{64}")


@dataclass(frozen=True)
class Release:
    """One release on the disk."""

    folder: Path  # what the link points to; its name is the hash of its files
    number: int
    after: int  # the number of the release that --back leads to; 0 for the first

    @property
    def label(self) -> str:
        """The name of the numbered folder."""
        return self.folder.parent.name

    def is_intact(self) -> bool:
        """Return whether its files are exactly those that were published."""
        try:
            return tree_hash(file_hashes(self.folder)) == self.folder.name
        except (OSError, UnsupportedFile):
            return False


class Releases:
    """The link of a destination and the folder of its releases."""

    def __init__(self, destination: Path) -> None:
        self.link = Path(os.path.abspath(destination))  # noqa: PTH100  # resolve() would follow the link
        self.folder = self.link.parent / f"{self.link.name}.releases"
        # Where the run that holds the lock makes and removes things.
        self.new, self.old = self.folder / ".new-release", self.folder / ".old-release"
        self.next_link = self.link.parent / f".{self.link.name}.next-link"

    def all(self) -> list[Release]:
        """Return every release on the disk, damaged ones too, the oldest first."""
        releases = [_release(folder) for folder in _entries(self.folder) if NUMBERED.fullmatch(folder.name)]
        return sorted(filter(None, releases), key=lambda release: release.number)

    def live(self) -> Release | None:
        """Return the release that the link points to, or None. Raises CannotPublish when the link is not ours."""
        if not self.link.is_symlink():
            if self.link.exists():
                kind = "a folder of its own" if self.link.is_dir() else "a file"
                raise CannotPublish(f"{self.link} is {kind}. Move it away once; it becomes a link to a release.")
            return None
        written = self.link.readlink()
        target = Path(os.path.normpath(self.link.parent / written))
        if target.parent.parent == self.folder and NUMBERED.fullmatch(target.parent.name):
            return _release(target.parent)
        where = written if target.exists() else f"{written}, where nothing is"
        raise CannotPublish(f"{self.link} is a link of somebody else's, to {where}. Move it away once, then try again.")

    def history(self, live: Release | None) -> Iterator[Release]:
        """Yield the live release, then the one that --back leads to, and so on; damaged ones are skipped."""
        if live:
            yield live
        highest = live.after if live else self.newest()
        for release in reversed(self.all()):
            if release.number <= highest and release.is_intact():
                highest = release.after
                yield release

    def newest(self) -> int:
        """Return the highest number of a release, damaged or not; 0 without one."""
        matches = [NUMBERED.fullmatch(path.name) for path in _entries(self.folder)]
        return max((int(match[1]) for match in matches if match), default=0)

    @contextlib.contextmanager
    def next_folder(self) -> Iterator[Path]:
        """Give an empty folder to make the next release in, and remove it unless it became one."""
        self.new.mkdir()
        try:
            yield self.new
        finally:
            shutil.rmtree(self.new, ignore_errors=True)

    def add(self, folder: Path, site: Path, after: int) -> Release:
        """Make `site`, the only content of `folder`, a release: flush it to the disk, then rename the folder."""
        site = site.rename(folder / tree_hash(file_hashes(site)))
        sync_all(folder)
        number = self.newest() + 1
        named = self.folder / f"{number:06}-after-{after:06}"
        folder.rename(named)
        sync(self.folder)
        return Release(named / site.name, number, after)

    def make_live(self, release: Release) -> None:
        """Point the link to `release` in one step: a reader gets the old site or the new one (POSIX rename)."""
        self.next_link.symlink_to(os.path.relpath(release.folder, self.link.parent), target_is_directory=True)
        try:
            self.live()  # still ours to replace?
            os.replace(self.next_link, self.link)
        except BaseException:
            self.next_link.unlink(missing_ok=True)
            raise
        with contextlib.suppress(OSError):  # it is live, even if the disk cannot flush the folder
            sync(self.link.parent)

    def remove(self, release: Release) -> None:
        """Remove a release. It is renamed first, so that a kill leaves no damaged release."""
        release.folder.parent.rename(self.old)
        shutil.rmtree(self.old)

    @contextlib.contextmanager
    def locked(self) -> Iterator[None]:
        """Hold the lock, and begin without what a killed run left. Raises CannotPublish, OSError."""
        with publish_lock(self.folder):
            for folder in (self.new, self.old):
                if folder.is_dir() and not folder.is_symlink():
                    shutil.rmtree(folder)
            if self.next_link.is_symlink():
                self.next_link.unlink()
            yield


def _entries(folder: Path) -> list[Path]:
    return list(folder.iterdir()) if folder.is_dir() else []


def _release(folder: Path) -> Release | None:
    """Return the release in a numbered folder; None when it has other content than one folder named by a hash."""
    numbers = NUMBERED.fullmatch(folder.name)
    if numbers and not folder.is_symlink():
        match _entries(folder):
            case [site] if HASH.fullmatch(site.name) and not site.is_symlink():
                return Release(site, int(numbers[1]), int(numbers[2]))
    return None
