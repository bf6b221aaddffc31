"""The files of a built site: listed, hashed and copied. A site is plain files; anything else is refused by its name."""

from __future__ import annotations

import errno
import hashlib
import os
import shutil
from collections.abc import Iterator, Mapping
from pathlib import Path


class OddFile(Exception):
    """What in a site is no plain file, or has a name that no address can carry, in one line."""


def listed(root: Path) -> Iterator[str]:
    """Every file below `root`, as "assets/js/site.js", in no order. Raises OddFile, OSError."""
    folders = [""]
    while folders:
        folder = folders.pop()
        with os.scandir(root / folder) as entries:
            for entry in entries:
                path = folder + entry.name
                if not entry.name.isprintable():  # a line break, or bytes that are not UTF-8
                    raise OddFile(f"{root.name}/{path!a} has a name that no address can carry: rename it")
                if entry.is_dir(follow_symlinks=False):
                    folders.append(f"{path}/")
                elif entry.is_file(follow_symlinks=False):
                    yield path
                else:
                    kind = "a symbolic link" if entry.is_symlink() else "a pipe, a socket or a device"
                    raise OddFile(f"{root.name}/{path} is {kind}: a site holds plain files only")


def hashes(root: Path) -> dict[str, str]:
    """The SHA-256 of every file below `root`, by its path. Raises OddFile, OSError."""
    found = {}
    for path in listed(root):
        with open(root / path, "rb", opener=_opener) as file:
            found[path] = hashlib.file_digest(file, "sha256").hexdigest()
    return found


def digest(files: Mapping[str, str]) -> str:
    """One SHA-256 for exactly these paths with exactly these contents: 64 hexadecimal digits."""
    lines = "".join(f"{path}\0{content}\n" for path, content in sorted(files.items()))
    return hashlib.sha256(lines.encode()).hexdigest()


def copy(source: Path, target: Path) -> None:
    """Copy every file below `source` to `target`, which must not exist. Raises OddFile, OSError."""
    target.mkdir()
    for path in listed(source):
        copy_file(source / path, target / path)


def copy_file(source: Path, target: Path) -> None:
    """Copy the content of one plain file. The copy's mode follows the umask, not the source.

    Raises FileExistsError when `target` exists, OSError.
    """
    target.parent.mkdir(parents=True, exist_ok=True)
    with open(source, "rb", opener=_opener) as old, target.open("xb") as new:
        shutil.copyfileobj(old, new)


def sync_all(root: Path) -> None:
    """Bring all files and names below `root` to the disk itself, so that a power cut cannot take them back.

    Done when everything is written: the first of these calls then writes nearly all of it.
    """
    for folder, _, files in os.walk(root, topdown=False):
        for name in files:
            sync(Path(folder, name))
        sync(Path(folder))


def sync(path: Path) -> None:
    """Bring the content of a file, or the names in a folder, to the disk itself."""
    opened = os.open(path, os.O_RDONLY)
    try:
        os.fsync(opened)
    except OSError as error:
        if error.errno not in (errno.EINVAL, errno.ENOTSUP):  # some network disks have no such call for folders
            raise
    finally:
        os.close(opened)


def _opener(path: str, flags: int) -> int:
    """Opens neither what a symbolic link points to nor, for ever, a pipe that was put in a file's place meanwhile."""
    return os.open(path, flags | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0))
