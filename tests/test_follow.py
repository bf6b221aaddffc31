"""The short cuts of following references, compared with the full parser: quicker, never different."""

from __future__ import annotations

import itertools
import marshal
import random
import re
from pathlib import Path

import pytest

from sitecheck.links import resolver as resolving
from sitecheck.links.follow import Followed, Follower
from sitecheck.links.fragments import has_fragment
from sitecheck.links.host_redirects import pattern_of
from sitecheck.links.resolver import Resolver
from sitecheck.read import Record
from sitecheck.read.html.references import References
from sitecheck.scan.listing import Listing

FOLDERS = ["", "a/", "a/b/", "a/c/", "a/b/d/", "a/b/e/", "f/", "f/b/", "f/b/d/"]
FILES = [f"{folder}{name}" for folder in FOLDERS for name in ("index.html", "page.html", "style.css")]
UPS = ["", "./", "../", "../../", "../../../", ".././"]
ENDS = [
    "",
    ".",
    "..",
    "page.html",
    "b/",
    "b",
    "a/b/",
    "b/d/page.html#x",
    "gone/",
    "PAGE.html",
    "#x",
    "#gone",
    "?q",
    "%62/",
    "%62/#ö",
]
PLAIN = [up + end for up, end in itertools.product(UPS, ENDS)]
ABSOLUTE = [
    "/",
    "//",
    "//a/b/",
    "/a/../a/",
    "/a/b/page.html#x",
    "/a/./b/",
    "/.",
    "/a/.",
    "/a/b/.#x",
    "/a/..",
    "/gone/.",
    "/a/b/",
    "/gone",
    "/a/b/#x",
    "/a/b#gone",
    "/f/?q#x",
    "/f/b/d/#%78",
    "//site.example/f/#x",
    "http://site.example/f/",
    "https://site.example/f/#x",
    "https://site.example/f/ #x",
    "https://site.example/",
    "https://site.example/a",
    "https://site.example/a/b/#x",
    "https://site.example",
    "https://site.example/.",
    "https://site.example.test/a/b/",
    "https://site.example:443/a/b/",
    "https://site.example/a/b/?q",
    "https://elsewhere.example/x",
]


@pytest.fixture
def resolver():
    folders = frozenset(folder.rstrip("/") for folder in FOLDERS)
    return Resolver(Listing(Path("site"), dict.fromkeys(FILES, (0, 0, 0, 0)), folders), "https://site.example/")


def followed(follower: Follower, path: str, links: list[str]) -> Followed:
    """The references of a page with these links, an id and a style, followed; with the files in a fixed order."""
    record = Record(packed_ids="x")
    lines = {raw: line for line, raw in enumerate(links)}
    rows = [("stylesheet", raw, 1, 1, "", False) for raw in links[::3]]
    references = References(rows, links, links, lambda kind, raw, link: (kind, raw, lines[link], 1, "", True))
    result = follower.follow(path, record, references)
    pending = result.pending and marshal.loads(result.pending)
    return result._replace(reached=sorted(result.reached), pending=pending)


def test_addresses_known_from_other_pages_change_no_result(resolver):
    rng = random.Random(7)
    follower = Follower(resolver)
    for _ in range(400):
        path = rng.choice([file for file in FILES if file.endswith("html")])
        links = rng.sample(PLAIN + ABSOLUTE, 20)
        assert followed(follower, path, links) == followed(Follower(resolver), path, links)


@pytest.mark.parametrize("path", ["index.html", "a/index.html", "a/b/d/page.html"])
@pytest.mark.parametrize("raw", [raw for raw in PLAIN if raw])
def test_a_plain_address_resolves_as_the_standard_says(resolver, raw, path):
    above = [path[: path.rfind("/") + 1]]
    while above[-1]:
        above.append(above[-1][: above[-1].rfind("/", 0, -1) + 1])
    if plain := resolver.plain(raw, path, above):
        assert ("file", *plain) == resolver.parse(raw, path, "")


@pytest.mark.parametrize("base", ["https://site.example/", "https://site.example/f/", ""])
@pytest.mark.parametrize("raw", ABSOLUTE)
def test_a_plain_absolute_address_resolves_as_the_standard_says(raw, base):
    folders = frozenset(folder.rstrip("/") for folder in FOLDERS)
    resolver = Resolver(Listing(Path("site"), dict.fromkeys(FILES, (0, 0, 0, 0)), folders), base)
    if link := resolver.from_root(raw):
        assert link == resolver.parse(raw, "a/index.html", "")


HOSTS = [
    "elsewhere.example",
    "a.b-c.example",
    "localhost",
    "ELSEWHERE.example",
    "xn--bcher-kva.example",
    "xn--a.example",
]
HOSTS += ["127.1", "1.2.3.4", "0x7f.1", "a.0x1", "a_b.example", "-a.example", "a..example", "a.example.", "é.example"]
PATHS = ["", "/", "/x", "/x/", "/x.html", "/x..y/z", "/x/./y", "/x/../y", "/x/.", "/.x", "/x//y", "/x%20y", "/%2e/y"]
PATHS += [
    "/x y",
    "/é",
    "/x\\y",
    "/x?q=1",
    "/x#y",
    "/x;a=1,b@c:d",
    "/x'y",
    "/x|y",
    "/(x)!*~$&+",
    "/x\n",
    "?q=1",
    "/x?",
    "/x?q=%20a+b&c=/d:e@f;g,h!i~j$k(l)*",
    "/x/.?q=..",
    "/x?q='",
    "/x?q=a|b",
    "/x?q=a b",
    "/x?q=é",
    "/x?a[b]=c",
    "/x?q=1\n",
    ":80/",
    ":443/x",
]


@pytest.mark.parametrize("scheme", ["https", "http"])
@pytest.mark.parametrize("host", HOSTS)
def test_an_external_address_skips_the_parser_only_where_the_parser_would_not_change_it(resolver, scheme, host):
    for path in PATHS:
        raw = f"{scheme}://{host}{path}"
        if link := resolver.external(raw):
            assert link == resolver.parse(raw, "index.html", "")


NUMBERS = [
    "tel:911",
    "sms:988",
    "tel:+18002221222",
    "TEL:911",
    "tel:9-1-1",
    "tel:911 ",
    "tel:911\n",
    "tel:",
    "sms:9?body=a",
    "tel:٩",
]


@pytest.mark.parametrize("raw", NUMBERS)
@pytest.mark.parametrize("name", ["other.html", "tel:911"])
def test_a_phone_number_resolves_as_the_parser_has_it(monkeypatch, raw, name):
    resolver = Resolver(Listing(Path("site"), {name: (0, 0, 0, 0)}, frozenset()))
    link = resolver.link(raw, "index.html")
    monkeypatch.setattr(resolving, "DIALED", re.compile(r"(?!)"))
    assert link == resolver.link(raw, "index.html")


@pytest.mark.parametrize(
    ("old", "path", "matched"),
    [
        ("/a/:x/:y/*", "/a/1/2/3/4", {"x": "1", "y": "2", "splat": "3/4"}),
        ("/a/:x/*", "/a/1", {"x": "1", "splat": None}),
        ("/a/:x", "/a/1/", {"x": "1"}),
    ],
)
def test_a_redirect_by_pattern_takes_the_parts_of_a_path(old, path, matched):
    assert pattern_of(old).fullmatch(path).groupdict() == matched


@pytest.mark.parametrize("old", ["/a/b", "/a/:x/:x", "/a/:x/:x/*", "/:splat/*"])
def test_a_path_without_placeholders_or_with_one_twice_is_no_pattern(old):
    assert pattern_of(old) is None


@pytest.mark.parametrize(("steps", "verdict"), [(20, "file"), (21, "redirect-loop")])
def test_a_browser_follows_twenty_redirects(steps, verdict):
    listing = Listing(Path("site"), {"end.html": (0, 0, 0, 0)}, frozenset())
    rules = {f"/{step}": f"/{step + 1}" for step in range(1, steps)} | {f"/{steps}": "/end.html"}
    assert Resolver(listing, "https://site.example/", redirects=rules).link("/1", "end.html").verdict == verdict


@pytest.mark.parametrize(
    ("written", "found"),
    [
        *[(written, True) for written in ("x", "x ", "x\t\x1f", "%78", "x:~:text=words", "top", "TOP", "")],
        *[(written, False) for written in ("y", "x!", "x y", "%79", "x:~", "tops")],
    ],
)
def test_a_fragment_is_found_as_a_browser_finds_it(written, found):
    assert has_fragment(frozenset({"x"}), written, "index.html") is found


def test_plain_addresses_skip_the_parser(resolver):
    assert resolver.plain("../b/", "a/c/index.html", ["a/c/", "a/", ""]) == ("a/b/index.html", "")
    assert resolver.external("https://elsewhere.example/x/y.html")
