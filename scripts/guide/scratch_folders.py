"""Temporary folders of a run, and finding those that a killed run has left behind."""

from __future__ import annotations

import contextlib
import os
import re
import stat
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

try:
    import fcntl
except ImportError:  # Windows
    fcntl = None  # type: ignore[assignment]

RANDOM = r"[a-z0-9_]{8}"  # the end of a name that tempfile gives
DAY = 86_400  # seconds; no build works on one folder for longer, where there are no locks


@contextlib.contextmanager
def locked_folder(parent: Path, prefix: str) -> Iterator[Path]:
    """Give a new folder in `parent`, locked while this process lives and removed at the end. Raises OSError."""
    with contextlib.ExitStack() as stack:
        with lock(parent):  # until the new folder is locked, it looks abandoned to other builds
            made = stack.enter_context(
                tempfile.TemporaryDirectory(prefix=prefix, dir=parent, ignore_cleanup_errors=True)
            )
            stack.enter_context(lock(Path(made)))
        yield Path(made)


def abandoned(parent: Path, prefix: str, parts: set[str]) -> list[Path]:
    """Return the folders of `locked_folder` that no process holds. One with other content than `parts` is not ours."""
    ours = re.compile(re.escape(prefix) + RANDOM)
    with lock(parent):
        return [
            path
            for path in sorted(parent.iterdir())
            if ours.fullmatch(path.name)
            and stat.S_ISDIR(path.lstat().st_mode)
            and {part.name for part in path.iterdir()} <= parts
            and not is_held(path)
        ]


@contextlib.contextmanager
def lock(path: Path, wait: bool = True) -> Iterator[None]:
    """Lock a folder; the system releases the lock when the process ends.

    Raises OSError when the folder cannot be opened, or, without `wait`, when another process has the lock.
    """
    if fcntl is None:
        yield
        return
    descriptor = os.open(path, os.O_RDONLY)
    try:
        with contextlib.suppress(OSError) if wait else contextlib.nullcontext():  # some network disks have no locks
            fcntl.flock(descriptor, fcntl.LOCK_EX | (0 if wait else fcntl.LOCK_NB))
        yield
    finally:
        os.close(descriptor)


def is_held(path: Path) -> bool:
    """Return whether a running process works in this folder."""
    if fcntl is None:
        return path.stat().st_mtime > time.time() - DAY
    try:
        with lock(path, wait=False):
            return False
    except OSError:
        return True
