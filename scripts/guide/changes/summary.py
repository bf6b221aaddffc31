"""The changes as Markdown that GitHub shows in the summary of a pull request's check."""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Iterator

from .compare import Change, PageChange

LIMIT = 900_000  # bytes; GitHub shows 1 MiB
MARKDOWN = re.compile(r"[\\`*_{}\[\]()#+.!|~@:-]")  # what could be read as markup in a cell
NOTHING = "No page says anything else than before: the changes are in looks, settings or code."


def summary(changes: list[PageChange], names: dict[str, str], voided: dict[str, list[str]], to_sign: list[str]) -> str:
    """Return the summary. `names` has the Markdown file of each page, `voided` whose signatures it no longer bears.

    `to_sign` is what scripts/sign says of the changed pages.
    """
    parts = ["# What changes for readers", ""]
    if not changes:
        return "\n".join([*parts, NOTHING, ""])
    many = "1 page changes" if len(changes) == 1 else f"{len(changes)} pages change"
    parts += [f"{many}. Of each page, what could do harm comes first. The artifact changed-pages.html of this run "
              "shows the pages as readers will see them.", ""]  # fmt: skip
    seen: dict[tuple[str, str], str] = {}
    for change in changes:
        section = "\n".join(_page(change, names, voided.get(change.page, []), seen))
        if sum(len(part.encode()) for part in parts) + len(section.encode()) > LIMIT:
            parts += ["More pages change than fit here: the artifact shows them all.", ""]
            break
        parts.append(section)
    if to_sign:
        parts += ["## To sign", "", *to_sign, ""]
    return "\n".join(parts)


def _page(
    change: PageChange, names: dict[str, str], voided: list[str], seen: dict[tuple[str, str], str]
) -> Iterator[str]:
    name = names.get(change.page, change.page)
    yield from (f"## {escaped(change.title)}", "", f"`docs/{name}`: {_state(change)}", "")
    for who in voided:
        yield from (f"**This voids the signature of {escaped(who)}.** The page will say that it has changed since.", "")
    rows = [_row(one) for one in change.changes if seen.setdefault(one.texts, name) == name]
    if rows:
        yield from ("| What it is about | Before | After |", "| --- | --- | --- |", *rows, "")
    if again := len(change.changes) - len(rows):
        yield from (f"{again} more of its changes are the same as on a page above.", "")


def _state(change: PageChange) -> str:
    if change.before is None:
        return f"a new page, at reading grade {change.after.grade:.1f}." if change.after else ""
    if change.after is None:
        return "this page goes."
    return f"reading grade {change.before.grade:.1f} before, {change.after.grade:.1f} after."


def _row(change: Change) -> str:
    before, after = change.marked
    about = ", ".join(change.about)
    return f"| {f'**{about}**' if about else ''} | {_cell(before, 'del')} | {_cell(after, 'ins')} |"


def _cell(pieces: Iterable[tuple[str, bool]], tag: str) -> str:
    return "".join(f"<{tag}><b>{escaped(text)}</b></{tag}>" if new else escaped(text) for text, new in pieces)


def escaped(text: str) -> str:
    """Return text that neither HTML nor Markdown takes for markup."""
    return MARKDOWN.sub(lambda sign: f"&#{ord(sign[0])};", html.escape(text, quote=False).replace("&", "\0")).replace(
        "\0", "&"
    )
