"""Run scripts/publish, kill it in the middle, and read what a real nginx then serves."""

from __future__ import annotations

import contextlib
import gzip
import hashlib
import json
import os
import re
import shutil
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, NamedTuple

from guide.releases import Releases
from hosting import ROOT
from nginx import Server

# Steps at which a disk may change: a kill before any other is like one before the next of these.
CHANGES = {"os.mkdir", "os.rename", "os.remove", "os.rmdir", "os.symlink", "fcntl.flock"}
CRASHED = 70  # an exit status that scripts/publish has no other use for
SCRIPT = re.compile(rb'src="((?:\.\./)*)(assets/js/site\.([0-9a-f]{10})\.js)"')


class Ended(NamedTuple):
    """How a run ended."""

    killed: bool
    status: int


class Publisher:
    """Runs scripts/publish as often as wanted, each time in a fork of one process that has loaded everything."""

    def __init__(self) -> None:
        path = os.pathsep.join((str(ROOT / "scripts"), str(ROOT / "tests")))
        self.process = subprocess.Popen(
            [sys.executable, __file__], env=os.environ | {"PYTHONPATH": path}, text=True,
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
        )  # fmt: skip

    def run(self, folder: Path, *arguments: str, step: int = 0, after: float = 0) -> Ended:
        """`scripts/publish ARGUMENTS` for `folder`/site, killed before its Nth `step` or `after` seconds, 0: never."""
        assert self.process.stdin and self.process.stdout
        request = {"folder": str(folder), "arguments": arguments, "step": step, "after": after}
        self.process.stdin.write(json.dumps(request) + "\n")
        self.process.stdin.flush()
        status = int(self.process.stdout.readline())
        killed = os.WIFSIGNALED(status) and os.WTERMSIG(status) == signal.SIGKILL
        return Ended(killed, os.waitstatus_to_exitcode(status))

    def close(self) -> None:
        assert self.process.stdin and self.process.stdout
        self.process.stdin.close()
        self.process.wait(120)
        self.process.stdout.close()


@contextlib.contextmanager
def publisher() -> Iterator[Publisher]:
    """A Publisher that is closed afterwards."""
    publisher = Publisher()
    try:
        yield publisher
    finally:
        publisher.close()


def problem_with_site(server: Server, live: Path) -> str:
    """Return what is wrong with what readers get now, "" when one complete release is served."""
    release = Releases(live).live()
    if release is None or not release.is_intact():
        return f"{live.readlink()} does not hash to its name"
    start, told = server.ask("/", accept_encoding="gzip"), server.ask("/build.json")
    if start.status != 200 or told.status != 200:
        return f"the start page: {start.status}, build.json: {told.status}"
    if told.body != (release.folder / "build.json").read_bytes():
        return "the build.json of another release"
    return problem_with_script(gzip.decompress(start.body), server)


def problem_with_script(page: bytes, server: Server) -> str:
    """Return what is wrong with the script that a page loads, "" when it is the right one."""
    name = SCRIPT.search(page)
    if not name:
        return "a page without its script"
    script = server.ask(f"/{name[2].decode()}")
    if script.status != 200:
        return f"the script of a page: {script.status}"
    if hashlib.sha256(script.body).hexdigest()[:10].encode() != name[3]:
        return "the script of another release"
    return ""


@dataclass
class Reader:
    """Opens one page and its script after another until it is stopped, and counts."""

    server: Server
    served: int = 0
    lost: list[str] = field(default_factory=list)
    mixed: int = 0
    stopped: threading.Event = field(default_factory=threading.Event)

    def read(self) -> None:
        while not self.stopped.is_set():
            for path in ("/", "/get-help-now/"):
                try:
                    page = self.server.ask(path)
                    fault = (
                        problem_with_script(page.body, self.server) if page.status == 200 else f"{path}: {page.status}"
                    )
                except OSError as error:
                    fault = f"{path}: {error}"
                self.served += 2
                if fault == "the script of another release":
                    self.mixed += 1
                elif fault:
                    self.lost.append(fault)


@contextlib.contextmanager
def continuous_readers(server: Server, readers: int = 2) -> Iterator[list[Reader]]:
    """Readers who keep loading pages meanwhile."""
    all_of_them = [Reader(server) for _ in range(readers)]
    threads = [threading.Thread(target=reader.read) for reader in all_of_them]
    for thread in threads:
        thread.start()
    try:
        yield all_of_them
    finally:
        for reader in all_of_them:
            reader.stopped.set()
        for thread in threads:
            thread.join()


def replace_site(site: Path, other: Path) -> None:
    """Replace `site` by a copy of `other`, as scripts/build does."""
    folder = site.with_name(f".site-{time.monotonic_ns()}")
    shutil.copytree(other, folder / "site")
    if site.exists():
        site.rename(folder / "old")
    (folder / "site").rename(site)
    shutil.rmtree(folder)


def main() -> None:
    """Fork a run for every line of the standard input, and write how it ended."""
    import guide.publish
    from guide import deploy

    deploy.publish.__defaults__ = (lambda *_: 0,)  # small sites are no guides: the checker would find much in them
    for line in sys.stdin:
        request = json.loads(line)
        child = os.fork()
        if not child:
            os.chdir(request["folder"])
            if request["step"]:
                die_before(request["step"])
            os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
            status = CRASHED
            try:
                status = guide.publish.main(request["arguments"])
            finally:
                os._exit(status)
        if request["after"]:
            time.sleep(request["after"])
            with contextlib.suppress(ProcessLookupError):
                os.kill(child, signal.SIGKILL)
        print(os.waitpid(child, 0)[1], flush=True)


def die_before(last: int) -> None:
    """Kill this process before its change number `last` to the disk, counted from 1."""
    count = 0

    def step() -> None:
        nonlocal count
        count += 1
        if count == last:
            os.kill(os.getpid(), signal.SIGKILL)

    def hook(event: str, arguments: tuple[object, ...]) -> None:
        if event in CHANGES or (event == "open" and isinstance(arguments[2], int) and arguments[2] & os.O_CREAT):
            step()

    def halves(source: IO[bytes], target: IO[bytes]) -> None:
        content = source.read()
        half = len(content) // 2
        for part in (content[:half], content[half:]):
            target.write(part)
            target.flush()
            step()

    def fsync(_: int) -> None:
        step()

    sys.addaudithook(hook)
    shutil.copyfileobj, os.fsync = halves, fsync


if __name__ == "__main__":
    main()
