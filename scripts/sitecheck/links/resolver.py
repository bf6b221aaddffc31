"""Where an address leads, as a browser would read it (WHATWG URL), inside the closed world of the listing."""

from __future__ import annotations

import functools
import re
from types import ModuleType
from typing import NamedTuple
from urllib.parse import unquote_to_bytes, urlsplit

from ..model.paths import ancestors, climbs, quoted
from ..scan.listing import Listing
from .host_redirects import HOPS, LONGEST, HostRules

NOWHERE = "http://site.invalid/"  # stands for the host while nobody has said what it is
ODD = frozenset("%?#\\:* \t\n\r\f\"'<>{}|^`")  # a name with none of these is written in an address as it is
WEB = ("https://", "http://")
# What WHATWG URL parsing gives back unchanged: a host of plain names, no port, a path without dot segments or escapes.
AS_IT_IS = re.compile(
    r"https?://(?P<host>(?:[a-z0-9_-]+\.)*[a-z]{2,})/(?:[\w~!$&()*+,;=:@-]+[/.])*[\w~!$&()*+,;=:@-]*\Z", re.A
)


class Link(NamedTuple):
    """What became of an address."""

    verdict: str  # "file", "missing", "case", "no-index", "outside", "external", "scheme:mailto" …, "malformed"
    path: str = ""  # the file it leads to, or what was looked for; for "external" the whole address
    fragment: str = ""  # without "#", percent-encoded as written


class Resolver:
    """Answers for one site. `base` is where the site will live; its path is cut off, its host is our own."""

    def __init__(
        self,
        listing: Listing,
        base: str = "",
        index: tuple[str, ...] = ("index.html",),
        clean: bool = False,
        redirects: dict[str, str] | None = None,
        rewrite: tuple[tuple[str, str], ...] = (),
    ) -> None:
        self.listing = listing
        self.base = home(base) or NOWHERE
        self.known = not self.base.startswith(NOWHERE)
        parts = urlsplit(self.base)
        self.root = parts.path or "/"
        self.host = parts.netloc.lower()
        self.index = index
        self.clean = clean
        self.broken = {path for path, _ in listing.unreadable}  # LI013 tells of them, not each link to them
        self.table = self._spellings()
        self.redirects = redirects or {}
        self.rewrite = rewrite
        self._absolute: dict[str, Link] = {}

    def _spellings(self) -> dict[str, str]:
        """Every plain way to write the path of a file -> that file. Odd names are left to the full parser."""
        table: dict[str, str] = {}
        for path in (*self.listing.files, *self.broken):
            if ODD.isdisjoint(path) and "//" not in path and path.isascii():
                table[path] = path
                if self.clean and path.endswith(".html"):
                    table.setdefault(path[:-5], path)
        for folder in self.listing.folders:
            if ODD.isdisjoint(folder) and folder.isascii() and (file := self._index_of(folder)):
                table[folder + "/" if folder else ""] = file
                table[folder] = file
        return table

    def _index_of(self, folder: str) -> str:
        below = folder + "/" if folder else ""
        return next((below + name for name in self.index if below + name in self.listing.files), "")

    def link(self, raw: str, page: str, base: str = "") -> Link:
        """Resolve `raw` as written on `page`, whose <base href> is `base`."""
        for pattern, new in self.rewrite:
            raw = re.sub(pattern, new, raw)
        if not base and raw.startswith((*WEB, "/")) and not raw.startswith("//"):  # the same everywhere
            found = self._absolute.get(raw)
            if found is None:
                found = self._absolute[raw] = self.abroad(raw) or self.from_root(raw) or self.parse(raw, page, "")
            return found
        if not base and (plain := self.plain(raw, page, ancestors(page))):
            return Link("file", *plain)
        return self.parse(raw, page, base)

    def plain(self, raw: str, page: str, above: list[str]) -> tuple[str, str] | None:
        """(file, fragment) for the plain relative address that nearly all are; None sends it the full way."""
        path, _, fragment = raw.partition("#")
        if not path:
            return (page, fragment) if raw else None
        if path.endswith("."):  # ".", "..", "../.." are folders
            if path != "." and not path.endswith(".."):
                return None
            path += "/"
        path = path.removeprefix("./")
        steps = 0
        while path.startswith("../", steps):
            steps += 3
        if steps < 3 * len(above) and (file := self.table.get(above[steps // 3] + path[steps:])):
            return file, fragment
        return None

    def abroad(self, raw: str) -> Link | None:
        """An address of another host that the URL parser would leave as it is; None sends it the full way."""
        match = AS_IT_IS.match(raw)
        return Link("external", raw) if match and match["host"] != self.host else None

    def from_root(self, raw: str) -> Link | None:
        """A file's plain address from the root of the host; None sends it the full way."""
        path, _, fragment = raw.partition("#")
        path = path[:-1] if path.endswith("/.") else path  # as MkDocs writes it on its 404.html
        file = self.table.get(path[len(self.root) :]) if path.startswith(self.root) else None
        return Link("file", file, fragment) if file else None

    def parse(self, raw: str, page: str, base: str, follow: bool = True) -> Link:
        """The full way, for whatever is not plain; `follow` the host's redirects if no file is there."""
        ada = parser()
        here = self.base + quoted(page)
        here = starting_from(base, here) if base else here
        try:
            url = ada.URL(raw, base=here)
        except ValueError:
            return Link("malformed", raw)
        scheme = url.protocol[:-1]
        if scheme not in ("http", "https"):
            return Link(f"scheme:{scheme}", url.href)
        if url.host != self.host:
            return Link("external", url.href)
        fragment = url.hash[1:]
        pathname = self.root if url.pathname + "/" == self.root else url.pathname  # a folder like any other
        if not pathname.startswith(self.root):
            return Link("outside", pathname, fragment)
        if not self.known and climbs(raw, here.removeprefix(self.base) if base else page):
            return Link("outside", raw, fragment)
        path = unquote_to_bytes(pathname[len(self.root) :]).decode("utf-8", "surrogateescape")
        return self.find(path, fragment, follow)

    def find(self, path: str, fragment: str = "", follow: bool = True) -> Link:
        """The file that a host answers with for a decoded path below the site's root."""
        while "//" in path:
            path = path.replace("//", "/")
        path = path.removeprefix("/")
        files = self.listing.files
        folder = path.rstrip("/")
        if path in files or (self.broken and self.is_unknown(folder)):
            return Link("file", path, fragment)
        if folder in self.listing.folders:
            file = self._index_of(folder)
            return Link("file", file, fragment) if file else Link("no-index", path, fragment)
        if self.clean and path + ".html" in files:
            return Link("file", path + ".html", fragment)
        if follow and self.redirects and (new := self.redirected("/" + path)):
            return new if new.fragment else new._replace(fragment=fragment)  # a redirect keeps the fragment (Fetch)
        real = self.folded.get(folder.casefold(), "")
        if real.rstrip("/") not in ("", folder):
            return Link("case", real, fragment)
        return Link("missing", path, fragment)

    def is_unknown(self, path: str) -> bool:
        """Whether a path is what cannot be read, or in a folder that cannot: nobody can tell what is there."""
        return path in self.broken or any(above[:-1] in self.broken for above in ancestors(path) if above)

    def redirected(self, path: str) -> Link | None:
        """Where the host's own redirects send an address that is no file; a circle leads nowhere."""
        seen = {path}
        while new := self.host_rules.target(path):
            link = self.parse(new, "", "", follow=False)
            if link.verdict != "missing":
                return link
            path = "/" + link.path
            if path in seen or len(seen) > HOPS or len(path) > LONGEST:
                return Link("redirect-loop", f"{path} → {new}")
            seen.add(path)
        return None

    @functools.cached_property
    def host_rules(self) -> HostRules:
        """Worked out when the first address is missing."""
        return HostRules(self.redirects)

    @functools.cached_property
    def folded(self) -> dict[str, str]:
        """Names without regard to capitals -> the real name; a folder stands for its index."""
        names = {folder.casefold(): folder + "/" for folder in self.listing.folders if self._index_of(folder)}
        return names | {path.casefold(): path for path in self.listing.files}


@functools.cache
def parser() -> ModuleType:
    """The WHATWG parser, loaded when the first odd address is met."""
    import ada_url

    return ada_url


def home(base: str) -> str:
    """Where a site lives, as browsers write it, with a slash at its end; "" for what no browser can open."""
    if AS_IT_IS.match(base) and base.endswith("/"):
        return base
    try:
        url = parser().URL(base)
    except ValueError:
        return ""
    path = url.pathname if url.pathname.endswith("/") else url.pathname + "/"
    return f"{url.protocol}//{url.host}{path}" if url.protocol in ("http:", "https:") else ""


def starting_from(base: str, here: str) -> str:
    """What relative addresses start from (WHATWG HTML, "set the frozen base URL"): a useless <base> counts for none."""
    try:
        url = parser().URL(base, base=here)
    except ValueError:
        return here
    return here if url.protocol in ("data:", "javascript:") else url.href
