"""The lock of a destination: one scripts/publish at a time works on its releases."""

from __future__ import annotations

import contextlib
import os
import sys
import time
from collections.abc import Iterator
from pathlib import Path

PATIENCE = 30  # seconds to wait for another scripts/publish, which takes a few seconds
FILE = ".lock"  # in the folder of the releases


class CannotPublish(Exception):
    """One line that says why nothing was changed and what to do."""


@contextlib.contextmanager
def publish_lock(folder: Path) -> Iterator[None]:
    """Hold the lock of a folder. Creates the folder if needed, and removes it again if it is empty afterwards.

    The system releases the lock of a process that dies. Raises CannotPublish after PATIENCE seconds, OSError.
    """
    made = [each for each in (folder, *folder.parents) if not os.path.lexists(each)]
    lock = _wait_for_lock(folder)
    try:
        yield
    finally:
        with contextlib.suppress(OSError):  # somebody has put a file there, or removed the folder
            if [path.name for path in folder.iterdir()] == [FILE]:
                (folder / FILE).unlink()
                for each in made:
                    each.rmdir()
        os.close(lock)


def _wait_for_lock(folder: Path) -> int:
    try:
        import fcntl
    except ImportError:
        raise CannotPublish("this system has no locks as Linux and macOS have them: publish from there.") from None
    until, waiting = time.monotonic() + PATIENCE, False
    while time.monotonic() < until:
        folder.mkdir(parents=True, exist_ok=True)
        with contextlib.ExitStack() as on_failure, contextlib.suppress(FileNotFoundError):  # another run removed it
            lock = os.open(folder / FILE, os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW, 0o644)
            on_failure.callback(os.close, lock)
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
                if os.path.samestat(os.fstat(lock), (folder / FILE).stat()):
                    on_failure.pop_all()
                    return lock
            except BlockingIOError:
                if not waiting:
                    print("Another scripts/publish is at work here: waiting until it has ended.", file=sys.stderr)
                waiting = True
        time.sleep(0.05)
    raise CannotPublish(f"another scripts/publish is still at work on {folder.with_suffix('')}. Try again later.")
