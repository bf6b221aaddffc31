"""List, hash and copy the files of a built site. It consists of plain files; anything else raises UnsupportedFile."""

from __future__ import annotations

import errno
import hashlib
import os
import shutil
from collections.abc import Iterator, Mapping
from pathlib import Path


class UnsupportedFile(Exception):
    """One line that names what is not a plain file, or has a name that does not fit into an address."""


def list_files(root: Path) -> Iterator[str]:
    """Yield every file below `root` as "assets/js/site.js", in no order. Raises UnsupportedFile, OSError."""
    folders = [""]
    while folders:
        folder = folders.pop()
        with os.scandir(root / folder) as entries:
            for entry in entries:
                path = folder + entry.name
                if not entry.name.isprintable():  # a line break, or bytes that are not UTF-8
                    raise UnsupportedFile(f"{root.name}/{path!a} has a name that no address can carry: rename it")
                if entry.is_dir(follow_symlinks=False):
                    folders.append(f"{path}/")
                elif entry.is_file(follow_symlinks=False):
                    yield path
                else:
                    kind = "a symbolic link" if entry.is_symlink() else "a pipe, a socket or a device"
                    raise UnsupportedFile(f"{root.name}/{path} is {kind}: a site holds plain files only")


def file_hashes(root: Path) -> dict[str, str]:
    """Return the SHA-256 of every file below `root`, by path. Raises UnsupportedFile, OSError."""
    hashes = {}
    for path in list_files(root):
        with open(root / path, "rb", opener=_opener) as file:
            hashes[path] = hashlib.file_digest(file, "sha256").hexdigest()
    return hashes


def tree_hash(files: Mapping[str, str]) -> str:
    """Return one SHA-256 over all paths and their contents: 64 hexadecimal digits."""
    lines = "".join(f"{path}\0{content}\n" for path, content in sorted(files.items()))
    return hashlib.sha256(lines.encode()).hexdigest()


def copy_files(source: Path, target: Path) -> None:
    """Copy every file below `source` to `target`, which must not exist. Raises UnsupportedFile, OSError."""
    target.mkdir()
    for path in list_files(source):
        copy_file(source / path, target / path)


def copy_file(source: Path, target: Path) -> None:
    """Copy the content of one plain file. The copy's mode follows the umask, not the source.

    Raises FileExistsError when `target` exists, OSError.
    """
    target.parent.mkdir(parents=True, exist_ok=True)
    with open(source, "rb", opener=_opener) as old, target.open("xb") as new:
        shutil.copyfileobj(old, new)


def sync_all(root: Path) -> None:
    """Flush all files and names below `root` to the disk, so that they survive a power cut.

    Call it once, after everything is written: the first fsync then flushes nearly all of it.
    """
    for folder, _, files in os.walk(root, topdown=False):
        for name in files:
            sync(Path(folder, name))
        sync(Path(folder))


def sync(path: Path) -> None:
    """Flush the content of a file, or the names in a folder, to the disk."""
    opened = os.open(path, os.O_RDONLY)
    try:
        os.fsync(opened)
    except OSError as error:
        if error.errno not in (errno.EINVAL, errno.ENOTSUP):  # some network disks cannot flush folders
            raise
    finally:
        os.close(opened)


def _opener(path: str, flags: int) -> int:
    """Refuse symbolic links, and do not wait for ever on a pipe that has replaced a file meanwhile."""
    return os.open(path, flags | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0))
