"""Work shared out among processes: nothing is lost, nothing is left behind, and what goes wrong is told."""

from __future__ import annotations

import os
import signal
import time
from pathlib import Path

import pytest

from sitecheck.scan.workers import spread

BIG = 3_000_000  # bytes: more than any pipe holds at once
HERE = os.getpid()
OPEN = Path("/dev/fd")


@pytest.fixture
def nobody_is_left(monkeypatch):
    """Afterwards none of the processes that were started is there any more, and no pipe is left open."""
    fork, started = os.fork, []

    def counted():
        if pid := fork():
            started.append(pid)
        return pid

    monkeypatch.setattr(os, "fork", counted)
    before = len(list(OPEN.iterdir()))
    yield
    assert len(list(OPEN.iterdir())) == before
    for pid in started:
        with pytest.raises(ProcessLookupError):
            os.kill(pid, 0)


@pytest.mark.usefixtures("nobody_is_left")
@pytest.mark.parametrize("jobs", [1, 2, 5])
@pytest.mark.parametrize("pieces", [0, 1, 2, 40])
def test_every_piece_is_done_once(pieces, jobs):
    assert sorted(spread(range(pieces), lambda piece: piece * 2, jobs)) == [piece * 2 for piece in range(pieces)]


def test_results_may_be_bigger_than_a_pipe():
    assert [len(found) for found in spread(range(6), lambda _: b"x" * BIG, 3)] == [BIG] * 6


def value_error():
    raise ValueError("no such page")


def memory_error():
    raise MemoryError


def killed():
    os.kill(os.getpid(), signal.SIGKILL)


def no_answer():
    os._exit(3)


WRONGS = {
    value_error: (RuntimeError, "ValueError: no such page"),
    memory_error: (MemoryError, None),
    killed: (RuntimeError, "--jobs 1"),
    no_answer: (RuntimeError, "--jobs 1"),
}


def elsewhere(do):
    """Work that does something in the other process, while this one does its own slowly enough for that."""

    def work(piece):
        if os.getpid() != HERE:
            do()
        time.sleep(0.01)
        return piece

    return work


@pytest.mark.usefixtures("nobody_is_left")
@pytest.mark.parametrize("wrong", WRONGS, ids=lambda wrong: wrong.__name__)
def test_what_goes_wrong_in_another_process_is_told_here(wrong):
    error, words = WRONGS[wrong]
    with pytest.raises(error, match=words):
        list(spread(range(500), elsewhere(wrong), 2))


@pytest.mark.usefixtures("nobody_is_left")
def test_who_wants_no_more_leaves_nobody_behind():
    results = spread(range(500), elsewhere(lambda: None), 3)
    next(results)
    results.close()


@pytest.mark.usefixtures("nobody_is_left")
def test_where_no_process_is_to_be_had_this_one_does_everything(monkeypatch):
    def refuse():
        raise BlockingIOError

    monkeypatch.setattr(os, "fork", refuse)
    assert sorted(spread(range(5), str, 4)) == ["0", "1", "2", "3", "4"]
