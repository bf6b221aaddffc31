"""One HTML file, parsed once as a browser would (WHATWG HTML), reduced to a record of plain tuples."""

from __future__ import annotations

import marshal

import turbohtml

from .css import css_references
from .flaws import flaw_of, words_of
from .references import ATTRIBUTES, LISTS, link_kind, listed, meta_reference, refresh_target

# Everything that can carry a reference, a name, a heading or a flaw. One query: the parser answers it in C.
SELECTOR = (
    "html,title,base,link,meta,main,[role=main],a,area,img,h1,h2,h3,h4,h5,h6,[role=heading],script,style,"
    "map,source,video,audio,track,iframe,frame,object,embed,form,input,button,table,use,image,"
    "[id],[style],[cite],[background]"
)
HEADINGS = {"h1": 1, "h2": 2, "h3": 3, "h4": 4, "h5": 5, "h6": 6}
TEXT_LENGTH = 80  # enough to find the words again in the source
NOWHERE = (1 << 60, 0)


def read_html(data: bytes, prose: bool = False) -> tuple:
    """Facts of one page as a tuple that marshal can keep; `prose` adds blocks of words and stated facts.

    The order is that of `facts.Page` after its path. Lines and columns count from 1.
    """
    document = turbohtml.parse(data)
    facts = _Facts(document)
    for element in document.select(SELECTOR):
        facts.take(element)
    blocks: tuple = ()
    stated: tuple = ()
    if prose:
        from .prose import read_blocks, read_stated

        blocks, stated = read_blocks(document), read_stated(document)
    return facts.record(blocks, stated)


class _Facts:
    """What has been found so far, in document order."""

    def __init__(self, document: turbohtml.Document) -> None:
        self.title = self.description = self.lang = self.base = ""
        self.refs: list[tuple] = []
        self.ids: list[tuple] = []
        self.names: list[str] = []
        self.headings: list[tuple] = []
        self.json_ld: list[tuple] = []
        self.flaws: list[tuple] = []
        self.maps: list[str] = []
        self.main = document.select_one("main,[role=main]")
        self.main_end = _end(self.main)
        self.in_main = self.main is None
        # The contents of a <template> are not part of the page until a script makes them so.
        self.inert = {inner for template in document.select("template") for inner in template.select("*")}

    def take(self, element: turbohtml.Element) -> None:
        """Note what one element says."""
        line, column = element.position or (1, 0)
        if self.in_main:
            self.in_main = (line, column) < self.main_end
        elif element == self.main:
            self.in_main = True
        if self.inert and element in self.inert:
            return
        place = (line, column + 1)
        tag, attrs = element.tag, element.attrs
        text = ""
        if identity := attrs.get("id"):
            self.ids.append((identity, *place))
        if tag == "a":
            text = words_of(element)[:TEXT_LENGTH]
            if name := attrs.get("name"):
                self.names.append(name)
        elif tag in HEADINGS or attrs.get("role") == "heading":
            level = attrs.get("aria-level") or ""
            level = int(level) if level.isdecimal() else HEADINGS.get(tag, 2)
            self.headings.append((level, identity or "", words_of(element)[:TEXT_LENGTH], *place, self.in_main))
        elif tag == "img":
            text = " ".join((attrs.get("alt") or "").split())[:TEXT_LENGTH]
        elif special := getattr(self, f"_{tag}", None):
            special(element, attrs, place)
        self.attributes(tag, attrs, text, place)
        if flaw := flaw_of(tag, attrs, element, text):
            self.flaws.append((*flaw, *place, self.in_main))

    def attributes(self, tag, attrs, text: str, place: tuple[int, int]) -> None:
        """Note the references that the attributes hold."""
        for name, kind in ATTRIBUTES.get(tag, ()):
            raw = attrs.get(name)
            if raw is None:
                continue
            if kind == "link":
                kind = link_kind(attrs.get("rel"))
            for one in listed(kind, raw) if kind in LISTS else (raw,):
                self.refs.append((kind, one, *place, text, self.in_main))
        if style := attrs.get("style"):
            self.css(style, place)

    def css(self, text: str, place: tuple[int, int]) -> None:
        for kind, raw, offset in css_references(text):
            line = place[0] + text.count("\n", 0, offset)
            self.refs.append((kind, raw, line, place[1] if line == place[0] else 1, "", self.in_main))

    def _html(self, element, attrs, place) -> None:
        self.lang = (attrs.get("lang") or "").strip()

    def _title(self, element, attrs, place) -> None:
        if not self.title and element.namespace is turbohtml.Namespace.HTML:
            self.title = " ".join(element.text.split())

    def _base(self, element, attrs, place) -> None:
        self.base = self.base or attrs.get("href") or ""

    def _meta(self, element, attrs, place) -> None:
        content = attrs.get("content") or ""
        name = attrs.get("property") or attrs.get("name") or ""
        if name.lower() == "description":
            self.description = self.description or " ".join(content.split())
        if raw := meta_reference(name, content):
            self.refs.append(("meta", raw, *place, name, self.in_main))
        if (attrs.get("http-equiv") or "").lower() == "refresh" and (raw := refresh_target(content)) is not None:
            self.refs.append(("refresh", raw, *place, "", self.in_main))

    def _map(self, element, attrs, place) -> None:
        self.maps += [name for name in (attrs.get("name"), attrs.get("id")) if name]

    def _script(self, element, attrs, place) -> None:
        if (attrs.get("type") or "").strip().lower() == "application/ld+json":
            self.json_ld.append((element.text, *place))

    def _style(self, element, attrs, place) -> None:
        self.css(element.text, place)

    def _iframe(self, element, attrs, place) -> None:
        if inner := attrs.get("srcdoc"):
            nested = marshal.loads(read_html(inner.encode())[3])
            own = {f"#{row[0]}" for row in read_html(inner.encode())[4]}
            self.refs += [(r[0], r[1], *place, r[4], self.in_main) for r in nested if r[1] not in own]

    def record(self, blocks: tuple, stated: tuple) -> tuple:
        return (
            self.title, self.description, self.lang, marshal.dumps(self.refs), tuple(self.ids), tuple(self.names),
            tuple(self.headings), tuple(self.json_ld), blocks, stated, self.base, tuple(self.maps), tuple(self.flaws),
        )  # fmt: skip


def _end(main: turbohtml.Element | None) -> tuple[int, int]:
    """Where the first element after <main> starts."""
    if main is not None:
        for node in main.following:
            if isinstance(node, turbohtml.Element) and node.position:
                return node.position
    return NOWHERE
