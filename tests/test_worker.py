"""The service worker never makes things worse: after one visit, help opens within five seconds, fresh if it can be."""

from __future__ import annotations

import base64
import hashlib
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, BrowserType, Error, Page, expect

from cases import load
from faults import FAULTS, packed, page, silence, status
from finishing import DATA
from reading_grade import grade, sentences
from returning_reader import FRESH, HELP, HOURS, SAVED, SAVED_COPY, open_in, open_page, outcome, visit
from unruly_host import LOGIN, Host, hang_up, unruly

OPENSSL = shutil.which("openssl")


@pytest.fixture(scope="module")
def reader(browser: Browser) -> Iterator[BrowserContext]:
    with browser.new_context(locale="en-US") as context:
        yield context


@pytest.fixture(scope="module")
def visited_host(reader: BrowserContext, site: Path) -> Iterator[Host]:
    """A host that the reader has visited once."""
    with unruly(site) as host, unruly(site) as other:
        host.elsewhere = other.address.replace("127.0.0.1", "localhost")
        visit(reader.new_page(), host.address)
        yield host


@pytest.fixture
def host(visited_host: Host) -> Iterator[Host]:
    """The visited host, without a fault before and after each test."""
    yield visited_host
    visited_host.fault = None


@pytest.fixture(scope="module")
def tab(reader: BrowserContext) -> Page:
    """One tab for the whole table: to open a new one takes longer than the test."""
    return reader.new_page()


@pytest.mark.parametrize("name", FAULTS)
def test_help_opens_within_five_seconds_whatever_the_host_does(tab: Page, host: Host, name: str) -> None:
    fault, expected = FAULTS[name]
    host.fault = fault
    seen = open_in(tab, f"{host.address}/{HELP}")
    assert outcome(seen, host) == expected
    assert ("did not load" in seen.note and "saved copy from" in seen.note) == (expected == SAVED_COPY)
    host.fault = None
    assert outcome(open_in(tab, f"{host.address}/{HELP}"), host) == FRESH


@pytest.fixture
def newcomer(browser: Browser) -> Iterator[BrowserContext]:
    """A browser that has never opened the guide."""
    with browser.new_context(locale="en-US") as context:
        yield context


def fill_disk(context: BrowserContext, tab: Page, address: str) -> None:
    """Allow the guide to store one byte."""
    context.new_cdp_session(tab).send("Storage.overrideQuotaForOrigin", {"origin": address, "quotaSize": 1})


def test_the_note_distinguishes_a_dead_host_from_a_lost_connection(newcomer: BrowserContext, site: Path) -> None:
    with unruly(site) as host:
        visit(newcomer.new_page(), host.address)
        host.stop()
        seen = open_page(newcomer, f"{host.address}/{HELP}")
        assert outcome(seen, host) == SAVED_COPY
        assert "did not load" in seen.note and "no connection" not in seen.note
        newcomer.set_offline(True)
        assert "You have no connection" in open_page(newcomer, f"{host.address}/{HELP}").note


@pytest.mark.skipif(OPENSSL is None, reason="openssl is not on this machine: install it to run this")
def test_with_an_untrusted_certificate_the_saved_copy_opens(
    browser_type: BrowserType, browser_type_launch_args: dict, site: Path, tmp_path: Path
) -> None:
    for name in ("right", "wrong"):
        order = "req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 2 -subj /CN=localhost"
        file = tmp_path / f"{name}.pem"
        subprocess.run(
            [OPENSSL, *order.split(), "-keyout", file, "-out", tmp_path / name], check=True, capture_output=True
        )
        file.write_text(file.read_text() + (tmp_path / name).read_text())
    key = subprocess.run(
        [OPENSSL, "pkey", "-in", tmp_path / "right.pem", "-pubout", "-outform", "der"], check=True, capture_output=True
    )
    trusted = base64.b64encode(hashlib.sha256(key.stdout).digest()).decode()
    arguments = [*browser_type_launch_args["args"], f"--ignore-certificate-errors-spki-list={trusted}"]
    with unruly(site) as host, browser_type.launch(**browser_type_launch_args | {"args": arguments}) as browser:
        host.speak_tls(tmp_path / "right.pem")
        reader = browser.new_context(locale="en-US")
        visit(reader.new_page(), host.address)
        host.speak_tls(tmp_path / "wrong.pem")
        assert outcome(open_page(reader, f"{host.address}/{HELP}"), host) == SAVED_COPY
        with pytest.raises(Error, match="ERR_CERT"):
            browser.new_page().goto(host.address)  # as without a worker


def test_a_compressed_page_is_saved_uncompressed(newcomer: BrowserContext, site: Path) -> None:
    with unruly(site) as host:
        host.fault = packed
        visit(newcomer.new_page(), host.address)
        host.fault = status(500)
        assert outcome(open_page(newcomer, f"{host.address}/{HOURS}"), host) == SAVED_COPY


def test_a_full_disk_never_hides_the_fresh_page(newcomer: BrowserContext, site: Path) -> None:
    with unruly(site) as host:
        tab = newcomer.new_page()
        visit(tab, host.address)
        fill_disk(newcomer, tab, host.address)
        assert outcome(open_page(newcomer, f"{host.address}/{HELP}"), host) == FRESH
        host.fault = status(500)
        assert outcome(open_page(newcomer, f"{host.address}/{HELP}"), host) == SAVED_COPY
        host.fault = None
        tab.evaluate("async () => { for (const name of await caches.keys()) await caches.delete(name) }")
        assert outcome(open_page(newcomer, f"{host.address}/{HELP}"), host) == FRESH


@pytest.mark.parametrize("path", [HELP, HOURS])
def test_a_copy_that_the_browser_evicted_is_saved_again(newcomer: BrowserContext, site: Path, path: str) -> None:
    with unruly(site) as host:
        tab = newcomer.new_page()
        visit(tab, host.address)
        lose = "async (url) => { for (const name of await caches.keys()) await (await caches.open(name)).delete(url) }"
        tab.evaluate(lose, f"{host.address}/{path}")
        host.fault = hang_up
        assert "The page you asked for is not saved" in open_page(newcomer, f"{host.address}/{path}").note
        host.fault = None
        assert outcome(open_page(newcomer, f"{host.address}/{path}"), host) == FRESH
        tab.wait_for_function(f"async () => (await ({SAVED})()).includes('{host.address}/{path}')", polling=50)


def test_a_reader_can_open_what_the_host_sent_instead(reader: BrowserContext, host: Host) -> None:
    host.fault = page(LOGIN)
    tab = reader.new_page()
    tab.goto(f"{host.address}/{HELP}")
    tab.get_by_role("link", name="Try to load the page again").click()
    expect(tab.get_by_role("heading", name="Sign in to this network")).to_be_visible()
    host.fault = hang_up
    tab.reload()
    expect(tab.get_by_text("saved copy from")).to_be_visible()


def test_a_moved_page_redirects_under_an_older_worker(newcomer: BrowserContext, site: Path) -> None:
    with unruly(site) as host:
        visit(newcomer.new_page(), host.address)
        target = f'<meta http-equiv="refresh" content="0; url=../{HOURS}"><template data-whole="{HELP}@"></template>'
        host.fault, host.only = page(target.encode()), HELP
        tab = newcomer.new_page()
        tab.goto(f"{host.address}/{HELP}")
        expect(tab).to_have_url(f"{host.address}/{HOURS}")


def test_a_copy_that_is_a_year_old_opens_with_its_date(newcomer: BrowserContext, site: Path) -> None:
    """It may also be a day old, on a device whose clock is a year off."""
    with unruly(site) as host:
        tab = newcomer.new_page()
        visit(tab, host.address)
        tab.evaluate(
            """async (url) => {
          const store = await caches.open((await caches.keys())[0])
          const copy = await store.match(url)
          const headers = new Headers(copy.headers)
          headers.set("x-saved", "2025-01-31T12:00:00.000Z")
          await store.put(url, new Response(await copy.text(), { headers }))
        }""",
            f"{host.address}/{HELP}",
        )
        host.fault = status(503)
        seen = open_page(newcomer, f"{host.address}/{HELP}")
        assert outcome(seen, host) == SAVED_COPY and "saved copy from January 31, 2025" in seen.note


def test_an_address_without_its_slash_opens_from_the_copy(reader: BrowserContext, host: Host) -> None:
    host.fault = silence
    seen = open_page(reader, f"{host.address}/{HOURS.rstrip('/')}")
    assert outcome(seen, host) == SAVED_COPY and "not saved" not in seen.note


def test_the_notes_are_easy_to_read() -> None:
    notes = load(DATA / "offline.yml")["notes"]["en"]
    for why in ("offline", "failed"):
        text = f"{notes['instead']} {notes[why]} {notes['since']}".replace("{date}", "May 1")
        assert grade(sentences(f"<main><p>{text}</p></main>".encode())) <= 6
