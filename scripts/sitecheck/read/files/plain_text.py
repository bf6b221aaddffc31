"""Files that hold addresses as text or JSON: robots.txt, _redirects, manifests, search indexes, service workers."""

from __future__ import annotations

import json
import re
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from typing import Any

from ..record import Record, Row, Rows
from .full_addresses import lacks_host, without_host
from .lines import Lines
from .modules import imported
from .strict_json import parse_json

_PRECACHE = re.compile(r"""["']?\burl["']?\s*:\s*(["'])(?P<url>(?:(?!\1)[^\\\n])+)\1""")
_ADD_ALL = re.compile(r"""\baddAll\s*\(\s*\[(?P<list>[^\[\]]*)\]""")
_STRING = re.compile(r"""(["'`])((?:(?!\1)[^\\\n])+)\1""")
_ENDING = re.compile(r"\.(?:png|jpe?g|gif|webp|avif|svg|ico|css|woff2?|ttf|mp[34]|webm|pdf|html?)(?=[\"'`?#)\s])")
_JSON_STRING = re.compile(r'"[^"\\]*+(?:\\.[^"\\]*+)*"', re.S)
_WORD = re.compile(r"\S+")
_PLACEHOLDER = re.compile(r"/:[A-Za-z_]")
_NAME = re.compile(r"[\w@%~.-]+\Z")
NAME_LENGTH = 100
LONGEST_ESCAPE = 12  # characters of "\\ud83d\\ude00"
# Member of a manifest -> its members that are fetched. A scope is only a prefix; a bundler's manifest.json has others.
MANIFEST_ADDRESSES = {
    "": "start_url", "icons": "src", "screenshots": "src", "shortcuts": "url", "share_target": "action",
    "file_handlers": "action", "protocol_handlers": "url", "related_applications": "url", "serviceworker": "src",
}  # fmt: skip

SECURITY = ("acknowledgments", "canonical", "contact", "encryption", "hiring", "policy")
FEED_ADDRESSES = ("home_page_url", "feed_url", "next_url", "icon", "favicon", "url", "image", "banner_image")


def record(refs: Iterator[Row], markup_issues: Rows = ()) -> Record:
    return Record(refs=tuple(refs), markup_issues=markup_issues)


def read_robots(text: str) -> Record:
    """Sitemap lines (sitemaps.org, "Specifying the Sitemap location in your robots.txt file")."""
    lines = (("Sitemap", value.partition("#")[0], line) for name, value, line in lines_of(text) if name == "sitemap")
    return published("robots", lines)


def read_security(text: str) -> Record:
    """Addresses in security.txt (RFC 9116, section 2.5)."""
    return published("security.txt", (line for line in lines_of(text) if line[0] in SECURITY))


def read_sitemap(text: str) -> Record:
    """A sitemap in plain text, an address a line (sitemaps.org, "Other Sitemap formats")."""
    found = published("sitemap", (("sitemap", line, number) for number, line in enumerate(text.splitlines(), 1)))
    return found._replace(title="urlset")


def lines_of(text: str) -> Iterator[tuple[str, str, int]]:
    """(name in small letters, value, number) of each line "Name: value"."""
    for number, line in enumerate(text.splitlines(), 1):
        name, _, value = line.partition(":")
        yield name.strip().lower(), value, number


def published(kind: str, lines: Iterable[tuple[str, str, int]]) -> Record:
    """References of this kind, from (name, address, line) of each that is not empty."""
    listed = [(name, raw.strip(), line) for name, raw, line in lines if raw.strip() or kind == "robots"]
    refs = ((kind, raw, line, 1, "", True) for _, raw, line in listed)
    return record(refs, tuple(without_host(name, raw, line, 1) for name, raw, line in listed if lacks_host(raw)))


def read_redirects(text: str) -> Record:
    """Lines "from [query] to [status]": a reference to the new address, with the old one as its text."""
    rows = []
    for number, line in enumerate(text.splitlines(), 1):
        words = [word for word in _WORD.finditer(line) if "=" not in word[0] or word[0].startswith(("/", "http"))]
        if len(words) < 2 or not words[0][0].startswith(("/", "http")):
            continue
        old, new = words[0][0], words[1][0]
        if len(words) > 2 and words[2][0].startswith("4"):
            old = ""  # an error page: the old address still answers "not found"
        kind = "redirect-pattern" if _PLACEHOLDER.search(new) else "redirect"
        if len(words) > 2 and words[2][0].startswith("200"):
            kind = "rewrite"  # the old address stays and serves another page
        rows.append((kind, new, number, words[1].start() + 1, old, True))
    return record(iter(rows))


def read_manifest(text: str) -> Record:
    """Addresses of a web application manifest (W3C appmanifest)."""

    def walk(value: Any, member: str = "") -> Iterator[str]:
        if isinstance(value, dict):
            for key, inner in value.items():
                if isinstance(inner, str) and key == MANIFEST_ADDRESSES.get(member):
                    yield from [inner] if inner or member else ()  # an empty start_url is the page that was open
                else:
                    yield from walk(inner, key)
        elif isinstance(value, list):
            for inner in value:
                yield from walk(inner, member)

    return from_json(text, "manifest", walk)


def read_search(text: str) -> Record:
    """Pages that a search leads to, from the site's root: MkDocs keeps "docs" in search/, Zensical "items" above."""

    def walk(value: Any) -> Iterator[str]:
        entries = value.get("docs", value.get("items", ())) if isinstance(value, dict) else ()
        for entry in entries if isinstance(entries, list) else ():
            if isinstance(entry, dict) and isinstance(entry.get("location"), str):
                yield entry["location"]

    return from_json(text, "search", walk, root="./" if '"items":' in text[:2000] else "../")


def read_json_feed(text: str) -> Record:
    """Addresses of a feed (JSON Feed 1.1); other JSON has none."""

    def walk(feed: Any) -> Iterator[str]:
        if isinstance(feed, dict) and "jsonfeed.org" in str(feed.get("version")):
            items = feed.get("items")
            for part in (feed, *(items if isinstance(items, list) else ())):
                if isinstance(part, dict):
                    yield from (raw for name in FEED_ADDRESSES if (raw := part.get(name)) and isinstance(raw, str))

    return from_json(text, "feed", walk)


def from_json(text: str, kind: str, walk: Callable[[Any], Iterator[str]], root: str = "") -> Record:
    """References that `walk` finds in the value; what does not parse is a markup issue."""
    try:
        found = list(walk(parse_json(text)))
    except ValueError as error:
        line, column = getattr(error, "lineno", 1), getattr(error, "colno", 1)
        return Record(markup_issues=(("json-malformed", getattr(error, "msg", str(error)), line, column, False),))
    return record(with_positions(text, kind, found, root))


def with_positions(text: str, kind: str, found: list[str], root: str) -> Iterator[Row]:
    """Rows with the position of each address; `found` is in the order of the file."""
    lines, places, place = Lines(text), places_of_strings(text, set(found)), (1, 1)
    for raw in found:
        if known := places.get(raw):
            place = lines.place(known.popleft() if len(known) > 1 else known[0])
        yield (kind, root + raw, *place, "", True)


def places_of_strings(text: str, wanted: set[str]) -> dict[str, deque[int]]:
    """Offsets of the wanted strings of a JSON text, by what they say: "/" may be written as "\\/" or "\\u002f"."""
    places: dict[str, deque[int]] = {}
    longest = max(map(len, wanted), default=0) * LONGEST_ESCAPE + 2
    for match in _JSON_STRING.finditer(text) if wanted else ():
        written = match[0]
        if len(written) <= longest:
            value = json.loads(written, strict=False) if "\\" in written else written[1:-1]
            if value in wanted:
                places.setdefault(value, deque()).append(match.start())
    return places


def read_worker(text: str) -> Record:
    """What a service worker loads before it is needed: Workbox lists and cache.addAll()."""
    found = [(match.start("url"), match["url"]) for match in _PRECACHE.finditer(text)]
    for block in _ADD_ALL.finditer(text):
        strings = [m for m in _STRING.finditer(block["list"]) if "${" not in m[2]]
        found += [(block.start("list") + m.start(2), m[2]) for m in strings]
    lines = Lines(text)
    return record(("precache", raw, *lines.place(at), "", True) for at, raw in found)


def read_script(text: str) -> Record:
    """Modules that a script imports; names of pages, pictures, styles and fonts that it mentions, and may load."""
    names = set()
    for ending in _ENDING.finditer(text):
        if name := _NAME.search(text, max(0, ending.start() - NAME_LENGTH), ending.start()):
            names.add(name[0] + ending[0])
    modules = list(imported(text))
    lines = Lines(text if modules else "")
    refs = tuple([("script", raw, *lines.place(at), "", True) for raw, at in modules])
    return Record(refs=refs, names=tuple(sorted(names)))


READERS: dict[str, Callable[[str], Record]] = {
    "robots": read_robots,
    "security.txt": read_security,
    "sitemap": read_sitemap,
    "redirects": read_redirects,
    "manifest": read_manifest,
    "search": read_search,
    "json-feed": read_json_feed,
    "worker": read_worker,
    "js": read_script,
}
