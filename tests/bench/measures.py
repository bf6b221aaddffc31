"""What a page costs and gives a reader, measured in a browser that has never seen it before."""

from __future__ import annotations

from typing import NamedTuple
from urllib.parse import urlsplit

import brotli
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, Page, Response

from hosting import SHIFTS

PHONE = {"width": 390, "height": 844}
AXE = {
    "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
    "resultTypes": ["violations"],
}
PACKED = ("image/png", "image/jpeg", "image/webp", "image/avif", "font/woff2", "application/font-woff2")
STYLES = "() => [...document.styleSheets].map(sheet => sheet.href).filter(Boolean)"
# Words of the page itself: what a script says as it runs (open now, results found) is an extra.
WORDS = """() => {
  const main = document.querySelector("main") ?? document.body
  const extras = [...main.querySelectorAll("[role=status], .today-word")]
  const count = element => element.innerText.match(/\\S+/g)?.length ?? 0
  return extras.reduce((words, extra) => words - count(extra), count(main))
}"""


class Measured(NamedTuple):
    """One page of one site. Bytes are brotli at its best, whatever a host sends."""

    first_paint: int  # HTML and the styles it waits for
    first_view: int  # everything that the page asks for; what a worker then saves is not part of it
    other_hosts: int  # requests that leave the site's host
    axe: int  # rules broken, at worst, of two widths and two schemes
    shift: float
    lost_words: int  # words of <main> that a reader without JavaScript does not see


def measure(browser: Browser, site_url: str, path: str) -> Measured:
    """Measure one page at site_url + path."""
    with browser.new_context(viewport=PHONE, service_workers="block") as context:
        kept, foreign = watch(context, urlsplit(site_url).netloc)
        page = context.new_page()
        page.goto(site_url + path, wait_until="networkidle")
        shift = page.evaluate(SHIFTS)
        sizes = {one.url: size(one) for one in kept}
        waited_for = {page.url, *page.evaluate(STYLES)}
        first_paint = sum(sizes[url] for url in waited_for & sizes.keys())
        words = page.evaluate(WORDS)
        broken = max(rules_broken(page, width, scheme) for width in (320, 1280) for scheme in ("light", "dark"))
    with browser.new_context(viewport=PHONE, java_script_enabled=False) as context:
        watch(context, urlsplit(site_url).netloc)
        page = context.new_page()
        page.goto(site_url + path)
        lost = words - page.evaluate(WORDS)
    return Measured(first_paint, sum(sizes.values()), len(foreign), broken, round(shift, 3), max(lost, 0))


def watch(context: BrowserContext, host: str) -> tuple[list[Response], list[str]]:
    """Lists that fill as the pages of `context` load: answers of `host`, and requests to others, which get none."""
    kept: list[Response] = []
    foreign: list[str] = []

    def elsewhere(url: str) -> bool:
        return url.startswith("http") and urlsplit(url).netloc != host

    context.on("request", lambda request: foreign.append(request.url) if elsewhere(request.url) else None)
    context.on("response", lambda response: None if elsewhere(response.url) else kept.append(response))
    context.route(elsewhere, lambda route: route.abort())
    return kept, foreign


def size(response: Response) -> int:
    """Bytes of an answer's body on the wire from a host that compresses well."""
    body = response.body() if response.status == 200 else b""
    packed = response.headers.get("content-type", "").split(";")[0] in PACKED
    return len(body) if packed else len(brotli.compress(body, quality=11))


def rules_broken(page: Page, width: int, scheme: str) -> int:
    page.set_viewport_size({"width": width, "height": 800})
    page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
    return len(Axe().run(page, options=AXE).response["violations"])
