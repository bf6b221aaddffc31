"""robots.txt and sitemap.xml, with the day of each page's review instead of the day of the build."""

from __future__ import annotations

from xml.sax.saxutils import escape

from .site import Site, reviewed, unlisted


def write(site: Site) -> None:
    """Write both. A page that asks not to be indexed, such as 404, is in no sitemap."""
    lines = ['<?xml version="1.0" encoding="UTF-8"?>', '<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">']
    for page, document in site.pages.items():
        if unlisted(document):
            continue
        day = reviewed(document)
        lastmod = f"<lastmod>{escape(day)}</lastmod>" if day else ""
        lines.append(f"<url><loc>{escape(site.address(page))}</loc>{lastmod}</url>")
    site.write("sitemap.xml", "\n".join([*lines, "</urlset>"]) + "\n")
    site.write("robots.txt", f"User-agent: *\nAllow: /\nSitemap: {site.home}sitemap.xml\n")
    site.write(".nojekyll", "")
