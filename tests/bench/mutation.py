"""scripts/bench mutation [MODULE …] [--sample N] [--seed S] [--all]: which changes of the code do the tests not notice?

MODULE is a file or folder below scripts/, such as sitecheck/suggest or finish/csp.py; N changes of each are drawn by S.
cosmic-ray changes one thing at a time in a copy of the project; the tests that run the changed function follow, the
quickest first, until one fails. 0 when all changes were noticed.
"""

from __future__ import annotations

import argparse
import fnmatch
import itertools
import os
import random
import shutil
import sys
import tempfile
from pathlib import Path

from mutants import Mutant, changed_text, mutants

ROOT = Path(__file__).parents[2]
SAMPLE = 60  # changes of each module; a few seconds each, a minute for the tests on the unchanged code
COPIED = ("docs", "overrides", "scripts", "tests", "mkdocs.yml", "pyproject.toml", "README.md", "CONTRIBUTING.md")
MODULES = (
    "sitecheck/suggest",
    "sitecheck/report/fix.py",
    "sitecheck/report/check_site.py",
    "sitecheck/scan/cache.py",
    "finish",
    "sitecheck/rules",
)
# The tests that must notice a change of a module, as arguments of pytest; the first pattern that fits counts.
RULES = "tests/test_rules.py"
FACTS = "tests/test_clinic_facts.py"
CACHE = ["tests/test_cache.py", "tests/test_command.py"]
REPORT = ("locate", "fix", "baseline", "checker_edges")
FINISH = ("finish", "finish_edges", "finish_files", "downloads", "print_page", "service_worker", "sign_words", "sign")
LINKS = ("rules", "follow", "suggest", "fix", "external", "checker_edges")
PUBLISH = [f"tests/test_publish{name}.py" for name in ("", "_faults", "_destinations", "_meanwhile", "_stopped")]
TESTS = {
    "sitecheck/suggest/*": ["tests/test_suggest.py", "tests/test_fix.py", RULES, "-k", "links/ or suggest or fix"],
    "sitecheck/report/fix.py": ["tests/test_fix.py"],
    "sitecheck/report/check_site.py": [*CACHE, "tests/test_external.py", "tests/test_project.py"],
    "sitecheck/report/*": [*(f"tests/test_{name}.py" for name in REPORT), RULES],
    "sitecheck/output/*": ["tests/test_formats.py", "tests/test_output.py"],
    "sitecheck/scan/cache.py": [*CACHE, "-k", "cache"],
    "sitecheck/links/*": [f"tests/test_{name}.py" for name in LINKS],
    "sitecheck/rules/language/*": [RULES, "tests/test_sentences.py", "-k", "language/ or sentences"],
    "sitecheck/rules/sections/ladder.py": ["tests/test_ladder.py", RULES, "-k", "sections/ or ladder"],
    "sitecheck/rules/registry.py": [RULES],
    "sitecheck/rules/entries.py": ["tests/test_ladder.py", RULES],
    "sitecheck/rules/dates.py": [RULES, "-k", "front_matter/ or signatures/ or clinic/"],
    "sitecheck/rules/__init__.py": [RULES],
    "sitecheck/rules/built_pages.py": [RULES],
    "sitecheck/rules/clinic/*": [RULES, FACTS, "-k", "clinic/ or page_of_rules or notices"],
    "sitecheck/rules/structured_data/*": [RULES, FACTS, "-k", "structured_data/ or page_of_rules or notices"],
    "sitecheck/rules/settings/*": [RULES, "tests/test_settings.py", "-k", "settings and not show or page_of_rules"],
    "sitecheck/rules/*": [RULES, "-k", "{family}/ or page_of_rules"],
    "finish/ics.py": ["tests/test_downloads.py", FACTS, "-k", "calendar or event or download"],
    "finish/site_files.py": [*PUBLISH, "-k", "not real"],
    "finish/*": [*(f"tests/test_{name}.py" for name in FINISH), "-k", "not chromium"],
    "guide/sign.py": ["tests/test_sign.py"],
    "guide/changes/*": ["tests/test_sign_changes.py", "tests/test_marked_pages.py"],
    "guide/preview_changes.py": ["tests/test_sign_changes.py"],
    "guide/new.py": ["tests/test_new_page.py"],
    "guide/hosts.py": ["tests/test_hosts.py"],
    "guide/*": [*PUBLISH, "-k", "not real"],
}


def main() -> int:
    parser = argparse.ArgumentParser(prog="scripts/bench mutation")
    parser.add_argument("modules", nargs="*", default=MODULES, metavar="MODULE")
    parser.add_argument("--sample", type=int, metavar="N", default=SAMPLE, help=f"N changes of each MODULE ({SAMPLE})")
    parser.add_argument("--all", action="store_true", help="all changes, which take hours, in place of a sample")
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        copy = copy_project(Path(folder))
        os.chdir(copy)
        sample = None if options.all else options.sample
        rooms = {module: drawn(module, sample, options.seed) for module in options.modules}
        survivors = run_all(sorted(set(itertools.chain(*rooms.values()))))
        return report(rooms, survivors)


def copy_project(folder: Path) -> Path:
    """Copy what the tests need; the copy's code is imported, not that of the project. Returns the copy's folder."""
    copy = folder / "project"
    for name in COPIED:
        source = ROOT / name
        skipped = shutil.ignore_patterns("__pycache__", "node_modules")
        shutil.copytree(source, copy / name, ignore=skipped) if source.is_dir() else shutil.copy(source, copy / name)
    sys.path[:] = [path for path in sys.path if not Path(path).is_relative_to(ROOT) or "site-packages" in path]
    sys.path.insert(0, str(Path(__file__).parent))
    os.environ["PYTHONPATH"] = str(copy / "scripts")
    return copy


def drawn(module: str, sample: int | None, seed: int) -> list[Mutant]:
    """The changes to try in a module."""
    path = Path("scripts", module)
    files = [path] if path.is_file() else sorted(path.rglob("*.py"))
    if not files:
        sys.exit(f"bench: there is no scripts/{module}")
    found = [one for file in files for one in mutants(file)]
    return found if sample is None else sorted(random.Random(seed).sample(found, min(sample, len(found))))


def run_all(changes: list[Mutant]) -> set[Mutant]:
    """The changes that no test notices."""
    from trials import Trials

    groups: dict[tuple[str, ...], list[Mutant]] = {}
    for change in changes:
        changed_text(change)  # remembered: later, a trial may have another change in the file
        groups.setdefault(tests_of(change.file), []).append(change)
    survivors: set[Mutant] = set()
    done = 0
    for tests, group in groups.items():
        for change, survived in Trials(tests).run(group):
            done += 1
            print(f"{done}/{len(changes)} {'SURVIVED' if survived else 'killed'} {described(change)}", flush=True)
            survivors |= {change} if survived else set()
    return survivors


def tests_of(file: Path) -> tuple[str, ...]:
    """The arguments of pytest for the tests of a file."""
    name = file.relative_to("scripts").as_posix()
    pattern = next(pattern for pattern in TESTS if fnmatch.fnmatch(name, pattern))
    family = (*file.with_suffix("").parts, "")[3]
    return tuple(argument.format(family=family) for argument in TESTS[pattern])


def described(change: Mutant) -> str:
    """Where a change is, and the line that it makes."""
    lines = changed_text(change).splitlines()
    return f"{change.file}:{change.line} {change.operator}: {lines[change.line - 1].strip()}"


def report(rooms: dict[str, list[Mutant]], survivors: set[Mutant]) -> int:
    for change in sorted(survivors):
        print(described(change))
    for room, changes in [*rooms.items(), ("all", list(itertools.chain(*rooms.values())))]:
        killed = sum(change not in survivors for change in changes)
        print(f"{room}: killed {killed} of {len(changes)} ({killed / max(1, len(changes)):.0%})")
    return int(bool(survivors))


if __name__ == "__main__":
    sys.exit(main())
