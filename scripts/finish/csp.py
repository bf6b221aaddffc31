"""The Content-Security-Policy: in a <meta> of each page, and in _headers (headers.py)."""

from __future__ import annotations

from collections.abc import Iterator

from turbohtml import Document, Element

from .built_site import Site
from .fingerprints import integrity

DATA_BLOCKS = ("application/ld+json", "application/json")


def set_on_pages(site: Site) -> None:
    """Write each page's policy right after its charset, and report the markup that the policy blocks."""
    for page, document in site.pages.items():
        site.errors += [f"{page}: {error}" for error in sorted(set(refused_markup(document)))]
        document.remove('meta[http-equiv="Content-Security-Policy" i], meta[name="referrer"]')
        charset = document.select_one("meta[charset]")
        if charset is None:
            site.errors.append(f"{page}: has no <meta charset>, so it gets no security policy: add one to the template")
            continue
        content = policy([document])
        charset.insert_after(
            Element("meta", {"http-equiv": "Content-Security-Policy", "content": content}),
            Element("meta", {"name": "referrer", "content": "no-referrer"}),
        )


def policy(documents: list[Document], connect: str = "'self'") -> str:
    """Return the strictest policy under which these pages work. Their scripts may fetch from `connect`."""
    texts = {style.text for document in documents for style in document.select("head style")}
    styles = sorted(f"'{integrity(text.encode())}'" for text in texts)  # CSP level 3, section 2.3.1
    has_data_urls = any("url(data:" in text for text in texts)
    directives = {
        "default-src": "'none'",
        "script-src": "'self'",
        "style-src": " ".join(styles) or "'none'",
        "img-src": "'self' data:" if has_data_urls else "'self'",
        "connect-src": connect,  # the search index
        "worker-src": "'self'",  # the saved copies
        "manifest-src": "'self'",  # the icon on a home screen
        "form-action": "'self'",  # the search form
        "base-uri": "'none'",
    }
    return "; ".join(f"{name} {value}" for name, value in directives.items())


def refused_markup(document: Document) -> Iterator[str]:
    """Yield a message for all markup that the policy blocks, with what to do instead."""
    for element in document.select("*"):
        if element.tag == "script" and "src" not in element.attrs and element.attr("type") not in DATA_BLOCKS:
            yield "an inline <script> will not run: move it to a file in docs/assets/js/"
        if element.tag == "style" and element.closest("body"):
            yield "a <style> in the page's text has no effect: move it to a file in docs/assets/css/"
        for name, value in element.attrs.items():
            place = f"<{element.tag} {name}=…>"
            if name == "style":
                yield f"{place} has no effect: give it a class, and the class a rule in docs/assets/css/"
            elif name.startswith("on"):
                yield f"{place} will not run: remove it, or listen in docs/assets/js/site.js"
            elif name in ("href", "src", "action") and str(value).strip().lower().startswith("javascript:"):
                yield f"{place} leads nowhere: link to a page, or use a button and docs/assets/js/site.js"
