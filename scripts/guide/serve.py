"""scripts/serve: the guide as readers will see it, while you write. An edit shows well within a second."""

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

from mkdocs.commands.build import build
from mkdocs.config import load_config
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import ConfigurationError
from mkdocs.livereload import LiveReloadServer

import finish
from guide import build as pipeline
from guide import mkdocs_errors

from .template_cache import quick

LOOK, SETTLE = 0.2, 0.05  # seconds: how often the files are looked at, and how long a burst of saves may pause
NOTHING_YET = "<!doctype html><title>Preview</title><p>The terminal says what to mend. Then this page shows the guide."


class Preview(LiveReloadServer):
    """Serves the newest site that came out whole: a folder of its own below `folder`."""

    def __init__(self, folder: Path, address: str, said: io.StringIO) -> None:
        self.folder, self.address, self.said, self.builds = folder, address, said, 0
        config = self.configured()
        config.plugins.on_startup(command="serve", dirty=False)
        super().__init__(self.update, *config.dev_addr, str(folder), polling_interval=LOOK)
        self.build_delay, self.error_handler = SETTLE, self.error_page
        for path in (config.docs_dir, config.config_file_path, *config.watch):
            self.watch(path)
        (folder / "index.html").write_text(NOTHING_YET, "utf-8")

    def configured(self) -> MkDocsConfig:
        """mkdocs.yml as it is now."""
        config = load_config(strict=False, dev_addr=self.address)
        environment = config.theme.get_env
        setattr(config.theme, "get_env", lambda: quick(environment()))  # noqa: B010
        return config

    def server_activate(self) -> None:
        """Called when the address is ours."""
        super().server_activate()
        print(f"The preview is at {self.url}: save a file, and it follows. Ctrl-C ends it.", flush=True)

    def update(self) -> None:
        """Build and show; or say what to mend, and go on showing the site from before."""
        started = time.perf_counter()
        status = pipeline.check(["--before-build"])
        gc.enable()  # the check works without
        self.builds += 1
        built = self.folder / str(self.builds)
        whole = status != 2 and self.generate(built)
        if not status:  # what the check has told is told
            print(*mkdocs_errors.readable(self.said.getvalue()), sep="\n", end="\n" if self.said.tell() else "")
        gone = built
        if whole:
            gone, self.root = self.root, str(built)
        if gone != str(self.folder):
            shutil.rmtree(gone, ignore_errors=True)
        seconds = time.perf_counter() - started
        print(time.strftime("%H:%M:%S"), f"shown, {seconds:.1f} s" if whole else "not shown: mend this", flush=True)

    def generate(self, built: Path) -> bool:
        """Generate and finish the site into `built`: whether it came out whole. `said` tells what MkDocs printed."""
        self.said.seek(0)
        self.said.truncate()
        try:
            config = self.configured()
            config.site_dir, config.site_url = str(built), self.url
            build(config)
            finish.preview(built)
        except SystemExit:  # what led to it is in the log
            return False
        except Exception:
            traceback.print_exc(file=self.said)
            return False
        return True

    def error_page(self, code: int) -> bytes | None:
        """What is answered with 404."""
        page = Path(self.root) / f"{code}.html"
        return page.read_bytes() if page.is_file() else None


def listening() -> io.StringIO:
    """Where the complaints of MkDocs go, in the form in which it prints them."""
    said = io.StringIO()
    handler = logging.StreamHandler(said)
    handler.setLevel(logging.WARNING)
    handler.setFormatter(logging.Formatter("%(levelname)-7s -  %(message)s"))
    logging.getLogger("mkdocs").addHandler(handler)
    logging.getLogger("mkdocs.livereload").setLevel(logging.CRITICAL)  # a page that is not there is no news
    return said


def main(arguments: list[str]) -> int:
    """Serve until Ctrl-C. Exit status 2 when it could not begin."""
    parser = argparse.ArgumentParser(prog="scripts/serve", description=__doc__.partition(": ")[2])
    parser.add_argument("-a", "--dev-addr", metavar="HOST:PORT", default="127.0.0.1:8000", help="where to be seen")
    parser.add_argument("-o", "--open", action="store_true", help="open it in a browser")
    options = parser.parse_args(arguments)
    said = listening()
    signal.signal(signal.SIGTERM, signal.default_int_handler)  # ends like Ctrl-C: no folder stays behind
    with tempfile.TemporaryDirectory(prefix="preview-") as folder:
        try:
            server = Preview(Path(folder), options.dev_addr, said)
        except (ConfigurationError, SystemExit):
            if not pipeline.check(["--before-build"]):
                print(*mkdocs_errors.readable(said.getvalue()), sep="\n")
            return 2
        try:
            server.update()
            server.serve(open_in_browser=options.open)
        except KeyboardInterrupt:
            return 0
        except OSError as error:
            print(f"{options.dev_addr} cannot be used ({error.strerror}): name another with --dev-addr HOST:PORT")
            return 2
        finally:
            server.shutdown()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
