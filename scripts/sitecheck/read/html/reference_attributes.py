"""Which attributes hold an address (WHATWG HTML, "Attributes" index), and how lists of addresses are split."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterable, Iterator

# element: (attribute, kind of reference). <a> is read separately, see elements.read_links.
XLINK = "xlink:href"
HREFS = ("href", XLINK)  # inside an <svg> an address has two spellings
# SVG 2: elements that refer to another element, to use it or to move it.
SVG_REFERENCING = (
    "animate", "animateMotion", "animateTransform", "filter", "linearGradient", "mpath", "pattern", "radialGradient",
    "set", "textPath",
)  # fmt: skip
ATTRIBUTES: dict[str, tuple[tuple[str, str], ...]] = {
    "area": (("href", "area"), ("ping", "ping")),
    "audio": (("src", "audio"),),
    "blockquote": (("cite", "cite"),),
    "button": (("formaction", "formaction"),),
    "del": (("cite", "cite"),),
    "embed": (("src", "embed"),),
    "feImage": tuple((name, "image") for name in HREFS),
    "form": (("action", "form"),),
    "frame": (("src", "iframe"), ("longdesc", "longdesc")),
    "html": (("manifest", "appcache"),),
    "iframe": (("src", "iframe"), ("longdesc", "longdesc")),
    "image": tuple((name, "image") for name in HREFS),
    "img": (("src", "img"), ("srcset", "srcset"), ("longdesc", "longdesc"), ("usemap", "usemap")),
    "input": (("src", "input"), ("formaction", "formaction")),
    "ins": (("cite", "cite"),),
    "link": (("href", "link"), ("imagesrcset", "srcset")),
    "object": (("data", "object"), ("usemap", "usemap")),
    "q": (("cite", "cite"),),
    "script": (("src", "script"), *((name, "script") for name in HREFS)),
    "source": (("src", "source"), ("srcset", "srcset")),
    "track": (("src", "track"),),
    "use": tuple((name, "use") for name in HREFS),
    "video": (("src", "video"), ("poster", "poster")),
    **dict.fromkeys(SVG_REFERENCING, tuple((name, "svg") for name in HREFS)),
}
# Where browsers load background="".
BACKGROUNDS = ":is(body,table,thead,tbody,tfoot,tr,td,th)[background]:not([background=''])"
# Presentation attributes that may hold url() (SVG 2).
PAINTING = ("fill", "stroke", "clip-path", "mask", "filter", "marker-start", "marker-mid", "marker-end", "cursor")

# Kinds of <link>, by a token of its rel. The first that matches names the reference.
LINK_KINDS = (
    "stylesheet", "canonical", "manifest", "icon", "apple-touch-icon", "mask-icon", "alternate", "prev", "next",
    "modulepreload", "preload", "prefetch", "preconnect", "dns-prefetch",
)  # fmt: skip
NAMED = "named"  # an address that only names a vocabulary, and that nobody opens: rel="profile", rel="schema.dcterms"
META_ADDRESSES = frozenset((
    "og:image", "og:image:url", "og:image:secure_url", "og:url", "og:audio", "og:audio:url", "og:video",
    "og:video:url", "twitter:image", "twitter:image:src", "twitter:url", "twitter:player", "msapplication-tileimage",
    "msapplication-square70x70logo", "msapplication-square150x150logo", "msapplication-wide310x150logo",
    "msapplication-square310x310logo", "msapplication-config",
))  # fmt: skip
_SPACE = r"[ \t\n\f\r]"  # ASCII white space as HTML has it: neither the vertical tab nor the no-break space
_REFRESH = re.compile(
    rf"{_SPACE}*+(?:\d|(?=\.))[\d.]*+(?=[;,]|{_SPACE}){_SPACE}*+[;,]?{_SPACE}*+(?:url{_SPACE}*={_SPACE}*)?(?P<url>.*)",
    re.I | re.S | re.A,
)


@functools.lru_cache(1000)
def link_kind(rel: str) -> str:
    """The kind of reference that a <link> with this rel makes; without any it is no link."""
    tokens = re.split(_SPACE, rel.lower())
    if not any(tokens) or "profile" in tokens or any(token.startswith("schema.") for token in tokens):
        return NAMED
    return next((kind for kind in LINK_KINDS if kind in tokens), "link")


def addresses_in(kind: str, raw: str) -> Iterable[str]:
    """The addresses that an attribute holds: of a few kinds, several."""
    return srcset(raw) if kind == "srcset" else raw.split() if kind == "ping" else (raw,)


def srcset(raw: str) -> Iterator[str]:
    """The addresses of a srcset (WHATWG HTML, "Parsing a srcset attribute"): a comma may belong to an address."""
    at, end = 0, len(raw)
    while at < end:
        while at < end and raw[at] in " \t\n\f\r,":
            at += 1
        start = at
        while at < end and raw[at] not in " \t\n\f\r":
            at += 1
        address = raw[start:at]
        if not address:
            return
        if address.endswith(","):
            yield address.rstrip(",")
            continue
        yield address
        inside = False  # parentheses do not nest
        while at < end and (raw[at] != "," or inside):
            inside = raw[at] == "(" or (inside and raw[at] != ")")
            at += 1


def meta_reference(name: str, content: str) -> bool:
    """Whether a <meta> of this name or property holds an address; "none" tells browsers not to look for a file."""
    return name in META_ADDRESSES and (name, content) != ("msapplication-config", "none")


def refresh_target(content: str) -> str | None:
    """Where a meta refresh goes (WHATWG HTML, "Shared declarative refresh steps"); None reloads the page itself."""
    match = _REFRESH.fullmatch(content)
    if not match or not match["url"]:
        return None
    url = match["url"]
    if url[0] in "\"'":
        return url[1:].split(url[0], 1)[0]
    return url
