"""--external against a local host: alive, dead or unknown; reported only when dead twice, days apart."""

from __future__ import annotations

import datetime
import http.server
import json
import threading
from pathlib import Path
from typing import ClassVar

import pytest

from cases import write
from sitecheck.command.cli import main
from sitecheck.links import external, lychee

OWN = ("127.0.0.1",)
DAY = datetime.date(2026, 11, 22)
STATES = {
    "/200": "alive",
    "/301": "alive",
    "/301-chain": "alive",
    "/301-gone": "dead",
    "/301-nowhere": "unknown",
    "/300": "unknown",
    "/301-file": "unknown",
    "/404-(a)": "dead",
    "/404-a).": "dead",
    "/200-a|b*c*": "alive",
    "/301-loop": "dead",
    "/404": "dead",
    "/410": "dead",
    "/500": "dead",
    "/403": "unknown",
    "/429": "unknown",
    "/999": "unknown",
    "/stall": "unknown",
}


class Host(http.server.BaseHTTPRequestHandler):
    """Answers with the status that the path names."""

    released = threading.Event()
    requests: ClassVar[list[str]] = []  # "localhost:80/200"
    REDIRECTS: ClassVar[dict[str, str]] = {
        "301-loop": "/301-loop",
        "301-chain": "/301",
        "301-gone": "/404",
        "301-nowhere": "",
        "301-file": Path(__file__).as_uri(),
        "302-inside": "http://localhost:{port}/200-inside",
        "302-chain-inside": "/302-inside",
    }

    def do_GET(self):
        name = self.path[1:]
        self.requests.append(self.headers["Host"] + self.path)
        if name == "stall":
            self.released.wait(30)
        code = int(name[:3]) if name[:3].isdecimal() else 200
        self.send_response(code)
        if code in (301, 302) and (place := self.REDIRECTS.get(name, "/200")):
            self.send_header("Location", place.format(port=self.server.server_port))
        if code == 429:
            self.send_header("Retry-After", "1")
        self.end_headers()

    do_HEAD = do_GET

    def log_message(self, *_):
        pass


@pytest.fixture
def host(monkeypatch):
    """The address of a web server on this machine."""
    monkeypatch.setattr(lychee, "TIMEOUT", 2)
    monkeypatch.setattr(lychee, "PAUSE", "1ms")
    Host.released.clear()
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Host) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        Host.released.set()
        server.shutdown()


def test_an_address_is_alive_dead_or_unknown(host):
    answers = external.follow([host + path for path in STATES], OWN)
    assert {address.removeprefix(host): answer.state for address, answer in answers.items()} == STATES


# What a status says of the page: robots, rights and a busy host say nothing, 3xx that it is elsewhere.
STATUSES = {
    "unknown": (401, 403, 405, 406, 407, 408, 421, 423, 425, 429, 451, 503, 504, 520, 530, 999),
    "dead": (400, 402, 404, 409, 410, 418, 426, 500, 501, 502, 505, 519, 531),
    "moved": (300, 301, 302, 303, 307, 308, 399),
}


@pytest.mark.parametrize("state", STATUSES)
def test_a_status_says_whether_the_page_is_there(state):
    found = {code: lychee.failure({"code": code}).state for code in STATUSES[state]}
    assert found == dict.fromkeys(STATUSES[state], state)


def test_a_host_that_refuses_or_has_a_bad_certificate_is_dead(host):
    secure = host.replace("http:", "https:") + "/200"  # it does not speak TLS at all
    answers = external.follow([secure, "http://127.0.0.1:1/"], OWN)
    assert answers["http://127.0.0.1:1/"].state == "dead"
    assert answers[secure].state != "alive"


def test_private_and_loopback_hosts_are_never_contacted(monkeypatch):
    monkeypatch.setattr(external, "lychee", lambda addresses, _: pytest.fail(f"contacted {addresses}"))
    hosts = (
        "localhost",
        "127.0.0.1",
        "[::1]",
        "10.0.0.1",
        "192.168.1.1",
        "169.254.169.254",
        "0.0.0.0",
        "localhost.",
        "224.0.0.1",
    )
    answers = external.follow([f"http://{host}/" for host in hosts])
    assert {answer.state for answer in answers.values()} == {"unknown"}


def test_a_redirect_to_a_private_host_is_not_followed(host):
    Host.requests.clear()
    answers = external.follow([f"{host}/302-inside", f"{host}/302-chain-inside"], OWN)
    assert set(answers.values()) == {("unknown", "a private address")}
    assert {place.partition(":")[0] for place in Host.requests} == {"127.0.0.1"}


def every_answer_is(monkeypatch, state):
    """Replace lychee."""
    monkeypatch.setattr(
        external, "lychee", lambda addresses, _: dict.fromkeys(addresses, external.Answer(state, "answers 404"))
    )
    monkeypatch.setattr(external, "is_private", lambda _: False)


def test_a_link_fails_only_when_dead_in_two_runs_three_days_apart(monkeypatch, tmp_path):
    memory, link = tmp_path / "memory.json", ["https://clinic.example/"]

    def run(state, days):
        every_answer_is(monkeypatch, state)
        return external.dead_twice(link, memory, DAY + datetime.timedelta(days))

    assert not run("dead", 0)
    assert not run("dead", 2)
    assert not run("unknown", 3)
    assert run("dead", 3) == {link[0]: "answers 404, as on 2026-11-22"}
    assert not run("alive", 4)
    assert not run("dead", 5)
    assert run("dead", 8)


@pytest.mark.parametrize(
    "text", ["", "{", "[]", '{"dead_since": []}', '{"dead_since": {"https://x.example/": "soon"}}']
)
def test_a_record_of_dead_links_that_cannot_be_read_is_started_again(monkeypatch, tmp_path, text):
    memory = tmp_path / "memory.json"
    memory.write_text(text)
    every_answer_is(monkeypatch, "dead")
    assert not external.dead_twice(["https://x.example/"], memory, DAY)
    assert json.loads(memory.read_text())["dead_since"] == {"https://x.example/": "2026-11-22"}


def test_a_machine_without_a_network_reports_no_dead_links(monkeypatch, tmp_path, capsys):
    monkeypatch.chdir(tmp_path)
    links = '<a href="https://a.example/">A</a> <a href="https://b.example/">B</a>'
    write(tmp_path, {"site/index.html": f"<h1>Home</h1>\n{links}\n"})
    nothing = {
        f"https://{name}.example/": external.Answer(state, "dns error")
        for name, state in (("a", "dead"), ("b", "unknown"))
    }
    monkeypatch.setattr(external, "lychee", lambda *_: nothing)
    monkeypatch.setattr(external, "is_private", lambda _: False)
    assert main(["--external", "--select", "LI"]) == 2
    assert "0 of 2 external links answered" in capsys.readouterr().err
    assert not (tmp_path / ".external-links.json").exists()


def test_a_dead_link_is_a_finding_where_it_stands(monkeypatch, tmp_path, capsys):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    write(tmp_path, {"site/index.html": '<h1>Home</h1>\n<a href="https://clinic.example/old">Old</a>\n'})
    every_answer_is(monkeypatch, "dead")
    assert main(["--external", "--select", "LI", "--today", "2026-11-22"]) == 0
    assert main(["--external", "--select", "LI", "--today", "2026-11-25"]) == 1
    assert "site/index.html:2:1 LI016 https://clinic.example/old answers 404" in capsys.readouterr().out


def test_the_last_line_of_lychee_says_why_it_failed(tmp_path, monkeypatch):
    program = tmp_path / "lychee"
    program.write_text("#!/bin/sh\necho one >&2\necho no room left >&2\n")
    program.chmod(0o755)
    monkeypatch.setattr(lychee.shutil, "which", lambda *_, **__: str(program))
    with pytest.raises(lychee.NoLychee, match=r"^lychee failed: no room left$"):
        lychee.lychee(["https://a.example/"], private=False)
