"""A setting of mkdocs.yml or of a page does what it says, or a finding at its line says what to edit instead."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import turbohtml

from hosting import ROOT
from sitecheck.project import model
from sitecheck.project.data.marked_yaml import parse
from sitecheck.project.data.schema import schema_errors
from sitecheck.project.read_project import SETTINGS
from sitecheck.rules.settings.honored_keys import HONORED, INSTEAD
from sitecheck.rules.settings.mkdocs_yml import setting_missing, setting_not_honored

# A setting as a Material user writes it, its line, and words of the advice.
NOT_HONORED = [
    ("theme:\n  name: material\n  features: [navigation.tabs]", 3, "header.html"),
    ("theme:\n  features:\n    - content.code.copy\n    - toc.integrate", 3, "CONTRIBUTING.md"),
    ("theme:\n  features: [content.action.edit]", 2, "repo_url"),
    ("theme:\n  features: []", 2, "overrides/clinic/"),
    ("theme:\n  language: es", 2, "docs/es.md"),
    ("theme:\n  locale: es", 2, "docs/es.md"),
    ("theme:\n  direction: rtl", 2, "lang:"),
    ("theme:\n  palette:\n    primary: teal", 2, "tokens.css"),
    ("theme:\n  palette: [{scheme: slate}]", 2, "the dark ones too"),
    ("theme:\n  font: {text: Lora}", 2, "tokens.css"),
    ("theme:\n  icon: {logo: material/heart}", 2, "figure()"),
    ("theme:\n  static_templates: [a.html]", 2, "docs/"),
    ("theme:\n  name: readthedocs", 2, "must be material"),
    ("theme:\n  custom_dir: theme", 2, "must be overrides"),
    ("theme:\n  variant: modern", 2, "must be classic"),
    ("theme: mkdocs", 1, "must be material"),
    ("theme:\n  highlightjs: true", 2, "tokens.css"),
    ("markdown_extensions:\n  - toc: {permalink: true}", 2, "must be false"),
    ("markdown_extensions:\n  - toc: {permalink: '#'}", 2, "must be false"),
    ("markdown_extensions:\n  - toc: {title: Contents}", 2, "{#address}"),
    ("markdown_extensions:\n  - pymdownx.tabbed: {alternate_style: true}", 2, "one heading for each"),
    ("markdown_extensions:\n  - tables\n  - pymdownx.superfences", 3, "figure()"),
    (
        "markdown_extensions:\n  pymdownx.superfences:\n    custom_fences: [{name: mermaid, class: mermaid}]",
        2,
        "figure()",
    ),
    ("markdown_extensions: [abbr]", 1, "parentheses"),
    (
        "markdown_extensions:\n  - pymdownx.blocks.admonition:\n      types:\n        - {name: tip}",
        4,
        "in-short, emergency",
    ),
    ("markdown_extensions: [footnotes]", 1, "cite("),
    ("markdown_extensions: [admonition]", 1, "/// inset"),
    ("markdown_extensions: [pymdownx.arithmatex]", 1, "no style here"),
    ("markdown_extensions: [def_list]", 1, "no style here"),
    ("extra:\n  social: [{icon: x, link: 'https://x.test'}]", 2, "footer.html"),
    ("extra:\n  analytics: {provider: google}", 2, "nobody is counted"),
    ("extra:\n  consent: {title: Cookies}", 2, "nothing is stored"),
    ("extra:\n  alternate: [{lang: es}]", 2, "extra.languages"),
    ("extra:\n  version: {provider: mike}", 2, "one version"),
    ("extra:\n  phone: 212 555 0100", 2, "clinic.yml"),
    ("extra:\n  clinic: {name: A}", 2, "clinic.yml"),
    ("extra_javascript: [assets/js/a.js]", 1, "overrides/main.html"),
    ("extra_templates: [a.html]", 1, "overrides/clinic/"),
    ("plugins: [macros, search]", 1, "search_index.py"),
    ("plugins:\n  - macros\n  - blog", 3, "no news"),
    ("plugins:\n  - tags: {enabled: true}", 2, "keywords:"),
    ("plugins:\n  privacy: {enabled: true}", 2, "another host"),
    ("plugins: [minify]", 1, "finish"),
    ("plugins: [social]", 1, "social.png"),
    ("plugins: [redirects]", 1, "moved.yml"),
    ("plugins: [gen-files]", 1, "finish"),
    ("plugins:\n  - macros: {on_undefined: keep}", 2, "must be strict"),
    ("plugins:\n  - macros: {include_yaml: [a.yml]}", 2, "scripts/macros.py"),
    ("hooks: [mine.py]", 1, "mkdocs_hooks.py"),
    ("INHERIT: ../base.yml", 1, "docs/_data/clinic.yml"),
    ("use_directory_urls: false", 1, "end with a slash"),
    ("docs_dir: content", 1, "must be docs"),
    ("site_dir: public", 1, "must be site"),
    ("strict: false", 1, "must be true"),
    ("draft_docs: drafts/", 1, "branch"),
    ("repo_name: us/guide", 1, "Report a mistake"),
    ("google_analytics: [a, b]", 1, "nobody is counted"),
    ("nav:\n  - index.md\n  - Guide: [a.md]", 3, "one level"),
    ("nav:\n  - NIDA: https://nida.test/", 2, "on a page"),
    ("use_directory_urls: !ENV [NONE_SUCH, false]", 1, "must be true"),
    ("site_nam: Guide", 1, "correct the name"),
]


def faults_in(text: str) -> list:
    return list(setting_not_honored(model.Project(root="", data={SETTINGS: parse(text)})))


@pytest.mark.parametrize(("text", "line", "words"), NOT_HONORED, ids=[text for text, *_ in NOT_HONORED])
def test_a_setting_without_effect_is_named_at_its_line(text: str, line: int, words: str) -> None:
    found = faults_in(text)
    assert [fault.line for fault in found][:1] == [line]
    assert words in found[0].message


# A line of mkdocs.yml that is lost or changed, what stands there then, and the line and words of the one finding.
LOST = [
    ("INHERIT: docs/_data/clinic.yml", "# INHERIT", "3:1 put INHERIT: docs/_data/clinic.yml back here"),
    ("site_name: Opioids and pain", 'site_name: ""', "3:1 put site_name back here"),
    ('!ENV [SITE_URL, "https://guide.example/"]', '""', "4:1 put site_url back here"),
    ('!ENV [SITE_URL, "https://guide.example/"]', "https://clinic.org/guide", "4:11 write the address"),
    ('!ENV [SITE_URL, "https://guide.example/"]', "clinic.org/", "4:11 write the address"),
    ('!ENV [SITE_URL, "https://guide.example/"]', "https://clinic.org/?p=1", "4:11 write the address"),
    ("  custom_dir: overrides\n", "", "22:1 put theme.custom_dir: overrides back here"),
    ("  font: false", "  # font", "22:1 put theme.font: false back here"),
    ("  - attr_list ", "  # attr_list ", "32:1 put the extension attr_list back here"),
    ("  - tables\n", "", "32:1 put the extension tables back here"),
    ("        - {name: urgent}\n", "", "32:1 put the box urgent back here"),
    ("  - macros:\n", "  - macros: {}\nx:\n", "50:1 put the plugin macros.module_name: scripts/macros back here"),
    ("plugins:\n", "plugins: []\nx:\n", "50:1 put the plugin macros back here"),
    ('j2_comment_end_string: "#-->"', "on_error_fail: true", "50:1 put the plugin macros.j2_comment_end_string back"),
    ("strict: true", "strict: true\nedit_uri: edit/main/docs/", "17:1 add repo_url"),
]


@pytest.mark.parametrize(("line", "instead", "says"), LOST, ids=[instead or line for line, instead, _ in LOST])
def test_a_setting_that_is_lost_is_named(line: str, instead: str, says: str) -> None:
    text = (ROOT / SETTINGS).read_text("utf-8")
    assert line in text
    data = {SETTINGS: parse(text.replace(line, instead, 1))}
    found = [f"{one.line}:{one.column} {one.message}" for one in setting_missing(model.Project(root="", data=data))]
    assert found[0].startswith(says)
    assert len({one.partition(".")[0] for one in found}) == 1


HONORED_HERE = [
    "theme:\n  name: material\n  variant: classic\n  custom_dir: overrides\n  font: false\n  logo: assets/logo.svg",
    "copyright: Words by us\nrepo_url: https://github.test/us/guide\nedit_uri: edit/main/docs/",
    "edit_uri_template: '{path}'\nremote_branch: pages\nremote_name: bare\ndev_addr: 127.0.0.1:9000\nwatch: [scripts]",
    "nav:\n  - index.md\n  - How pain works: how-pain-works.md",
    "site_author: Us\nsite_name: !ENV [NAME, Pain]\nvalidation: {nav: {omitted_files: warn}}\nexclude_docs: a/",
    "extra_css: [assets/css/tokens.css]\nnot_in_nav: search.md",
    (ROOT / SETTINGS).read_text("utf-8"),
]


@pytest.mark.parametrize("text", HONORED_HERE)
def test_a_setting_that_is_honored_is_not_reported(text: str) -> None:
    assert faults_in(text) == []
    assert list(setting_missing(model.Project(root="", data={SETTINGS: parse(text)}))) == []


def test_each_setting_stands_in_one_table() -> None:
    assert HONORED.isdisjoint(INSTEAD)


@pytest.mark.parametrize("key", ["hide", "search", "template", "tags", "status", "icon", "date", "authors", "comments"])
def test_front_matter_without_effect_says_what_to_use(key: str) -> None:
    (wrong,) = schema_errors(parse(f"title: Pillows for you\n{key}: [toc]\n"), "page")
    assert (wrong.mark.line, wrong.message.split(":")[0]) == (2, f"this guide does not use {key}")


def test_honored_settings_show(edited_site: Path) -> None:
    """Edit this page, the copyright, a logo and a title in nav."""
    page = turbohtml.parse((edited_site / "terms/index.html").read_bytes())
    links = {link.text: link.attr("href") for link in page.select("a")}
    assert links["Edit this page"] == "https://github.com/us/guide/edit/main/docs/terms.md"
    assert links["Report a mistake"] == "https://github.com/us/guide/issues/new"
    assert "Made with care." in page.find("footer").text
    for link in ("header img", "link[rel~=icon]"):
        address = page.select_one(link).attr("src") or page.select_one(link).attr("href")
        assert re.search(r"assets/logo\.[0-9a-f]{10}\.svg$", address)
        assert (edited_site / "terms" / Path(address)).resolve().is_file()
    next_page = turbohtml.parse((edited_site / "prevention-and-early-help/index.html").read_bytes())
    assert "What pain is" in next_page.select_one("a[rel=next]").text
    assert "Edit this page" not in (edited_site / "print/index.html").read_text("utf-8")
