"""Turn the errors of MkDocs that no rule of the checker finds into lines with the place and what to do."""

from __future__ import annotations

import logging
import re
import traceback
from collections.abc import Iterable, Iterator
from pathlib import Path

import jinja2

from guide.stages import for_github
from sitecheck.model.nearest import nearest
from sitecheck.project.pages.markdown import mark_of

# Loggers that warn of requests for missing pages in a preview, and after the build of how it was pushed.
NO_COMPLAINTS = ("mkdocs.livereload", "mkdocs.commands.gh_deploy")
MACRO = re.compile(r"# _Macro [^\n]*\n+_File_: `(?P<page>[^`]+)`(?P<why>.*)", re.S)
MACRO_WHY = re.compile(r"\*\*(.+?)\*\*|^_(\w+)_: (.+)", re.M)
MACRO_LINE = re.compile(r'_Line (\d+) in Markdown|File "<template>", line (\d+)')
LINK = re.compile(r"Doc file '([^']+)' contains an? [\w ]*link '([^']+)'(?:.*Did you mean '([^']+)')?")
LISTED = re.compile(r"A reference to '([^']+)' is included in the 'nav' configuration, which is not found")
UNLISTED = re.compile(r"pages exist in the docs directory, but are not included in the \"nav\".*\n((?: +- .*\n?)+)")
QUOTED = re.compile(r"['\"]([^'\"]+)['\"]")
# Jinja's errors, in words for the person who edits the template.
JINJA_ERRORS = {
    r"TemplateNotFound:? '([^']+)'.*": r"there is no template overrides/\1",
    r"TemplateAssertionError: No (filter|test) named '(\w+)'\.": r"there is no \1 \2: correct its name",
    r"UndefinedError: (?:.*has no \w+ )?'?(\w+)'?(?: is undefined)?$": r"nothing is called \1 here: correct the name",
    r"TemplateSyntaxError: unexpected char '[“”„‘’]'.*": 'type straight quotes (") in place of the curled ones',
    r"TemplateSyntaxError: ": "correct what is between the braces: ",
}
FRAME = re.compile(r'^ +File "(.+?)", line (\d+)', re.M)
FRONT_MATTER = re.compile(r"\A---\s*\n.*?\n(?:---|\.\.\.)[ \t]*\n+", re.S)
OWN_FILES = ("docs/", "overrides/", "scripts/macros.py")


class Complaints(logging.Handler):
    """Keeps the warnings and errors of MkDocs, and prints them in our words in place of its own."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.messages: list[str] = []

    def listen(self) -> None:
        """Take over the warnings from the handlers that are there now."""
        logger = logging.getLogger("mkdocs")
        for handler in logger.handlers:
            if handler is not self:
                handler.addFilter(_is_no_complaint)
        logger.addHandler(self)

    def emit(self, record: logging.LogRecord) -> None:
        """Keep a complaint; a request for a missing page in a preview is none."""
        if not _is_no_complaint(record):
            self.messages.append(record.getMessage())

    def take(self, error: BaseException | None = None) -> list[str]:
        """Return all complaints and the error that ended MkDocs in our words, and forget them."""
        messages, self.messages = self.messages, []
        return readable(messages, error) if messages or error else []

    def print(self, error: BaseException | None = None) -> None:
        """Print what `take` returns."""
        for line in self.take(error):
            print(for_github(line), flush=True)


def _is_no_complaint(record: logging.LogRecord) -> bool:
    return record.levelno < logging.WARNING or record.name in NO_COMPLAINTS


COMPLAINTS = Complaints()


def readable(messages: list[str], error: BaseException | None = None) -> list[str]:
    """Return what MkDocs logged, and the error that ended it, as lines that begin with file:line:column."""
    if broken := list(broken_templates()):
        return broken
    macros = [_macro_error(*match.group("page", "why")) for match in map(MACRO.search, messages) if match]
    if macros:
        return macros
    trace = "".join(traceback.format_exception(error)) if error else ""
    last = trace.strip().rpartition("\n")[2].removeprefix("jinja2.exceptions.")
    if place := _last_own_frame(trace):
        return [f"{place} {_jinja_error(last)}"]
    errors = [message for message in messages if not message.startswith("The following pages exist")]
    errors += [str(error) or last] if error and not messages else []
    return [_located(error) for error in errors] + list(_unlisted(messages))


def broken_templates() -> Iterator[str]:
    """Yield an error for each template that does not parse: MkDocs names only the page that includes it."""
    for path in sorted(Path("overrides").rglob("*.html")):
        try:
            jinja2.Environment().parse(path.read_text("utf-8"))
        except jinja2.TemplateSyntaxError as error:
            yield f"{path.as_posix()}:{error.lineno}:1 {_jinja_error(f'{type(error).__name__}: {error.message}')}"
        except UnicodeDecodeError:
            yield f"{path.as_posix()}:1:1 this file is not UTF-8: save it as UTF-8"


def _jinja_error(error: str) -> str:
    """Reword an error of Jinja so that it says what to do."""
    for pattern, words in JINJA_ERRORS.items():
        error = re.sub(pattern, words, error)
    return error


def _unlisted(messages: Iterable[str]) -> Iterator[str]:
    """Yield an error for each page that is missing from nav, unless a misspelled line of nav seems to mean it."""
    output = "\n".join(messages)
    pages = [line.strip(" -") for match in UNLISTED.finditer(output) for line in match[1].splitlines()]
    meant = {_nearest_page(name) for names in LISTED.findall(output) for name in names.split(" - ")}
    for page in pages:
        if page not in meant:
            yield f"docs/{page}:1:1 list this page under nav in mkdocs.yml, or name it there under not_in_nav"


def _nearest_page(name: str) -> str:
    """Return the page of docs/ whose name is most similar, "" without one."""
    pages = [path.relative_to("docs").as_posix() for path in Path("docs").rglob("*.md")]
    return nearest(name, pages)


def _macro_error(page: str, why: str) -> str:
    """Locate and reword an error of the macros plugin, which counts lines without the front matter."""
    text, line = _text(f"docs/{page}"), MACRO_LINE.search(why)
    before = FRONT_MATTER.match(text)
    number = int(line[1] or line[2]) + (before[0].count("\n") if before else 0) if line else 1
    reason = MACRO_WHY.search(why)
    words = _jinja_error(" ".join(filter(None, reason.groups()))) if reason else "correct what is in braces"
    return f"docs/{page}:{number}:1 {words}"


def _last_own_frame(trace: str) -> str:
    """Return the last place in our files that a traceback names, "" without one. Jinja adds frames for templates."""
    here = Path.cwd()
    files = ((Path(file), line) for file, line in FRAME.findall(trace))
    ours = [f"{file.relative_to(here).as_posix()}:{line}:1" for file, line in files if file.is_relative_to(here)]
    return next((place for place in reversed(ours) if place.startswith(OWN_FILES)), "")


def _located(error: str) -> str:
    """Put file:line:column of the link or the setting that an error names before it."""
    if link := LINK.search(error):
        page, address, meant = link.groups()
        advice = f"link to the page's file, {meant}, and not to {address}" if meant else f"MkDocs: {error}"
        return f"{_place(f'docs/{page}', [address])} {advice}"
    if entry := LISTED.search(error):
        name = entry[1]
        if " - " in name:  # YAML joins a line that is indented further to the one above
            return f"{_place('mkdocs.yml', name.split()[:1])} indent the line below this one as this one is"
        near = _nearest_page(name)
        hint = f"; did you mean {near}?" if near else ": correct the line or remove it"
        return f"{_place('mkdocs.yml', [name])} {name}, listed under nav, is no page in docs/{hint}"
    error = error.replace(f"{Path.cwd()}/", "")
    return f"{_place('mkdocs.yml', QUOTED.findall(error)[:2])} MkDocs: {error}"


def _place(file: str, words: list[str]) -> str:
    """Return file:line:column where these words follow one another, as far as they can be found."""
    text, at = _text(file), 0
    for word in words:
        if match := re.compile(rf"(?<![\w/.-]){re.escape(word)}(?![\w-])").search(text, at):
            at = match.start()
    return "{}:{}:{}".format(file, *mark_of(text, at))


def _text(file: str) -> str:
    """Return the text of a file, "" when it does not exist."""
    path = Path(file)
    return path.read_text("utf-8", "replace") if path.is_file() else ""
