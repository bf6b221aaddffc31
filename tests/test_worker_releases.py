"""A worker that is replaced: by the next release, by a broken one, by the end of all keeping, beside another guide."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

import finish
from faults import page, status
from finishing import DATA
from returning_reader import FRESH, HELP, HOURS, SAVED, SAVED_COPY, open_page, outcome, visit
from unruly_host import LOGIN, unruly

NEXT = "This sentence is new."
# The worker of before November 2026, reduced to what it left behind: a store that does not say whose it is.
WORKER_OF_BEFORE = """
addEventListener("install", (event) => {
  skipWaiting();
  event.waitUntil(caches.open("guide-0123456789ab").then((store) => store.addAll(["get-help-now/"])));
});
addEventListener("activate", (event) => event.waitUntil(clients.claim()));
addEventListener("fetch", (event) => {
  event.respondWith(caches.match(event.request).then((copy) => copy || fetch(event.request)));
});
"""


@pytest.fixture
def newcomer(browser: Browser) -> Iterator[BrowserContext]:
    """A browser that has never opened the guide."""
    with browser.new_context(locale="en-US") as context:
        yield context


@pytest.fixture(scope="module")
def next_release(site: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The guide with a new sentence on Get help now, another script, and Hours in Spanish."""
    copy = tmp_path_factory.mktemp("next") / "site"
    shutil.copytree(site, copy)
    script = next((copy / "assets" / "js").glob("site.*.js"))
    script.rename(script.with_name("site.js")).write_text(
        f"{script.with_name('site.js').read_text('utf-8')}\n// Next\n"
    )
    changes = {HELP: ("</main>", f"<p>{NEXT}</p></main>"), HOURS: ('<html lang="en">', '<html lang="es">')}
    for file in copy.rglob("*.html"):
        text = file.read_text("utf-8").replace(script.name, "site.js")
        file.write_text(text.replace(*changes.get(f"{file.parent.name}/", ("", "")), 1), "utf-8")
    finish.finish(copy, DATA)
    return copy


def stores(tab: Page) -> list[str]:
    return tab.evaluate("() => caches.keys()")


def update(tab: Page) -> None:
    """Look for a new worker, as the browser does after a navigation, and wait until it is in charge or has failed."""
    devtools = tab.context.new_cdp_session(tab)
    devtools.send("ServiceWorker.enable")
    devtools.send("ServiceWorker.stopAllWorkers")  # as the browser does after half a minute; the new one waits for it
    tab.evaluate("""async () => {
      const registration = await navigator.serviceWorker.getRegistration()
      await registration.update()
      const worker = registration.installing || registration.waiting
      if (worker) await new Promise((done) => worker.addEventListener("statechange", () =>
        ["activated", "redundant"].includes(worker.state) && done()))
    }""")


def words(context: BrowserContext, address: str) -> str:
    tab = context.new_page()
    tab.goto(address)
    return tab.inner_text("body")


def test_two_guides_on_one_host_leave_each_other_alone(
    newcomer: BrowserContext, site: Path, next_release: Path
) -> None:
    with unruly(site, a=site, b=next_release) as host:
        for guide in ("a", "b", "a"):
            visit(newcomer.new_page(), f"{host.address}/{guide}")
        host.fault = status(500)
        for guide in ("a", "b"):
            assert outcome(open_page(newcomer, f"{host.address}/{guide}/{HELP}"), host) == SAVED_COPY
        assert NEXT not in words(newcomer, f"{host.address}/a/{HELP}")
        assert NEXT in words(newcomer, f"{host.address}/b/{HELP}")


def test_a_new_release_while_a_page_is_open(newcomer: BrowserContext, site: Path, next_release: Path) -> None:
    with unruly(site) as host:
        tab = newcomer.new_page()
        visit(tab, host.address)
        host.sites[""] = next_release
        assert NEXT in words(newcomer, f"{host.address}/{HELP}")
        update(tab)
        host.fault = status(500)
        assert NEXT in words(newcomer, f"{host.address}/{HELP}")
        assert len(stores(tab)) == 1
        for path in tab.evaluate(SAVED):
            if path.endswith("/"):  # everything that a saved page loads is saved, and of its release
                tab.goto(path)
                loaded = tab.eval_on_selector_all("script[src], img[src]", "all => all.map((one) => one.src)")
                assert loaded and set(loaded) <= set(tab.evaluate(SAVED))
        tab.goto(f"{host.address}/{HOURS}")
        expect(tab.get_by_text(re.compile("copia guardada el .* de 20"))).to_be_visible()


@pytest.mark.parametrize("file", [HOURS, "assets/js/site.*.js"])
def test_an_update_that_fails_halfway_leaves_what_is_saved(
    newcomer: BrowserContext, site: Path, next_release: Path, file: str
) -> None:
    with unruly(site) as host:
        tab = newcomer.new_page()
        visit(tab, host.address)
        host.sites[""], host.fault, host.only = next_release, page(LOGIN), next(next_release.glob(file)).name
        update(tab)
        host.fault, host.only = status(500), ""
        assert outcome(open_page(newcomer, f"{host.address}/{HOURS}"), host) == SAVED_COPY
        assert NEXT not in words(newcomer, f"{host.address}/{HELP}")
        host.fault = None
        update(tab)
        host.fault = status(500)
        assert NEXT in words(newcomer, f"{host.address}/{HELP}")


def test_an_empty_list_removes_only_what_this_guide_saved(newcomer: BrowserContext, site: Path, tmp_path: Path) -> None:
    data, ended = tmp_path / "data", tmp_path / "site"
    shutil.copytree(DATA, data)
    shutil.copytree(site, ended)
    (data / "offline.yml").write_text("pages: []\n", "utf-8")
    finish.finish(ended, data)
    with unruly(site, a=site, b=site) as host:
        visit(newcomer.new_page(), f"{host.address}/b")
        tab = newcomer.new_page()
        visit(tab, f"{host.address}/a")
        host.sites["a"] = ended
        update(tab)
        tab.wait_for_function("async () => !(await navigator.serviceWorker.getRegistration())", polling=50)
        assert {url.removeprefix(host.address)[:3] for url in tab.evaluate(SAVED)} == {"/b/"}


def test_the_worker_of_before_is_replaced_with_what_it_saved(
    newcomer: BrowserContext, site: Path, tmp_path: Path
) -> None:
    before = tmp_path / "site"
    shutil.copytree(site, before)
    (before / "sw.js").write_text(WORKER_OF_BEFORE)
    with unruly(site, a=before) as host:
        tab = newcomer.new_page()
        visit(tab, f"{host.address}/a")
        assert stores(tab) == ["guide-0123456789ab"]
        host.sites["a"] = site
        update(tab)
        assert [name.split()[1] for name in stores(tab)] == [f"{host.address}/a/"]
        host.fault = status(500)
        assert outcome(open_page(newcomer, f"{host.address}/a/{HELP}"), host) == SAVED_COPY


def test_a_worker_whose_file_is_gone_keeps_what_it_has(newcomer: BrowserContext, site: Path) -> None:
    with unruly(site) as host:
        tab = newcomer.new_page()
        visit(tab, host.address)
        host.fault, host.only = status(404), "/sw.js"
        tab.evaluate("async () => (await navigator.serviceWorker.getRegistration()).update().catch(() => {})")
        assert outcome(open_page(newcomer, f"{host.address}/{HELP}"), host) == FRESH
        host.only = ""
        assert outcome(open_page(newcomer, f"{host.address}/{HELP}"), host) == SAVED_COPY
