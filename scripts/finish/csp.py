"""The Content-Security-Policy: in a <meta> of each page, and with other headers in _headers for hosts that read it."""

from __future__ import annotations

import base64
import hashlib

from turbohtml import Document, Element

from .built_site import NOT_FOUND, Site
from .fingerprints import HASHED_NAME

# Browser features that our pages do not use, switched off so that injected code cannot use them either.
# "web-share" is not listed: "Share this page" needs it.
FEATURES = (
    "accelerometer autoplay bluetooth browsing-topics camera clipboard-read display-capture encrypted-media "
    "fullscreen geolocation gyroscope hid identity-credentials-get idle-detection local-fonts magnetometer "
    "microphone midi payment picture-in-picture publickey-credentials-get screen-wake-lock serial usb "
    "xr-spatial-tracking"
)
DATA_BLOCKS = ("application/ld+json", "application/json")
MAX_RULES = 100  # Cloudflare Pages ignores further ones
REVALIDATE, IMMUTABLE = "no-cache", "public, max-age=31536000, immutable"


def set_on_pages(site: Site) -> None:
    """Write each page's policy right after its charset, and report the markup that the policy blocks."""
    for page, document in site.pages.items():
        site.errors += [f"{page}: {error}" for error in refused_markup(document)]
        for old in document.select('meta[http-equiv="Content-Security-Policy" i], meta[name="referrer"]'):
            old.decompose()
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
    styles = sorted(map(style_hash, texts))
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


def style_hash(text: str) -> str:
    """Return the hash source of a <style> (CSP level 3, section 2.3.1)."""
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"


def refused_markup(document: Document) -> list[str]:
    """Return one message for each kind of markup that the policy blocks, with what to do instead."""
    found = []
    for element in document.select("*"):
        if element.tag == "script" and "src" not in element.attrs and element.attr("type") not in DATA_BLOCKS:
            found.append("an inline <script> will not run: move it to a file in docs/assets/js/")
        if element.tag == "style" and element.closest("body"):
            found.append("a <style> in the page's text has no effect: move it to a file in docs/assets/css/")
        for name, value in element.attrs.items():
            place = f"<{element.tag} {name}=…>"
            if name == "style":
                found.append(f"{place} has no effect: give it a class, and the class a rule in docs/assets/css/")
            elif name.startswith("on"):
                found.append(f"{place} will not run: remove it, or listen in docs/assets/js/site.js")
            elif name in ("href", "src", "action") and str(value).strip().lower().startswith("javascript:"):
                found.append(f"{place} leads nowhere: link to a page, or use a button and docs/assets/js/site.js")
    return sorted(set(found))


def write_headers(site: Site) -> None:
    """Write _headers for Cloudflare Pages and Netlify. They join rules that match one address, so each has one."""
    # connect="*" loosens nothing on a page: its own <meta> policy still says 'self', and browsers obey both. sw.js has
    # only this header: when a host redirects to its new domain, the worker must see whether that domain answers.
    header = policy(list(site.pages.values()), connect="*") + "; frame-ancestors 'none'"
    everywhere = {
        "Content-Security-Policy": header,
        "Referrer-Policy": "no-referrer",
        "Permissions-Policy": ", ".join(f"{feature}=()" for feature in FEATURES.split()),
        "X-Content-Type-Options": "nosniff",
        "Cross-Origin-Opener-Policy": "same-origin",
        "Strict-Transport-Security": "max-age=31536000",
    }
    files = sorted(path.relative_to(site.root).as_posix() for path in (site.root / "assets").rglob("*"))
    kept = {"/sw.js": REVALIDATE}
    kept |= {f"/{file}": IMMUTABLE for file in files if HASHED_NAME.search(file)}
    kept |= {"/" + page.removesuffix("index.html"): REVALIDATE for page in site.pages if page != NOT_FOUND}
    lines = ["/*", *(f"  {name}: {value}" for name, value in everywhere.items())]
    # Hosts revalidate pages by default, so the pages, which come last, can do without a rule when there are too many.
    for address, value in list(kept.items())[: MAX_RULES - 1]:
        lines += [address, f"  Cache-Control: {value}"]
    site.write("_headers", "\n".join(lines) + "\n")
