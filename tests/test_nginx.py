"""The published guide on a real nginx, set up as scripts/nginx.conf says."""

from __future__ import annotations

import gzip
import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import BrowserType

from guide.publish import go_back, publish
from hosting import ROOT, build
from nginx import NAME, NGINX, OPENSSL, Server, serving
from small_sites import no_findings, with_build_files

pytestmark = pytest.mark.skipif(
    not (NGINX and OPENSSL), reason="nginx or openssl is not on this machine: install both to run these"
)

HTML = "text/html; charset=utf-8"
NUMBERS = b'href="tel:911"'
ILL = "".join(f"location = /ill/{status} {{ return {status}; }}" for status in (500, 502, 503, 504))
# Addresses by the status that belongs to them. A folder without a page is no page, and what is hidden is not there.
# fmt: off
LOST = {
    404: [
        "/nothing/here", "/Get-Help-Now/", "/get-help-now.", "/get-help-now/x?y=1", "/sw.js/", "/404.html",
        "/_headers", "/assets/", "/downloads/", "/.well-known/", "/assets/js/site.0123456789.js", "/index.html.gz",
        "/get-help-now/index.html.br", "/.nojekyll", "/%2enojekyll", "//.nojekyll", "/.git/config", "/search/.draft",
        "/.well-known/.hidden", "/..%5c..%5cetc/passwd", "/x//%0d%0aSet-Cookie:x",
    ],
    400: ["/..%2f..%2fetc/passwd", "/%2e%2e/%2e%2e/etc/passwd", "/%zz", "/%00"],
    414: [f"/{'a' * 20_000}"],
    **{status: [f"/ill/{status}"] for status in (500, 502, 503, 504)},
}
# fmt: on


@pytest.fixture(scope="module")
def addressed(tmp_path_factory) -> Path:
    """The guide built for a host that is no example, as publishing demands; with a file for machines, and secrets."""
    site = build(ROOT, tmp_path_factory.mktemp("addressed") / "site", SITE_URL=f"https://{NAME}/").site
    for file in (".well-known/security.txt", ".well-known/.hidden", ".git/config", "search/.draft"):
        (site / file).parent.mkdir(exist_ok=True)
        (site / file).write_text("words\n")
    return with_build_files(site)


@pytest.fixture(scope="module")
def live(tmp_path_factory, addressed: Path) -> Path:
    """What scripts/publish made live: a link to a release."""
    destination = tmp_path_factory.mktemp("www") / "guide"
    publish(addressed, destination, no_findings)
    return destination


@pytest.fixture(scope="module")
def host(tmp_path_factory, live: Path) -> Iterator[Server]:
    with serving(live, tmp_path_factory.mktemp("nginx"), ILL) as server:
        yield server


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("/", HTML),
        ("/get-help-now/", HTML),
        ("/get-help-now/?from=poster", HTML),
        ("/get-help-now/index.html", HTML),
        ("/no/../get-help-now/./", HTML),
        ("/downloads/opening-hours.ics", "text/calendar; charset=utf-8"),
        ("/downloads/bowery.vcf", "text/vcard; charset=utf-8"),
        ("/search/search_index.json", "application/json; charset=utf-8"),
        ("/.well-known/security.txt", "text/plain; charset=utf-8"),
        ("/build.json", "application/json; charset=utf-8"),
    ],
)
def test_a_reader_is_answered(host: Server, path: str, kind: str) -> None:
    answer = host.ask(path)
    assert (answer.status, answer.headers["content-type"].lower()) == (200, kind)


@pytest.mark.parametrize(
    ("path", "to"),
    [
        ("/get-help-now", "/get-help-now/"),
        ("/get-help-now?from=poster", "/get-help-now/?from=poster"),
        ("//get-help-now//?from=poster", "/get-help-now/?from=poster"),
        ("//elsewhere.test/%2e%2e", "/"),
        ("//elsewhere.test//", "/elsewhere.test/"),
    ],
)
def test_an_almost_right_address_redirects_but_never_to_another_host(host: Server, path: str, to: str) -> None:
    answer = host.ask(path)
    assert (answer.status, answer.headers["location"]) == (301, to)


@pytest.mark.parametrize("path", ["/", "/get-help-now?from=poster", "//elsewhere.test/", "/a%20b/%0d%0aSet-Cookie:x"])
def test_http_redirects_to_the_same_address_on_https(host: Server, path: str) -> None:
    answer = host.ask(path, secure=False)
    assert (answer.status, answer.headers["location"]) == (301, f"https://{NAME}{path}")
    assert "set-cookie" not in answer.headers


def test_http_on_the_port_of_https_redirects_too(host: Server) -> None:
    answer = host._replace(plain=host.secure).ask("/get-help-now/", secure=False)
    assert (answer.status, answer.headers["location"]) == (301, f"https://{NAME}/get-help-now/")


def test_even_a_broken_address_on_http_leads_to_our_page(host: Server) -> None:
    answer = host.ask("/%zz", secure=False)
    assert answer.status == 301
    assert answer.headers["location"].startswith(f"https://{NAME}")


@pytest.mark.parametrize(("path", "status"), [(path, status) for status in LOST for path in LOST[status]])
def test_the_404_page_shows_the_emergency_numbers(host: Server, path: str, status: int) -> None:
    answer = host.ask(path)
    assert (answer.status, answer.headers["content-type"].lower()) == (status, HTML)
    assert NUMBERS in answer.body
    assert answer.headers["cache-control"] == "no-cache"
    assert "set-cookie" not in answer.headers


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "OPTIONS", "PATCH", "TRACE"])
def test_only_get_and_head_are_allowed(host: Server, method: str) -> None:
    answer = host.ask("/get-help-now/", method)
    assert (answer.status, answer.headers["allow"]) == (405, "GET, HEAD")
    assert NUMBERS in answer.body


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"X": "a" * 40_000}, 431),
        ({"Content_Length": "99999999"}, 413),
        ({"Range": "bytes=9999999-"}, 416),
        ({"If_Match": '"another"'}, 412),
    ],
)
def test_headers_that_cannot_be_served_get_our_page(host: Server, headers: dict[str, str], status: int) -> None:
    answer = host.ask("/", **headers)
    assert answer.status == status
    assert NUMBERS in answer.body


@pytest.mark.parametrize(
    ("request_line", "status"),
    [
        (b"GET / HTTP/1.1\r\n\r\n", 400),
        (b"get / HTTP/1.1\r\nHost: x\r\n\r\n", 400),
        (b"GET nothing HTTP/1.1\r\nHost: x\r\n\r\n", 400),
        (b"GET / HTTP/9.1\r\nHost: x\r\n\r\n", 505),
        (b"POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: x\r\n\r\n", 501),
    ],
)
def test_a_malformed_request_gets_our_page(host: Server, request_line: bytes, status: int) -> None:
    _, back = host.send(request_line)
    assert back.startswith(b"HTTP/1.1 %d " % status)
    assert NUMBERS in back


def test_http_2_is_supported(host: Server) -> None:
    assert host.send(b"", ("h2", "http/1.1"))[0] == "h2"


def test_pages_are_sent_compressed_and_complete(host: Server) -> None:
    packed = host.ask("/", Accept_Encoding="gzip")
    assert packed.headers["content-encoding"] == "gzip"
    assert gzip.decompress(packed.body) == host.ask("/").body


@pytest.mark.parametrize("encoding", ["gzip", "identity"])
@pytest.mark.parametrize("path", ["/", "/get-help-now/", "/sw.js", "/downloads/bowery.vcf", "/nothing/here"])
def test_a_proxy_cache_separates_compressed_from_plain(host: Server, path: str, encoding: str) -> None:
    assert host.ask(path, Accept_Encoding=encoding).headers["vary"] == "Accept-Encoding"


def test_a_page_is_sent_again_only_when_it_changed(host: Server) -> None:
    for encoding in ("gzip", "identity"):
        etag = host.ask("/", Accept_Encoding=encoding).headers["etag"]
        assert host.ask("/", Accept_Encoding=encoding, If_None_Match=etag).status == 304
        assert host.ask("/get-help-now/", Accept_Encoding=encoding, If_None_Match=etag).status == 200
    assert host.ask("/nothing/here", If_None_Match="*").status == 404


def test_a_range_request_returns_that_range(host: Server) -> None:
    part = host.ask("/", Range="bytes=10-19")
    whole = host.ask("/").body
    assert (part.status, part.body) == (206, whole[10:20])
    assert part.headers["content-range"] == f"bytes 10-19/{len(whole)}"


@pytest.mark.parametrize(("path", "status"), [("/", 200), ("/nothing/here", 404)])
def test_a_head_request_returns_the_same_headers(host: Server, path: str, status: int) -> None:
    head, whole = host.ask(path, "HEAD"), host.ask(path)
    assert (head.status, head.body) == (status, b"")
    assert head.headers["content-length"] == whole.headers["content-length"]


def test_every_answer_keeps_the_reader_private(host: Server) -> None:
    for path in ("/", "/nothing/here", "/sw.js"):
        headers = host.ask(path).headers
        assert headers["referrer-policy"] == "no-referrer"
        assert headers["content-security-policy"] == "frame-ancestors 'none'"
        assert headers["strict-transport-security"] == "max-age=31536000"
        assert headers["server"] == "nginx"  # and not which one
        assert "set-cookie" not in headers


def test_only_files_that_never_change_are_cached(host: Server) -> None:
    script = re.search(rb'src="(assets/js/site\.[^"]+)"', host.ask("/").body)[1].decode()
    assert "immutable" in host.ask(f"/{script}").headers["cache-control"]
    for path in ("/", "/sw.js", "/build.json", "/search/search_index.json"):
        assert host.ask(path).headers["cache-control"] == "no-cache"


def test_a_browser_reports_no_errors(browser_type: BrowserType, browser_type_launch_args: dict, host: Server) -> None:
    """From http on, by name, with the service worker."""
    ports = f"MAP {NAME}:80 127.0.0.1:{host.plain}, MAP {NAME}:443 127.0.0.1:{host.secure}"
    options = ["--ignore-certificate-errors", f"--host-resolver-rules={ports}"]
    arguments = browser_type_launch_args | {"args": browser_type_launch_args["args"] + options}
    said: list[str] = []
    with browser_type.launch(**arguments) as browser:
        page = browser.new_context().new_page()  # waits as long as every page of the tests
        page.on("console", lambda message: said.append(message.text))
        page.goto(f"http://{NAME}/get-help-now")
        assert page.url == f"https://{NAME}/get-help-now/"
        assert page.evaluate("performance.getEntriesByType('navigation')[0].nextHopProtocol") == "h2"
        for path in ("/", "/hours-and-locations/", "/search/#q=naloxone"):
            page.goto(f"https://{NAME}{path}")
        page.evaluate("navigator.serviceWorker.ready.then(() => true)")
    assert said == []


def test_a_new_release_is_served_at_the_next_request(host: Server, live: Path, addressed: Path, tmp_path: Path) -> None:
    changed = shutil.copytree(addressed, tmp_path / "site")
    for page in changed.rglob("index.html"):
        page.write_bytes(b'<link rel="canonical" href="https://x.clinic.test/">new')
    before = host.ask("/").body
    publish(with_build_files(changed), live, no_findings)
    assert host.ask("/").body.endswith(b"new")
    go_back(live)
    assert host.ask("/").body == before
