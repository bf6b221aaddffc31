"""Fixtures: the real guide, built once a session, served like a static host, and a browser to read it in."""

from __future__ import annotations

import contextlib
import gc
import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

import cases
import edits
import fonts
import guide.publish
import packed_once
import read_once
import visits
from guide import generators, templates
from hosting import ROOT, SUB_PATH_URL, Built, Project, build, serve, shared_result
from machines import Machine
from small_sites import publish, small_site
from visits import Fit, Visit

# Hosts set these, and they change what builds and checks say: tests see the same everywhere.
OF_HOSTS = "CI CI_PAGES_URL CF_PAGES GITHUB_ACTIONS GITHUB_SERVER_URL GITHUB_STEP_SUMMARY GITLAB_CI NETLIFY SITE_URL"
for name in (*OF_HOSTS.split(), "SOURCE_DATE_EPOCH", "FORCE_COLOR", "NO_COLOR"):
    os.environ.pop(name, None)
gc.set_threshold(100_000)  # to look for garbage every 700 objects took a seventh of the time of collecting the tests


def pytest_xdist_auto_num_workers() -> int:
    """One process more than there are processors: many tests wait for a browser or a server."""
    return (os.cpu_count() or 1) + 1


@pytest.fixture(scope="session", autouse=True)
def caches_of_this_run(tmp_path_factory: pytest.TempPathFactory, shared: Path) -> None:
    """The checker keeps what it read of a site. Thousands of small ones would fill the cache of whoever runs this."""
    os.environ["XDG_CACHE_HOME"] = str(tmp_path_factory.getbasetemp() / "cache")
    templates.COMPILED = tmp_path_factory.getbasetemp() / "templates"  # those of a copied project are no use later
    packed_once.pack_quickly(shared / "packed")
    read_once.read_data_once()
    visits.wait_longer()
    gc.freeze()  # thousands of tests stay to the end: nobody needs to look for garbage among them


@pytest.fixture(scope="session")
def shared(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> Path:
    """A folder that all processes of this run share: what one of them has built, the others take from here."""
    own = tmp_path_factory.getbasetemp()
    return own if worker_id == "master" else own.parent


@pytest.fixture(scope="session")
def built(shared: Path) -> Built:
    """The guide, generated and finished at the root of a host, with MkDocs' complaints."""
    with packed_once.shared(shared / "root" / "site"):
        return built_once(shared / "root")


@pytest.fixture(scope="session")
def site(built: Built) -> Path:
    """The folder of the built guide. Read it; a test that changes files takes `project`."""
    return built.site


@pytest.fixture(scope="session")
def unfinished(shared: Path) -> Path:
    """The guide as the generator leaves it."""
    folder = shared / "unfinished"
    shared_result(folder, lambda: [str(generators.mkdocs(folder / "site", hooked=False))])
    return folder / "site"


@pytest.fixture(scope="session")
def edited_site(built: Built, shared: Path) -> Path:
    """The site/ of a copy of the project with the edits of edits.py."""
    assert built.complaints == []
    return Path(shared_result(shared / "edited", lambda: edits.build_edited(shared / "edited" / "project")))


@pytest.fixture(scope="session")
def site_url(site: Path) -> Iterator[str]:
    """Where the guide is served: site_url + "/get-help-now/"."""
    with serve(site) as url:
        yield url


@pytest.fixture(scope="session")
def built_for_sub_path(shared: Path) -> Built:
    """The guide built for https://x.example/guide/."""
    return built_once(shared / "sub-path", SITE_URL=SUB_PATH_URL)


@pytest.fixture(scope="session")
def sub_path_url(built_for_sub_path: Built) -> Iterator[str]:
    """Where the guide is served under /guide/; anything beside it is not found."""
    with serve(built_for_sub_path.site, prefix="/guide/") as url:
        yield url


@pytest.fixture(scope="session")
def base_url() -> None:
    """Unused: tests go to site_url. pytest-playwright's own is a method, of which pytest 9 warns."""


@pytest.fixture
def project(tmp_path: Path) -> Project:
    """A copy of docs, overrides, scripts and mkdocs.yml, to break on purpose."""
    return Project(tmp_path / "project")


@pytest.fixture
def machine(tmp_path: Path) -> Machine:
    """A bare machine with the project's scripts."""
    return Machine(tmp_path / "project", tmp_path / "tools", tmp_path / "asked").with_scripts()


@pytest.fixture
def a_site(tmp_path: Path) -> Callable[[str], Path]:
    """A small site that says these words."""
    return lambda words: small_site(tmp_path / "built" / words / "site", words)


@pytest.fixture
def live(tmp_path: Path) -> Path:
    """The folder that a web server would serve."""
    return tmp_path / "www" / "guide"


@pytest.fixture
def published(live: Path, tmp_path: Path) -> Path:
    """Where a good site is live already."""
    publish(small_site(tmp_path / "good" / "site", "good"), live)
    return live


@pytest.fixture
def disk_that_does_not_wait(monkeypatch: pytest.MonkeyPatch) -> None:
    """These tests cut no power; waiting for the disk takes most of their time."""
    monkeypatch.setattr(os, "fsync", lambda _: None)


@pytest.fixture
def better_site(request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A better site without findings, in the folder from which scripts/publish runs."""
    request.getfixturevalue("disk_that_does_not_wait")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(guide.publish, "publish", publish)
    return small_site(tmp_path / "site", "better")


@pytest.fixture
def faulty(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder to stand in, with a site that has two faults."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    monkeypatch.delenv("GITHUB_ACTIONS", raising=False)
    cases.write(tmp_path / "site", {"index.html": cases.HOME})
    return tmp_path


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict, tmp_path_factory: pytest.TempPathFactory) -> dict:
    """The Chromium that scripts/browser found, with wide fonts; it may ask nothing of the network by itself."""
    chromium = os.environ.get("CHROMIUM", "/usr/bin/chromium-headless-shell")
    arguments = ["--no-sandbox", "--disable-quic", "--disable-background-networking"]
    environment = fonts.environment(fonts.SETS["wide-fonts"], tmp_path_factory.mktemp("wide-fonts"))
    return browser_type_launch_args | {"executable_path": chromium, "args": arguments, "env": environment}


@pytest.fixture(scope="session")
def shared_page(browser: Browser) -> Iterator[Page]:
    with browser.new_context(service_workers="block") as context:
        yield context.new_page()


@pytest.fixture
def look(shared_page: Page) -> Page:
    """A browser page for tests that only look: made once, as it costs more than the looking. `page` is a new one."""
    return visits.on_a_desk(shared_page)


@pytest.fixture(scope="session", params=fonts.SETS)
def fonts_of_page(request: pytest.FixtureRequest) -> str:
    return request.param


@pytest.fixture(scope="session")
def page_in(shared_page: Page, browser_type, browser_type_launch_args, tmp_path_factory) -> Iterator[Callable]:
    """A browser page in a set of fonts: `page_in("narrow-fonts")`. Each set has a browser of its own, started once."""
    pages = {"wide-fonts": shared_page}
    with contextlib.ExitStack() as browsers:

        def page(name: str) -> Page:
            if name not in pages:
                environment = {"env": fonts.environment(fonts.ON_PAPER[name], tmp_path_factory.mktemp(name))}
                browser = browsers.enter_context(browser_type.launch(**browser_type_launch_args | environment))
                pages[name] = browser.new_context(service_workers="block").new_page()
            return visits.on_a_desk(pages[name])

        yield page


@pytest.fixture
def look_in_fonts(page_in: Callable[[str], Page], fonts_of_page: str) -> Page:
    """The same as `look`, once in wide fonts and once in narrow ones."""
    return page_in(fonts_of_page)


@pytest.fixture(scope="session")
def visit(browser: Browser, site_url: str, shared: Path) -> Iterator[Callable[[str], Visit]]:
    """What there is to see on a page: `visit("/terms/")`. Each is opened once, by the first process that asks."""
    with visits.visitor(browser, site_url) as visitor:
        yield lambda path: Visit(
            *shared_result(shared / "visits" / path.replace("/", "-"), lambda: visitor.visit(path))
        )


@pytest.fixture
def fit(visit: Callable, look_in_fonts: Page, site_url: str, shared: Path, fonts_of_page: str) -> Callable[[str], Fit]:
    """How a page fits, once in wide fonts and once in narrow ones."""

    def make(path: str) -> Fit:
        look_in_fonts.goto(site_url + path)
        return visits.fit(look_in_fonts)

    if fonts_of_page == "wide-fonts":
        return lambda path: Fit(*visit(path).fit)
    return lambda path: Fit(*shared_result(shared / fonts_of_page / path.replace("/", "-"), lambda: make(path)))


@pytest.fixture(scope="session")
def without_javascript(browser: Browser) -> Iterator[Page]:
    """A browser page that runs no script."""
    with browser.new_context(java_script_enabled=False) as context:
        yield context.new_page()


def built_once(folder: Path, **environment: str) -> Built:
    """The guide in folder/site, built by the first process that needs it."""
    site = folder / "site"
    complaints = shared_result(folder, lambda: build(ROOT, site, **environment).complaints)
    if not (site / "404.html").exists():
        why = "\n".join(complaints)
        pytest.fail(f"The guide could not be built, so it cannot be tested:\n{why}", pytrace=False)
    return Built(site, complaints)
