"""PR: addresses that tell others about the reader, or that others can read or change on the way."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from ...links.broken_link import BrokenLink
from ...links.file_names import Suggestion
from ...links.site import Site
from ...model.finding import Fault
from ...model.reference_kinds import ASSETS, NOT_FOLLOWED
from ..links import report, shortened
from ..registry import rule

if TYPE_CHECKING:  # the check of a bare site does without the project's modules
    from ...project.model import Project

ANY = re.compile("")
THIS_MACHINE = re.compile(r"https?://(localhost|[^/]*\.localhost|127(\.\d+){3}|0\.0\.0\.0|\[::1?\])(:\d+)?(/|$)", re.I)

# Addresses that mail programs, search pages and shorteners write instead of the real one.
INTERMEDIARY = re.compile(
    r"https?://(?:[\w-]+\.safelinks\.protection\.outlook\.com|urldefense(?:\.proofpoint)?\.com|(?:www\.)?google\.[a-z.]+/url\?"
    r"|lm?\.facebook\.com/l\.php|(?:bit\.ly|t\.co|tinyurl\.com|lnkd\.in|ow\.ly|goo\.gl|is\.gd|rb\.gy)/)",
    re.I,
)
TRACKING = re.compile(r"[?&](?P<mark>utm_\w+|fbclid|gclid|msclkid|mc_eid)=", re.I)

# Where an office keeps its files: a stranger has to sign in, or sees the source of a page.
NOT_PUBLIC = re.compile(
    r"https?://(?:(?:docs|drive|mail|calendar)\.google\.com|[\w-]+\.sharepoint\.com|(?:onedrive\.live|1drv|outlook\.(?:live|office)"
    r"|(?:www\.)?dropbox|(?:app\.)?box|(?:www\.)?notion|teams\.microsoft|chatgpt)\.(?:com|ms|so)|github\.com/[^/]+/[^/]+/(?:blob|edit|tree)/)",
    re.I,
)


# What a browser does not load without encryption for a page that came with it (W3C Mixed Content, "blockable"); it asks
# for sounds, and for pictures that have only one address, by https instead.
BLOCKABLE = frozenset((
    "script", "modulepreload", "importmap", "stylesheet", "css-import", "iframe", "object", "embed", "manifest",
    "srcset", "track",
))  # fmt: skip


@rule("PR001", advice="the link works", fixable=True)
def address_insecure(site: Site) -> Iterator[Fault]:
    """Anyone on the way can read what the reader looks at, or change it."""
    return insecure(site, blocked=False)


@rule("PR008", error="nothing is shown", fixable=True)
def asset_insecure(site: Site) -> Iterator[Fault]:
    """A browser blocks such a script, style or frame on every page that came by https: it is as if it were missing."""
    return insecure(site, blocked=True)


def insecure(site: Site, blocked: bool) -> Iterator[Fault]:
    """Addresses without encryption: those that a browser refuses to load, or the others."""
    blockable = BLOCKABLE if not site.base.startswith("http:") else frozenset()
    for use in external(site, re.compile("http://")):
        is_wanted = (use.ref.kind in blockable) == blocked and not THIS_MACHINE.match(use.path)
        if is_wanted and not use.raw.startswith(("//", "\\\\")):
            secure = Suggestion(use.path.replace("http:", "https:", 1))
            yield use.fault(f"write https: instead of http: in {use.path}", secure)
    for broken in site.links.of("insecure-own"):
        if (broken.ref.kind in blockable) == blocked:
            secure = Suggestion(f"https:{broken.raw.partition(':')[2]}", only_one=True)
            yield broken.fault("this leads to the site itself without encryption; write https:", secure)


@rule("PR002", advice="the link works")
def protocol_left_out(site: Site) -> Iterator[Fault]:
    """The address goes unencrypted wherever the page is, and nowhere when the page is saved."""
    for use in external(site):
        if use.raw.startswith(("//", "\\\\", "/\\")):
            yield use.fault(f"begin {use.raw} with https:", Suggestion(f"https:{use.raw}"))


@rule("PR003", error="dead end")
def this_machine(site: Site) -> Iterator[Fault]:
    """What the page loads or names is on the editor's own computer: it works there and for nobody else."""
    yield from report(site.links.of("scheme:file"), "{raw} is a file on your computer; put it into the site")
    yield from on_this_machine(site, followed=False)


@rule("PR007", advice="a manual may mean the reader's own server")
def link_to_this_machine(site: Site) -> Iterator[Fault]:
    """The link leads to the reader's own computer, where nothing answers unless they run a server there."""
    return on_this_machine(site, followed=True)


def on_this_machine(site: Site, followed: bool) -> Iterator[Fault]:
    """Addresses of the reader's own computer, such as localhost: those of links, or all others."""
    uses = (use for use in external(site, THIS_MACHINE) if (use.ref.kind in ("a", "area")) == followed)
    return report(uses, "{path} is your own computer; write the public address")


@rule("PR005", error="seen by others", needs_project=True)
def link_tracked(site: Site) -> Iterator[Fault]:
    """Whoever forwarded or shortened the link learns of each patient who taps it."""
    for use in external(site):
        if INTERMEDIARY.match(use.path):
            advice = "leads through another company: open it, and copy the address of the page that opens"
            yield use.fault(f"{shortened(use.path)} {advice}")
        elif tracked := TRACKING.search(use.path):
            advice = f"tells where the reader came from: take {tracked['mark']} and what follows it away"
            yield use.fault(f"{shortened(use.path)} {advice}")


@rule("PR006", error="dead end")
def link_to_an_office(site: Site, project: Project) -> Iterator[Fault]:
    """A patient is asked to sign in, or is turned away, and another company learns that somebody asked."""
    repository = str(project.data["mkdocs.yml"].value("repo_url") or "")  # its links say Edit this page
    for use in external(site, NOT_PUBLIC):
        if not (repository and use.path.startswith(repository)):
            advice = "is no page for patients: put the file into docs/assets and link to it there, or to a public page"
            yield use.fault(f"{shortened(use.path)} {advice}")


@rule("PR004", error="seen by others", needs_project=True)
def asset_from_elsewhere(site: Site) -> Iterator[Fault]:
    """Another company learns that this person reads about this illness."""
    loaded = ASSETS | NOT_FOLLOWED
    uses = (use for use in external(site) if use.ref.kind in loaded)
    return report(uses, "{path} is loaded from another host; keep a copy in the site")


def external(site: Site, pattern: re.Pattern[str] = ANY) -> Iterator[BrokenLink]:
    """Each reference to another host whose address, its `path`, matches the pattern at its start."""
    return (use for address, uses in site.links.external.items() if pattern.match(address) for use in uses)
