"""Pieces of work shared among processes, this one included: each takes the next piece when it has finished one.

Forked here and not by multiprocessing, whose import and threads cost a tenth of the time that 1,000 pages take.
"""

from __future__ import annotations

import contextlib
import marshal
import os
import select
import signal
import sys
from collections.abc import Callable, Iterator, Sequence
from typing import Any, NoReturn, TypeVar

P = TypeVar("P")
R = TypeVar("R")
MAX_PIECES = 4_000  # the numbers of all pieces are written to a pipe before anybody reads from it
PIPE_BYTES = 1 << 20  # capacity asked for: the most that Linux allows without privileges
BREAK_EVEN = 1_500_000  # bytes; to read fewer, starting a process costs more than it saves
NUMBER_BYTES, LENGTH_BYTES = 4, 8  # the number of a piece; the length before a result


def worthwhile_jobs(size: int) -> int:
    """The number of processes that save time when `size` bytes are to be read."""
    return usable_processors() if size > BREAK_EVEN else 1


def usable_processors() -> int:
    """The number of processors that this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def may_fork() -> bool:
    """Whether a copy of this process can work: not on Windows, nor where another thread may hold a lock."""
    threads = sys.modules.get("threading")
    return hasattr(os, "fork") and (threads is None or threads.active_count() == 1)


def spread(pieces: Sequence[P], work: Callable[[P], R], jobs: int) -> Iterator[R]:
    """`work(piece)` for each piece, in the order in which they finish. Results must be what marshal can write.

    The other processes begin at once, this one when it asks for the first result. That raises RuntimeError for an error
    in another process, MemoryError if it ran out of memory.
    """
    if jobs == 1 or not may_fork():
        return map(work, pieces)
    results = share(pieces, work, jobs)
    next(results)
    return results


def share(pieces: Sequence[P], work: Callable[[P], R], jobs: int) -> Iterator[Any]:
    """Yield None once the other processes have begun, then the results."""
    queue, queue_end = os.pipe()
    os.write(queue_end, b"".join(number.to_bytes(NUMBER_BYTES, "big") for number in range(len(pieces))))
    os.close(queue_end)  # a read from the empty queue then returns b"", not blocks
    workers = Workers()
    try:
        for _ in range(min(jobs, len(pieces)) - 1):
            workers.start(queue, pieces, work)
        yield None
        while number := os.read(queue, NUMBER_BYTES):
            yield work(pieces[int.from_bytes(number, "big")])
            yield from workers.results(0)
        while workers.pids:
            yield from workers.results(None)
    finally:
        workers.stop()
        os.close(queue)


class Workers:
    """The processes that work beside this one."""

    def __init__(self) -> None:
        self.pids: dict[int, int] = {}  # the pipe on which a process sends its results -> its id

    def start(self, queue: int, pieces: Sequence[P], work: Callable[[P], R]) -> None:
        """Start one process. If the system refuses, the others do its share."""
        incoming, outgoing = os.pipe()
        try:
            pid = os.fork()
        except OSError:
            os.close(incoming)
        else:
            if pid == 0:
                worker_loop(queue, outgoing, pieces, work, [incoming, *self.pids])
            self.pids[incoming] = pid
            enlarge_pipe(incoming)
        os.close(outgoing)

    def results(self, timeout: float | None) -> Iterator[R]:
        """One result from each process that has one, after waiting at most `timeout` seconds for the first."""
        for incoming in select.select(list(self.pids), [], [], timeout)[0]:
            if length := read_exactly(incoming, LENGTH_BYTES):
                succeeded, value = marshal.loads(read_exactly(incoming, int.from_bytes(length, "big")))
                if not succeeded:
                    raise MemoryError if value == "MemoryError" else RuntimeError(value)
                yield value
            else:
                self.reap(incoming)

    def reap(self, incoming: int) -> None:
        """Close the pipe of a process that has finished. Raises RuntimeError if it failed."""
        os.close(incoming)
        if status := os.waitpid(self.pids.pop(incoming), 0)[1]:
            raise RuntimeError(f"a worker process ended with status {status}; try again with --jobs 1")

    def stop(self) -> None:
        """Terminate the processes that still work: nobody will read their results."""
        for incoming, pid in self.pids.items():
            os.close(incoming)
            os.kill(pid, signal.SIGTERM)
            os.waitpid(pid, 0)


def enlarge_pipe(pipe: int) -> None:
    """Let a worker write more before it must wait for this process to read, where the system can."""
    import fcntl  # Windows lacks it, as it lacks fork

    if hasattr(fcntl, "F_SETPIPE_SZ"):
        with contextlib.suppress(OSError):
            fcntl.fcntl(pipe, fcntl.F_SETPIPE_SZ, PIPE_BYTES)


def read_exactly(pipe: int, length: int) -> bytes:
    """`length` bytes; fewer if the writing side is closed."""
    data = bytearray()
    while len(data) < length and (more := os.read(pipe, length - len(data))):
        data += more
    return bytes(data)


def worker_loop(
    queue: int, outgoing: int, pieces: Sequence[P], work: Callable[[P], R], inherited: Sequence[int]
) -> NoReturn:
    """Run in a worker process: do pieces until the queue is empty, then exit. Ctrl-C is left to the main process."""
    status = 1
    try:
        signal.signal(signal.SIGINT, signal.SIG_IGN)
        signal.signal(signal.SIGTERM, signal.SIG_DFL)
        # While any process holds the reading end of a pipe, a writer never learns that the main process is gone.
        for pipe in inherited:
            os.close(pipe)
        while number := os.read(queue, NUMBER_BYTES):
            answer: Any
            try:
                answer = True, work(pieces[int.from_bytes(number, "big")])
            except Exception as error:
                answer = False, type(error).__name__ + (f": {error}" if str(error) else "")
            send(outgoing, marshal.dumps(answer))
        status = 0
    finally:
        os._exit(status)


def send(outgoing: int, data: bytes) -> None:
    """Write a length and the data, however often the pipe fills up."""
    rest = memoryview(len(data).to_bytes(LENGTH_BYTES, "big") + data)
    while rest:
        rest = rest[os.write(outgoing, rest) :]
