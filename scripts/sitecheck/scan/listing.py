"""The files of a built site, listed once. Names are compared with this list and never with the file system,
so that a wrong capital is a fault on every computer, as it is on the web host."""

from __future__ import annotations

import os
from pathlib import Path
from typing import NamedTuple

from ..model.paths import ancestors

Stamp = tuple[int, int, int, int]  # size in bytes, mtime_ns, ctime_ns, inode: changes whenever the file does


class Listing(NamedTuple):
    """Names below the site's folder, with "/" between them."""

    folder: Path
    files: dict[str, Stamp]
    folders: frozenset[str]  # "" is the site itself
    unreadable: tuple[tuple[str, str], ...] = ()  # (path, what the system says)

    @property
    def pages(self) -> list[str]:
        """HTML files in order."""
        return sorted(path for path in self.files if path.endswith((".html", ".htm")))


def list_site(folder: Path) -> Listing:
    """List a folder. A symbolic link is followed unless it leads back to a folder that contains it."""
    files: dict[str, Stamp] = {}
    folders: set[str] = set()
    unreadable: list[tuple[str, str]] = []
    root = os.fspath(folder) + "/"
    folder.stat()  # the one folder without which there is no site
    waiting = [("", False)]
    while waiting:
        below, linked = waiting.pop()
        folders.add(below.rstrip("/"))
        try:
            with os.scandir(root + below) as entries:
                for entry in entries:
                    path = below + entry.name
                    try:
                        if entry.is_file():
                            one = entry.stat()
                            files[path] = (one.st_size, one.st_mtime_ns, one.st_ctime_ns, one.st_ino)
                        elif entry.is_dir():
                            link = linked or entry.is_symlink()
                            if not link or not leads_back(root, path):
                                waiting.append((path + "/", link))
                        elif entry.is_symlink():
                            unreadable.append((path, "it is a link to nothing"))
                    except OSError as error:
                        unreadable.append((path, error.strerror or str(error)))
        except OSError as error:
            unreadable.append((below.rstrip("/"), error.strerror or str(error)))
    return Listing(folder, files, frozenset(folders), tuple(sorted(unreadable)))


def leads_back(root: str, folder: str) -> bool:
    """Whether a folder is one of those that contain it, which only a link can bring about."""
    return any(Path(root, folder).samefile(Path(root, above)) for above in ancestors(folder))
