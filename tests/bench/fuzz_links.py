"""Links of made-up pages for scripts/bench fuzz, and an oracle for them: html5lib with urllib, slow and independent."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urljoin, urlsplit

import html5lib
from hypothesis import given
from hypothesis import strategies as st

import cases
from sitecheck.links.site import read_site
from sitecheck.model.options import Options
from sitecheck.report.findings import findings, select_rules

SITE = {
    "b.html": '<h1 id="one">B</h1><a name="two">x</a>',
    "c/index.html": '<h1 id="one two">C</h1>',
    "c/d e.html": "<h1>D</h1>",
    "f.png": "",
}
PARTS = [
    "a",
    "b.html",
    "b",
    "c",
    "c/",
    "d%20e.html",
    "f.png",
    "..",
    ".",
    "",
    "B.html",
    "%62.html",
    "gone",
    "index.html",
]
FRAGMENTS = ["", "#", "#one", "#two", "#top", "#gone", "#one%20two", "?q", "?q#one"]
STARTS = ["", "/", "./", "../", "c/", "/c/", "https://a.example/", "https://a.example/c/", "http://b.example/"]
# Not in <select>, which may hold links since 2025, nor in <template>: html5lib knows neither.
WRAPPED = [
    "<a href='{}'>x</a>", '<p><a class="a" href="{}"><b>x</a></b>', "<!--<a href='{}'>-->",
    "<table><a href='{}'>x</a><tr>", "<svg><a href='{}'>x</a></svg>", "<script>'<a href={}>'</script>",
    "<a href='{}'>x", "<textarea><a href='{}'>x</a></textarea>", "<pre><code><a\nHREF='{}'>x</a>",
    "<noscript><a href='{}'>x</a></noscript>",
]  # fmt: skip
LINKS = st.builds(lambda start, parts, end: start + "/".join(parts) + end, st.sampled_from(STARTS),
                  st.lists(st.sampled_from(PARTS), max_size=3), st.sampled_from(FRAGMENTS))  # fmt: skip
PAGES = st.lists(
    st.builds(lambda frame, raw: frame.format(raw), st.sampled_from(WRAPPED), LINKS), min_size=1, max_size=6
)
BROKEN = ("LI001", "LI002", "LI003", "LI004", "LI006", "LI007")


def links_of(folder: Path) -> Callable[[list[str]], None]:
    """A test that the broken links of a page are those that the oracle finds."""
    rules = select_rules(BROKEN, project=False)
    options = Options(cache=False, jobs=1)

    def test(page: list[str]) -> None:
        text = "<!doctype html><title>A</title><h1>A</h1>" + "\n".join(page)
        cases.write(folder / "site", SITE | {"index.html": f"<html>{text}"})
        site = read_site(folder / "site", base="https://a.example/", options=options)
        ours = sorted({one.raw for one in findings(site, rules) if one.page == "index.html"})
        assert ours == sorted(oracle(folder / "site", f"<html>{text}")), text

    return given(PAGES)(test)


def oracle(site: Path, text: str) -> set[str]:
    """The addresses of a page's links that lead to no file or part of the site, slowly."""
    tree = html5lib.parse(text, namespaceHTMLElements=False)
    inside = [one for one in tree.iter() if str(one.tag).rpartition("}")[2] == "a"]
    links = [
        raw for one in inside if (raw := one.get("href", one.get("{http://www.w3.org/1999/xlink}href"))) is not None
    ]
    return {raw for raw in links if raw and not leads_somewhere(site, raw, tree)}


def leads_somewhere(site: Path, raw: str, tree: Any) -> bool:
    """Whether an address of the start page leads to another site, or to a file and a part that are there."""
    if raw.startswith("//"):  # a host follows, after any number of slashes (WHATWG URL, "special authority slashes")
        return raw.lstrip("/")[:1] not in ("", "?", "#")
    parts = urlsplit(urljoin("https://a.example/index.html", raw))
    if parts.netloc != "a.example":
        return True
    plain = re.sub("/+", "/", parts.path)
    path = unquote(urlsplit(urljoin("https://a.example/", plain)).path)  # a full address keeps its dots in urljoin
    while "//" in path:
        path = path.replace("//", "/")
    file = site / path.strip("/")
    if file.is_file() and path.endswith("/"):
        return False
    file = file / "index.html" if file.is_dir() else file
    if not file.is_file() or not file.resolve().is_relative_to(site):
        return False
    fragment = unquote(parts.fragment)
    if fragment.lower() in ("", "top") or file.suffix != ".html":
        return True
    there = (
        tree
        if file.name == "index.html" and file.parent == site
        else html5lib.parse(file.read_text(), namespaceHTMLElements=False)
    )
    return any(fragment in (one.get("id"), one.get("name") if one.tag == "a" else None) for one in there.iter())
