"""Pieces of work shared out among processes, this one included: each takes the next when it has done one.

Forked here and not by multiprocessing, whose import and threads cost a tenth of the time that 1,000 pages take.
"""

from __future__ import annotations

import contextlib
import marshal
import os
import select
import signal
from collections.abc import Callable, Iterator, Sequence
from typing import Any, NoReturn, TypeVar

P = TypeVar("P")
R = TypeVar("R")
MAX_PIECES = 4_000  # pieces; their numbers must fit into a pipe that nobody empties yet
ROOM = 1 << 20  # bytes that may wait in a pipe: the most that Linux gives to anybody
NUMBER, LENGTH = 4, 8  # bytes of a piece's number, and of the length in front of a result


def spread(pieces: Sequence[P], work: Callable[[P], R], jobs: int) -> Iterator[R]:
    """What `work` gives for each piece, as it comes. It must be something that marshal can carry.

    Raises RuntimeError for what goes wrong in another process, MemoryError if that is what it was.
    """
    if not hasattr(os, "fork"):  # Windows
        yield from map(work, pieces)
        return
    queue, writing = os.pipe()
    os.write(writing, b"".join(number.to_bytes(NUMBER, "big") for number in range(len(pieces))))
    os.close(writing)  # who finds the queue empty is done
    helpers = Helpers()
    try:
        for _ in range(min(jobs, len(pieces)) - 1):
            helpers.start(queue, pieces, work)
        while number := os.read(queue, NUMBER):
            yield work(pieces[int.from_bytes(number, "big")])
            yield from helpers.results(0)
        while helpers.pids:
            yield from helpers.results(None)
    finally:
        helpers.stop()
        os.close(queue)


class Helpers:
    """The processes that work beside this one."""

    def __init__(self) -> None:
        self.pids: dict[int, int] = {}  # where the results of one arrive -> its number

    def start(self, queue: int, pieces: Sequence[P], work: Callable[[P], R]) -> None:
        """Start one more. Where none is to be had, the others have more to do."""
        arriving, leaving = os.pipe()
        try:
            pid = os.fork()
        except OSError:
            os.close(arriving)
        else:
            if pid == 0:
                help_out(queue, leaving, pieces, work, [arriving, *self.pids])
            self.pids[arriving] = pid
            widen(arriving)
        os.close(leaving)

    def results(self, patience: float | None) -> Iterator[R]:
        """One result from each that has one; waits for the first no longer than `patience` seconds."""
        for arriving in select.select(list(self.pids), [], [], patience)[0]:
            if length := received(arriving, LENGTH):
                done, value = marshal.loads(received(arriving, int.from_bytes(length, "big")))
                if not done:
                    raise MemoryError if value == "MemoryError" else RuntimeError(value)
                yield value
            else:
                self.end(arriving)

    def end(self, arriving: int) -> None:
        """Take leave of one that has no more to say."""
        os.close(arriving)
        if status := os.waitpid(self.pids.pop(arriving), 0)[1]:
            raise RuntimeError(f"a helping process ended with status {status}; try again with --jobs 1")

    def stop(self) -> None:
        """End those that are still at work, because nobody wants their results any more."""
        for arriving, pid in self.pids.items():
            os.close(arriving)
            os.kill(pid, signal.SIGTERM)
            os.waitpid(pid, 0)


def widen(pipe: int) -> None:
    """Let more wait in a pipe, so that a helper need not wait until this process looks; where the system can."""
    import fcntl  # not where there is no fork either

    if hasattr(fcntl, "F_SETPIPE_SZ"):
        with contextlib.suppress(OSError):
            fcntl.fcntl(pipe, fcntl.F_SETPIPE_SZ, ROOM)


def received(arriving: int, length: int) -> bytes:
    """So many bytes; fewer if the other side is gone."""
    data = bytearray()
    while len(data) < length and (more := os.read(arriving, length - len(data))):
        data += more
    return bytes(data)


def help_out(
    queue: int, leaving: int, pieces: Sequence[P], work: Callable[[P], R], not_ours: Sequence[int]
) -> NoReturn:
    """The life of a helping process. The interrupt key is for the one that started it, and so is all that it holds."""
    status = 1
    try:
        signal.signal(signal.SIGINT, signal.SIG_IGN)
        signal.signal(signal.SIGTERM, signal.SIG_DFL)
        # While somebody can still read, writing to a process that is gone would wait for ever.
        for arriving in not_ours:
            os.close(arriving)
        while number := os.read(queue, NUMBER):
            answer: Any
            try:
                answer = True, work(pieces[int.from_bytes(number, "big")])
            except Exception as error:
                answer = False, type(error).__name__ + (f": {error}" if str(error) else "")
            send(leaving, marshal.dumps(answer))
        status = 0
    finally:
        os._exit(status)


def send(leaving: int, data: bytes) -> None:
    rest = memoryview(len(data).to_bytes(LENGTH, "big") + data)
    while rest:
        rest = rest[os.write(leaving, rest) :]
