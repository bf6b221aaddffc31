"""The generators that can build this guide. What they are called is written here and in scripts/mkdocs_hooks.py only.

Tried releases: MkDocs 1.6.1 with Material 9.8.1; those of scripts/requirements/generators.in.
"""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from contextlib import redirect_stdout
from functools import partial
from io import StringIO
from pathlib import Path
from typing import Any

from finish import build_info
from guide import hosts, stages
from guide.mkdocs_errors import COMPLAINTS
from sitecheck.model.errors import CANNOT_RUN

NO_HOOK = "mkdocs.yml:1:1 put back the line hooks: [scripts/mkdocs_hooks.py], which finishes and checks the site"
# The others read these settings. `hooks` is empty for them all: one runs the hook and one does not, so we do it.
OTHER_SETTINGS = "INHERIT: mkdocs.yml\nsite_dir: {site}\nhooks: []\n"


def mkdocs(site: Path, hooked: bool = True) -> int:
    """Generate into `site` with MkDocs in this process; its hook finishes and checks, unless `hooked` is false.

    Returns 0, or the exit status once the report is printed.
    """
    from mkdocs.commands.build import build
    from mkdocs.config import load_config
    from mkdocs.exceptions import Abort

    COMPLAINTS.listen()
    settings: dict[str, Any] = {"site_dir": str(site.resolve())} | ({} if hooked else {"hooks": []})
    try:
        config = load_config(**settings)
    except (Exception, SystemExit) as error:
        status, report = refusal(error)
        print(report, end="")
        return status
    try:
        config.plugins.on_startup(command="build", dirty=False)
        build(config)
    except SystemExit as stopped:  # Abort, or the plugin for macros
        COMPLAINTS.print()
        return stopped.exit_code if isinstance(stopped, Abort) else 1
    if not (site / "index.html").is_file():  # with our hook, the build has ended by now
        print(stages.for_github(stages.NO_START_PAGE))
        return 1
    if hooked and not (site / build_info.FILE).is_file():  # the last that the finishing pass writes
        print(NO_HOOK)
        return 1
    return 0


def refusal(error: BaseException) -> tuple[int, str]:
    """Return exit status and report of why MkDocs ended: what it says in our words, unless the check says more."""
    with redirect_stdout(StringIO()) as printed:
        status = stages.before_generating()
    report = printed.getvalue()
    complaints = COMPLAINTS.take(None if isinstance(error, SystemExit) else error)
    if status == CANNOT_RUN:  # the check says where the file is no YAML
        complaints = []
    complaints = [line for line in complaints if ":".join(line.split(":")[:2]) + ":" not in report]
    if "mkdocs.yml" in report:  # what the check says of the settings is more than MkDocs says, too
        complaints = [line for line in complaints if "Config value" not in line]
    return status or 1, "".join(f"{stages.for_github(line)}\n" for line in complaints) + report


def other(program: str, options: list[str], site: Path) -> int:
    """Generate with a program of .venv, between our two stages. Returns the exit status."""
    if status := stages.before_generating():
        return status
    try:
        address = stages.set_address(os.environ)
    except hosts.BadAddress as error:
        print(error)
        return 2
    settings = Path(f"{site.parent.name}.yml")  # beside mkdocs.yml: paths in both start from there
    settings.write_text(OTHER_SETTINGS.format(site=site.as_posix()), "utf-8")
    try:
        command = [str(Path(sys.executable).with_name(program)), "build", "--strict", *options]
        command += ["--config-file", str(settings)]
        run = subprocess.run(command, capture_output=True, text=True, stdin=subprocess.DEVNULL)
    finally:
        settings.unlink()
    if run.returncode:
        print(run.stdout + run.stderr, f"{program} could not build the guide for {address}", sep="\n")
        return 1
    return stages.after_generating(site)


DEFAULT = "mkdocs"
GENERATORS: dict[str, Callable[[Path], int]] = {
    "mkdocs": mkdocs,
    "properdocs": partial(other, "properdocs", []),
    "zensical": partial(other, "zensical", ["--clean"]),
}
