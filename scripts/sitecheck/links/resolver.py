"""Resolves an address as a browser does (WHATWG URL) and finds its file in the listing of the site."""

import functools
import re
from types import ModuleType
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import unquote, unquote_to_bytes, urlsplit

from ..model.paths import ancestors, climbs, quoted
from ..scan.listing import Listing

if TYPE_CHECKING:
    from .host_redirects import HostRules

MAX_REDIRECTS = 20  # in a row (WHATWG Fetch, "HTTP-redirect fetch")
MAX_LENGTH = 8_000  # characters that a host must accept (RFC 9110, section 4.1); a looping pattern can exceed it
UNKNOWN_BASE = "http://site.invalid/"  # in place of the site's address while that is unknown
ODD = frozenset("%?#\\:* \t\n\r\f\"'<>{}|^`")  # a path without any of these is the same in an address
WEB = ("https://", "http://")
# What a WHATWG URL parser returns unchanged, but for the slash after a host alone: a host of plain names, no port, a
# path without dot segments or escapes, a query of plain characters and escapes.
NORMALIZED = re.compile(
    r"https?://(?P<host>(?:[a-z0-9_-]+\.)*[a-z]{2,})"
    r"(?P<path>/(?:[\w~!$&()*+,;=:@-]+[/.])*[\w~!$&()*+,;=:@-]*(?P<query>\?[\w~!$&()*+,;=:@/?%.-]*)?)?\Z",
    re.A,
)
DIALED = re.compile(r"(?P<scheme>tel|sms):\+?\d+\Z", re.A)


class Link(NamedTuple):
    """Where an address leads."""

    verdict: str  # "file", "missing", "case", "no-index", "outside", "external", "scheme:mailto" …, "malformed"
    path: str = ""  # the file it leads to, or the path that was looked for; for "external" the whole address
    fragment: str = ""  # without "#", percent-encoded as written


class Resolver:
    """Resolves the addresses of one site.

    `base` is the address where the site will live: paths are relative to its path, and its host counts as the site.
    """

    def __init__(
        self,
        listing: Listing,
        base: str = "",
        index: tuple[str, ...] = ("index.html",),
        clean: bool = False,
        redirects: dict[str, str] | None = None,
        rewrite: tuple[tuple[str | re.Pattern[str], str], ...] = (),
    ) -> None:
        self.listing = listing
        self.base = normalized_base(base) or UNKNOWN_BASE
        self.base_known = not self.base.startswith(UNKNOWN_BASE)
        parts = urlsplit(self.base)
        self.root = parts.path or "/"
        self.origin = self.base.removesuffix(self.root)
        self.host = parts.netloc.lower()
        self.index = index
        self.clean = clean
        self.unreadable = {path for path, _ in listing.unreadable}  # LI013 reports them, not each link to them
        self.table = self._spellings()
        self.redirects = redirects or {}
        self.rewrite = tuple((re.compile(pattern), new) for pattern, new in rewrite)
        self._absolute: dict[str, Link] = {}

    def _spellings(self) -> dict[str, str]:
        """Every plain spelling of a file's path -> that file. Paths with ODD characters are left to the full parser."""
        table: dict[str, str] = {}
        for path in (*self.listing.files, *self.unreadable):
            if ODD.isdisjoint(path) and "//" not in path and path.isascii():
                table[path] = path
                if self.clean and path.endswith(".html"):
                    table.setdefault(path.removesuffix(".html"), path)
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
            raw = pattern.sub(new, raw)
        if not base and raw.startswith((*WEB, "/")) and not raw.startswith("//"):  # the same everywhere
            link = self._absolute.get(raw)
            if link is None:
                link = self._absolute[raw] = self.external(raw) or self.from_root(raw) or self.parse(raw, page, "")
            return link
        if not base and (plain := self.plain(raw, page, ancestors(page))):
            return Link("file", *plain)
        return self.parse(raw, page, base)

    def plain(self, raw: str, page: str, above: list[str]) -> tuple[str, str] | None:
        """(file, fragment) of a plain relative address, as most are; None if it needs `parse`."""
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

    def external(self, raw: str) -> Link | None:
        """The link to an address on another host that the URL parser would return unchanged, else None."""
        match = NORMALIZED.match(raw)
        if not match or match["host"] == self.host:
            return None
        return Link("external", raw if match["path"] else f"{raw}/")

    def from_root(self, raw: str) -> Link | None:
        """The link to a plain address of the site itself, from its root or in full; None if it needs `parse`."""
        path, _, fragment = raw.removeprefix(self.origin).partition("#")
        if path.endswith("/."):  # as Material's error page writes the start page
            path = path[:-1]
        file = self.table.get(path[len(self.root) :]) if path.startswith(self.root) else None
        return Link("file", file, fragment) if file else None

    def parse(self, raw: str, page: str, base: str, follow: bool = True) -> Link:
        """Resolve any address with the URL parser. With `follow`, apply the host's redirects if no file is there."""
        folder = page[: page.rfind("/") + 1]
        if (dialed := DIALED.match(raw)) and folder + raw not in self.listing.files:
            return Link(f"scheme:{dialed['scheme']}", raw)
        ada = parser()
        here = self.base + quoted(page)
        here = base_url(base, here) if base else here
        try:
            url = ada.URL(raw, base=here)
        except ValueError:
            return Link("malformed", raw)
        scheme = url.protocol[:-1]
        if scheme not in ("http", "https"):
            if folder + unquote(raw.partition("#")[0]) in self.listing.files:
                return Link("malformed", f"./{raw}")  # "Foo::Bar.html" is there; a browser takes "Foo:" for a scheme
            return Link("scheme:file" if len(scheme) == 1 else f"scheme:{scheme}", url.href)  # C: is a drive
        if url.host != self.host:
            return Link("external", url.href)
        fragment = url.hash[1:]
        pathname = self.root if url.pathname + "/" == self.root else url.pathname  # without its slash too
        if not pathname.startswith(self.root):
            return Link("outside", pathname, fragment)
        if not self.base_known and climbs(raw, here.removeprefix(self.base) if base else page):
            return Link("outside", raw, fragment)
        path = unquote_to_bytes(pathname[len(self.root) :]).decode("utf-8", "surrogateescape")
        return self.find(path, fragment, follow)

    def find(self, path: str, fragment: str = "", follow: bool = True) -> Link:
        """The file that a host serves for a decoded path below the site's root."""
        while "//" in path:  # as nginx and Apache do; some static hosts answer 404, which no rule can know
            path = path.replace("//", "/")
        path = path.removeprefix("/")
        files = self.listing.files
        folder = path.rstrip("/")
        if path in files or (self.unreadable and self.is_unknown(folder)):
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
        """Whether a path cannot be read or lies in a folder that cannot, so that it may exist."""
        return path in self.unreadable or any(above[:-1] in self.unreadable for above in ancestors(path) if above)

    def redirected(self, path: str) -> Link | None:
        """Where the host's redirects send a path that is no file; None if none applies."""
        seen = {path}
        while new := self.host_rules.target(path):
            link = self.parse(new, "", "", follow=False)
            if link.verdict != "missing":
                return link
            path = "/" + link.path
            if path in seen or len(seen) >= MAX_REDIRECTS or len(path) > MAX_LENGTH:
                return Link("redirect-loop", f"{path} → {new}")
            seen.add(path)
        return None

    @functools.cached_property
    def host_rules(self) -> "HostRules":
        """The host's redirects, compiled when the first address is missing."""
        from .host_redirects import HostRules

        return HostRules(self.redirects)

    @functools.cached_property
    def folded(self) -> dict[str, str]:
        """Case-folded path -> the real path; a folder counts if it has an index."""
        names = {folder.casefold(): folder + "/" for folder in self.listing.folders if self._index_of(folder)}
        return names | {path.casefold(): path for path in self.listing.files}


@functools.cache
def parser() -> ModuleType:
    """The WHATWG URL parser, imported only when an address needs it."""
    import ada_url

    return ada_url


def normalized_base(base: str) -> str:
    """The address of a site, normalized, with a slash at its end; "" if a browser cannot open it."""
    plain = NORMALIZED.match(base)
    if not base or (plain and not plain["query"] and base.endswith("/")):
        return base
    try:
        url = parser().URL(base)
    except ValueError:
        return ""
    path = url.pathname if url.pathname.endswith("/") else url.pathname + "/"
    return f"{url.protocol}//{url.host}{path}" if url.protocol in ("http:", "https:") else ""


def base_url(base: str, here: str) -> str:
    """What relative addresses are resolved against (WHATWG HTML, "set the frozen base URL").

    An unusable <base> is ignored.
    """
    try:
        url = parser().URL(base, base=here)
    except ValueError:
        return here
    return here if url.protocol in ("data:", "javascript:") else url.href
