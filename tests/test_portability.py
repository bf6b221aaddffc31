"""The guide must outlive its generator: from the same files, others build the same words, facts and links."""

from __future__ import annotations

import json
import re
from pathlib import Path
from urllib.parse import urljoin

import pytest
import turbohtml
import yaml

from hosting import EPOCH, PAGES, ROOT, Project, shared_result

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


# What may differ between the sites of two generators, and why a reader does not notice.
MAY_DIFFER = {
    "sw.js": "it has a hash of the pages, and these differ in spaces",
    "build.json": "it has a hash of all files",
}
HOLDS_ADDRESS, HOLDS_JSON = {"href", "src", "action"}, {"data-hours", "data-closures", "data-places"}


@pytest.fixture(scope="module", params=["zensical", "properdocs"])
def other_site(request: pytest.FixtureRequest, shared: Path) -> Path:
    """The guide as `scripts/build --generator NAME` leaves it."""
    folder = shared / request.param

    def build() -> list[str]:
        outcome = Project(folder / "project").run("guide.build", "--generator", request.param, SOURCE_DATE_EPOCH=EPOCH)
        return [str(outcome.status), outcome.text]

    status, text = shared_result(folder, build)
    assert status == "0", text
    assert text.startswith("0 findings")
    return folder / "project" / "site"


def test_another_generator_makes_the_same_files(site: Path, other_site: Path) -> None:
    assert files_in(other_site) == files_in(site)


def files_in(site: Path) -> set[str]:
    return {path.relative_to(site).as_posix() for path in site.rglob("*") if path.is_file()}


def test_a_signature_holds_under_any_generator(site: Path, other_site: Path) -> None:
    pages = [file for file in sorted(files_in(site)) if file.endswith(".html")]
    signed = {
        folder: [turbohtml.parse((folder / file).read_bytes()).select("[data-words]") for file in pages]
        for folder in (site, other_site)
    }
    hashes = [[end.attr("data-words") for ends in found for end in ends] for found in signed.values()]
    assert len(hashes[0]) > 10
    assert hashes[0] == hashes[1]


def test_files_other_than_pages_are_identical(site: Path, other_site: Path) -> None:
    others = {file for file in files_in(site) if not file.endswith((".html", ".br", ".gz"))} - MAY_DIFFER.keys()
    assert [file for file in sorted(others) if (site / file).read_bytes() != (other_site / file).read_bytes()] == []


@pytest.mark.parametrize("page", [*(f"{path}index.html" for path in PAGES), "print/index.html", "404.html"])
def test_another_generator_makes_the_same_page(site: Path, other_site: Path, page: str) -> None:
    """Words, headings, ids, links, structured data, hours: all but how an address is spelled and how JSON is spaced."""
    elements, others = described(site, page), described(other_site, page)
    assert others == elements
    assert len(elements) > 50


def described(site: Path, page: str) -> list[tuple[str, dict[str, object], str]]:
    """Each element of a page: its tag, its attributes, and the text right inside it."""
    here = "https://guide.example/" + page.removesuffix("index.html")
    found = []
    for element in turbohtml.parse((site / page).read_bytes()).select("*"):
        attributes = {name: meaning(name, value, here) for name, value in element.attrs.items() if name != "data-whole"}
        text = " ".join("".join(one.data for one in element.children if isinstance(one, turbohtml.Text)).split())
        if element.attr("type") == "application/ld+json":
            text = json.dumps(json.loads(text), sort_keys=True)
        found.append((element.tag, attributes, text))
    return found


def meaning(name: str, value: str, here: str) -> object:
    """An attribute's value: an address resolved, JSON read; white space does not count."""
    if name in HOLDS_ADDRESS:
        return urljoin(here, value).replace("guide.example/.", "guide.example/").rstrip(".")
    return json.loads(value) if name in HOLDS_JSON else value


def test_generators_are_named_in_one_file() -> None:
    """To add or drop a generator, one changes guide/generators.py and no other code."""
    code = [path for path in (ROOT / "scripts").rglob("*.py") if path.name != "generators.py"]
    named = {path.name for path in code if re.search(r"[\"'](zensical|properdocs)[\"']", path.read_text("utf-8"))}
    assert named == set()


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda path: path.name)
def test_a_template_uses_what_both_engines_support(template: Path) -> None:
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


def test_settings_hold_only_what_all_generators_read() -> None:
    text = (ROOT / "mkdocs.yml").read_text("utf-8")
    settings = yaml.load(text, LOADER)
    plugins = [name if isinstance(name, str) else next(iter(name)) for name in settings["plugins"]]
    assert plugins == ["macros"]
    assert settings["hooks"] == ["scripts/mkdocs_hooks.py"]  # which Zensical ignores; scripts/build does the same there
    assert "!!python" not in text


@pytest.mark.parametrize("data", sorted((ROOT / "docs" / "_data").glob("*.yml")), ids=lambda path: path.name)
def test_dates_are_quoted(data: Path) -> None:
    """An unquoted date is text in one generator, a date in the other, and ends the build in the third."""
    dates = re.findall(r"(?m)^[^#\n]*?[:\[,]\s*(\d{4}-\d\d-\d\d)", data.read_text("utf-8"))
    assert dates == []
