"""Pages that only forward, and the rules of _redirects: where they end, chains and loops."""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterator, Mapping

from ..model.page import Page, Ref
from .broken_link import BrokenLink
from .resolver import MAX_REDIRECTS, Resolver


def parse_redirects(text: str) -> dict[str, str]:
    """Old address -> new address, from the text of a _redirects file."""
    from ..read.files.plain_text import read_redirects

    return {row[4]: row[1] for row in read_redirects(text).refs}


def destination(file: str, documents: Mapping[str, Page], resolver: Resolver) -> str:
    """The page that a fragment is passed on to by pages that forward with a script; "" if it is outside the site."""
    seen: set[str] = set()
    while (page := documents.get(file)) and page.passes_on and file not in seen and len(seen) < MAX_REDIRECTS:
        seen.add(file)
        link = resolver.link(page.forwards, page.path, page.base)
        file = link.path if link.verdict == "file" else ""
    return file


def bad_forwards(documents: Mapping[str, Page], resolver: Resolver) -> Iterator[BrokenLink]:
    """Redirects that lead to another redirect, or in a loop."""
    rule = functools.cache(functools.partial(rule_for, resolver))
    for page in documents.values():
        if page.forwards or page.path == "_redirects":
            for ref in page.refs:
                if ref.kind in ("refresh", "redirect"):
                    yield from check_forward(page, ref, documents, resolver, rule)


def rule_for(resolver: Resolver, raw: str, page: str, base: str) -> str | None:
    """Where the host redirects an address from the root; None if a file is there, or no rule applies."""
    if not resolver.redirects or not raw.startswith("/"):
        return None
    if resolver.parse(raw, page, base, follow=False).verdict == "file":
        return None
    return resolver.host_rules.target(raw.partition("#")[0].partition("?")[0])


def check_forward(
    page: Page, ref: Ref, documents: Mapping[str, Page], resolver: Resolver, rule: Callable[[str, str, str], str | None]
) -> Iterator[BrokenLink]:
    """Follow one redirect to its end; yield it if it is a chain or a loop."""
    here = page.path if ref.kind == "refresh" else ref.text
    steps = [here]
    at, raw, base = page.path, ref.raw, page.base
    while True:
        if new := rule(raw, at, base):
            step, following = raw, (at, new, "")
        else:
            link = resolver.link(raw, at, base)
            target = documents.get(link.path) if link.verdict == "file" else None
            if target is None or not target.forwards:
                break
            step, following = target.path, (target.path, target.forwards, target.base)
        if len(steps) > MAX_REDIRECTS:
            break  # a browser has given up
        if step in steps:
            if (step == here and len(steps) > 1) or ref.kind == "redirect":
                yield BrokenLink(page.path, ref, "redirect-loop", " → ".join([*steps, step]), "")
            return
        steps.append(step)
        at, raw, base = following
    if len(steps) > 1:
        yield BrokenLink(page.path, ref, "redirect-chain", " → ".join([*steps, raw]), "")
