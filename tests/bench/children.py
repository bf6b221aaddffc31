"""Work in child processes that leaves nothing behind: no process, no file, no change."""

from __future__ import annotations

import contextlib
import os
import pickle
import resource
import shutil
import signal
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from mutants import Mutant, changed_text

MEMORY = 4 << 30  # bytes


def in_child(work: Callable[[Callable[..., None]], None]) -> Iterator[tuple]:
    """What `work`, in a child process, hands to the function that it is given."""
    reading, writing = os.pipe()
    if not (child := os.fork()):
        os.setsid()
        os.close(reading)
        with os.fdopen(writing, "wb") as pipe, Path(os.devnull).open("w") as nowhere:
            os.dup2(nowhere.fileno(), 1)

            def tell(*facts: object) -> None:
                pickle.dump(facts, pipe)
                pipe.flush()

            try:
                work(tell)
            finally:
                pipe.close()
                os._exit(0)
    os.close(writing)
    with os.fdopen(reading, "rb") as pipe, contextlib.suppress(EOFError, pickle.UnpicklingError):
        while True:
            yield pickle.load(pipe)
    os.waitpid(child, 0)
    with contextlib.suppress(ProcessLookupError):
        os.killpg(child, signal.SIGKILL)  # what a test has started and a hanging run has left


def limit_to(seconds: float) -> None:
    used = time.process_time()
    resource.setrlimit(resource.RLIMIT_CPU, (int(used + seconds), int(used + seconds) + 1))
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))


@contextlib.contextmanager
def written(change: Mutant) -> Iterator[None]:
    """The change on disk meanwhile, for tests that start a process of their own; nothing compiled is left of it."""
    before = change.file.read_text("utf-8")
    change.file.write_text(changed_text(change), "utf-8")
    try:
        forget_compiled(change.file)
        yield
    finally:
        change.file.write_text(before, "utf-8")
        forget_compiled(change.file)


def forget_compiled(file: Path) -> None:
    for compiled in (file.parent / "__pycache__").glob(f"{file.stem}.*"):
        compiled.unlink()


@contextlib.contextmanager
def own_folder(config: Any) -> Iterator[None]:
    """A folder for the temporary files of this process: what another has built with its change is not found."""
    folder = tempfile.mkdtemp()
    config._tmp_path_factory._basetemp = Path(folder).resolve()
    try:
        yield
    finally:
        shutil.rmtree(folder, ignore_errors=True)
