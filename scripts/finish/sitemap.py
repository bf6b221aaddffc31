"""robots.txt and sitemap.xml, with the day of each page's review instead of the day of the build, and its languages."""

from __future__ import annotations

from xml.sax.saxutils import escape, quoteattr

from turbohtml import Element

from .site import Site, reviewed, unlisted


def write(site: Site) -> None:
    """Write both. A page that asks not to be indexed, such as 404, is in no sitemap."""
    lines = [
        '<?xml version="1.0" encoding="UTF-8"?>',
        '<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:xhtml="http://www.w3.org/1999/xhtml">',
    ]
    for page, document in site.pages.items():
        if unlisted(document):
            continue
        day = reviewed(document)
        lastmod = f"<lastmod>{escape(day)}</lastmod>" if day else ""
        others = "".join(map(_alternate, document.select("link[rel=alternate][hreflang]")))
        lines.append(f"<url><loc>{escape(site.address(page))}</loc>{lastmod}{others}</url>")
    site.write("sitemap.xml", "\n".join([*lines, "</urlset>"]) + "\n")
    site.write("robots.txt", f"User-agent: *\nAllow: /\nSitemap: {site.home}sitemap.xml\n")
    site.write(".nojekyll", "")


def _alternate(link: Element) -> str:
    """The same page in another language, as its head names it."""
    language, address = link.attr("hreflang") or "", link.attr("href") or ""
    return f'<xhtml:link rel="alternate" hreflang={quoteattr(language)} href={quoteattr(address)}/>'
