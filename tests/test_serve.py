"""`mkdocs serve`: an edit reaches the open page as readers will see it, and the page reports a mistake."""

from __future__ import annotations

import os
import re
import shutil
import socket
import subprocess
import threading
import urllib.error
import urllib.request
from collections.abc import Iterator
from html import unescape
from pathlib import Path
from typing import NamedTuple

import pytest
from mkdocs.livereload import LiveReloadServer

import guide.preview
from cases import write
from guide import preview_findings
from hosting import Outcome, Project

ENDED = 900  # seconds after which a preview that hangs is ended, so that its test fails; the machine may be busy
DONE = re.compile(r"\d\d:\d\d:\d\d (shown|not shown)")
EDITS = {  # file, what becomes what, where it then shows
    "words": ("docs/index.md", "## What helps", "Words of today.\n\n## What helps", "", "Words of today."),
    "facts": ("docs/_data/clinic.yml", "Brooklyn Heights", "Brooklyn Hills", "", "Brooklyn Hills"),
    "templates": ("overrides/clinic/footer.html", "</footer>", "<p>A new foot</p></footer>", "terms/", "A new foot"),
    "styles": ("docs/assets/css/site.css", "body {", "body { --new: 1;", "assets/css/site.css", "--new: 1;"),
}
MISTAKES = {  # file, what becomes what, and the place and words that the terminal shows
    "a fact that is none": ("docs/index.md", "# ", "# {{ clinic.fone }} ", "docs/index.md:", "clinic.phone"),
    "YAML": ("docs/_data/clinic.yml", "    hours:\n", "    hours: [\n", "docs/_data/clinic.yml:", "fix the YAML"),
    "a template": ("overrides/main.html", "{% block", "{% blok", "overrides/main.html:", "blok"),
    "a filter": ("docs/index.md", "# ", "# {{ clinic.name | nothing }} ", "docs/index.md:10:1 ", "nothing"),
    "mkdocs.yml": ("mkdocs.yml", "name: material", "name: materia", "mkdocs.yml:", "materia"),
}


class Preview(NamedTuple):
    """A preview that runs."""

    project: Project
    process: subprocess.Popen
    address: str

    def get(self, path: str = "") -> str:
        with urllib.request.urlopen(self.address + path, timeout=ENDED) as answer:
            return answer.read().decode()

    def get_with(self, words: str) -> str:
        """The start page as soon as it holds `words`: it waits for what is new, then loads it, as an open page does."""
        while words not in (page := self.get()):
            epoch = re.search(r"livereload\((\d+),", page)[1]
            self.get(f"livereload/{epoch}/1")
        return page

    def terminal_output(self) -> list[str]:
        """What the terminal shows of the next build."""
        lines = []
        for line in self.process.stdout:
            lines.append(line.rstrip())
            if DONE.match(line):
                return lines
        return pytest.fail("\n".join(["the preview has ended", *lines]))


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as server:
        return server.getsockname()[1]


@pytest.fixture(scope="module")
def preview(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Preview]:
    project, place = Project(tmp_path_factory.mktemp("preview") / "project"), f"127.0.0.1:{free_port()}"
    outputs = {"stdout": subprocess.PIPE, "stderr": subprocess.STDOUT}
    process = project.start("mkdocs", "serve", "--dev-addr", place, **outputs)
    ender = threading.Timer(ENDED, process.kill)
    ender.start()
    running = Preview(project, process, f"http://{place}/")
    running.terminal_output()
    assert running.address in process.stdout.readline()
    running.get()  # it watches the files from here on
    yield running
    process.terminate()
    ender.cancel()
    assert process.wait(ENDED) == 0
    process.stdout.close()


def test_the_preview_shows_cards_and_figures_as_readers_see_them(preview: Preview) -> None:
    assert '<section class="care care-emergency"' in preview.get("get-help-now/")
    assert '<figure class="figure figure-pathway"><svg' in preview.get("how-pain-works/")
    assert "Content-Security-Policy" not in preview.get()  # it would refuse the script that reloads the page
    assert "offline." not in preview.get()  # a kept copy would hide the next edit


@pytest.mark.parametrize("edit", EDITS.values(), ids=EDITS)
def test_an_edit_reloads_the_open_page(preview: Preview, edit: tuple[str, ...]) -> None:
    file, old, new, page, words = edit
    epoch = re.search(r"livereload\((\d+),", preview.get())[1]
    assert words not in preview.get(page)
    preview.project.replace(file, old, new, times=1)
    assert preview.terminal_output()[-1].partition(" ")[2].startswith("shown")
    assert int(preview.get(f"livereload/{epoch}/1")) > int(epoch)
    assert words in preview.get(page)


@pytest.mark.parametrize("mistake", MISTAKES.values(), ids=MISTAKES)
def test_a_failed_build_is_reported_on_the_page_until_it_is_corrected(
    preview: Preview, mistake: tuple[str, ...]
) -> None:
    file, old, new, place, words = mistake
    good = (preview.project.root / file).read_text("utf-8")
    preview.project.replace(file, old, new, times=1)
    output = preview.terminal_output()
    assert [line for line in output if line.startswith(place) and words in line], output
    assert "Traceback" not in "\n".join(output)
    for page in (preview.get(), preview.get("terms/")):
        assert [line for line in unescape(page).splitlines() if line.startswith(place) and words in line], page
        assert "livereload(" in page
    preview.project.write(file, good)
    assert preview.terminal_output()[0].partition(" ")[2].startswith("shown")
    assert "livereload(" in preview.get() and place not in preview.get()


def test_an_open_page_keeps_its_files_while_builds_fail(preview: Preview) -> None:
    good = (preview.project.root / "docs/index.md").read_text("utf-8")
    assert "body {" in preview.get("assets/css/site.css")
    for number in range(2):
        preview.project.write("docs/index.md", f"{{{{ clinic.fone{number} }}}}")
        assert "not shown" in preview.terminal_output()[-1]
    assert "body {" in preview.get("assets/css/site.css")
    preview.project.write("docs/index.md", good)
    preview.terminal_output()


def test_a_finding_is_shown_at_the_top_of_its_page(preview: Preview) -> None:
    preview.project.replace("docs/index.md", "## What helps", "The addict went.\n\n## What helps", times=1)
    assert len(preview.terminal_output()) == 1
    line = preview.project.line_of("docs/index.md", "The addict went.")
    top, _, _ = preview.get_with("data-preview").partition("Skip to content")
    assert f'docs/index.md:{line}:5 PL002 instead of "addict" say' in unescape(top)
    assert "data-preview" not in preview.get("terms/")
    preview.project.replace("docs/index.md", "The addict went.\n\n", "")
    assert len(preview.terminal_output()) == 1
    assert "data-preview" not in preview.get()


def test_no_page_goes_missing_while_files_are_saved(preview: Preview) -> None:
    """Nothing is missing while a build replaces another."""
    missing, done = [], threading.Event()

    def read() -> None:
        while not done.is_set():
            try:
                preview.get("terms/")
            except urllib.error.HTTPError as error:
                missing.append(error.code)

    reader = threading.Thread(target=read)
    reader.start()
    for number in range(3):
        words = (preview.project.root / "docs/terms.md").read_text("utf-8")
        preview.project.write("docs/terms.md", f"{words}\nMore words, {number}.\n")
        preview.terminal_output()
    done.set()
    reader.join()
    assert missing == []


def test_a_stopped_check_leaves_no_files(site: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    build = shutil.copytree(site, tmp_path / "1" / "site").parent
    checking = preview_findings.Checking(build / "site", lambda: None)
    while not (build / "checked").exists():
        assert checking.process.poll() is None
    checking.stop()
    checking.process.wait()
    shutil.rmtree(build)
    assert list(tmp_path.iterdir()) == []


class EditedMeanwhile(guide.preview.Preview):
    """A preview of a page that is saved while the first build reads it."""

    url = "http://127.0.0.1/"

    def __init__(self) -> None:
        self._want_rebuild = False

    def update(self) -> None:
        Path("docs/index.md").write_text("new", "utf-8")


def test_an_edit_during_the_first_build_is_built(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(LiveReloadServer, "server_activate", lambda _: None)
    write(tmp_path, {"docs/index.md": "old"})
    os.utime("docs/index.md", (1, 1))
    server = EditedMeanwhile()
    server.server_activate()
    assert server._want_rebuild


def test_an_address_in_use_is_reported(preview: Preview) -> None:
    place = preview.address.removeprefix("http://").rstrip("/")
    the_start_fails(preview.project.run("guide.serve", "--dev-addr", place), f"{place} cannot be used")


@pytest.mark.parametrize("old, new", [("nav:", "nav: ["), ("name: material", "name: materia")])
def test_invalid_settings_are_reported(project: Project, old: str, new: str) -> None:
    project.replace("mkdocs.yml", old, new, times=1)
    the_start_fails(project.run("guide.serve", "--dev-addr", f"127.0.0.1:{free_port()}"), "mkdocs.yml:")


def the_start_fails(outcome: Outcome, why: str) -> None:
    assert outcome.status == 2
    assert [line for line in outcome.lines if line.startswith(why)], outcome.text
    assert "Traceback" not in outcome.text
