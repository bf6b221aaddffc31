"""Paths of files as addresses have them."""

from __future__ import annotations

import re
from urllib.parse import quote

NOT_FOUND = "404.html"  # a host shows it at any address


def quoted(path: str) -> str:
    """A file's path as it stands in an address."""
    return quote(path.encode("utf-8", "surrogateescape"), safe="/~!$&'()*+,;=:@")


def slug_of(words: str) -> str:
    """Words as an address or an id has them: "call-your-doctor"; "" when no letter of them is in ASCII."""
    import unicodedata  # needed for few pages

    plain = unicodedata.normalize("NFKD", words).encode("ascii", "ignore").decode()  # é is e with a mark
    return "-".join(re.findall(r"[a-z0-9]+", plain.lower()))


def ancestors(page: str) -> list[str]:
    """The folder of a page and those around it, "a/b/" first and "" last."""
    found = [page[: page.rfind("/") + 1]]
    while found[-1]:
        found.append(page[: page.rfind("/", 0, len(found[-1]) - 1) + 1])
    return found


def climbs(raw: str, page: str) -> bool:
    """Whether a relative address goes up past the root: browsers stop there, a site under a sub-path does not."""
    path = raw.strip().split("#")[0].split("?")[0].replace("\\", "/")
    depth = 0 if path.startswith("/") else page.count("/")
    for part in path.split("/"):
        if part.lower().replace("%2e", ".") == "..":
            depth -= 1
            if depth < 0:
                return True
        elif part not in ("", "."):
            depth += 1
    return False
