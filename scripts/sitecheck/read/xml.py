"""Sitemaps and feeds: the addresses they publish (sitemaps.org 0.9, RSS 2.0, Atom)."""

from __future__ import annotations

from xml.parsers import expat

from .record import Record

# Elements whose text is an address, by the element around them.
TEXTS = {"loc": "sitemap", "link": "feed", "url": "feed", "comments": "feed"}
ATTRIBUTES = {"link": "href", "enclosure": "url", "content": "url", "thumbnail": "url"}
ROOTS = {"urlset", "sitemapindex", "rss", "feed", "RDF"}


def read_xml(data: bytes) -> Record:
    """Addresses of a sitemap or feed; other XML has none. What does not parse is a flaw."""
    reader = _Reader()
    parser = expat.ParserCreate(namespace_separator=" ")
    parser.buffer_text = True
    parser.StartElementHandler = reader.start
    parser.EndElementHandler = reader.end
    parser.CharacterDataHandler = reader.text
    reader.parser = parser
    flaws: tuple = ()
    try:
        parser.Parse(data, True)
    except expat.ExpatError as error:
        flaws = (("xml-malformed", expat.ErrorString(error.code), error.lineno, error.offset + 1, False),)
    return Record(title=reader.root, refs=tuple(reader.refs), flaws=flaws)


class _Reader:
    """Handlers of one parse."""

    def __init__(self) -> None:
        self.parser = expat.ParserCreate()
        self.root = ""
        self.refs: list[tuple] = []
        self.words: list[str] = []
        self.place = (1, 1)

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
