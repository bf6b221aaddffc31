"""A page at each old address that redirects to the new one, on any host and without a script."""

from __future__ import annotations

from html import escape

from .built_site import Site, built_file
from .service_worker import mark

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


def write(site: Site) -> None:
    """Write a page for each page that docs/_data/page-types.yml lists under `moved`."""
    moved = {built_file(old): built_file(new) for old, new in site.moved.items() if old.endswith(".md")}
    for old, new in moved.items():
        address, link = site.address(new), site.link(old, new).removesuffix("index.html")
        site.write(old, PAGE.format(address=escape(address), link=escape(link), mark=escape(mark(site, old))))
