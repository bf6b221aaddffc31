"""What the kinds of reference are for: followed by a reader, loaded by the page, or published about it."""

from __future__ import annotations

# A page that lacks one of these looks or works wrong, though nobody clicked.
ASSETS = frozenset((
    "img", "srcset", "script", "stylesheet", "icon", "apple-touch-icon", "mask-icon", "manifest", "source", "video",
    "audio", "track", "poster", "iframe", "object", "embed", "input", "background", "css", "css-import", "use", "svg",
    "image", "preload", "modulepreload", "importmap", "prefetch", "prerender", "appcache",
))  # fmt: skip
# Said to machines: search engines, feed readers, the site's own search, the service worker.
PUBLISHED = frozenset((
    "canonical", "alternate", "prev", "next", "sitemap", "feed", "robots", "search", "llms", "precache", "redirect",
    "rewrite", "json-ld", "meta", "security.txt",
))  # fmt: skip
# An address that is only named, or opened for a connection: nothing at it need be a file.
NOT_FOLLOWED = frozenset(("preconnect", "dns-prefetch"))
# "#x" means the document itself, whatever its <base> says (CSS Values 4, "Fragment URLs"; SVG 2, "Linking").
LOCAL = frozenset(("css", "image", "svg", "use"))
# A browser shows, plays or runs these itself; a page in their place shows nothing.
NEVER_A_PAGE = frozenset((
    "img", "srcset", "input", "source", "poster", "background", "audio", "video", "track", "script", "modulepreload",
    "stylesheet", "css", "css-import", "icon", "apple-touch-icon", "mask-icon",
))  # fmt: skip
