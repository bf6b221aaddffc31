"""Old addresses of pages, sections and downloads, from docs/_data/moved.yml: each leads to the new one.

A page redirects on any host and without a script.
"""

from __future__ import annotations

from html import escape

from turbohtml import Element, Text

from . import vcard
from .built_site import Site, built_file, element, text_box, without_index
from .service_worker import mark

SENTENCE = "This part of the page has moved: "
PAGE = """\
<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'">
<title>This page has moved</title>
<link rel="canonical" href="{address}">
<meta http-equiv="refresh" content="0; url={link}">
</head>
<body><main><h1>This page has moved</h1><p><a href="{link}">Go to the page as it is now</a></p></main>
<template data-whole="{mark}"></template></body>
</html>
"""


def write_pages(site: Site) -> None:
    """Write a page at the old address of each page."""
    moved = {built_file(old): built_file(new) for old, new in site.moved.items() if old.endswith(".md")}
    for old, new in moved.items():
        address, link = site.address(new), without_index(site.link(old, new))
        site.write(old, PAGE.format(address=escape(address), link=escape(link), mark=escape(mark(site, old))))


def keep_sections(site: Site) -> None:
    """Keep each old section as a target on its page."""
    for old, to in site.moved.items():
        (name, _, id), (new_name, _, anchor) = old.partition("#"), to.partition("#")
        file, new = built_file(name), built_file(new_name)
        document = site.pages.get(file) if id else None
        if document is None or document.find(id=id):
            continue
        target = document.find(id=anchor) if anchor and new == file else None
        if target is not None:
            target.insert(0, Element("span", {"id": id}))
            continue
        href = without_index(site.link(file, new)) + (f"#{anchor}" if anchor else "")
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
