"""What MkDocs does beyond itself, at its own events: the finishing pass, the check, and the preview.

So `mkdocs build`, `mkdocs serve` and `mkdocs gh-deploy` give the site that scripts/build gives. Zensical ignores hooks;
there scripts/build calls the same functions.
"""

from __future__ import annotations

import atexit
import logging
import os
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import click
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import Abort
from mkdocs.livereload import LiveReloadServer
from mkdocs.plugins import event_priority
from mkdocs.structure.files import Files

SCRIPTS = str(Path(__file__).parent)
if SCRIPTS not in sys.path:
    sys.path.insert(0, SCRIPTS)

import finish  # noqa: E402  # found by the path above
from guide import hosts, mkdocs_errors, preview, stages, templates  # noqa: E402  # found by the path above

SOURCES = ("docs", "overrides", "scripts", "tests")
FIRST, LAST = 100, -100  # among the plugins at one event
mkdocs_errors.COMPLAINTS.listen()
if logging.getLogger("mkdocs").handlers != [mkdocs_errors.COMPLAINTS]:  # the command line of MkDocs, not scripts/build
    atexit.register(mkdocs_errors.COMPLAINTS.print)  # settings that it refuses lead to no event


@dataclass
class Session:
    """What the events of one run share."""

    command: str = "build"  # or "serve", "gh-deploy"
    server: preview.Preview | None = None


session = Session()


class Stopped(Abort):
    """The report is printed: nothing is left to say. Ends MkDocs with this exit status."""

    def __init__(self, status: int) -> None:
        super().__init__("Nothing was built: correct what is listed above, then run this again.")
        self.exit_code = self.code = status  # type: ignore[misc]  # click declares it for the class


def on_startup(command: str, dirty: bool) -> None:  # noqa: ARG001  # MkDocs passes both by name
    """Remember the command. Without live reload, `mkdocs serve` shows a finished build."""
    context = click.get_current_context(silent=True)
    options = context.params if context else {}
    live = not options.get("no_livereload", options.get("livereload") is False)  # ProperDocs and MkDocs name it so
    session.command = command if live else "build"
    if session.command == "serve":
        preview.prepare()
    if SCRIPTS not in sys.path:  # MkDocs has put its search path back
        sys.path.insert(0, SCRIPTS)


@event_priority(FIRST)
def on_config(config: MkDocsConfig) -> MkDocsConfig:
    """Set the address, and stop at what would stop MkDocs in words of its own."""
    # --config-file may be relative, and the working folder changes.
    config.config_file_path = str(Path(config.config_file_path).resolve())
    config.theme.dirs = [str(Path(folder).resolve()) for folder in config.theme.dirs]
    os.chdir(Path(config.config_file_path).parent)
    if session.command == "serve":
        return preview.configure(config, session.server)
    try:
        config.site_url = stages.set_address(os.environ)
    except hosts.BadAddress as error:
        print(error)
        raise Stopped(2) from None
    if status := stages.before_generating():
        raise Stopped(status)
    if refusal := refused_option(config):
        print(refusal)
        raise Stopped(2)
    templates.use(config)
    return config


def refused_option(config: MkDocsConfig) -> str:
    """Why an option of the command line would break the guide; "" if none would."""
    if not config.use_directory_urls:
        return "Leave out --no-directory-urls: readers have addresses that end with a slash."
    if str(Path("overrides").resolve()) not in config.theme.dirs:
        return "Leave out --theme: overrides/ extends Material."
    if any(Path(config.site_dir).resolve().is_relative_to(Path(name).resolve()) for name in SOURCES):
        return f"Choose another folder for --site-dir: MkDocs would empty {os.path.relpath(config.site_dir)}/."
    return ""


@event_priority(LAST)
def on_files(files: Files, **_: Any) -> Files:
    """Build nothing before there is a preview to show it."""
    return Files([]) if session.command == "serve" and session.server is None else files


@event_priority(LAST)
def on_post_build(config: MkDocsConfig) -> None:
    """Finish the site and check it. What MkDocs complains about comes first, and alone: findings may follow from it."""
    if mkdocs_errors.COMPLAINTS.messages:
        mkdocs_errors.COMPLAINTS.print()
        raise Stopped(1)
    if session.command == "serve":
        if session.server:
            finish.preview(Path(config.site_dir))
    elif status := stages.after_generating(Path(config.site_dir), publishes=session.command == "gh-deploy"):
        raise Stopped(status)


def on_build_error(error: Exception) -> None:
    """Report an error of a template or a macro with its place, in place of a traceback."""
    if not isinstance(error, Abort):
        mkdocs_errors.COMPLAINTS.print(error)
        raise Stopped(1) from None


def on_serve(server: LiveReloadServer, config: MkDocsConfig, builder: Any) -> LiveReloadServer:
    """Serve with our preview, which never shows a half-built site."""
    if session.command == "serve":
        session.server = preview.Preview(builder, config)
    return session.server or server


def on_shutdown() -> None:
    """Print what MkDocs complained about before it ended without an event, as it does after an error in a macro."""
    mkdocs_errors.COMPLAINTS.print()
