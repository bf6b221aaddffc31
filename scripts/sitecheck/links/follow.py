"""The references of one file, followed to the files they lead to; fragments of other files wait until all are read."""

from __future__ import annotations

import marshal
import re
from array import array
from collections.abc import Collection
from typing import NamedTuple

from ..model.paths import NOT_FOUND, ancestors
from ..model.reference_kinds import LOCAL, NEVER_A_PAGE, NOT_FOLLOWED
from ..read import Record, kind_of
from ..read.html.reference_list import References
from ..read.record import Row, Rows
from .fragments import fragments_of, has_fragment
from .resolver import Link, Resolver

CHECKED_SCHEMES = frozenset(("scheme:mailto", "scheme:tel", "scheme:sms", "scheme:geo", "scheme:file"))
ANYWHERE = ("/", "http://", "https://")  # an address that leads from every page to the same file
ITSELF = ("data:", "javascript:")  # an address that is what it leads to
SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:")
NUMBER = "I"  # array code of a file's number


class Followed(NamedTuple):
    """What following the references of one file has shown, as marshal can keep it."""

    references: int = 0
    reached: bytes = b""  # array of the numbers of the other files that it refers to
    wanted: bytes = b""  # packed (file, fragment, Ref row): nobody has looked yet whether the file has it
    broken: Rows = ()  # (Ref row, verdict, path, fragment)
    away: Rows = ()  # (Ref row, address of another host)


class End(NamedTuple):
    """What a reference has shown beyond that its file is there."""

    file: str = ""  # "" if it ends nowhere in the site
    fragment: str = ""
    notes: tuple[tuple[str, str, str], ...] = ()  # verdict as in urls.Link, or "empty", "no-map" …; path; fragment


NOWHERE = End()


class Follower:
    """Follows the references of one file after the other."""

    def __init__(self, resolver: Resolver) -> None:
        self.resolver = resolver
        self.numbers = {path: number for number, path in enumerate(resolver.listing.files)}
        self.files = tuple(self.numbers)  # number -> file
        self.above: list[str] = []  # the folders above the last file
        self.known: dict[str, dict[str, int]] = {}  # kind -> address -> number of the file that it means here
        self.beside: list[tuple[dict[str, int], str]] = []  # those that mean another file in every other folder
        self.anywhere: dict[str, dict[str, int]] = {}  # the same for addresses that mean one file on every page

    def follow(self, path: str, record: Record, references: References) -> Followed:
        """Follow all that the file at `path` refers to."""
        above = ancestors(path)
        self.forget(above)
        return Steps(self, path, above, record, references).all()

    def forget(self, above: list[str]) -> None:
        """A menu is worked out once: "x" means the same in the same folder, "../x" in sister folders, "../../x" in
        cousins. Keep that."""
        if above == self.above:
            return
        same = (steps for steps in range(1, len(above)) if self.above[steps : steps + 1] == [above[steps]])
        shared = next(same, 0)
        self.above = above
        for known, raw in self.beside:
            known.pop(raw, None)
        self.beside.clear()
        if shared != 1:
            up = "../" * shared or "never"
            for kind, files in self.known.items():
                self.known[kind] = {raw: file for raw, file in files.items() if raw.startswith(up)}


class Steps:
    """The references of one file, on their way."""

    def __init__(self, follower: Follower, path: str, above: list[str], record: Record, references: References) -> None:
        self.resolver, self.numbers, self.files = follower.resolver, follower.numbers, follower.files
        self.path, self.above, self.record, self.references = path, above, record, references
        self.own = fragments_of(record)
        self.plain = not record.base and not self.resolver.rewrite and path != NOT_FOUND
        self.known = follower.known if self.plain else {}
        self.anywhere = follower.anywhere if self.plain else {}
        self.beside = follower.beside
        self.answers: dict[str, Link] = {}  # a page that repeats an address often is quick as well
        self.reached: set[int] = set()
        self.wanted: list[Row] = []
        self.broken: list[Row] = []
        self.away: list[Row] = []

    def all(self) -> Followed:
        """Follow every reference."""
        self.follow_links()
        for row in self.references.rows:
            self.tell(self.end(row[0], row[1]), row)
        self.reached.discard(self.numbers[self.path])  # nobody is of use for what it says of itself
        return Followed(
            len(self.references), array(NUMBER, self.reached).tobytes(),
            marshal.dumps(self.wanted) if self.wanted else b"", tuple(self.broken), tuple(self.away),
        )  # fmt: skip

    def follow_links(self) -> None:
        """Follow every <a href>, each address once; most say nothing but that a file is referred to."""
        written = set(self.references.links)
        known, anywhere = self.known.setdefault("a", {}), self.anywhere.setdefault("a", {})
        for files in (known, anywhere):
            quiet = written & files.keys()
            self.reached.update([files[raw] for raw in quiet])
            written -= quiet
        telling: dict[str, End] = {}
        elsewhere: dict[str, tuple[str, str]] = {}
        for raw in written:
            path, _, fragment = raw.partition("#")
            if raw[:1] == "#" and fragment in self.own and self.plain:
                continue
            if fragment and (number := known.get(path, anywhere.get(path))) is not None:
                self.reached.add(number)
                file = self.files[number]
                if file != self.path:
                    elsewhere[raw] = file, fragment
                elif fragment not in self.own:
                    telling[raw] = End(file, fragment)
            else:
                end = self.end("a", raw)
                if end.notes or end.fragment:
                    telling[raw] = end
        link = self.references.link
        for number, raw in enumerate(self.references.links if telling or elsewhere else ()):
            if raw in elsewhere:
                self.wanted.append((*elsewhere[raw], link(number)))
            elif raw in telling:
                self.tell(telling[raw], link(number))

    def tell(self, end: End, row: Row) -> None:
        """Note what one reference has shown."""
        for verdict, path, fragment in end.notes:
            if verdict == "external":
                self.away.append((row, path))
            else:
                self.broken.append((row, verdict, path, fragment))
        if end.fragment and end.file == self.path:
            if not has_fragment(self.own, end.fragment, end.file):
                self.broken.append((row, "no-fragment", end.file, end.fragment))
        elif end.fragment and kind_of(end.file):
            self.wanted.append((end.file, end.fragment, row))

    def end(self, kind: str, raw: str) -> End:
        """Where a reference of this kind ends; the file is noted as referred to."""
        known = (self.anywhere if raw.startswith(ANYWHERE) else self.known).setdefault(kind, {})
        if (number := known.get(raw)) is not None:
            self.reached.add(number)
            return NOWHERE
        plain = self.resolver.plain(raw, self.path, self.above) if self.plain and kind == "a" else None
        end = End(*plain) if plain else self.unusual(kind, raw)
        if (number := self.numbers.get(end.file)) is not None:
            self.reached.add(number)
            address, _, fragment = raw.partition("#")
            quiet = not end.notes and end.fragment == fragment
            if address and quiet and self.plain and end.file != self.path:  # "?x" is another file on another page
                known[address] = number
                if not address.startswith(("../", *ANYWHERE)):
                    self.beside.append((known, address))
        return end

    def unusual(self, kind: str, raw: str) -> End:
        """Where a reference ends that is not a plain link."""
        if raw.startswith(ITSELF) or kind == "redirect-pattern":  # one with placeholders that only the host fills in
            return NOWHERE
        if kind == "usemap":
            found = raw[:1] == "#" and raw[1:] in self.record.maps
            return NOWHERE if found else End(notes=(("no-map", "", ""),))
        if not raw.strip():
            return End(notes=(("empty", self.path, ""),))
        if raw[0] == "#" and kind in LOCAL:
            return End(self.path, raw[1:])
        if (link := self.answers.get(raw)) is None:
            plain = self.resolver.plain(raw, self.path, self.above) if self.plain else None
            link = Link("file", *plain) if plain else self.resolver.link(raw, self.path, self.record.base)
            self.answers[raw] = link
        if kind in NOT_FOLLOWED and link.verdict != "external":
            return NOWHERE
        if kind == "importmap" and link.verdict == "no-index":
            return NOWHERE  # modules in the folder will be asked for, never the folder itself
        if link.verdict.startswith("scheme:") and link.verdict not in CHECKED_SCHEMES:
            return NOWHERE
        if link.verdict == "redirect-loop" and kind == "redirect":
            return NOWHERE  # told by redirects.forwarded
        if link.verdict != "file":
            return End(notes=((link.verdict, link.path, link.fragment),))
        notes = [(verdict, link.path, "") for verdict in self.doubts(kind, raw, link)]
        return End(link.path, link.fragment, tuple(notes))

    def doubts(self, kind: str, raw: str, link: Link) -> Collection[str]:
        """What is wrong with a reference although it leads to a file."""
        found = []
        if self.path == NOT_FOUND and not self.record.base and is_relative(raw):
            found.append("relative-on-404")
        elif self.resolver.base.startswith("https:") and raw.lstrip()[:5].lower() == "http:":
            found.append("insecure-own")
        if kind in NEVER_A_PAGE and link.path != self.path and link.path.endswith((".html", ".htm")):
            found.append("page-as-asset")
        return found


def is_relative(raw: str) -> bool:
    """Whether an address depends on the folder of the page that holds it."""
    raw = raw.strip()
    return not raw.startswith(("/", "\\", "#", "?")) and not SCHEME.match(raw)
