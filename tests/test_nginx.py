"""The published guide on a real nginx, set up as scripts/nginx.conf says."""

from __future__ import annotations

import contextlib
import gzip
import http.client
import os
import re
import shutil
import socket
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page

from hosting import ROOT, build
from publishing import go_back, publish

NGINX = shutil.which("nginx", path=f"{os.environ['PATH']}:/usr/sbin:/usr/local/sbin")

pytestmark = pytest.mark.skipif(NGINX is None, reason="nginx is not on this machine: install nginx to run these")

MAIN = """
daemon off; master_process off; error_log {folder}/error.log; pid {folder}/nginx.pid;
events {{}}
http {{
  access_log off; client_body_temp_path {folder}; proxy_temp_path {folder}; fastcgi_temp_path {folder};
  uwsgi_temp_path {folder}; scgi_temp_path {folder};
  {server}
}}
"""


@pytest.fixture(scope="module")
def addressed(tmp_path_factory) -> Path:
    """The guide built for a host that is no example, as publishing demands."""
    return build(ROOT, tmp_path_factory.mktemp("addressed") / "site", SITE_URL="https://guide.clinic.test/").site


@pytest.fixture(scope="module")
def live(tmp_path_factory, addressed: Path) -> Path:
    """What scripts/publish made live: a link to a release."""
    destination = tmp_path_factory.mktemp("www") / "guide"
    publish(addressed, destination)
    return destination


@pytest.fixture(scope="module")
def host(tmp_path_factory, live: Path) -> Iterator[str]:
    """nginx on a free port of the loopback, with the repository's own server block."""
    folder = tmp_path_factory.mktemp("nginx")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    mime = next(
        path for path in map(Path, ("/etc/nginx/mime.types", "/usr/local/etc/nginx/mime.types")) if path.exists()
    )
    server = (ROOT / "scripts" / "nginx.conf").read_text("utf-8")
    server = server.replace("127.0.0.1:8080", f"127.0.0.1:{port}").replace("/var/www/guide", str(live))
    conf = folder / "nginx.conf"
    conf.write_text(MAIN.format(folder=folder, server=server.replace("mime.types", str(mime))))
    with subprocess.Popen([NGINX, "-c", str(conf), "-e", f"{folder}/error.log"]) as nginx:
        try:
            await_port(port, folder)
            yield f"127.0.0.1:{port}"
        finally:
            nginx.terminate()


def await_port(port: int, folder: Path) -> None:
    for _ in range(100):
        with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), timeout=1):
            return
        time.sleep(0.05)
    raise RuntimeError((folder / "error.log").read_text())


def get(host: str, path: str, **headers: str) -> tuple[int, dict[str, str], bytes]:
    """Status, headers by lower-case name, and body."""
    with contextlib.closing(http.client.HTTPConnection(host, timeout=10)) as connection:
        connection.request("GET", path, headers={name.replace("_", "-"): value for name, value in headers.items()})
        answer = connection.getresponse()
        return answer.status, {name.lower(): value for name, value in answer.getheaders()}, answer.read()


@pytest.mark.parametrize(
    ("path", "status", "kind"),
    [
        ("/", 200, "text/html; charset=utf-8"),
        ("/get-help-now/", 200, "text/html; charset=utf-8"),
        ("/get-help-now", 301, "text/html"),
        ("/nothing/here", 404, "text/html; charset=utf-8"),
        ("/_headers", 404, "text/html; charset=utf-8"),
        ("/downloads/opening-hours.ics", 200, "text/calendar; charset=utf-8"),
        ("/downloads/bowery.vcf", 200, "text/vcard; charset=utf-8"),
        ("/search/search_index.json", 200, "application/json; charset=utf-8"),
    ],
)
def test_a_reader_is_answered(host: str, path: str, status: int, kind: str) -> None:
    answered, headers, _ = get(host, path)
    assert (answered, headers["content-type"].lower()) == (status, kind)


def test_a_lost_reader_finds_the_numbers(host: str) -> None:
    assert b'href="tel:911"' in get(host, "/nothing/here")[2]


def test_pages_are_sent_small_and_whole(host: str) -> None:
    _, headers, packed = get(host, "/", Accept_Encoding="gzip")
    assert headers["content-encoding"] == "gzip"
    assert gzip.decompress(packed) == get(host, "/")[2]


def test_every_answer_keeps_the_reader_private(host: str) -> None:
    for path in ("/", "/nothing/here", "/sw.js"):
        headers = get(host, path)[1]
        assert headers["referrer-policy"] == "no-referrer"
        assert headers["content-security-policy"] == "frame-ancestors 'none'"
        assert "set-cookie" not in headers


def test_only_what_never_changes_is_kept(host: str) -> None:
    script = re.search(rb'src="(assets/js/site\.[^"]+)"', get(host, "/")[2])[1].decode()
    assert "immutable" in get(host, f"/{script}")[1]["cache-control"]
    for path in ("/", "/sw.js", "/search/search_index.json"):
        assert get(host, path)[1]["cache-control"] == "no-cache"


def test_a_browser_finds_nothing_amiss(page: Page, host: str) -> None:
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    for path in ("/", "/hours-and-locations/", "/search/#q=naloxone"):
        page.goto(f"http://{host}{path}")
    assert said == []


def test_a_new_site_is_there_at_the_next_request(host: str, live: Path, addressed: Path, tmp_path: Path) -> None:
    changed = shutil.copytree(addressed, tmp_path / "site")
    for page in changed.rglob("index.html*"):
        page.write_bytes(b'<link rel="canonical" href="https://x.clinic.test/">new')
    before = get(host, "/")[2]
    publish(changed, live)
    assert get(host, "/")[2].endswith(b"new")
    go_back(live)
    assert get(host, "/")[2] == before
