"""The real nginx on free ports of the loopback, set up as scripts/nginx.conf says, with a certificate of its own."""

from __future__ import annotations

import contextlib
import http.client
import os
import shutil
import socket
import ssl
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from hosting import ROOT

NAME = "guide.clinic.test"  # the host in scripts/nginx.conf
NGINX = shutil.which("nginx", path=f"{os.environ['PATH']}:/usr/sbin:/usr/local/sbin") or ""
OPENSSL = shutil.which("openssl") or ""
MAIN = """
daemon off; master_process off; error_log {folder}/error.log; pid {folder}/nginx.pid;
events {{}}
http {{
  access_log off; client_body_temp_path {folder}; proxy_temp_path {folder}; fastcgi_temp_path {folder};
  uwsgi_temp_path {folder}; scgi_temp_path {folder};
  {server}
}}
"""
MIME_TYPES = ("/etc/nginx/mime.types", "/usr/local/etc/nginx/mime.types", "/opt/homebrew/etc/nginx/mime.types")


class Answer(NamedTuple):
    """What came back: headers by lower-case name."""

    status: int
    headers: dict[str, str]
    body: bytes


class Server(NamedTuple):
    """A running nginx. `plain` and `secure` are its ports for http and https."""

    plain: int
    secure: int

    def ask(self, path: str, method: str = "GET", secure: bool = True, **headers: str) -> Answer:
        """One request; a header's name is written with _ for -."""
        with contextlib.closing(self.connection(secure)) as connection:
            named = {name.replace("_", "-"): value for name, value in headers.items()}
            connection.request(method, path, headers={"Host": NAME} | named)
            answer = connection.getresponse()
            named = {name.lower(): value for name, value in answer.getheaders()}
            return Answer(answer.status, named, answer.read())

    def connection(self, secure: bool) -> http.client.HTTPConnection:
        if not secure:
            return http.client.HTTPConnection("127.0.0.1", self.plain, timeout=60)
        return http.client.HTTPSConnection("127.0.0.1", self.secure, timeout=60, context=trusting())

    def send(self, request: bytes, protocols: tuple[str, ...] = ("http/1.1",)) -> tuple[str | None, bytes]:
        """Send bytes as they are: the protocol that was agreed on, and all that came back."""
        context = trusting()
        context.set_alpn_protocols(list(protocols))
        with socket.create_connection(("127.0.0.1", self.secure), timeout=60) as bare, context.wrap_socket(bare) as tls:
            tls.sendall(request)
            back = b""
            with contextlib.suppress(OSError):
                while request and (part := tls.recv(65536)):
                    back += part
            return tls.selected_alpn_protocol(), back


def trusting() -> ssl.SSLContext:
    """Takes any certificate: ours signs itself."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)  # the default one reads all authorities, for 20 ms a request
    context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
    return context


@contextlib.contextmanager
def serving(live: Path, folder: Path, more: str = "") -> Iterator[Server]:
    """nginx set up as scripts/nginx.conf says, for the site at `live`. `more` are lines for the server block."""
    server = Server(free_port(), free_port())
    mime = next(path for path in MIME_TYPES if Path(path).exists())
    make_certificate(folder)
    conf = folder / "nginx.conf"
    changes = {
        "listen 80;": f"listen 127.0.0.1:{server.plain};",
        "listen [::]:80;": "",  # not every machine has IPv6
        "listen 443 ssl": f"listen 127.0.0.1:{server.secure} ssl",
        "listen [::]:443 ssl http2;": "",
        "/etc/ssl/guide": str(folder),
        "/var/www/guide;": f"{live}; {more}",
        "mime.types": mime,
    }
    text = changed((ROOT / "scripts" / "nginx.conf").read_text("utf-8"), changes)
    conf.write_text(MAIN.format(folder=folder, server=text))
    with subprocess.Popen([NGINX, "-c", str(conf), "-e", f"{folder}/error.log"]) as nginx:
        try:
            await_port(server.secure, folder)
            yield server
        finally:
            nginx.terminate()


def changed(text: str, changes: dict[str, str]) -> str:
    """`text` with words of it exchanged; fails when they are not there."""
    for old, new in changes.items():
        assert old in text, f"scripts/nginx.conf does not hold {old!r}: mend the test"
        text = text.replace(old, new)
    return text


def make_certificate(folder: Path) -> None:
    """A certificate for NAME that signs itself, and its key, under the names in scripts/nginx.conf."""
    command = [OPENSSL, "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", f"/CN={NAME}"]
    command += ["-keyout", str(folder / "privkey.pem"), "-out", str(folder / "fullchain.pem")]
    subprocess.run(command, check=True, capture_output=True)


def free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


def await_port(port: int, folder: Path) -> None:
    for _ in range(1200):
        with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), timeout=1):
            return
        time.sleep(0.05)
    raise RuntimeError((folder / "error.log").read_text())
