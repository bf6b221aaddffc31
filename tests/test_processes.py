"""Work spread over processes: no piece is lost, no process or pipe is left, and errors are raised."""

from __future__ import annotations

import os
import signal
import threading
import time
from pathlib import Path

import pytest

from sitecheck.scan import workers
from sitecheck.scan.workers import spread

BIG = 3_000_000  # bytes: more than any pipe holds at once
MAIN_PROCESS = os.getpid()
OPEN_FILES = Path("/dev/fd")


@pytest.fixture(autouse=True)
def with_forks(monkeypatch):
    """Processes are forked although pytest-xdist has a thread of its own: it holds no lock that they need."""
    monkeypatch.setattr(workers, "may_fork", lambda: True)


@pytest.fixture
def nothing_is_left(monkeypatch):
    """Afterwards, no process that was started exists and no pipe is open."""
    fork, started = os.fork, []

    def counted():
        if pid := fork():
            started.append(pid)
        return pid

    monkeypatch.setattr(os, "fork", counted)
    before = len(list(OPEN_FILES.iterdir()))
    yield
    assert len(list(OPEN_FILES.iterdir())) == before
    for pid in started:
        with pytest.raises(ProcessLookupError):
            os.kill(pid, 0)


@pytest.mark.usefixtures("nothing_is_left")
@pytest.mark.parametrize("jobs", [1, 2, 5])
@pytest.mark.parametrize("pieces", [0, 1, 2, 40])
def test_every_piece_is_done_once(pieces, jobs):
    assert sorted(spread(range(pieces), lambda piece: piece * 2, jobs)) == [piece * 2 for piece in range(pieces)]


def test_results_may_be_bigger_than_a_pipe():
    assert [len(result) for result in spread(range(6), lambda _: b"x" * BIG, 3)] == [BIG] * 6


def value_error():
    raise ValueError("no such page")


def memory_error():
    raise MemoryError


def killed():
    os.kill(os.getpid(), signal.SIGKILL)


def exits():
    os._exit(3)


FAILURES = {
    value_error: (RuntimeError, "ValueError: no such page"),
    memory_error: (MemoryError, None),
    killed: (RuntimeError, "--jobs 1"),
    exits: (RuntimeError, "--jobs 1"),
}


def in_worker(action):
    """Work that calls `action` in a worker process; each piece takes long enough for the worker to get one."""

    def work(piece):
        if os.getpid() != MAIN_PROCESS:
            action()
        time.sleep(0.01)
        return piece

    return work


@pytest.mark.usefixtures("nothing_is_left")
@pytest.mark.parametrize("fail", FAILURES, ids=lambda fail: fail.__name__)
def test_an_error_in_a_worker_is_raised_in_the_main_process(fail):
    error, words = FAILURES[fail]
    with pytest.raises(error, match=words):
        list(spread(range(500), in_worker(fail), 2))


@pytest.mark.usefixtures("nothing_is_left")
def test_the_other_processes_begin_before_anybody_asks_for_results(tmp_path):
    done = tmp_path / "done"
    results = spread([done, done], lambda path: path.touch(), 2)
    deadline = time.monotonic() + 60
    while not done.exists() and time.monotonic() < deadline:
        time.sleep(0.01)
    assert done.exists()
    assert list(results) == [None, None]


@pytest.mark.usefixtures("nothing_is_left")
def test_closing_the_results_early_stops_the_workers():
    results = spread(range(500), in_worker(lambda: None), 3)
    next(results)
    results.close()


@pytest.mark.usefixtures("nothing_is_left")
def test_without_workers_the_main_process_does_everything(monkeypatch):
    def refuse():
        raise BlockingIOError

    monkeypatch.setattr(os, "fork", refuse)
    assert sorted(spread(range(5), str, 4)) == ["0", "1", "2", "3", "4"]


def test_beside_another_thread_the_main_process_does_everything(monkeypatch):
    monkeypatch.undo()

    def work(_):
        time.sleep(0.01)
        return os.getpid()

    ended = threading.Event()
    thread = threading.Thread(target=ended.wait)
    thread.start()
    try:
        assert set(spread(range(40), work, 2)) == {MAIN_PROCESS}
    finally:
        ended.set()
        thread.join()
