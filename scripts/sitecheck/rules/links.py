"""LI: links and what they lead to."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from functools import partial
from urllib.parse import unquote

from ..links.broken_link import BrokenLink
from ..links.file_names import NO_SUGGESTION, Suggestion
from ..links.site import Site
from ..model.finding import Fault
from ..model.reference_kinds import ASSETS, PUBLISHED
from ..suggest.broken_links import suggest_file, suggest_fragment
from ..suggest.moved_links import links_to_old_addresses
from .registry import rule

# RFC 6068, addr-spec: words with dots between them or a quoted string, then a host; letters of any script (RFC 6531).
# Words may begin with //, but whoever writes mailto://a@b means a@b.
MAILBOX = re.compile(
    r"""(?!//)(?=[^@]{1,64}@|")(?:[\w!#$%&'*+/=?^`{|}~-]+(?:\.[\w!#$%&'*+/=?^`{|}~-]+)*|"(?:[^"\\]|\\.){1,62}")
    @(?:[^\W_](?:(?:[^\W_]|-){0,61}[^\W_])?(?:\.[^\W_](?:(?:[^\W_]|-){0,61}[^\W_])?)*|\[[^][\\\s]+\])""",
    re.X,
)
# RFC 3966: a global number, or a local one of digits and separators; then parameters. Phones take "," for a pause.
NUMBER = re.compile(r"\+?[A-Fa-f().\-\s]*[0-9*#][0-9A-Fa-f*#().,\-\s]*(?:;[\w\-.=+%]+)*")
POSITION = re.compile(r"(-?\d+(?:\.\d+)?),(-?\d+(?:\.\d+)?)(?:,-?\d+(?:\.\d+)?)?(?:;[\w\-.=%]+)*(?:\?.*)?")

ANOTHER_SITE = re.compile(
    r"www\.[\w-]+\.|[\w-]+(?:\.[\w-]+)*\.(?:com|org|net|gov|edu)(?:/|$)", re.I
)  # with its https:// left out
CAPITALS = "write the capitals as in the file's name, {path}"
HASH = "write %23 for #, which begins a fragment"
SHOWN = 60  # characters of an address that a message shows
WORDS = {"a": "link", "area": "part of the picture", "refresh": "forwarding"}


def report(
    broken_links: Iterable[BrokenLink],
    message: str,
    suggest: Callable[[BrokenLink], Suggestion] = lambda _: NO_SUGGESTION,
) -> Iterator[Fault]:
    """The same message for each link, in which {raw}, {path} and {kind} stand for what it says."""
    for broken in broken_links:
        words = message.format(raw=broken.raw, path=broken.path, kind=broken.ref.kind)
        yield broken.fault(words, suggest(broken))


def shortened(address: str) -> str:
    """The start of an address, for a message."""
    return address if len(address) <= SHOWN else f"{address[:SHOWN]}…"


def links(site: Site, *verdicts: str) -> Iterator[BrokenLink]:
    """Broken links among those that a reader follows; AS has what a page loads, NV what is published."""
    return (one for one in site.links.of(*verdicts) if one.ref.kind not in ASSETS and one.ref.kind not in PUBLISHED)


@rule("LI001", error="dead end", fixable=True)
def page_missing(site: Site) -> Iterator[Fault]:
    """A reader who follows the link gets "not found" instead of help."""
    for broken in links(site, "missing"):
        raw = broken.raw
        meant = Suggestion(f"https://{raw}") if ANOTHER_SITE.match(raw) else suggest_file(site, broken)
        yield broken.fault(f"{raw} is not in the site", meant)


@rule("LI002", error="wrong place", fixable=True)
def fragment_missing(site: Site) -> Iterator[Fault]:
    """A reader who follows the link lands at the top of a long page and must search for what was meant."""
    for broken in site.links.of("no-fragment"):
        where = "this page" if broken.path == broken.page else broken.path
        message = f'nothing on {where} has the id "{unquote(broken.fragment)}"'
        yield broken.fault(message, suggest_fragment(site, broken), f"{broken.path}#{broken.fragment}")


@rule("LI003", error="dead end", fixable=True)
def case_wrong(site: Site) -> Iterator[Fault]:
    """The link works on the editor's computer and fails for every reader: web hosts tell capitals apart."""
    return report(links(site, "case"), CAPITALS, partial(suggest_file, site))


@rule("LI004", error="dead end")
def folder_without_index(site: Site) -> Iterator[Fault]:
    """A reader gets "forbidden" or a bare list of files: the folder has no page of its own."""
    for broken in site.links.of("no-index"):
        folder = f"the folder {broken.path}" if broken.path else "the site's own folder"
        yield broken.fault(f"{folder} has no {site.options.index_files[0]}; link to a page in it")


@rule("LI005", error="wrong place")
def address_empty(site: Site) -> Iterator[Fault]:
    """A link that leads back to its own page looks like one that leads on.

    Generators write <a href=""> for the page that is open, as the standard allows, and <form action=""> for one that
    sends to it. A person who leaves an address out does so in a page's own words, so without a project nobody can tell,
    and nothing is reported.
    """
    for broken in links(site, "empty"):
        kind, by_hand = broken.ref.kind, site.project is not None and broken.ref.in_main
        if by_hand or kind not in ("a", "form", "formaction"):
            yield broken.fault(f"write where the {WORDS.get(kind, kind)} leads, or take it away", target=" ")


@rule("LI006", error="dead end", fixable=True)
def address_malformed(site: Site) -> Iterator[Fault]:
    """A browser cannot make sense of the address, so the link does nothing at all."""
    for broken in site.links.of("malformed"):
        if broken.path.startswith("./"):
            scheme, _, _ = broken.ref.raw.partition(":")
            message = f"a browser takes {scheme}: for the start of an address such as https:, and does nothing"
            yield broken.fault(message, Suggestion(broken.path, only_one=True))
        else:
            yield broken.fault(f"{broken.raw} is not an address that a browser can read; correct it")


@rule("LI007", error="dead end")
def outside_site(site: Site) -> Iterator[Fault]:
    """The link leaves the folder where the site lives, so it works on one computer or one host only."""
    return report(site.links.of("outside"), "{raw} leaves the site; start from the page's own folder")


@rule("LI008", error="nobody is reached")
def email_malformed(site: Site) -> Iterator[Fault]:
    """A patient writes a message that nobody receives."""
    for broken in site.links.of("scheme:mailto"):
        if "#" in broken.ref.raw:
            yield broken.fault(f"{HASH}, or the message is cut off there")
            continue
        addresses, _, query = broken.raw[7:].partition("?")
        fields = [field.partition("=") for field in query.split("&")]
        lists = [addresses, *(value for name, _, value in fields if name.lower() in ("to", "cc", "bcc"))]
        boxes = [unquote(box).strip() for one in lists if one.strip() for box in one.split(",")]
        if not boxes and not query:  # with a subject alone, the reader chooses whom to write to
            yield broken.fault("write the address after mailto:")
        for box in boxes:
            if not MAILBOX.fullmatch(box):
                yield broken.fault(f'"{box}" is not an e-mail address; write it as name@host')


@rule("LI009", error="nobody is reached")
def phone_malformed(site: Site) -> Iterator[Fault]:
    """A patient taps the number and nothing rings."""
    for broken in site.links.of("scheme:tel", "scheme:sms"):
        scheme, _, rest = broken.raw.partition(":")
        if "#" in rest:
            yield broken.fault(f"{HASH}, or it is not dialed")
            continue
        is_sms = scheme.lower() == "sms"
        numbers, _, words = unquote(rest).partition("?")
        if is_sms and not numbers and words:  # phones let the reader choose, though RFC 5724 wants a number
            continue
        for number in numbers.split(",") if is_sms else [numbers]:
            if not NUMBER.fullmatch(number.strip()):
                yield broken.fault(f'"{number.strip()}" is not a telephone number; write it as +1 212 555 0100')


@rule("LI010", error="no way there")
def position_malformed(site: Site) -> Iterator[Fault]:
    """A patient asks for the way and the map opens nowhere."""
    for broken in site.links.of("scheme:geo"):
        match = POSITION.fullmatch(broken.raw[4:])
        if not match or abs(float(match[1])) > 90 or abs(float(match[2])) > 180:
            yield broken.fault("write geo:latitude,longitude in degrees, as in geo:40.6,-74.0 (RFC 5870)")


@rule("LI011", error="dead end")
def redirect_loops(site: Site) -> Iterator[Fault]:
    """A reader's browser goes round in a circle and gives up."""
    links = site.links.of("redirect-loop")
    return report(links, "this forwards in a circle: {path}; point it at the page that is meant")


@rule("LI012", advice="the reader arrives")
def redirect_chained(site: Site) -> Iterator[Fault]:
    """Every forwarding costs a reader on a slow line another wait, and one more can break."""
    links = site.links.of("redirect-chain")
    return report(links, "this forwards to a page that forwards again: {path}; point it at the last one")


@rule("LI013", error="cannot be published")
def file_unreadable(site: Site) -> Iterator[Fault]:
    """What cannot be read here cannot be published, and was not checked."""
    for path, reason in site.unreadable.items():
        yield Fault(f"this cannot be read: {reason}; check its permissions, or take it away", page=path, single=True)


@rule("LI014", error="dead end")
def image_map_missing(site: Site) -> Iterator[Fault]:
    """The parts of a picture that should be links are not."""
    for broken in site.links.of("no-map"):
        yield broken.fault(f'no <map> of this page is named "{broken.raw.lstrip("#")}"')


@rule("LI015", error="dead end")
def link_relative_on_error_page(site: Site) -> Iterator[Fault]:
    """A lost reader gets a bare page whose every link fails: a host shows 404.html at any depth of address."""
    links = site.links.of("relative-on-404")
    return report(links, '{raw} holds at one depth only; begin it with "/" or the full address')


@rule("LI016", error="dead end", external=True)
def external_dead(site: Site) -> Iterator[Fault]:
    """A reader who follows the link gets an error from another host; it gave one twice, days apart."""
    for address, reason in site.dead.items():
        message = f"{address} {reason}; link to where it went, or take the link away"
        yield from (use.fault(message) for use in site.links.external[address])


@rule("LI017", advice="the reader arrives", needs_project=True, fixable=True)
def link_to_old_address(site: Site) -> Iterator[Fault]:
    """A reader on a slow line waits for two answers, and for none once somebody tidies the redirects away."""
    for broken, new in links_to_old_addresses(site):
        yield broken.fault(f"{broken.raw} is an old address, which forwards; link to {broken.path} itself", new)
