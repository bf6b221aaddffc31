"""The preview of `mkdocs serve`: the guide as readers will see it, rebuilt after each save, never half built.

Each build goes into a folder of its own; a request is answered from the newest complete one. When a build fails, every
page shows what to correct. After a build that succeeds, the full check runs beside it, and a page then shows at its top
what was found on it (`preview_findings.py`). Nothing of this reaches a built site.
"""

from __future__ import annotations

import gc
import logging
import os
import shutil
import signal
import tempfile
import threading
import time
from collections.abc import Callable, Iterable
from contextlib import redirect_stdout
from io import StringIO
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.livereload import LiveReloadServer

from guide import preview_findings, stages, templates
from guide.build import modified_times
from guide.generators import refusal

POLLING, SETTLE = 0.2, 0.05  # seconds between looks at the files, and to wait for further saves
KEPT = 2  # complete builds whose files stay: requests may still read the one before


def prepare() -> None:
    """Keep the terminal for what an editor must know, and end on a signal as on Ctrl-C, which removes the folder."""
    for part in ("commands", "plugins", "livereload"):
        logging.getLogger(f"mkdocs.{part}").setLevel(logging.ERROR if part == "livereload" else logging.WARNING)
    signal.signal(signal.SIGTERM, signal.default_int_handler)


def configure(config: MkDocsConfig, server: Preview | None) -> MkDocsConfig:
    """Set up one build of the preview. The first one, before there is a server, generates nothing."""
    config.site_url = stages.set_address(os.environ)  # as in a build: links are relative, and the check compares it
    templates.use(config)
    if server is None:
        config.nav = None
        config.theme.static_templates.clear()
    else:
        config.site_dir = str(server.folder_of_build())
    return config


class Preview(LiveReloadServer):
    """Serves the newest complete build, or the report of a failed one."""

    def __init__(self, builder: Callable[[], None], config: MkDocsConfig) -> None:
        self.temporary = tempfile.TemporaryDirectory(prefix="preview-", ignore_cleanup_errors=True)
        self.build_with_mkdocs, self.builds, self.report = builder, 0, ""
        self.complete: list[Path] = []
        self.checking: preview_findings.Checking | None = None
        self.path_of_request = threading.local()
        address, mount_path = config.dev_addr, urlsplit(config.site_url or "/").path
        super().__init__(self.update, address.host, address.port, self.temporary.name, mount_path, POLLING)
        self.build_delay, self.error_handler = SETTLE, self.error_page
        for path in (config.docs_dir, config.config_file_path):
            self.watch(path)

    def folder_of_build(self) -> Path:
        """Return where the current build goes."""
        return Path(self.temporary.name, str(self.builds), "site")

    def server_activate(self) -> None:
        """Build for the first time, and say where the preview is."""
        super().server_activate()
        times = modified_times()
        self.update()
        self._want_rebuild = modified_times() != times  # MkDocs watches the files only from here on
        print(f"The preview is at {self.url}: save a file, and it follows. Ctrl-C ends it.", flush=True)

    def update(self) -> None:
        """Build and show the site; or show what to correct."""
        started = time.perf_counter()
        if self.checking:
            self.checking.stop()
        self.builds += 1
        self.report = self.build()
        gc.enable()  # the checker switches it off
        built = self.folder_of_build()
        if self.report:
            shutil.rmtree(built.parent, ignore_errors=True)
        else:
            self.root = str(built)
            self.checking = preview_findings.Checking(built, self.show_findings)
            self.complete.append(built)
        if len(self.complete) > KEPT:
            shutil.rmtree(self.complete.pop(0).parent, ignore_errors=True)
        print(self.report, end="")
        seconds = time.perf_counter() - started
        print(time.strftime("%H:%M:%S"), f"{'not shown' if self.report else 'shown'}, {seconds:.1f} s", flush=True)

    def build(self) -> str:
        """Build the site. Returns what to correct, "" when it is complete."""
        try:
            with redirect_stdout(StringIO()) as printed:
                self.build_with_mkdocs()
        except (Exception, SystemExit) as error:
            return printed.getvalue() or refusal(error)[1] or "mkdocs.yml:1:1 MkDocs failed without a word\n"
        return ""

    def show_findings(self) -> None:
        """Reload the open pages, which now have findings at their top, unless a newer build is on its way."""
        with self._epoch_cond:
            if self._visible_epoch == self._wanted_epoch:
                self._visible_epoch = self._wanted_epoch = self._visible_epoch + 1
                self._epoch_cond.notify_all()

    def _serve_request(self, environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes] | None:
        """Answer a request; for a page, with the report while the newest build has failed."""
        path = environ["PATH_INFO"].encode("latin-1").decode("utf-8", "ignore")
        self.path_of_request.value = path.removeprefix(self.mount_path)
        if not path.startswith("/livereload/") and not Path(path).suffix:
            with self._epoch_cond:
                self._epoch_cond.wait_for(lambda: self._visible_epoch == self._wanted_epoch)
                epoch = self._visible_epoch
            if self.report:
                page = self._inject_js_into_html(preview_findings.failure(self.report).encode(), epoch)
                start_response("200 OK", [("Content-Type", "text/html; charset=utf-8")])
                return [page]
        answer: Iterable[bytes] | None = super()._serve_request(environ, start_response)
        return answer

    def _inject_js_into_html(self, content: bytes, epoch: int) -> bytes:
        if self.checking and not self.report:
            content = self.checking.shown_on(self.path_of_request.value, content)
        injected: bytes = super()._inject_js_into_html(content, epoch)  # type: ignore[no-untyped-call]  # MkDocs has no types here
        return injected

    def error_page(self, code: int) -> bytes | None:
        """Return the body of an error response."""
        page = Path(self.root) / f"{code}.html"
        return page.read_bytes() if page.is_file() else None

    def shutdown(self, wait: bool = False) -> None:
        """End the preview, and remove its files."""
        if self.checking:
            self.checking.stop()
        super().shutdown(wait)
        self.temporary.cleanup()
