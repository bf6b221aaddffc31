"""A host that misbehaves on purpose; what it does then is in faults.py."""

from __future__ import annotations

import contextlib
import functools
import ssl
import sys
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from hosting import QuietServer, StaticHost

LOGIN = b"<!doctype html><html lang=en><title>Welcome</title><main><h1>Sign in to this network</h1></main></html>"

Fault = Callable[["Unruly"], None]


@dataclass
class Host:
    """A host under the test's control."""

    server: QuietServer
    address: str
    sites: dict[str, Path]  # folders to serve, by the first part of the path: "" for the root, "a" for /a/
    fault: Fault | None = None
    only: str = ""  # the fault strikes addresses with this in them
    headers: dict[str, str] = field(default_factory=dict)  # with every answer
    elsewhere: str = ""  # another host with the same guide
    tls: ssl.SSLContext | None = None
    over: threading.Event = field(default_factory=threading.Event)

    def stop(self) -> None:
        """Refuse every connection from now on."""
        self.over.set()
        self.fault = hang_up  # on the connections that the browser still has
        self.server.shutdown()
        self.server.server_close()

    def speak_tls(self, certificate: Path) -> None:
        """Serve with `certificate` (a .pem with its key) on new connections."""
        if self.tls is None:
            self.tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
            self.tls.minimum_version, self.tls.num_tickets = ssl.TLSVersion.TLSv1_3, 0  # each connection shows it anew
            # A handshake belongs to the connection's own thread.
            self.server.socket = self.tls.wrap_socket(
                self.server.socket, server_side=True, do_handshake_on_connect=False
            )
            self.address = self.address.replace("http://127.0.0.1", "https://localhost")
        self.tls.load_cert_chain(certificate)


def headers_of(site: Path) -> dict[str, str]:
    """What _headers says for every file, as Netlify and Cloudflare Pages send it."""
    rules = (site / "_headers").read_text("utf-8").split("\n/")[0].splitlines()[1:]
    return dict(rule.strip().split(": ", 1) for rule in rules)


class Server(QuietServer):
    """A browser that refuses a certificate is no news either."""

    def handle_error(self, *_: object) -> None:
        if not isinstance(sys.exception(), OSError):
            super().handle_error(*_)


class Unruly(StaticHost):
    """Serves the host's sites, unless the host has a fault."""

    host: Host

    def do_GET(self) -> None:
        del self.headers["If-Modified-Since"]  # a folder that takes another's place may have older files
        path = self.path.split("?")[0]
        if self.host.fault and self.host.only in path and not path.startswith(("/moved/", "/cors/", "/login")):
            self.host.fault(self)
        elif path.startswith("/login"):
            self.answer(200, LOGIN)
        else:
            super().do_GET()

    def translate_path(self, path: str) -> str:
        first, _, rest = path[1:].partition("/")
        self.directory = str(self.host.sites.get(first, self.host.sites[""]))
        known = first in self.host.sites or first in ("moved", "cors")
        return super().translate_path(f"/{rest}" if known else path)

    def end_headers(self) -> None:
        self.send_header("Cache-Control", "no-cache")
        for name, value in self.host.headers.items():
            self.send_header(name, value)
        if self.host.tls:
            self.send_header("Connection", "close")  # no old handshake lives on
        if self.path.startswith("/cors/"):
            self.send_header("Access-Control-Allow-Origin", "*")
        super().end_headers()

    def body(self) -> bytes:
        """The file that was asked for."""
        file = Path(self.translate_path(self.path.split("?")[0]))
        return (file / "index.html" if file.is_dir() else file).read_bytes()

    def answer(self, status: int, body: bytes, type: str = "text/html", length: int | None = None, **more: str) -> None:
        """Send headers and `body`; `length` when the host says a wrong one."""
        self.send_response(status)
        headers = {"Content-Type": type, "Content-Length": str(len(body) if length is None else length), **more}
        for name, value in headers.items():
            self.send_header(name.replace("_", "-"), value)
        self.end_headers()
        with contextlib.suppress(ConnectionError):  # the browser may have left
            self.wfile.write(body)
            self.wfile.flush()
        self.close_connection = len(body) != int(headers["Content-Length"])


def hang_up(answer: Unruly) -> None:
    answer.close_connection = True


@contextlib.contextmanager
def unruly(site: Path, **sites: Path) -> Iterator[Host]:
    """A host of `site`, and of others below folders of it, on a free port of this machine."""

    class Handler(Unruly):
        pass

    with Server(("127.0.0.1", 0), functools.partial(Handler, directory=str(site))) as server:
        address = f"http://127.0.0.1:{server.server_port}"
        host = Handler.host = Host(server, address, {"": site, **sites}, headers=headers_of(site))
        threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True).start()
        try:
            yield host
        finally:
            host.over.set()
            server.shutdown()
