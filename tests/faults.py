"""What a host does to each request, as a table, and what the reader of Get help now must get all the same."""

from __future__ import annotations

import contextlib
import gzip
import socket
import struct

from hosting import StaticHost
from returning_reader import ELSEWHERE, FRESH, MOVED, SAVED_COPY
from unruly_host import LOGIN, Fault, Unruly, hang_up

UNREACHABLE = "http://127.0.0.1:4/"  # nothing listens there
LOOKALIKE = b"<!doctype html><html lang=en><title>Get help now - Opioids and pain</title><main>Buy pills</main></html>"


def status(code: int, body: bytes = b"<h1>Error</h1>") -> Fault:
    return lambda answer: answer.answer(code, body)


def redirect(code: int, to: str) -> Fault:
    """To another address; {elsewhere} is the other host, {path} what was asked for."""

    def fault(answer: Unruly) -> None:
        location = to.format(elsewhere=answer.host.elsewhere, path=answer.path)
        answer.answer(code, b"", Location=location)

    return fault


def page(body: bytes, type: str = "text/html") -> Fault:
    return lambda answer: answer.answer(200, body, type)


def silence(answer: Unruly) -> None:
    answer.host.over.wait(60)
    answer.close_connection = True


def headers_then_silence(answer: Unruly) -> None:
    body = answer.body()
    answer.answer(200, body[:2000], length=len(body))
    silence(answer)


def all_but_the_end_then_silence(answer: Unruly) -> None:
    body = answer.body()
    answer.answer(200, body[:-50], length=len(body))
    silence(answer)


def trickle(bytes_a_second: int) -> Fault:
    def fault(answer: Unruly) -> None:
        body = answer.body()
        answer.answer(200, b"", length=len(body))
        step = max(1, bytes_a_second // 10)
        with contextlib.suppress(ConnectionError):
            for start in range(0, len(body), step):
                answer.wfile.write(body[start : start + step])
                if answer.host.over.wait(step / bytes_a_second):
                    return

    return fault


def another_type(answer: Unruly) -> None:
    answer.answer(200, answer.body(), "application/octet-stream")


def download(answer: Unruly) -> None:
    answer.answer(200, answer.body(), Content_Disposition="attachment")


def front_page(answer: Unruly) -> None:
    """What a host does that has one page for every address."""
    answer.path = "/"
    StaticHost.do_GET(answer)


def half_a_page(answer: Unruly) -> None:
    body = answer.body()
    answer.answer(200, body[: len(body) // 2])


def shorter_than_said(answer: Unruly) -> None:
    body = answer.body()
    answer.answer(200, body[: len(body) // 2], length=len(body))


def chunks_cut_in_the_middle(answer: Unruly) -> None:
    half = answer.body()[:5000]
    answer.send_response(200)
    answer.send_header("Content-Type", "text/html")
    answer.send_header("Transfer-Encoding", "chunked")
    answer.end_headers()
    answer.wfile.write(b"%x\r\n%b\r\n" % (len(half), half))
    answer.close_connection = True


def packed(answer: Unruly) -> None:
    """No fault: most hosts do it."""
    kind = answer.guess_type(answer.path if "." in answer.path else "index.html")
    answer.answer(200, gzip.compress(answer.body()), kind, Content_Encoding="gzip", Vary="*")


def broken_gzip(answer: Unruly) -> None:
    small = gzip.compress(answer.body())
    answer.answer(200, small[:2000] + b"\0" * 500 + small[2500:], Content_Encoding="gzip")


def half_a_gzip(answer: Unruly) -> None:
    small = gzip.compress(answer.body())
    answer.answer(200, small[: len(small) // 2], Content_Encoding="gzip")


def reset(answer: Unruly) -> None:
    answer.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    answer.connection.close()
    answer.close_connection = True


def no_http(answer: Unruly) -> None:
    """A TLS alert where HTTP is expected: what a browser gets when a proxy has lost its certificate."""
    answer.wfile.write(b"\x15\x03\x03\x00\x02\x02\x28")
    answer.close_connection = True


def clock_off_by_a_year(answer: Unruly) -> None:
    answer.date_time_string = lambda *_: "Sat, 28 Nov 2020 05:00:00 GMT"
    StaticHost.do_GET(answer)


FAULTS: dict[str, tuple[Fault, str]] = {
    "301 to the same origin": (redirect(301, "/moved{path}"), MOVED),
    "301 to index.html": (redirect(301, "/moved{path}index.html"), MOVED),
    "302": (redirect(302, "/moved{path}"), MOVED),
    "307": (redirect(307, "/moved{path}"), MOVED),
    "308": (redirect(308, "/moved{path}"), MOVED),
    "301 to another origin with CORS": (redirect(301, "{elsewhere}/cors{path}"), ELSEWHERE),
    "301 to another origin without CORS: a moved domain": (redirect(301, "{elsewhere}{path}"), ELSEWHERE),
    "302 to a login page": (redirect(302, "/login?next={path}"), SAVED_COPY),
    "301 in a circle": (redirect(301, "{path}"), SAVED_COPY),
    "301 to a host that is gone": (redirect(301, UNREACHABLE), SAVED_COPY),
    "silence": (silence, SAVED_COPY),
    "headers, then silence": (headers_then_silence, SAVED_COPY),
    "all but the last bytes, then silence": (all_but_the_end_then_silence, SAVED_COPY),
    "1 byte a second": (trickle(1), SAVED_COPY),
    "500 bytes a second": (trickle(500), SAVED_COPY),
    "100,000 bytes a second": (trickle(100_000), FRESH),
    "200 with a login page": (page(LOGIN), SAVED_COPY),
    "200 with a page of the same title": (page(LOOKALIKE), SAVED_COPY),
    "200 with an empty body": (page(b""), SAVED_COPY),
    "200 with another content type": (another_type, SAVED_COPY),
    "200 as a download": (download, SAVED_COPY),
    "200 with the front page": (front_page, SAVED_COPY),
    "half a page": (half_a_page, SAVED_COPY),
    "half a page, with the length of a whole one": (shorter_than_said, SAVED_COPY),
    "chunks cut in the middle": (chunks_cut_in_the_middle, SAVED_COPY),
    "a gzip that breaks": (broken_gzip, SAVED_COPY),
    "half a gzip": (half_a_gzip, SAVED_COPY),
    **{str(code): (status(code), SAVED_COPY) for code in (401, 403, 404, 410, 429, 500, 503)},
    "connection reset": (reset, SAVED_COPY),
    "connection closed without an answer": (hang_up, SAVED_COPY),
    "no HTTP": (no_http, SAVED_COPY),
    "clock off by years": (clock_off_by_a_year, FRESH),
}
