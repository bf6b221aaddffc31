"""Pages that only forward, and _redirects: where they end, and whether they end at all."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from ..model.page import Page, Ref
from .broken_link import BrokenLink
from .resolver import Resolver


def rules_of(text: str) -> dict[str, str]:
    """Old address -> new one, from the text of a _redirects file."""
    from ..read.files.plain_text import read_redirects

    return {row[4]: row[1] for row in read_redirects(text).refs}


def destination(file: str, documents: Mapping[str, Page], resolver: Resolver) -> str:
    """Where a fragment is looked for at last, as a forwarding by script takes it along; "" for outside the site."""
    seen: set[str] = set()
    while (page := documents.get(file)) and page.passes_on and file not in seen:
        seen.add(file)
        link = resolver.link(page.forwards, page.path, page.base)
        file = link.path if link.verdict == "file" else ""
    return file


def forwarded(documents: Mapping[str, Page], resolver: Resolver) -> Iterator[BrokenLink]:
    """Forwardings that lead to another forwarding, or round in a circle."""
    for page in documents.values():
        if page.forwards or page.path == "_redirects":
            for ref in page.refs:
                if ref.kind in ("refresh", "redirect"):
                    yield from judged(page, ref, documents, resolver)


def rule_for(raw: str, page: str, base: str, resolver: Resolver) -> str | None:
    """Where the host itself would send an address from the root; None if a file is there, or no rule."""
    if not resolver.redirects or not raw.startswith("/"):
        return None
    if resolver.parse(raw, page, base, follow=False).verdict == "file":
        return None
    return resolver.host_rules.target(raw.partition("#")[0].partition("?")[0])


def judged(page: Page, ref: Ref, documents: Mapping[str, Page], resolver: Resolver) -> Iterator[BrokenLink]:
    """Follow one forwarding to its end."""
    here = page.path if ref.kind == "refresh" else ref.text
    steps = [here]
    at, raw, base = page.path, ref.raw, page.base
    while True:
        if rule := rule_for(raw, at, base, resolver):
            step, following = raw, (at, rule, "")
        else:
            link = resolver.link(raw, at, base)
            target = documents.get(link.path) if link.verdict == "file" else None
            if target is None or not target.forwards:
                break
            step, following = target.path, (target.path, target.forwards, target.base)
        if step in steps:
            if (step == here and len(steps) > 1) or ref.kind == "redirect":
                yield BrokenLink(page.path, ref, "redirect-loop", " → ".join([*steps, step]), "")
            return
        steps.append(step)
        at, raw, base = following
    if len(steps) > 1:
        yield BrokenLink(page.path, ref, "redirect-chain", " → ".join([*steps, raw]), "")
