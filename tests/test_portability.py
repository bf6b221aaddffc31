"""The guide must outlive its generator: from the same files, Zensical builds the same words, facts and links."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path
from urllib.parse import urljoin

import pytest
import turbohtml
import yaml

from guide import stages
from hosting import EPOCH, PAGES, ROOT, Project, check, environ

TEMPLATES = sorted((ROOT / "overrides").rglob("*.html"))
TAG = re.compile(r"\{[{%].*?[%}]\}", re.DOTALL)
# What one of the two template engines does not know, and what to write instead.
NOT_PORTABLE = {
    r"\|\s*truncate\b": "a slice: x[:80]",
    r"\|\s*script_tag\b": "a <script> tag",
    r"\bstrftime\b": "the words of clinic/words.html",
    r"\bconfig\.plugins\b": "nothing: the plugins have other names there",
    r"\bconfig\.config_file_path\b": "nothing: it is empty there",
    r"\bpage\.(?:file|is_homepage|update_date|abs_url)\b": "page.url, or front matter",
    r"\bnav\.homepage\b|\bbuild_date_utc\b": "nothing: it is empty there",
}
METHOD = re.compile(r"\b([\w.]+)\.(\w+)\(")
LOADER = type("Loader", (yaml.SafeLoader,), {})
LOADER.add_constructor("!ENV", lambda loader, node: loader.construct_sequence(node)[1])


@pytest.fixture(scope="module")
def zensical_site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The guide built by Zensical and finished by us."""
    root = Project(tmp_path_factory.mktemp("zensical") / "project").root
    command = [Path(sys.executable).parent / "zensical", "build", "--clean", "--strict"]
    with environ(SOURCE_DATE_EPOCH=EPOCH, PYTHONPATH=str(ROOT / "scripts")):
        run = subprocess.run(command, cwd=root, capture_output=True, text=True)
        assert run.returncode == 0, run.stdout + run.stderr
        stages.finish(root / "site")
    return root / "site"


def main_of(site: Path, path: str) -> turbohtml.Element:
    return turbohtml.parse((site / path / "index.html").read_bytes()).find("main")


@pytest.mark.parametrize("path", PAGES)
def test_a_reader_finds_the_same_words(site: Path, zensical_site: Path, path: str) -> None:
    words = [" ".join(main_of(built, path).text.split()) for built in (site, zensical_site)]
    assert words[0] == words[1]


@pytest.mark.parametrize("path", PAGES)
def test_a_machine_finds_the_same_facts(site: Path, zensical_site: Path, path: str) -> None:
    documents = [turbohtml.parse((built / path / "index.html").read_bytes()) for built in (site, zensical_site)]
    facts = [
        [json.loads(script.text) for script in document.select('script[type="application/ld+json"]')]
        for document in documents
    ]
    assert facts[0] == facts[1] != []


@pytest.mark.parametrize("path", PAGES)
def test_links_lead_to_the_same_places(site: Path, zensical_site: Path, path: str) -> None:
    here = "https://guide.example/" + path
    places = [
        [urljoin(here, link.attrs["href"]) for link in main_of(built, path).select("a[href]")]
        for built in (site, zensical_site)
    ]
    assert places[0] == places[1] != []


@pytest.mark.parametrize("path", PAGES)
def test_a_saved_link_to_a_section_still_works(site: Path, zensical_site: Path, path: str) -> None:
    anchors = [
        {element.attrs["id"] for element in main_of(built, path).select("[id]")} for built in (site, zensical_site)
    ]
    of_the_theme = {anchor for anchor in anchors[1] if anchor.startswith("__")}
    assert anchors[0] == anchors[1] - of_the_theme


def test_the_same_checks_pass(zensical_site: Path) -> None:
    outcome = check(zensical_site)
    assert outcome.status == 0, outcome.text


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda path: path.name)
def test_a_template_uses_what_both_engines_know(template: Path) -> None:
    text = template.read_text("utf-8")
    tags = " ".join(TAG.findall(text))
    found = [f"{match[0]}: {instead}" for rule, instead in NOT_PORTABLE.items() for match in re.finditer(rule, tags)]
    imported = {"lang", *re.findall(r'import "[^"]+" as (\w+)', text)}
    methods = [match[0] for match in METHOD.finditer(tags) if match[1] not in imported]
    assert found == []
    assert methods == [], "a Python method is unknown to Zensical: use a filter"


def test_no_part_of_the_theme_is_copied() -> None:
    """A copy is a fork that nobody keeps up with the theme."""
    assert not (ROOT / "overrides" / "partials").exists()


def test_settings_hold_only_what_both_generators_read() -> None:
    text = (ROOT / "mkdocs.yml").read_text("utf-8")
    settings = yaml.load(text, LOADER)
    plugins = [name if isinstance(name, str) else next(iter(name)) for name in settings["plugins"]]
    assert plugins == ["macros"]
    assert settings["hooks"] == ["scripts/mkdocs_hooks.py"]  # which Zensical ignores; scripts/build does the same there
    assert "!!python" not in text


@pytest.mark.parametrize("data", sorted((ROOT / "docs" / "_data").glob("*.yml")), ids=lambda path: path.name)
def test_dates_are_written_in_quotes(data: Path) -> None:
    """An unquoted date is text in one generator, a date in the other, and ends the build in the third."""
    dates = re.findall(r"(?m)^[^#\n]*?[:\[,]\s*(\d{4}-\d\d-\d\d)", data.read_text("utf-8"))
    assert dates == []
