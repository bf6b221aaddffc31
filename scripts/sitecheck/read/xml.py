"""Sitemaps and feeds: the addresses they publish (sitemaps.org 0.9, RSS 2.0, Atom)."""

from __future__ import annotations

import re
from html import unescape
from xml.parsers import expat

from .record import Record

# Elements whose text is an address, by the element around them.
TEXTS = {"loc": "sitemap", "link": "feed", "url": "feed", "comments": "feed"}
ATTRIBUTES = {"link": "href", "enclosure": "url", "content": "url", "thumbnail": "url"}
ROOTS = {"urlset", "sitemapindex", "rss", "feed", "RDF"}
_ENCODING = re.compile(rb"""<\?xml\s[^>]*?encoding\s*=\s*["']([\w.-]+)""")
_HREF = re.compile(r"""\bhref\s*=\s*(["'])(.*?)\1""", re.S)


def read_xml(data: bytes) -> Record:
    """Addresses of a sitemap or feed; other XML has none. What does not parse is a flaw."""
    flaws: tuple = ()
    reader = _Reader()
    try:
        reader.read(data)
    except expat.ExpatError as error:
        flaws = (("xml-malformed", expat.ErrorString(error.code), error.lineno, error.offset + 1, False),)
    except (LookupError, ValueError):  # an encoding of several bytes, which expat cannot learn
        try:
            reader = _Reader("utf-8")
            reader.read(recoded(data))
        except (LookupError, ValueError, expat.ExpatError):
            flaws = (("xml-malformed", "nobody knows the encoding that it names, UTF-8 is best", 1, 1, False),)
    return Record(title=reader.root, refs=tuple(reader.refs), flaws=flaws)


def recoded(data: bytes) -> bytes:
    """The same in UTF-8. Raises LookupError or ValueError if Python does not know the encoding either."""
    named = _ENCODING.match(data)
    return data.decode(named[1].decode() if named else "utf-8", "replace").encode()


class _Reader:
    """Handlers of one parse."""

    def __init__(self, encoding: str | None = None) -> None:
        self.parser = expat.ParserCreate(encoding, " ")
        self.parser.buffer_text = True
        self.parser.StartElementHandler = self.start
        self.parser.EndElementHandler = self.end
        self.parser.CharacterDataHandler = self.text
        self.parser.ProcessingInstructionHandler = self.instruction
        self.root = ""
        self.refs: list[tuple] = []
        self.words: list[str] = []
        self.place = (1, 1)

    def read(self, data: bytes) -> None:
        self.parser.Parse(data, True)

    def instruction(self, target: str, data: str) -> None:
        """<?xml-stylesheet?> (W3C, "Associating Style Sheets with XML documents")."""
        if target == "xml-stylesheet" and (found := _HREF.search(data)):
            line, column = self.parser.CurrentLineNumber, self.parser.CurrentColumnNumber + 1
            self.refs.append(("stylesheet", unescape(found[2]), line, column, "", True))

    def start(self, name: str, attributes: dict[str, str]) -> None:
        tag = name.rpartition(" ")[2]
        if not self.root:
            self.root = tag
        self.words = []
        self.place = (self.parser.CurrentLineNumber, self.parser.CurrentColumnNumber + 1)
        if self.root in ROOTS and (raw := attributes.get(ATTRIBUTES.get(tag, ""))):
            self.refs.append(("sitemap" if self.root == "urlset" else "feed", raw, *self.place, "", True))

    def text(self, words: str) -> None:
        self.words.append(words)

    def end(self, name: str) -> None:
        raw = "".join(self.words).strip()
        if self.root in ROOTS and raw and (kind := TEXTS.get(name.rpartition(" ")[2])):
            self.refs.append((kind, raw, *self.place, "", True))
        self.words = []
