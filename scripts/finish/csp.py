"""What a browser may do on our pages: a Content-Security-Policy in each of them, and in _headers for some hosts."""

from __future__ import annotations

import base64
import hashlib

from turbohtml import Document, Element

from .fingerprints import HASH
from .site import NOT_FOUND, Site

# Features a page could ask a browser for. Ours asks for none of these, so nothing that gets in could either.
# "web-share" is not here: under it, "Share this page" would be a button that does nothing.
FEATURES = (
    "accelerometer autoplay bluetooth browsing-topics camera clipboard-read display-capture encrypted-media "
    "fullscreen geolocation gyroscope hid identity-credentials-get idle-detection local-fonts magnetometer "
    "microphone midi payment picture-in-picture publickey-credentials-get screen-wake-lock serial usb "
    "xr-spatial-tracking"
)
DATA_BLOCKS = ("application/ld+json", "application/json")
MOST_RULES = 100  # that hosts read
NEVER_OLD, NEVER_NEW = "no-cache", "public, max-age=31536000, immutable"


def set_on_pages(site: Site) -> None:
    """Write each page's policy right behind its charset, and note the markup which that policy will refuse."""
    for page, document in site.pages.items():
        site.unfit += [f"{page}: {fault}" for fault in refused(document)]
        for old in document.select('meta[http-equiv="Content-Security-Policy" i], meta[name="referrer"]'):
            old.decompose()
        charset = document.select_one("meta[charset]")
        if charset is None:
            site.unfit.append(f"{page}: has no <meta charset>, so it gets no security policy: add one to the template")
            continue
        content = policy([document])
        charset.insert_after(
            Element("meta", {"http-equiv": "Content-Security-Policy", "content": content}),
            Element("meta", {"name": "referrer", "content": "no-referrer"}),
        )


def policy(documents: list[Document], connect: str = "'self'") -> str:
    """The strictest policy under which these pages work as they are; their scripts may fetch from `connect`."""
    texts = {style.text for document in documents for style in document.select("head style")}
    styles = sorted(map(digest, texts))
    drawn_in_styles = any("url(data:" in text for text in texts)
    directives = {
        "default-src": "'none'",
        "script-src": "'self'",
        "style-src": " ".join(styles) or "'none'",
        "img-src": "'self' data:" if drawn_in_styles else "'self'",
        "connect-src": connect,  # the search index
        "worker-src": "'self'",  # the saved copies
        "form-action": "'self'",  # the search form
        "base-uri": "'none'",
    }
    return "; ".join(f"{name} {value}" for name, value in directives.items())


def digest(text: str) -> str:
    """A style's hash as CSP level 3 writes it (section 2.3.1)."""
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"


def refused(document: Document) -> list[str]:
    """Markup on a page that its policy makes void, and what to do about it."""
    found = []
    for element in document.select("*"):
        if element.tag == "script" and "src" not in element.attrs and element.attr("type") not in DATA_BLOCKS:
            found.append("an inline <script> will not run: move it to a file in docs/assets/js/")
        if element.tag == "style" and element.closest("body"):
            found.append("a <style> among the words has no effect: move it to a file in docs/assets/css/")
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
    """Write _headers, as Cloudflare Pages and Netlify read it. No address has two cache rules: they would add up."""
    # The stricter of two policies holds, and each page says 'self'. sw.js has this one alone: when a host redirects to
    # its new domain, the worker must be able to see whether that answers.
    whole = policy(list(site.pages.values()), connect="*") + "; frame-ancestors 'none'"
    everywhere = {
        "Content-Security-Policy": whole,
        "Referrer-Policy": "no-referrer",
        "Permissions-Policy": ", ".join(f"{feature}=()" for feature in FEATURES.split()),
        "X-Content-Type-Options": "nosniff",
        "Cross-Origin-Opener-Policy": "same-origin",
        "Strict-Transport-Security": "max-age=31536000",
    }
    files = sorted(path.relative_to(site.root).as_posix() for path in (site.root / "assets").rglob("*"))
    kept = {"/sw.js": NEVER_OLD}
    kept |= {f"/{file}": NEVER_NEW for file in files if HASH.search(file)}
    kept |= {"/" + page.removesuffix("index.html"): NEVER_OLD for page in site.pages if page != NOT_FOUND}
    lines = ["/*", *(f"  {name}: {value}" for name, value in everywhere.items())]
    # A host asks for a page anew in any case, so it is the pages that may go without a rule when there are too many.
    for address, value in list(kept.items())[: MOST_RULES - 1]:
        lines += [address, f"  Cache-Control: {value}"]
    site.write("_headers", "\n".join(lines) + "\n")
