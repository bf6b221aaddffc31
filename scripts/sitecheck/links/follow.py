"""Follows the references of one file to the files they lead to. Fragments of other files wait until all are read."""

import marshal
import re
from array import array
from collections.abc import Collection
from typing import NamedTuple
from urllib.parse import unquote

from ..model.paths import NOT_FOUND, ancestors
from ..model.reference_kinds import LOCAL, NEVER_A_PAGE, NOT_FOLLOWED
from ..read import Record, kind_of
from ..read.html.references import References
from ..read.record import Row, Rows
from .fragments import fragments_of, has_fragment
from .resolver import Link, Resolver

CHECKED_SCHEMES = frozenset(("scheme:mailto", "scheme:tel", "scheme:sms", "scheme:geo", "scheme:file"))
ABSOLUTE = ("/", "http://", "https://")  # such an address leads to the same file from every page
SELF_CONTAINED = ("data:", "javascript:")  # such an address leads to no file
# What hosts answer themselves: Netlify, Vercel, Cloudflare, Firebase Hosting, Azure Static Web Apps.
FROM_HOST = (".netlify/", "_vercel/", "cdn-cgi/", "__/", ".auth/")
SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:")
NUMBER = "I"  # array type code of a file's number


class Followed(NamedTuple):
    """The references of one file after following, in a form that marshal can write."""

    references: int = 0
    reached: bytes = b""  # array of the numbers of the other files that it refers to
    pending: bytes = b""  # marshalled (file, fragment, Ref row): fragments to look for once all files are read
    broken: Rows = ()  # (Ref row, verdict, path, fragment)
    external: Rows = ()  # (Ref row, address on another host)


class Outcome(NamedTuple):
    """Where one reference leads, and what is wrong with it."""

    file: str = ""  # "" if it leads to no file of the site
    fragment: str = ""
    notes: tuple[tuple[str, str, str], ...] = ()  # verdict as in Link, or "empty", "no-map" …; path; fragment


NOTHING_TO_NOTE = Outcome()


class Follower:
    """Follows the references of many files, and remembers where addresses lead from one file to the next.

    A menu is repeated on every page, so most addresses have been resolved before.
    """

    def __init__(self, resolver: Resolver) -> None:
        self.resolver = resolver
        self.numbers = {path: number for number, path in enumerate(resolver.listing.files)}
        self.files = tuple(self.numbers)  # number -> file
        self.above: list[str] = []  # the folders above the last file
        self.known: dict[str, dict[str, int]] = {}  # kind -> address -> number of its file, seen from this folder
        self.folder_only: list[tuple[dict[str, int], str]] = []  # entries of `known` that no other folder shares
        self.known_absolute: dict[str, dict[str, int]] = {}  # the same as `known` for ABSOLUTE addresses

    def follow(self, path: str, record: Record, references: References) -> Followed:
        """Follow all references of the file at `path`."""
        above = ancestors(path)
        self.forget(above)
        return FileFollower(self, path, above, record, references).follow_all()

    def forget(self, above: list[str]) -> None:
        """Drop the known addresses that mean another file in the folder `above[0]`.

        "x" means the same file in the same folder, "../x" also in sister folders, "../../x" also in cousins.
        """
        if above == self.above:
            return
        same = (steps for steps in range(1, len(above)) if self.above[steps : steps + 1] == [above[steps]])
        shared = next(same, 0)
        self.above = above
        for known, raw in self.folder_only:
            known.pop(raw, None)
        self.folder_only.clear()
        if shared != 1:
            up = "../" * shared or "never"
            for kind, files in self.known.items():
                self.known[kind] = {raw: file for raw, file in files.items() if raw.startswith(up)}


class FileFollower:
    """Follows the references of one file."""

    def __init__(self, follower: Follower, path: str, above: list[str], record: Record, references: References) -> None:
        self.resolver, self.numbers, self.files = follower.resolver, follower.numbers, follower.files
        self.path, self.above, self.record, self.references = path, above, record, references
        self.own = fragments_of(record)
        self.maps = frozenset(record.maps)
        self.once = self.own - record.repeated_ids  # `join` notes what points to the others
        # A <base>, a rewrite or the error page changes what an address means: then nothing is shared between files.
        self.plain = not record.base and not self.resolver.rewrite and path != NOT_FOUND
        self.known = follower.known if self.plain else {}
        self.known_absolute = follower.known_absolute if self.plain else {}
        self.folder_only = follower.folder_only
        self.resolved: dict[str, Link] = {}  # for pages that repeat an address often
        self.reached: set[int] = set()
        self.pending: list[Row] = []
        self.broken: list[Row] = []
        self.external: list[Row] = []

    def follow_all(self) -> Followed:
        """Follow every reference of the file."""
        self.follow_links()
        for row in self.references.rows:
            self.note(self.outcome(row[0], row[1]), row)
        self.reached.discard(self.numbers[self.path])  # a page that links to itself is not reached by that
        return Followed(
            len(self.references), array(NUMBER, self.reached).tobytes(),
            marshal.dumps(self.pending) if self.pending else b"", tuple(self.broken), tuple(self.external),
        )  # fmt: skip

    def follow_links(self) -> None:
        """Follow every <a href>, each distinct address once. Only few need a row of their own in the result."""
        unseen = set(self.references.links)
        known, known_absolute = self.known.setdefault("a", {}), self.known_absolute.setdefault("a", {})
        for files in (known, known_absolute):
            seen = unseen & files.keys()
            self.reached.update([files[raw] for raw in seen])
            unseen -= seen
        outcomes: dict[str, Outcome] = {}
        elsewhere: dict[str, tuple[str, str]] = {}  # address -> (another file, fragment)
        for raw in unseen:
            path, _, fragment = raw.partition("#")
            if not path and fragment in self.once and self.plain:
                continue
            if fragment and (number := known.get(path, known_absolute.get(path))) is not None:
                self.reached.add(number)
                file = self.files[number]
                if file != self.path:
                    elsewhere[raw] = file, fragment
                elif fragment not in self.once:
                    outcomes[raw] = Outcome(file, fragment)
            else:
                outcome = self.outcome("a", raw)
                if outcome.notes or outcome.fragment:
                    outcomes[raw] = outcome
        link = self.references.link
        noted = outcomes.keys() | elsewhere.keys()
        for number, raw in [(number, raw) for number, raw in enumerate(self.references.links) if raw in noted]:
            if raw in elsewhere:
                self.pending.append((*elsewhere[raw], link(number)))
            else:
                self.note(outcomes[raw], link(number))

    def note(self, outcome: Outcome, row: Row) -> None:
        """Add the outcome of one reference to the result."""
        for verdict, path, fragment in outcome.notes:
            if verdict == "external":
                self.external.append((row, path))
            else:
                self.broken.append((row, verdict, path, fragment))
        if outcome.fragment and outcome.file == self.path:
            if not has_fragment(self.own, outcome.fragment, outcome.file):
                self.broken.append((row, "no-fragment", outcome.file, outcome.fragment))
            elif unquote(outcome.fragment) in self.record.repeated_ids:
                self.pending.append((self.path, outcome.fragment, row))
        elif outcome.fragment and kind_of(outcome.file):
            self.pending.append((outcome.file, outcome.fragment, row))

    def outcome(self, kind: str, raw: str) -> Outcome:
        """Where a reference of this kind leads; its file is added to `reached`."""
        is_absolute = raw.startswith(ABSOLUTE)
        known = (self.known_absolute if is_absolute else self.known).setdefault(kind, {})
        if (number := known.get(raw)) is not None:
            self.reached.add(number)
            return NOTHING_TO_NOTE
        plain = kind == "a" and self.plain and not is_absolute and self.resolver.plain(raw, self.path, self.above)
        outcome = Outcome(*plain) if plain else self.full_outcome(kind, raw)
        if (number := self.numbers.get(outcome.file)) is not None:
            self.reached.add(number)
            address, _, fragment = raw.partition("#")
            quiet = not outcome.notes and outcome.fragment == fragment
            if address and quiet and self.plain and outcome.file != self.path:  # "?x" leads back to each page itself
                known[address] = number
                if not is_absolute and not address.startswith("../"):
                    self.folder_only.append((known, address))
        return outcome

    def full_outcome(self, kind: str, raw: str) -> Outcome:
        """Where a reference leads that is not a plain link, and what is wrong with it."""
        if raw.startswith(SELF_CONTAINED) or kind == "redirect-pattern":  # the host fills in a pattern's placeholders
            return NOTHING_TO_NOTE
        if kind == "usemap":
            exists = raw[:1] == "#" and raw[1:] in self.maps
            return NOTHING_TO_NOTE if exists else Outcome(notes=(("no-map", "", ""),))
        if not raw.strip():
            return Outcome(notes=(("empty", self.path, ""),))
        if raw[0] == "#" and kind in LOCAL:
            return Outcome(self.path, raw[1:])
        link = self.link(raw)
        if kind == "mapped":
            return Outcome(notes=((kind, link.path, ""),))
        if self.is_exempt(kind, link):
            return NOTHING_TO_NOTE
        if link.verdict != "file":
            if link.path.removeprefix("/").startswith(FROM_HOST):
                return NOTHING_TO_NOTE
            return Outcome(notes=((link.verdict, link.path, link.fragment),))
        notes = [(verdict, link.path, "") for verdict in self.warnings(kind, raw, link)]
        written = raw.partition("#")[2]  # with it alone if the file is known already: the URL parser would quote it
        fragment = written if unquote(written) == unquote(link.fragment) else link.fragment
        return Outcome(link.path, fragment, tuple(notes))

    def link(self, raw: str) -> Link:
        """Resolve an address, once for each file."""
        if (link := self.resolved.get(raw)) is None:
            plain = self.plain and not raw.startswith(ABSOLUTE) and self.resolver.plain(raw, self.path, self.above)
            link = Link("file", *plain) if plain else self.resolver.link(raw, self.path, self.record.base)
            self.resolved[raw] = link
        return link

    def is_exempt(self, kind: str, link: Link) -> bool:
        """Whether a reference of this kind need not lead to a file."""
        if kind in NOT_FOLLOWED and link.verdict != "external":
            return True
        if kind == "importmap" and link.verdict == "no-index":
            return True  # scripts import modules in the folder, never the folder itself
        if kind == "redirect" and link.verdict == "redirect-loop":
            return True  # redirects.bad_forwards yields it
        return link.verdict.startswith("scheme:") and link.verdict not in CHECKED_SCHEMES

    def warnings(self, kind: str, raw: str, link: Link) -> Collection[str]:
        """The verdicts on a reference that leads to a file and is wrong all the same."""
        verdicts = []
        if self.path == NOT_FOUND and not self.record.base and is_relative(raw):
            verdicts.append("relative-on-404")
        elif self.resolver.base.startswith("https:") and raw.lstrip()[:5].lower() == "http:":
            verdicts.append("insecure-own")
        if kind in NEVER_A_PAGE and link.path.endswith((".html", ".htm")):
            verdicts.append("page-as-asset")
        return verdicts


def is_relative(raw: str) -> bool:
    """Whether an address depends on the folder of the page that holds it."""
    raw = raw.strip()
    return not raw.startswith(("/", "\\", "#", "?")) and not SCHEME.match(raw)
