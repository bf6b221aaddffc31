"""scripts/bench mutation [MODULE …] [--sample N] [--seed S]: which small changes of the code do the tests not notice?

MODULE is a file or folder below scripts/, such as sitecheck/suggest or finish/csp.py. cosmic-ray changes one thing at a
time in a copy of the project, and the tests of that module run on it. 0 when all changes were noticed.
"""

from __future__ import annotations

import argparse
import ast
import contextlib
import fnmatch
import importlib
import os
import random
import resource
import shutil
import signal
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parents[2]
COPIED = ("docs", "overrides", "scripts", "tests", "mkdocs.yml", "pyproject.toml", "README.md", "CONTRIBUTING.md")
MODULES = ("sitecheck/suggest", "sitecheck/report/fix.py", "sitecheck/scan/facts_cache.py", "finish", "sitecheck/rules")
# The tests that must notice a change of a module, as arguments of pytest; the first pattern that fits counts.
RULES, LADDER = "tests/test_rules.py", "tests/test_ladder.py"
FINISH = ["tests/test_finish.py", "tests/test_finish_edges.py", "tests/test_finish_files.py", "tests/test_downloads.py"]
CACHE = ["tests/test_processes.py", "tests/test_checker_edges.py", "tests/test_bad_files.py"]
PUBLISH = ["tests/test_publish.py", "tests/test_publish_faults.py", "tests/test_publish_destinations.py"]
TESTS = {
    "sitecheck/suggest/*": [
        "tests/test_suggest.py",
        "tests/test_fix.py",
        RULES,
        "-k",
        "links/ or test_suggest or test_fix",
    ],
    "sitecheck/report/fix.py": ["tests/test_fix.py"],
    "sitecheck/scan/facts_cache.py": [*CACHE, "-k", "cache or processes or edges"],
    "sitecheck/rules/language/*": [RULES, "tests/test_sentences.py", "-k", "language/ or sentences"],
    "sitecheck/rules/sections/ladder.py": [LADDER, RULES, "-k", "sections/ or reported"],
    "sitecheck/rules/registry.py": [RULES],
    "sitecheck/rules/__init__.py": [RULES],
    "sitecheck/rules/*": [RULES, "-k", "{family}/"],
    "finish/*": [*FINISH, "-k", "not chromium"],
    "guide/*": [*PUBLISH, "tests/test_publish_meanwhile.py", "-k", "not real"],
}
# One change of each binary operator; most others raise a TypeError, which any test notices.
BINARY = {"Add_Sub", "Sub_Add", "Mul_Div", "Div_Mul", "FloorDiv_Mul", "Mod_Mul", "BitOr_BitAnd", "BitAnd_BitOr"}
PATIENCE = 3  # times the processor time of the tests on the unchanged code; then a change counts as noticed: it hangs
MEMORY = 4 << 30  # bytes
NO_TESTS = 5  # pytest's exit status
IMPORTED = ("pytest", "playwright.sync_api", "turbohtml", "yaml", "jinja2")  # once, by the parent of all runs


def main() -> int:
    parser = argparse.ArgumentParser(prog="scripts/bench mutation")
    parser.add_argument("modules", nargs="*", default=MODULES, metavar="MODULE")
    parser.add_argument("--sample", type=int, metavar="N", help="only N changes, drawn by --seed; all take hours")
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        copy = copy_project(Path(folder))
        os.chdir(copy)
        changes = [change for module in options.modules for file in python_files(module) for change in mutations(file)]
        if options.sample is not None:
            changes = sorted(random.Random(options.seed).sample(changes, min(options.sample, len(changes))), key=place)
        return report(changes, list(survivors(changes)))


def copy_project(folder: Path) -> Path:
    """Copy what the tests need; the copy's code is imported, not that of the project. Returns the copy's folder."""
    copy = folder / "project"
    for name in COPIED:
        source = ROOT / name
        skipped = shutil.ignore_patterns("__pycache__", "node_modules")
        shutil.copytree(source, copy / name, ignore=skipped) if source.is_dir() else shutil.copy(source, copy / name)
    sys.path[:] = [path for path in sys.path if not Path(path).is_relative_to(ROOT) or "site-packages" in path]
    os.environ["PYTHONPATH"] = str(copy / "scripts")
    return copy


def python_files(module: str) -> list[Path]:
    path = Path("scripts", module)
    files = [path] if path.is_file() else sorted(path.rglob("*.py"))
    if not files:
        sys.exit(f"bench: there is no scripts/{module}")
    return files


def mutations(file: Path) -> Iterator[tuple]:
    """Every change of a file that can do something: (file, operator, occurrence, line); none of an annotation."""
    from cosmic_ray.ast import ast_nodes, get_ast_from_path
    from cosmic_ray.plugins import get_operator, operator_names

    quiet = quiet_places(file.read_text("utf-8"))
    tree = get_ast_from_path(file)
    for name in operator_names():
        operator = get_operator(name)
        if operator.arguments() or ("BinaryOperator_" in name and name.partition("Operator_")[2] not in BINARY):
            continue
        starts = (start for node in ast_nodes(tree) for start, _ in operator().mutation_positions(node))
        for occurrence, start in enumerate(starts):
            if not any(begin <= start < end for begin, end in quiet):
                yield file, name, occurrence, start[0]


def quiet_places(text: str) -> list[tuple[tuple[int, int], tuple[int, int]]]:
    """Where code is not run: annotations (`from __future__ import annotations`), and imports for the type checker."""
    nodes = list(ast.walk(ast.parse(text)))
    found: list[ast.AST | None] = [getattr(node, "annotation", None) for node in nodes]
    found += [getattr(node, "returns", None) for node in nodes]
    found += [node for node in nodes if isinstance(node, ast.If) and ast.unparse(node.test) == "TYPE_CHECKING"]
    return [((one.lineno, one.col_offset), (one.end_lineno, one.end_col_offset)) for one in found if one]


def place(change: tuple) -> tuple:
    return str(change[0]), change[3], change[1], change[2]


def survivors(changes: list[tuple]) -> Iterator[tuple[tuple, str]]:
    """Yield the changes that no test notices, each with the line that it makes."""
    from cosmic_ray.mutating import use_mutation
    from cosmic_ray.plugins import get_operator

    seconds: dict[str, float] = {}
    for number, change in enumerate(changes, 1):
        file, name, occurrence, line = change
        tests = tests_of(file)
        if (key := " ".join(tests)) not in seconds:
            before = children_seconds()
            if not passes(tests, 3600):
                sys.exit(f"bench: the tests of {file} fail on the unchanged code: {key}")
            seconds[key] = children_seconds() - before
        with use_mutation(file, get_operator(name)(), occurrence):
            forget_compiled(file)
            survived = passes(tests, PATIENCE * (1 + seconds[key]))
            now = file.read_text("utf-8").splitlines()[line - 1].strip()
        forget_compiled(file)
        print(f"{number}/{len(changes)} {'SURVIVED' if survived else 'killed'} {file}:{line} {now}", flush=True)
        if survived:
            yield change, now


def tests_of(file: Path) -> list[str]:
    """The arguments of pytest for the tests of a file."""
    name = file.relative_to("scripts").as_posix()
    pattern = next(pattern for pattern in TESTS if fnmatch.fnmatch(name, pattern))
    family = (*file.with_suffix("").parts, "")[3]
    return [argument.format(family=family) for argument in TESTS[pattern]]


def forget_compiled(file: Path) -> None:
    for compiled in (file.parent / "__pycache__").glob(f"{file.stem}.*"):
        compiled.unlink()


def children_seconds() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def passes(tests: list[str], seconds: float) -> bool:
    """Run tests in a child, to which this process has already imported what is not the project's."""
    for name in IMPORTED:
        importlib.import_module(name)
    if not (child := os.fork()):
        os.setsid()
        resource.setrlimit(resource.RLIMIT_CPU, (int(seconds), int(seconds) + 1))
        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
        with Path(os.devnull).open("w") as nowhere:
            os.dup2(nowhere.fileno(), 1)
            os.dup2(nowhere.fileno(), 2)
        os._exit(sys.modules["pytest"].main(["-x", "-q", "-p", "no:cacheprovider", *tests]))
    _, status = os.waitpid(child, 0)
    with contextlib.suppress(ProcessLookupError):
        os.killpg(child, signal.SIGKILL)  # what a test has started and a hanging run has left
    if os.WIFEXITED(status) and os.WEXITSTATUS(status) == NO_TESTS:
        sys.exit(f"bench: no tests: {' '.join(tests)}")
    return status == 0


def report(changes: list[tuple], survived: list[tuple[tuple, str]]) -> int:
    for (file, name, _, line), now in survived:
        print(f"{file}:{line} {name.removeprefix('core/')} {now}")
    killed = len(changes) - len(survived)
    print(f"killed {killed} of {len(changes)} ({killed / max(1, len(changes)):.0%})")
    return int(bool(survived))


if __name__ == "__main__":
    sys.exit(main())
