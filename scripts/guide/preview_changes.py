"""scripts/preview-changes: what changes for readers since a commit, as pages with marks and as a summary."""

from __future__ import annotations

import argparse
import concurrent.futures
import datetime
import multiprocessing
import os
import subprocess
import sys
import tempfile
from pathlib import Path

import finish
from finish.built_site import DATA, Site, load, markdown_file, read_yaml
from finish.signed_words import words_hash
from guide import command, generators, sign
from guide.changes import compare, marked_pages, page_units, summary
from guide.command import Refused
from sitecheck.project.data.marked_yaml import parse

FILE = Path("changed-pages.html")
DEFAULT_BASE = "origin/main"


def main(arguments: list[str]) -> int:
    """Write the marked pages, and the summary. Returns 0. Raises FinishError when a state cannot be built, Refused."""
    parser = argparse.ArgumentParser(prog="scripts/preview-changes", description="Show what changes for readers.")
    parser.add_argument("base", nargs="?", default="", help=f"the commit to compare with; {DEFAULT_BASE} by default")
    parser.add_argument("--summary", type=Path, metavar="FILE", help="add the summary in Markdown to this file")
    options = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch)
        base = unpack(options.base or default_base(), folder / "base")
        before, after = built(base, folder / "before"), built(Path.cwd(), folder / "after")
        two_syllables = frozenset(read_yaml(DATA / "terms.yml")["two_syllables"])
        changes = compare.compare(read_pages(before, two_syllables), read_pages(after, two_syllables))
        roots = (DATA.parent, base / DATA.parent)
        names = {page: name for page in (*before.pages, *after.pages) if (name := markdown_file(page, *roots))}
        css = "\n".join(Path("docs", sheet).read_text("utf-8") for sheet in stylesheets())
        FILE.write_text(marked_pages.document_of(changes, before, after, names, css), "utf-8")
        text = summary.summary(changes, names, voided(changes, after), to_sign(changes, after))
    if options.summary:
        with options.summary.open("a", encoding="utf-8") as file:
            file.write(text)
    else:
        print(text)
    print(f"{FILE} shows the changed pages: open it in a browser.", file=sys.stderr)
    return 0


def default_base() -> str:
    """Return the commit where this work began: where it left origin/main, else the last commit."""
    run = subprocess.run(["git", "merge-base", DEFAULT_BASE, "HEAD"], capture_output=True, text=True)
    return run.stdout.strip() or "HEAD"


def unpack(commit: str, folder: Path) -> Path:
    """Write the files of a commit into a folder. Returns the project's folder in it. Raises Refused."""
    own_index = os.environ | {"GIT_INDEX_FILE": str(folder.with_suffix(".index"))}  # the project's own stays as it is
    for arguments in (["read-tree", commit], ["checkout-index", "--all", f"--prefix={folder}/"]):
        if subprocess.run(["git", *arguments], capture_output=True, env=own_index).returncode:
            raise Refused(f"git has no commit {commit} here: name another, such as HEAD~1.")
    inside = subprocess.run(["git", "rev-parse", "--show-prefix"], capture_output=True, text=True)
    return folder / inside.stdout.strip()


def built(project: Path, site: Path) -> Site:
    """Generate a state of the guide in its own process, and finish what shows. Raises FinishError when it fails."""
    fresh = multiprocessing.get_context("spawn")  # macros.py of one state must not serve the other
    with concurrent.futures.ProcessPoolExecutor(1, mp_context=fresh) as process:
        if process.submit(generate, project, site).result():
            what = "This state" if project == Path.cwd() else "The earlier state"
            raise finish.FinishError(f"{what} of the guide cannot be built, so there is nothing to compare.")
    finish.preview(site, project / DATA)
    return load(site, project / DATA)


def generate(project: Path, site: Path) -> int:
    """Generate the guide of a project's folder. Returns the exit status."""
    os.chdir(project)
    return generators.mkdocs(site, hooked=False)


def read_pages(site: Site, two_syllables: frozenset[str]) -> dict[str, page_units.BuiltPage]:
    """Return every page that has words of its own."""
    return {
        page: page_units.read_page(site, page, two_syllables)
        for page in site.pages
        if words_hash(site, page) and page != "print/index.html"
    }


def stylesheets() -> list[str]:
    """Return the names of the style sheets below docs/ that mkdocs.yml lists."""
    return [str(name) for name in parse(Path("mkdocs.yml").read_text("utf-8")).value("extra_css") or ()]


def voided(changes: list[compare.PageChange], after: Site) -> dict[str, list[str]]:
    """Return, by page, whose signatures were under the words before and are not under those after."""
    found: dict[str, list[str]] = {}
    for change in changes:
        words = change.after.words if change.after else ""
        for entry in after.signatures:
            if change.before and entry["page"] == change.page and entry["words"] == change.before.words != words:
                person = after.people.get(entry["by"], {"name": entry["by"], "credentials": "no longer listed"})
                found.setdefault(change.page, []).append(
                    f"{person['name']}, {person['credentials']}, of {entry['date']}"
                )
    return found


def to_sign(changes: list[compare.PageChange], after: Site) -> list[str]:
    """Return how to sign the changed pages in a browser."""
    changed = {markdown_file(change.page) for change in changes}
    states = [state for state in sign.page_states(after) if state.name in changed]
    today = datetime.date.today()
    lines = sign.lines_to_paste(states, after, today, sign.next_year(today))
    if not lines:
        return []
    which = ", ".join(f"`{state.name}`" for state in states if state.state != "current")
    return [f"Nobody has signed the new words of {which}.", "", *sign.how_to_paste(after), "", "```yaml", *lines, "```"]


if __name__ == "__main__":
    sys.exit(command.run("preview-changes", main, sys.argv[1:]))
