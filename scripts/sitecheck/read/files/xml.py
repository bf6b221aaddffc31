"""Sitemaps, feeds, a site's search and its tiles: the addresses that they publish.

sitemaps.org 0.9, RSS 2.0, Atom (RFC 4287), OpenSearch 1.1, Microsoft's browser configuration schema.
"""

from __future__ import annotations

import re
import zlib
from urllib.parse import urljoin
from xml.parsers import expat

from ..record import Record, Row, Rows
from .full_addresses import lacks_host, without_host

# Elements whose text is an address.
TEXTS = {
    "loc": "sitemap",
    "Image": "icon",
    **dict.fromkeys(("link", "url", "comments", "icon", "logo"), "feed"),
}
# Elements with an address in an attribute.
TILES = ("TileImage", "square70x70logo", "square150x150logo", "wide310x150logo", "square310x310logo")
NOTICES = ("polling-uri", "polling-uri2", "polling-uri3", "polling-uri4", "polling-uri5")
ATTRIBUTES = {
    "link": ("href", "feed"), "image": ("href", "feed"), "enclosure": ("url", "feed"), "content": ("url", "feed"),
    "thumbnail": ("url", "feed"), "Url": ("template", "search"), **dict.fromkeys(TILES, ("src", "icon")),
    **dict.fromkeys(NOTICES, ("src", "feed")),
}  # fmt: skip
WITH_HOSTS = {"urlset", "sitemapindex", "rss"}  # sitemaps.org; RSS 2.0: a link begins with a scheme
FEEDS = {"rss", "feed", "RDF"}
ROOTS = {"urlset", "sitemapindex", "rss", "feed", "RDF", "browserconfig", "OpenSearchDescription"}
GZIP = b"\x1f\x8b"
MAX_SITEMAP = 52_428_800  # bytes (sitemaps.org)
MAX_BASE = 2_000  # characters of xml:base; nested relative bases could grow without end
BASE = "http://www.w3.org/XML/1998/namespace base"
_ENCODING = re.compile(rb"""<\?xml\s[^>]*?encoding\s*=\s*["']([\w.-]+)""")
_BEFORE_TERMS = re.compile(r"[^{?#]*+(?!\{)")
_FULL = re.compile(r"""<[a-z][^<>]*?\s(?:href|src)\s*=\s*(["'])(https?://[^"'\s]*+)\1""", re.I)
_HREF = re.compile(r"""\bhref\s*=\s*(["'])(.*?)\1""", re.S)


def read_xml(data: bytes) -> Record:
    """Addresses of a sitemap, a feed and the like; other XML has none. What does not parse is a markup issue."""
    markup_issues: Rows = ()
    if data.startswith(GZIP):
        data = unpacked(data)
    reader = _Reader()
    try:
        reader.read(data)
    except expat.ExpatError as error:
        markup_issues = (("xml-malformed", expat.ErrorString(error.code), error.lineno, error.offset + 1, False),)
    except (LookupError, ValueError):  # an encoding of several bytes, which expat cannot learn
        try:
            reader = _Reader("utf-8")
            reader.read(recoded(data))
        except (LookupError, ValueError, expat.ExpatError):
            markup_issues = (("xml-malformed", "its declared encoding is unknown: use UTF-8", 1, 1, False),)
    return Record(title=reader.root, refs=tuple(reader.refs), markup_issues=(*reader.issues, *markup_issues))


def unpacked(data: bytes) -> bytes:
    """The content of a .gz, up to the size that a sitemap may have; nothing, which is no XML, if it is broken."""
    try:
        return zlib.decompressobj(wbits=zlib.MAX_WBITS | 16).decompress(data, MAX_SITEMAP)
    except zlib.error:
        return b""


def recoded(data: bytes) -> bytes:
    """The same in UTF-8. Raises LookupError or ValueError if Python does not know the encoding either."""
    named = _ENCODING.match(data)
    return data.decode(named[1].decode() if named else "utf-8", "replace").encode()


class _Reader:
    """Expat handlers for one parse."""

    def __init__(self, encoding: str | None = None) -> None:
        self.parser = expat.ParserCreate(encoding, " ")
        self.parser.buffer_text = True
        self.parser.StartElementHandler = self.start
        self.parser.EndElementHandler = self.end
        self.parser.CharacterDataHandler = self.text
        self.parser.ProcessingInstructionHandler = self.instruction
        self.root = ""
        self.tag = ""
        self.refs: list[Row] = []
        self.issues: list[Row] = []
        self.words: list[str] = []
        self.bases = [""]  # of each element that is open
        self.place = (1, 1)

    def read(self, data: bytes) -> None:
        self.parser.Parse(data, True)

    def instruction(self, target: str, data: str) -> None:
        """<?xml-stylesheet?> (W3C, "Associating Style Sheets with XML documents")."""
        if target == "xml-stylesheet" and (raw := style_sheet(data)):
            line, column = self.parser.CurrentLineNumber, self.parser.CurrentColumnNumber + 1
            self.refs.append(("stylesheet", raw, line, column, "", True))

    def start(self, name: str, attributes: dict[str, str]) -> None:
        tag = name.rpartition(" ")[2]
        if not self.root:
            self.root = tag
        self.tag, self.words = tag, []
        self.place = (self.parser.CurrentLineNumber, self.parser.CurrentColumnNumber + 1)
        self.bases.append(joined(self.bases[-1], attributes.get(BASE, "")))
        name, kind = ATTRIBUTES.get(tag, ("", ""))
        if raw := attributes.get(name) or (attributes.get("src") if tag == "content" else None):  # of media, or of Atom
            self.note("sitemap" if self.root == "urlset" else kind, before_terms(raw) if tag == "Url" else raw)

    def note(self, kind: str, raw: str) -> None:
        if self.root in ROOTS and raw:
            if self.root in WITH_HOSTS and not self.bases[-1] and lacks_host(raw):
                self.issues.append(without_host(f"<{self.tag}>", raw, *self.place))
            self.refs.append((kind, joined(self.bases[-1], raw), *self.place, "", True))

    def text(self, words: str) -> None:
        self.words.append(words)

    def end(self, name: str) -> None:
        if kind := TEXTS.get(name.rpartition(" ")[2]):
            self.note(kind, "".join(self.words).strip())
        elif self.root in FEEDS:  # texts that hold HTML
            for match in _FULL.finditer("".join(self.words)):
                self.note("feed", unescaped(match[2]))
        self.words = []
        self.bases.pop()


def style_sheet(instruction: str) -> str:
    """What <?xml-stylesheet?> loads (W3C, "Associating Style Sheets with XML documents"); "" if it does not say."""
    found = _HREF.search(instruction)
    return unescaped(found[2]) if found else ""


def unescaped(text: str) -> str:
    """The text that an attribute's value stands for."""
    from html import unescape  # with all names that HTML has, which few files need

    return unescape(text)


def joined(base: str, raw: str) -> str:
    """An address resolved against xml:base (XML Base); unchanged where there is none."""
    try:
        return urljoin(base, raw) if 0 < len(base) < MAX_BASE else raw
    except ValueError:  # not a valid address, which a link rule reports
        return raw


def before_terms(template: str) -> str:
    """The address of a search up to its placeholder for the search terms; "" if that is in the path."""
    found = _BEFORE_TERMS.match(template)
    return found[0] if found else ""
