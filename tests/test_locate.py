"""Where an editor is sent: from a fault in the built page to the line and column of the file that people write."""

from __future__ import annotations

import pytest

from cases import small_site
from growing import LIMIT, cpu_seconds, growth
from sitecheck.model.finding import Fault
from sitecheck.report.findings import findings, select_rules
from sitecheck.report.locate import place

HEAD = "---\ntitle: Pillows\n---\n\n"  # the words begin on line 5
HELP = "---\ntitle: Help\n---\n\n## Call {#call}\n"
HELP_PAGE = '<h1>Help</h1><h2 id="call">Call</h2><p><a href="../">Home</a> <a href="../a/b/">B</a></p>'


def broken_links(
    tmp_path, words: str, html: str, more: dict[str, str] | None = None, page: str = "index.html"
) -> list[str]:
    """The broken links on a small site, as "file:line:column suggestion"."""
    source = {"index.html": "docs/index.md", "a/b/index.html": "docs/a/b.md"}[page]
    project = {"docs/index.md": HEAD, "docs/a/b.md": HEAD, "docs/help.md": HELP}
    project |= {source: HEAD + words, **(more or {})}
    home = '<h1>Pillows</h1><p><a href="help/">Help</a> <a href="a/b/">B</a></p>'
    built = {"index.html": home, "a/b/index.html": "<h1>B</h1>", "help/index.html": HELP_PAGE}
    built[page] = (home if page == "index.html" else "<h1>B</h1>") + html
    site = small_site({"site": built, "project": project}, tmp_path)
    found = findings(site, select_rules(("LI001", "LI002"), project=True))
    return [f"{finding.file}:{finding.line}:{finding.column} {finding.suggestion}".strip() for finding in found]


LINKS = {
    "in a sentence": ("See [help](halp.md).", '<p>See <a href="halp.md">help</a>.</p>', "docs/index.md:5:12 help.md"),
    "with a fragment": (
        "See [help](help.md#cal).",
        '<p>See <a href="help/#cal">help</a>.</p>',
        "docs/index.md:5:12 help.md#call",
    ),
    "on this page": (
        "## Pillow {#pillow}\n\nSee [it](#pilow).",
        '<h2 id="pillow">Pillow</h2><p>See <a href="#pilow">it</a>.</p>',
        "docs/index.md:7:10 #pillow",
    ),
    "by reference": (
        "See [help][1].\n\n[1]: halp.md",
        '<p>See <a href="halp.md">help</a>.</p>',
        "docs/index.md:7:6 help.md",
    ),
    "in raw HTML": (
        'See <a href="hepl/">help</a>.',
        '<p>See <a href="hepl/">help</a>.</p>',
        "docs/index.md:5:14 help/",
    ),
    "the second of two": (
        "[One](help.md#x1) and [two](help.md#x1).",
        '<p><a href="help/">One</a> and <a href="help/#x1">two</a>.</p>',
        "docs/index.md:5:7",
    ),
    "with spaces and umlauts": (
        "See [it](<größe 1.md>).",
        '<p>See <a href="gr%C3%B6%C3%9Fe%201.md">it</a>.</p>',
        "docs/index.md:5:11",
    ),
    "named by its own address": (
        "Open halp.md: [halp.md](halp.md).",
        '<p>Open halp.md: <a href="halp.md">halp.md</a>.</p>',
        "docs/index.md:5:25 help.md",
    ),
    "shown in an indented block as well": (
        "Write\n\n    [help](halp.md)\n\nfor [help](halp.md).",
        '<p>Write</p><pre><code>[help](halp.md)</code></pre><p>for <a href="halp.md">help</a>.</p>',
        "docs/index.md:9:12 help.md",
    ),
    "indented in a list": (
        "- See\n\n    [help](halp.md).",
        '<ul><li><p>See</p><p><a href="halp.md">help</a>.</p></li></ul>',
        "docs/index.md:7:12 help.md",
    ),
    "escaped in HTML": (
        'See <a href="halp/?a=1&amp;b=2">help</a>.',
        '<p>See <a href="halp/?a=1&amp;b=2">help</a>.</p>',
        "docs/index.md:5:14 help/?a=1&b=2",
    ),
    "with a fragment in HTML": (
        'See <a class="x"\n  href="help/#cal">help</a>.',
        '<p>See <a class="x"\n  href="help/#cal">help</a>.</p>',
        "docs/index.md:6:9 help/#call",
    ),
    "as Markdown has it in HTML": (
        'See <a href="help.md">help</a>.',
        '<p>See <a href="help.md">help</a>.</p>',
        "docs/index.md:5:14 help/",
    ),
    "with a question": (
        "See [help](halp.md?a=1).",
        '<p>See <a href="halp.md?a=1">help</a>.</p>',
        "docs/index.md:5:12 help.md?a=1",
    ),
    "shown in code as well": (
        "`halp.md` means [help](halp.md).",
        '<p><code>halp.md</code> means <a href="halp.md">help</a>.</p>',
        "docs/index.md:5:24 help.md",
    ),
}


@pytest.mark.parametrize(("words", "html", "wanted"), LINKS.values(), ids=LINKS)
def test_a_link_is_found_in_the_markdown(tmp_path, words, html, wanted):
    assert broken_links(tmp_path, words, html) == [wanted]


def test_a_link_in_a_folder_is_spelled_relative_to_that_folder(tmp_path):
    words, html = "See [help](../help.md#cal).", '<p>See <a href="../../help/#cal">help</a>.</p>'
    assert broken_links(tmp_path, words, html, page="a/b/index.html") == ["docs/a/b.md:5:12 ../help.md#call"]


def test_a_link_in_an_included_template_is_found_there(tmp_path):
    card = {"overrides/clinic/card.html": '<ul>\n<li><a href="halp/">Help</a></li>\n</ul>'}
    html = '<ul><li><a href="halp/">Help</a></li></ul>'
    words = '{% include "clinic/card.html" %}'
    assert broken_links(tmp_path, words, html, card) == ["overrides/clinic/card.html:2:14 help/"]


def test_a_link_in_a_snippet_is_found_there(tmp_path):
    more = {"docs/snippets/help.md": HEAD + "See [help](halp.md)."}
    words, html = '--8<-- "snippets/help.md"', '<p>See <a href="halp.md">help</a>.</p>'
    assert broken_links(tmp_path, words, html, more) == ["docs/snippets/help.md:5:12 help.md"]  # as the page spells it


def test_a_link_in_a_snippet_of_a_snippet_is_found_there(tmp_path):
    more = {"docs/snippets/a.md": HEAD + '--8<-- "snippets/b.md"', "docs/snippets/b.md": HEAD + "See [help](halp.md)."}
    words, html = '--8<-- "snippets/a.md"', '<p>See <a href="halp.md">help</a>.</p>'
    assert broken_links(tmp_path, words, html, more)[0].startswith("docs/snippets/b.md:5:12")


def test_a_link_that_a_template_writes_as_the_page_has_it_is_found_there(tmp_path):
    card = {"overrides/card.html": '<p><a href="../../halp/">Help</a></p>'}
    words, html = '{% include "card.html" %}', '<p><a href="../../halp/">Help</a></p>'
    assert broken_links(tmp_path, words, html, card, "a/b/index.html") == ["overrides/card.html:1:13 ../../help/"]


def test_a_link_in_the_frame_is_found_in_its_template(tmp_path):
    foot = {"overrides/foot.html": "<footer>\n  <a href=\"{{ 'halp/' | url }}\">Help</a></footer>"}
    document = '<html lang="en"><head><title>A</title></head><body><main><h1>Pillows</h1>{}</main>{}</body></html>'
    html = document.format('<a href="help/">Help</a> <a href="a/b/">B</a>', '<a href="halp/">Help</a>')
    case = {"site": {"index.html": html}, "project": {"docs/index.md": HEAD, **foot}}
    found = findings(small_site(case, tmp_path), select_rules(("LI001",), project=True))
    places = [(finding.file, finding.line) for finding in found if "halp" in finding.message]
    assert places == [("overrides/foot.html", 2)]


def test_an_address_is_found_in_the_settings_and_in_data_files(tmp_path):
    more = {
        "mkdocs.yml": "extra:\n  guide:\n    - {url: halp/, title: Help}\n",
        "docs/_data/figures.yml": "figures: {}",
    }
    more |= {"docs/_data/clinic.yml": "extra: {}", "docs/_data/page-types.yml": "", "docs/_data/terms.yml": ""}
    more["docs/_data/sources.yml"] = "sources:\n  - {id: a, url: gone/}\n"
    html = '<p><a href="halp/">Help</a> <a href="gone/">A source</a></p>'
    assert broken_links(tmp_path, "Words.", html, more) == ["docs/_data/sources.yml:2:18", "mkdocs.yml:3:13 help/"]


WORDS = "A *pillow* helps [many](help.md) people.{{ cite('a') }}\n\n## When it hurts {#hurts}\n\n> Two “soft” ones.\n"
RAW = {
    "pillow helps many": (5, 4),
    "Many people.": (5, 19),
    'two "soft" ones.': (9, 3),
    "when it hurts": (7, 4),
    "#source-a": (5, 50),
    "words that a macro printed": (7, 18),  # the section in which they stand
}


@pytest.mark.parametrize(("raw", "wanted"), RAW.items())
def test_words_are_found_through_marks_links_and_quotes(tmp_path, raw, wanted):
    html = '<h1>Pillows</h1>\n<h2 id="hurts">When it hurts</h2>\n<p>…</p>'
    site = small_site({"site": {"index.html": html}, "project": {"docs/index.md": HEAD + WORDS}}, tmp_path)
    assert place(site, site.project, Fault("", "index.html", 3, 1, raw=raw)) == ("docs/index.md", *wanted)


def test_a_style_sheet_and_a_page_made_by_a_template_are_named(tmp_path):
    project = {
        "docs/assets/site.css": "a {\n  background: url(no.png);\n}\n",
        "overrides/404.html": "<p>Not here</p>",
        "docs/index.md": HEAD,
    }
    site = small_site({"site": {"index.html": "<h1>A</h1>"}, "project": project}, tmp_path)
    assert place(site, site.project, Fault("", "404.html", 3, 1)) == ("overrides/404.html", 1, 1)
    # A later stage has put the style sheet into one line.
    assert place(site, site.project, Fault("", "assets/site.css", 1, 20, raw="no.png")) == (
        "docs/assets/site.css",
        2,
        19,
    )


def test_without_a_project_the_built_file_is_named(tmp_path):
    site = small_site({"site": {"index.html": '<h1>A</h1><a href="b/">B</a>'}}, tmp_path)
    found = findings(site, select_rules(("LI001",), project=False))
    assert [finding.file for finding in found] == [f"{tmp_path}/site/index.html"]


MANY = {
    "in the page's Markdown": ("[{n}](gone-{n}.md)\n\n", '<p><a href="gone-{n}.md">{n}</a></p>', "index.html"),
    "on a page without Markdown": ("", '<p><a href="gone-{n}.md">{n}</a></p>', "other/index.html"),
}


@pytest.mark.parametrize(("words", "html", "path"), MANY.values(), ids=MANY)
def test_the_time_grows_with_the_faults(tmp_path, words, html, path):
    def seconds(count: int) -> float:
        built = {"index.html": "<h1>Pillows</h1>"} | {path: "<h1>P</h1>" + "".join(map_number(html, count))}
        project = {"docs/index.md": HEAD + "".join(map_number(words, count)), "docs/help.md": HELP}
        site = small_site({"site": built, "project": project}, tmp_path / str(count))
        found: list[object] = []
        took = cpu_seconds(lambda: found.extend(findings(site, select_rules(("LI001",), project=True))))
        assert len(found) == count
        return took

    assert growth(seconds, 200) < LIMIT


def map_number(text, count):
    return (text.format(n=number) for number in range(count))
