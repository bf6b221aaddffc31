"""A case is a small site in YAML, and what must be found in it. See tests/sites/README.md for the keys."""

from __future__ import annotations

import datetime
from pathlib import Path

import yaml

from sitecheck import rules
from sitecheck.command.settings import read_config
from sitecheck.links.site import Site, read_site
from sitecheck.model.finding import Finding
from sitecheck.report import baseline
from sitecheck.report.findings import findings, select_rules

LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)  # the one in C is ten times as fast, where there is one
rules.load()
SITES = Path(__file__).parent / "sites"
CASES = sorted(SITES.glob("*/*.yml"))
FRAME = (
    '<!doctype html><html lang="en"><head><meta charset="utf-8"><title>{path}</title>'
    '<meta name="description" content="What {path} is about."></head><body><main>{text}</main></body></html>'
)

# A page with two faults, and with the second fixed.
HOME = '<h1>Home</h1>\n<a href="gone/">Gone</a> <a href="lost/">Lost</a>\n'
FIXED = '<h1>Home</h1>\n<a href="gone/">Gone</a>\n'


def load(path: Path) -> dict:
    """The case in a file."""
    return yaml.load(path.read_text("utf-8"), LOADER)


def fix(case: dict) -> dict:
    """The case with the files of `fixed` in place of its own; a file without any text there is gone."""
    fixed = {part: dict(case[part]) for part in ("site", "project") if part in case}
    fixed["symlinks"] = {name: to for name, to in case.get("symlinks", {}).items() if name not in case["fixed"]}
    for name, text in case["fixed"].items():
        part = "project" if "project" in case and name not in case.get("site", ()) else "site"
        fixed[part][name] = text
        if text is None:
            del fixed[part][name]
    return case | fixed


def write(folder: Path, files: dict[str, str]) -> None:
    """Write the files of a case; a page that is not a whole document is put inside a sound one, on the same lines."""
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        if "site" in (folder.name, *Path(name).parts[:1]) and name.endswith(".html") and "<html" not in text:
            text = FRAME.format(path=name, text=text)
        path.write_text(text, "utf-8")


def small_site(case: dict, folder: Path) -> Site:
    """Write the case's files below `folder` and read them as a site, with its project if it has one."""
    (folder / "site").mkdir(parents=True, exist_ok=True)
    if "with" in case:
        write(folder, load(SITES / f"{case['with']}.yml"))
    write(folder / "site", case.get("site", {}))
    for name, target in case.get("symlinks", {}).items():
        (folder / "site" / name).symlink_to(target)
    project = None
    if "project" in case:
        from sitecheck.project.read_project import read_project

        write(folder, case["project"])
        project = read_project(folder)._replace(published=frozenset(case.get("published", ())))
    settings = {key: tuple(v) if isinstance(v, list) else v for key, v in case.get("options", {}).items()}
    options = read_config(folder)._replace(**{"cache": False} | settings)
    today = datetime.date.fromisoformat(str(case.get("today", "2026-11-22")))
    site = read_site(folder / "site", project, base=case.get("base", ""), today=today, options=options)
    dead = {address: why for address, why in case.get("dead", {}).items() if address in site.links.external}
    return site._replace(dead=dead)


# The rules that a case with a project runs, by its folder: the findings of other families would drown it.
SELECTED = {folder: (family,) for family, folder in rules.FAMILIES.items()} | {"navigation": ("NV01",)}


def found_in(site: Site, folder: Path, families: list[str] | None = None) -> list[Finding]:
    """Findings of all rules that can run on the site, or of some families; their files are relative to `folder`."""
    found, selected = [], set()
    for due in (False, True):
        some = select_rules(families or (), project=site.project is not None, due=due)
        selected |= {rule.code for rule in some.rules()}
        found += findings(site, some)
    found = [one._replace(file=one.file.removeprefix(f"{folder.as_posix()}/")) for one in found]
    if (known := folder / "known.json").exists():
        found = list(baseline.compare(Path(known.name), baseline.read(known), found, selected))
    return found


def place(one: Finding) -> str:
    return f"{one.file}:{one.line}:{one.column} {one.code}"


def said(one: Finding) -> str:
    """The message and what to write instead, "(sure)" when it can be nothing else."""
    return f"{one.message} -> {one.suggestion}" + " (sure)" * one.safe


def places(site: Site, folder: Path, families: list[str] | None = None) -> list[str]:
    """Findings as "file:line:column CODE"."""
    return [place(one) for one in found_in(site, folder, families)]


def families_of(path: Path, case: dict) -> list[str] | None:
    """The families to run on a case: those it names, else with a project that of its folder, else all (None)."""
    return case.get("families") or (SELECTED[path.parent.name] if "project" in case else None)
