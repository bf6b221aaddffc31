"""scripts/serve: a preview of the guide as readers will see it, rebuilt after each save."""

from __future__ import annotations

import argparse
import gc
import io
import logging
import shutil
import signal
import sys
import tempfile
import time
import traceback
from pathlib import Path

from mkdocs.commands import build as mkdocs_build
from mkdocs.config import load_config
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import ConfigurationError
from mkdocs.livereload import LiveReloadServer

import finish
from guide import build, mkdocs_errors, template_cache

POLLING, SETTLE = 0.2, 0.05  # seconds between looks at the files, and to wait for further saves
NOTHING_YET = "<!doctype html><title>Preview</title><p>The terminal says what to correct; then the guide is here."


class Preview(LiveReloadServer):
    """Serves the newest complete site, from a subfolder of `folder`."""

    def __init__(self, folder: Path, address: str, log: io.StringIO) -> None:
        self.folder, self.address, self.log, self.builds = folder, address, log, 0
        config = self.load_settings()
        config.plugins.on_startup(command="serve", dirty=False)
        super().__init__(self.update, *config.dev_addr, str(folder), polling_interval=POLLING)
        self.build_delay, self.error_handler = SETTLE, self.error_page
        for path in (config.docs_dir, config.config_file_path, *config.watch):
            self.watch(path)
        (folder / "index.html").write_text(NOTHING_YET, "utf-8")

    def load_settings(self) -> MkDocsConfig:
        """Read mkdocs.yml anew."""
        config = load_config(strict=False, dev_addr=self.address)
        environment = config.theme.get_env
        setattr(config.theme, "get_env", lambda: template_cache.use_cache(environment()))  # noqa: B010
        return config

    def server_activate(self) -> None:
        """Say where the preview is; called when the server has its address."""
        super().server_activate()
        print(f"The preview is at {self.url}: save a file, and it follows. Ctrl-C ends it.", flush=True)

    def update(self) -> None:
        """Build and show the site; or print what to correct, and keep showing the old site."""
        started = time.perf_counter()
        status = build.check(["--before-build"])
        gc.enable()  # the checker switches it off
        self.builds += 1
        built = self.folder / str(self.builds)
        complete = status != 2 and self.generate(built)
        if not status:  # otherwise the checker has already printed what to correct
            print(*mkdocs_errors.readable(self.log.getvalue()), sep="\n", end="\n" if self.log.tell() else "")
        outdated = built
        if complete:
            outdated, self.root = Path(self.root), str(built)
        if outdated != self.folder:
            shutil.rmtree(outdated, ignore_errors=True)
        seconds = time.perf_counter() - started
        print(time.strftime("%H:%M:%S"), f"shown, {seconds:.1f} s" if complete else "not shown", flush=True)

    def generate(self, built: Path) -> bool:
        """Generate and finish the site into `built`. Returns whether it is complete; `log` has the errors of MkDocs."""
        self.log.seek(0)
        self.log.truncate()
        try:
            config = self.load_settings()
            config.site_dir, config.site_url = str(built), self.url
            mkdocs_build.build(config)
            finish.preview(built)
        except SystemExit:  # the reason is in the log
            return False
        except Exception:
            traceback.print_exc(file=self.log)
            return False
        return True

    def error_page(self, code: int) -> bytes | None:
        """Return the body of an error response."""
        page = Path(self.root) / f"{code}.html"
        return page.read_bytes() if page.is_file() else None


def capture_log() -> io.StringIO:
    """Return a stream that receives the warnings of MkDocs, as it would print them."""
    log = io.StringIO()
    handler = logging.StreamHandler(log)
    handler.setLevel(logging.WARNING)
    handler.setFormatter(logging.Formatter("%(levelname)-7s -  %(message)s"))
    logging.getLogger("mkdocs").addHandler(handler)
    logging.getLogger("mkdocs.livereload").setLevel(logging.CRITICAL)  # requests for missing pages
    return log


def main(arguments: list[str]) -> int:
    """Serve until Ctrl-C. Returns 0, or 2 when the server could not start."""
    parser = argparse.ArgumentParser(prog="scripts/serve", description=__doc__.partition(": ")[2])
    parser.add_argument("-a", "--dev-addr", metavar="HOST:PORT", default="127.0.0.1:8000", help="where to serve it")
    parser.add_argument("-o", "--open", action="store_true", help="open it in a browser")
    options = parser.parse_args(arguments)
    log = capture_log()
    signal.signal(signal.SIGTERM, signal.default_int_handler)  # ends like Ctrl-C, so that the folder is removed
    with tempfile.TemporaryDirectory(prefix="preview-") as folder:
        try:
            server = Preview(Path(folder), options.dev_addr, log)
        except (ConfigurationError, SystemExit):
            if not build.check(["--before-build"]):
                print(*mkdocs_errors.readable(log.getvalue()), sep="\n")
            return 2
        try:
            server.update()
            server.serve(open_in_browser=options.open)  # type: ignore[no-untyped-call]  # MkDocs has not typed it
        except KeyboardInterrupt:
            pass
        except OSError as error:
            print(f"{options.dev_addr} cannot be used ({error.strerror}): name another with --dev-addr HOST:PORT")
            return 2
        finally:
            server.shutdown()
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
