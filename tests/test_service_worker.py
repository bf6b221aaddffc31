"""The worker's file and the marks that it looks for, as the finishing pass writes them; test_offline.py runs them."""

from __future__ import annotations

import base64
import hashlib
import json
import re
import shutil
from pathlib import Path

import pytest

import finish
from finish.fingerprints import LOADED
from finishing import DATA, KEPT, document_of, site_of

SETTINGS = re.compile(r'\{"version":.*"notes":\{.*\}\}')
SCRIPT = "assets/js/offline.js"
OTHER = "other/index.html"  # a page that is not kept


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A site of the kept pages, one that is not kept, and the page of no address."""
    return written(tmp_path / "site")


def written(folder: Path, **words: str) -> Path:
    """Such a site, with these words on its home page, its other page or in its script."""
    folder.mkdir()
    site_of(folder, "<h1>Pain</h1>")
    page = (folder / "index.html").read_text("utf-8")
    home, other = (page.replace("</h1>", f"</h1>{words.get(name, '')}") for name in ("home", "other"))
    files = {"index.html": home, OTHER: other, "404.html": page, SCRIPT: f"register({words.get('script', '')})"}
    for path, text in files.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text(text, "utf-8")
    return folder


def settings(folder: Path) -> dict:
    return json.loads(SETTINGS.search((folder / "sw.js").read_text("utf-8"))[0])


def marks(folder: Path, path: str) -> list[str]:
    return [mark.attr("data-whole") for mark in document_of(folder, path).select("[data-whole]")]


def data_with(folder: Path, offline: str) -> Path:
    """The guide's data with this offline.yml."""
    data = shutil.copytree(DATA, folder / "data", ignore=shutil.ignore_patterns("schema"))
    (data / "offline.yml").write_text(offline, "utf-8")
    return data


def test_every_page_has_its_address_and_only_kept_pages_have_the_version(folder: Path) -> None:
    finish.finish(folder, DATA)
    version = settings(folder)["version"]
    assert re.fullmatch("[0-9a-f]{12}", version)
    assert {kept: marks(folder, f"{kept}index.html") for kept in KEPT} == {kept: [f"{kept}@{version}"] for kept in KEPT}
    assert (marks(folder, OTHER), marks(folder, "404.html")) == (["other/@"], [])
    assert document_of(folder).select("body > *")[-1].attr("data-whole") == f"@{version}"


def test_the_version_changes_only_with_what_is_kept(tmp_path: Path) -> None:
    versions = {}
    for part in ("nothing", "other", "home", "script"):
        finish.finish(written(tmp_path / part, **{part: "0"}), DATA)
        versions[part] = settings(tmp_path / part)["version"]
    assert versions["nothing"] == versions["other"]
    assert len(set(versions.values())) == 3


def test_only_files_that_a_kept_page_loads_are_kept_with_their_hashes(folder: Path) -> None:
    finish.finish(folder, DATA)
    [script] = [element.attr("src") for element in document_of(folder).select('script[src*="/js/offline."]')]
    digest = hashlib.sha256((folder / script).read_bytes()).digest()
    assert settings(folder)["assets"][script] == f"sha256-{base64.b64encode(digest).decode()}"
    document = document_of(folder)
    loaded = {element.attr(name) for selector, name in LOADED.items() for element in document.select(selector)}
    assert set(settings(folder)["assets"]) <= loaded
    assert settings(folder)["pages"] == KEPT


def test_a_page_registers_the_worker_once_and_not_at_all_when_none_is_kept(folder: Path, tmp_path: Path) -> None:
    registers = 'script[src*="/js/offline."][defer]'
    for _ in range(2):
        finish.finish(folder, DATA)
        assert [len(document_of(folder, path).select(registers)) for path in ("index.html", OTHER)] == [1, 1]
    finish.finish(folder, data_with(tmp_path, "pages: []\n"))
    assert document_of(folder).select(registers) == []
    assert settings(folder)["pages"] == []
    assert marks(folder, "index.html") == ["@"]


def test_a_site_without_the_script_has_nothing_to_register(tmp_path: Path) -> None:
    finish.finish(site_of(tmp_path, "<h1>Pain</h1>"), DATA)
    assert document_of(tmp_path).select('script[src*="/js/offline."]') == []


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("pages: [gone/]\nnotes: {en: {since: Saved}}\n", "there is no page gone/: correct the line or remove it"),
        ("pages: ['']\nnotes: {es: {since: Saved}}\n", "the English words above a saved copy are missing"),
    ],
)
def test_a_page_that_cannot_be_kept_is_reported(folder: Path, tmp_path: Path, text: str, message: str) -> None:
    data = data_with(tmp_path, text)
    with pytest.raises(finish.FinishError) as error:
        finish.finish(folder, data)
    assert f"docs/_data/offline.yml: {message}" in str(error.value)
    assert not (folder / "sw.js").exists()
