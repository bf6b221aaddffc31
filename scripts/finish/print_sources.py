"""The sources of the print page: one list at its end has each once, and all citations use its numbers."""

from __future__ import annotations

import re

from turbohtml import Element, Text

NUMBER = re.compile(r"\d+")


def gather(parts: list[Element]) -> list[Element]:
    """Take the list of sources out of each part, number the citations anew, and return the one list, or nothing."""
    sources: dict[str, Element] = {}  # by id, as first cited
    moved: dict[str, str] = {}  # links to the lists of the parts, and where they lead now
    for part in parts:
        own = []
        for named in part.select(".sources [id]"):
            id = (named.attr("id") or "").rpartition("--")[2]
            moved[f"#{named.attr('id')}"] = f"#{id}"
            if named.tag == "li":
                own.append(id)
                sources.setdefault(id, named)
        part.remove(".sources")
        ids = list(sources)
        for link in part.select(".cite a"):
            cited = sorted((own[int(number) - 1] for number in NUMBER.findall(link.text)), key=ids.index)
            link.attrs["href"] = f"#{cited[0]}"
            numbers = [ids.index(id) + 1 for id in cited]
            link.attrs["aria-label"] = _with(numbers, link.attr("aria-label") or "")
            link.set_text(_with(numbers, link.text))
    for id, item in sources.items():
        item.attrs["id"] = id
    for link in (link for part in parts for link in part.select("a[href]")):
        address = link.attr("href") or ""
        link.attrs["href"] = moved.get(address, address)
    if not sources:
        return []
    heading = Element("h2", {"id": "sources"}, [Text(f"Sources ({len(sources)})")])
    items = Element("ol", None, list(sources.values()))
    return [Element("details", {"class": "sources"}, [Element("summary", None, [heading]), items])]


def _with(numbers: list[int], text: str) -> str:
    """Return the text with these numbers in place of its own."""
    following = iter(numbers)
    return NUMBER.sub(lambda _: str(next(following)), text)
