"""LI: links, and what they point to."""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import unquote

from ..links.broken_link import Trouble
from ..links.file_names import NOTHING, Meant
from ..links.site import Site
from ..model.finding import Fault
from ..model.reference_kinds import ASSETS, PUBLISHED
from ..suggest.nearest import like_file, like_fragment
from ..suggest.new_address import moved
from .registry import rule

# RFC 6068, addr-spec: words with dots between them or a quoted string, then a host; letters of any script (RFC 6531).
MAILBOX = re.compile(
    r"""(?=[^@]{1,64}@|")(?:[\w!#$%&'*+/=?^`{|}~-]+(?:\.[\w!#$%&'*+/=?^`{|}~-]+)*|"(?:[^"\\]|\\.){1,62}")
    @(?:[^\W_](?:(?:[^\W_]|-){0,61}[^\W_])?(?:\.[^\W_](?:(?:[^\W_]|-){0,61}[^\W_])?)*|\[[^][\\\s]+\])""",
    re.X,
)
# RFC 3966: a global number, or a local one of digits and separators; then parameters. Phones take "," for a pause.
NUMBER = re.compile(r"\+?[A-Fa-f().\-\s]*[0-9*#][0-9A-Fa-f*#().,\-\s]*(?:;[\w\-.=+%]+)*")
POSITION = re.compile(r"(-?\d+(?:\.\d+)?),(-?\d+(?:\.\d+)?)(?:,-?\d+(?:\.\d+)?)?(?:;[\w\-.=%]+)*(?:\?.*)?")

ANOTHER_SITE = re.compile(
    r"www\.[\w-]+\.|[\w-]+(?:\.[\w-]+)*\.(?:com|org|net|gov|edu)(?:/|$)", re.I
)  # its https:// forgotten
WORDS = {"a": "link", "area": "part of the picture", "refresh": "forwarding"}


def at(trouble: Trouble, message: str, target: str = "", suggestion: Meant = NOTHING) -> Fault:
    """A fault where the reference stands."""
    ref = trouble.ref
    return Fault(
        message,
        page=trouble.page,
        line=ref.line,
        column=ref.column,
        target=target or trouble.path,
        raw=ref.raw,
        suggestion=suggestion.address,
        safe=suggestion.alone,
        frame=not ref.in_main,
    )


def links(site: Site, *verdicts: str) -> Iterator[Trouble]:
    """Troubles with what a reader follows; what a page loads is for AS, what is published about it for NV."""
    return (one for one in site.links.of(*verdicts) if one.ref.kind not in ASSETS and one.ref.kind not in PUBLISHED)


@rule("LI001", fixable=True)
def page_missing(site: Site) -> Iterator[Fault]:
    """A reader who follows the link gets "not found" instead of help."""
    for trouble in links(site, "missing"):
        raw = trouble.ref.raw.strip()
        meant = Meant(f"https://{raw}") if ANOTHER_SITE.match(raw) else like_file(site, trouble)
        yield at(trouble, f"{raw} is not in the site", suggestion=meant)


@rule("LI002", fixable=True)
def fragment_missing(site: Site) -> Iterator[Fault]:
    """A reader who follows the link lands at the top of a long page and must search for what was meant."""
    for trouble in site.links.of("no-fragment"):
        where = "this page" if trouble.path == trouble.page else trouble.path
        target = f"{trouble.path}#{trouble.fragment}"
        message = f'nothing on {where} has the id "{unquote(trouble.fragment)}"'
        yield at(trouble, message, target, like_fragment(site, trouble))


@rule("LI003", fixable=True)
def case_wrong(site: Site) -> Iterator[Fault]:
    """The link works on the editor's computer and fails for every reader: web hosts tell capitals apart."""
    for trouble in links(site, "case"):
        yield at(
            trouble, f"write the capitals as in the file's name, {trouble.path}", suggestion=like_file(site, trouble)
        )


@rule("LI004")
def folder_without_index(site: Site) -> Iterator[Fault]:
    """A reader gets "forbidden" or a bare list of files: the folder has no page of its own."""
    for trouble in site.links.of("no-index"):
        folder = f"the folder {trouble.path}" if trouble.path else "the site's own folder"
        yield at(trouble, f"{folder} has no {site.options.index_files[0]}; link to a page in it")


@rule("LI005")
def address_empty(site: Site) -> Iterator[Fault]:
    """A link that leads back to its own page looks like one that leads on."""
    for trouble in links(site, "empty"):
        yield at(
            trouble, f"write where the {WORDS.get(trouble.ref.kind, trouble.ref.kind)} leads, or take it away", " "
        )


@rule("LI006")
def address_malformed(site: Site) -> Iterator[Fault]:
    """A browser cannot make sense of the address, so the link does nothing at all."""
    for trouble in site.links.of("malformed"):
        yield at(trouble, f"{trouble.ref.raw.strip()} is not an address a browser can read; correct its spelling")


@rule("LI007")
def outside_site(site: Site) -> Iterator[Fault]:
    """The link leaves the folder where the site lives, so it works on one computer or one host only."""
    for trouble in site.links.of("outside"):
        yield at(trouble, f"{trouble.ref.raw.strip()} leaves the site; start from the page's own folder")


@rule("LI008")
def email_malformed(site: Site) -> Iterator[Fault]:
    """A patient writes a message that nobody receives."""
    for trouble in site.links.of("scheme:mailto"):
        addresses, _, query = trouble.ref.raw.strip()[7:].partition("?")
        fields = [field.partition("=") for field in query.split("&")]
        lists = [addresses, *(value for name, _, value in fields if name.lower() in ("to", "cc", "bcc"))]
        boxes = [unquote(box).strip() for one in lists if one.strip() for box in one.split(",")]
        if not boxes and not query:  # one with a subject alone lets the reader choose whom to write to
            yield at(trouble, "write the address after mailto:")
        for box in boxes:
            if not MAILBOX.fullmatch(box):
                yield at(trouble, f'"{box}" is not an e-mail address; write it as name@host')


@rule("LI009")
def phone_malformed(site: Site) -> Iterator[Fault]:
    """A patient taps the number and nothing rings."""
    for trouble in site.links.of("scheme:tel", "scheme:sms"):
        scheme, _, rest = trouble.ref.raw.strip().partition(":")
        for number in unquote(rest).partition("?")[0].split("," if scheme.lower() == "sms" else "\0"):
            if not NUMBER.fullmatch(number.strip()):
                yield at(trouble, f'"{number.strip()}" is not a telephone number; write it as +1 212 555 0100')


@rule("LI010")
def position_malformed(site: Site) -> Iterator[Fault]:
    """A patient asks for the way and the map opens nowhere."""
    for trouble in site.links.of("scheme:geo"):
        match = POSITION.fullmatch(trouble.ref.raw.strip()[4:])
        if not match or abs(float(match[1])) > 90 or abs(float(match[2])) > 180:
            yield at(trouble, "write geo:latitude,longitude in degrees, as in geo:40.6,-74.0 (RFC 5870)")


@rule("LI011")
def redirect_loops(site: Site) -> Iterator[Fault]:
    """A reader's browser goes round in a circle and gives up."""
    for trouble in site.links.of("redirect-loop"):
        yield at(trouble, f"this forwards in a circle: {trouble.path}; point it at the page that is meant")


@rule("LI012", level="advice")  # the reader arrives
def redirect_chained(site: Site) -> Iterator[Fault]:
    """Every forwarding costs a reader on a slow line another wait, and one more can break."""
    for trouble in site.links.of("redirect-chain"):
        yield at(trouble, f"this forwards to a page that forwards again: {trouble.path}; point it at the last one")


@rule("LI013")
def file_unreadable(site: Site) -> Iterator[Fault]:
    """What cannot be read here cannot be published, and was not checked."""
    for path, reason in site.unreadable.items():
        yield Fault(f"this cannot be read: {reason}; check its rights, or take it away", page=path, single=True)


@rule("LI014")
def image_map_missing(site: Site) -> Iterator[Fault]:
    """The parts of a picture that should be links are not."""
    for trouble in site.links.of("no-map"):
        yield at(trouble, f'no <map> of this page is named "{trouble.ref.raw.strip().lstrip("#")}"')


@rule("LI015")
def link_relative_on_error_page(site: Site) -> Iterator[Fault]:
    """A lost reader gets a bare page whose every link fails: a host shows 404.html at any depth of address."""
    for trouble in site.links.of("relative-on-404"):
        yield at(trouble, f'{trouble.ref.raw.strip()} holds at one depth only; begin it with "/" or the full address')


@rule("LI016", external=True)
def external_dead(site: Site) -> Iterator[Fault]:
    """A reader who follows the link gets an error from another host: twice so, days apart (--external only)."""
    for address, reason in site.dead.items():
        for trouble in site.links.away[address]:
            yield at(trouble, f"{address} {reason}; link to where it went, or take the link away")


@rule("LI017", level="advice", needs_project=True, fixable=True)  # the reader arrives
def link_to_old_address(site: Site) -> Iterator[Fault]:
    """A reader on a slow line waits for two answers, and for none once somebody tidies the redirects away."""
    for trouble, new in moved(site):
        message = f"{trouble.ref.raw.strip()} is an old address, which forwards; link to {trouble.path} itself"
        yield at(trouble, message, suggestion=new)
