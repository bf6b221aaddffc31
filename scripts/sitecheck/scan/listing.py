"""The files of a built site, listed once. References are compared with this list and never with the file system,
so that a wrong capital is a fault on every computer, as it is on the web host."""

import os
from pathlib import Path
from typing import NamedTuple

from ..model.paths import ancestors

Stamp = tuple[int, int, int, int]  # size in bytes, mtime_ns, ctime_ns, inode: changes whenever the file does


class Listing(NamedTuple):
    """Paths relative to the site's folder, separated by "/" on every system."""

    folder: Path
    files: dict[str, Stamp]
    folders: frozenset[str]  # "" is the site itself
    unreadable: tuple[tuple[str, str], ...] = ()  # (path, what the system says)

    @property
    def pages(self) -> list[str]:
        """The HTML files, sorted."""
        return sorted(path for path in self.files if path.endswith((".html", ".htm")))


def list_site(folder: Path) -> Listing:
    """List a folder. Symbolic links are followed, except to a folder that contains the link.

    Raises OSError if the folder itself cannot be reached; what cannot be reached below it is in `unreadable`.
    """
    files: dict[str, Stamp] = {}
    folders: set[str] = set()
    unreadable: list[tuple[str, str]] = []
    root = os.fspath(folder) + "/"
    folder.stat()  # raises if there is no such folder
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
                            stat = entry.stat()
                            files[path] = (stat.st_size, stat.st_mtime_ns, stat.st_ctime_ns, stat.st_ino)
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
    """Whether a folder, reached through a link, is one of the folders above it."""
    return any(Path(root, folder).samefile(Path(root, above)) for above in ancestors(folder))
