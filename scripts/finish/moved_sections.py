"""Sections and contacts that have another address: whoever holds the old one is led to the new one."""

from __future__ import annotations

from turbohtml import Element, Text

from . import vcard
from .built_site import Site, built_file, element, text_box

SENTENCE = "This part of the page has moved: "


def write(site: Site) -> None:
    """Keep each old section that page-types.yml lists under `moved` as a target on its page."""
    for old, to in site.moved.items():
        (name, _, id), (new_name, _, anchor) = old.partition("#"), to.partition("#")
        file, new = built_file(name), built_file(new_name)
        document = site.pages.get(file) if id else None
        if document is None or document.select_one(f'[id="{id}"]') is not None:
            continue
        target = document.select_one(f'[id="{anchor}"]') if anchor and new == file else None
        if target is not None:
            target.insert(0, Element("span", {"id": id}))
            continue
        href = site.link(file, new).removesuffix("index.html") + (f"#{anchor}" if anchor else "")
        heading = site.pages[new].select_one("h1") if new in site.pages else None
        words = heading.text if heading is not None else "see where"
        (text_box(document) or element(document, "main")).append(
            Element("p", {"id": id}, [Text(SENTENCE), Element("a", {"href": href}, [Text(words)])])
        )


def write_downloads(site: Site) -> None:
    """Write a download at each old address: the new one, or a contact that leads to a page."""
    for old, new in site.moved.items():
        if "#" in old or old.endswith(".md"):
            continue
        if (site.root / new).is_file():
            site.write(old, (site.root / new).read_bytes())
        elif old.endswith(".vcf"):
            site.write(old, vcard.leading_to(site.clinic, site.address(built_file(new.partition("#")[0]))))
