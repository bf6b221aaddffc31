"""_headers: what Cloudflare Pages and Netlify send with each file; for other hosts, see scripts/nginx.conf."""

from __future__ import annotations

from .built_site import NOT_FOUND, Site, without_index
from .csp import policy
from .fingerprints import HASHED_NAME

# Browser features that our pages do not use, switched off so that injected code cannot use them either.
# "web-share" is not listed: "Share this page" needs it.
FEATURES = (
    "accelerometer autoplay bluetooth browsing-topics camera clipboard-read display-capture encrypted-media "
    "fullscreen geolocation gyroscope hid identity-credentials-get idle-detection local-fonts magnetometer "
    "microphone midi payment picture-in-picture publickey-credentials-get screen-wake-lock serial usb "
    "xr-spatial-tracking"
)
MAX_RULES = 100  # Cloudflare Pages ignores further ones
REVALIDATE, IMMUTABLE = "no-cache", "public, max-age=31536000, immutable"


def write(site: Site) -> None:
    """Write the file. The hosts join rules that match one address, so each address has one."""
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
    kept |= {"/" + without_index(page): REVALIDATE for page in site.pages if page != NOT_FOUND}
    lines = ["/*", *(f"  {name}: {value}" for name, value in everywhere.items())]
    # Hosts revalidate pages by default, so the pages, which come last, can do without a rule when there are too many.
    for address, value in list(kept.items())[: MAX_RULES - 1]:
        lines += [address, f"  Cache-Control: {value}"]
    site.write("_headers", "\n".join(lines) + "\n")
