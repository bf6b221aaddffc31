"""robots.txt and sitemap.xml, with the day each page was last checked, not built, and its other languages."""

from __future__ import annotations

from xml.sax.saxutils import escape, quoteattr

from turbohtml import Element

from .built_site import Site, is_noindex, last_checked


def write(site: Site) -> None:
    """Write both files. Pages with robots "noindex", such as 404, are left out."""
    lines = [
        '<?xml version="1.0" encoding="UTF-8"?>',
        '<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:xhtml="http://www.w3.org/1999/xhtml">',
    ]
    for page, document in site.pages.items():
        if is_noindex(document):
            continue
        day = last_checked(document)
        lastmod = f"<lastmod>{escape(day)}</lastmod>" if day else ""
        others = "".join(map(_alternate, document.select("link[rel=alternate][hreflang]")))
        lines.append(f"<url><loc>{escape(site.address(page))}</loc>{lastmod}{others}</url>")
    site.write("sitemap.xml", "\n".join([*lines, "</urlset>"]) + "\n")
    site.write("robots.txt", f"User-agent: *\nAllow: /\nSitemap: {site.home}sitemap.xml\n")
    site.write(".nojekyll", "")


def _alternate(link: Element) -> str:
    """Return the sitemap entry for the same page in another language, from a <link> of its head."""
    language, address = link.attr("hreflang") or "", link.attr("href") or ""
    return f'<xhtml:link rel="alternate" hreflang={quoteattr(language)} href={quoteattr(address)}/>'
