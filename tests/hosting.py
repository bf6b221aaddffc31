"""The guide built as scripts/build builds it, copies of the project to break, and a static host."""

from __future__ import annotations

import contextlib
import fcntl
import http.server
import io
import json
import os
import shutil
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import urlsplit

import guide.build
import packed_once
from guide import generators, stages

ROOT = Path(__file__).parent.parent
PAGES = sorted("" if name == "index" else f"{name}/" for name in (path.stem for path in (ROOT / "docs").glob("*.md")))
EVERY_PAGE = [f"/{path}" for path in PAGES] + ["/print/", "/404.html"]  # that a browser can open
SUB_PATH_URL = "https://x.example/guide/"
EPOCH = "1795000000"  # SOURCE_DATE_EPOCH of every build here: some day, always the same
# How far a page's content has moved by itself, asked of the browser.
SHIFTS = """() => new Promise(done => {
  let moved = 0
  new PerformanceObserver(list => list.getEntries().forEach(entry => { moved += entry.value }))
    .observe({type: "layout-shift", buffered: true})
  setTimeout(() => done(moved), 100)
})"""


class Built(NamedTuple):
    """One run of the pipeline up to the check."""

    site: Path
    complaints: list[str]  # what MkDocs complained about


class Outcome(NamedTuple):
    """What a person sees after a verb: an exit status and what was printed."""

    status: int
    text: str

    @property
    def lines(self) -> list[str]:
        return self.text.splitlines()


def build(project: Path, site: Path, **environment: str) -> Built:
    """Generate and finish `project` into `site`, by the pipeline of scripts/build, without its check."""
    with contextlib.chdir(project), environ(SOURCE_DATE_EPOCH=EPOCH, **environment), captured_output() as printed:
        generators.mkdocs(site, hooked=False)
        if (site / "index.html").exists():
            stages.finish(site)
    return Built(site, printed().splitlines())


def shared_result(folder: Path, make: Callable[[], Any]) -> Any:
    """What `make` returned in this process or in another that shares `folder`: data that JSON can hold."""
    result = folder / "result.json"
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not result.exists():
            result.write_text(json.dumps(make()))
    return json.loads(result.read_text())


def check(site: Path, *options: str, **environment: str) -> Outcome:
    """scripts/check on a site built from the real project, in this process."""
    with captured_output() as printed, contextlib.chdir(ROOT), environ(**environment):
        status = stages.check([str(site), *options])
    return Outcome(status, printed())


@contextlib.contextmanager
def captured_output() -> Iterator[Callable[[], str]]:
    """Give a function that returns what has been printed so far, errors included."""
    stream = io.TextIOWrapper(io.BytesIO(), encoding="utf-8", write_through=True)

    def printed() -> str:
        stream.seek(0)
        return stream.read()

    with contextlib.redirect_stdout(stream), contextlib.redirect_stderr(stream):
        yield printed


@contextlib.contextmanager
def environ(**changes: str) -> Iterator[None]:
    """Change the environment for a while; SITE_URL is unset unless it is given."""
    before = dict(os.environ)
    os.environ.pop("SITE_URL", None)
    os.environ.update(changes)
    try:
        yield
    finally:
        os.environ.clear()
        os.environ.update(before)


class Project:
    """A copy of the project to break on purpose."""

    def __init__(self, root: Path) -> None:
        self.root = root
        for name in ("docs", "overrides"):
            shutil.copytree(ROOT / name, root / name)
        for name in ("mkdocs.yml", "pyproject.toml"):
            shutil.copy(ROOT / name, root)
        (root / "scripts").symlink_to(ROOT / "scripts")  # most of the files, and compiled already

    def replace(self, file: str, old: str, new: str, times: int = -1) -> None:
        """Replace text in a file. Fails when it is not there, so that no case tests nothing."""
        if file.startswith("scripts/"):
            self.copy_scripts()
        text = (self.root / file).read_text("utf-8")
        assert old in text, f"{file} does not hold {old!r}: correct the test"
        self.write(file, text.replace(old, new, times))

    def write(self, file: str, text: str) -> None:
        """Replace a file at once: a running preview must not see half of it."""
        draft = self.root / "draft"
        draft.write_text(text, "utf-8")
        draft.replace(self.root / file)

    def copy_scripts(self) -> None:
        """Have scripts of its own, to change."""
        (self.root / "scripts").unlink()
        shutil.copytree(ROOT / "scripts", self.root / "scripts")

    def line_of(self, file: str, words: str) -> int:
        """The line, from 1, on which `words` first stand in a file."""
        lines = (self.root / file).read_text("utf-8").splitlines()
        return next(number for number, line in enumerate(lines, 1) if words in line)

    def build(self, *options: str, **environment: str) -> Outcome:
        """scripts/build in this process."""
        with captured_output() as printed, contextlib.chdir(self.root), environ(**environment):
            status = guide.build.main(list(options))
        return Outcome(status, printed())

    def check(self, site: Path, *options: str) -> Outcome:
        """scripts/check in this process, of a site that was built before, beside the sources as they are now."""
        with captured_output() as printed, contextlib.chdir(self.root), environ():
            status = stages.check([str(site), *options])
        return Outcome(status, printed())

    def run(self, module: str, *arguments: str, **environment: str) -> Outcome:
        """`python -m MODULE` in a process of its own, as the verbs start it, to its end."""
        pipes = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE}
        with self.start(module, *arguments, environment=environment, **pipes) as process:
            out, err = process.communicate()
        return Outcome(process.returncode, out + err)

    def start(
        self, module: str, *arguments: str, environment: dict[str, str] | None = None, **options: Any
    ) -> subprocess.Popen[str]:
        """The same, just begun."""
        command = [sys.executable, packed_once.__file__, module, *arguments]
        with environ(PYTHONPATH=str(self.root / "scripts"), NO_MKDOCS_2_WARNING="1", **environment or {}):
            return subprocess.Popen(command, cwd=self.root, text=True, **options)


class StaticHost(http.server.SimpleHTTPRequestHandler):
    """Answers like the hosts we publish to: index.html for a folder, 404.html for what is not there."""

    protocol_version = "HTTP/1.1"
    extensions_map = http.server.SimpleHTTPRequestHandler.extensions_map | {
        ".ics": "text/calendar",
        ".js": "text/javascript",
        ".svg": "image/svg+xml",
        ".vcf": "text/vcard",
        ".webmanifest": "application/manifest+json",
        ".xml": "application/xml",
    }

    def __init__(self, *arguments: object, prefix: str = "/", **options: object) -> None:
        self.prefix = prefix
        super().__init__(*arguments, **options)

    def translate_path(self, path: str) -> str:
        if not urlsplit(path).path.startswith(self.prefix):
            return str(Path(self.directory) / "outside of the site")
        return super().translate_path(path[len(self.prefix) - 1 :])

    def list_directory(self, *_: object) -> None:  # a folder without index.html is no page
        self.send_error(404)

    def send_error(self, code: int, message: str | None = None, explain: str | None = None) -> None:
        lost = Path(self.directory) / "404.html"
        if code != 404 or not lost.exists():
            super().send_error(code, message, explain)
            return
        body = lost.read_bytes()
        self.send_response(404)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        pass


class QuietServer(http.server.ThreadingHTTPServer):
    """Ignores that a browser hangs up in the middle of an answer when it leaves a page."""

    def handle_error(self, *_: object) -> None:
        if not isinstance(sys.exception(), ConnectionError):
            super().handle_error(*_)


@contextlib.contextmanager
def serve(site: Path, prefix: str = "/") -> Iterator[str]:
    """Serve a folder on a free port of this machine; gives its address without a slash at the end."""

    def handler(*arguments: object) -> StaticHost:
        return StaticHost(*arguments, directory=str(site), prefix=prefix)

    with QuietServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}{prefix}".rstrip("/")
        server.shutdown()
