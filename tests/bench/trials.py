"""How a change is tried: in a fork of a process that has collected the tests and has run none.

A change inside a function is put into the functions that live there. One that runs when its file is imported needs a
process that has not imported the file yet.
"""

from __future__ import annotations

import importlib
import os
import shutil
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from types import CodeType, FunctionType
from typing import Any

import pytest
from _pytest.runner import runtestprotocol
from calls import Place, functions_by_place, place_of, recording, runs_file, start_recording, stop_recording
from children import in_child, limit_to, own_folder, written
from mutants import Mutant, changed_code, changed_text

PATIENCE = 4  # times the processor time of the tests on the unchanged code; then a change counts as noticed: it hangs
IMPORTED = ("playwright.sync_api", "turbohtml", "yaml", "jinja2", "mkdocs.commands.build")  # once, before all forks
FINISH = "scripts/finish/"


class Trials:
    """The trials of changes that have the same tests. `tests`: arguments of pytest."""

    def __init__(self, tests: tuple[str, ...]) -> None:
        self.tests = tests
        for name in IMPORTED:
            importlib.import_module(name)

    def run(self, changes: list[Mutant]) -> Iterator[tuple[Mutant, bool]]:
        """Yield every change with whether it survived, in any order."""
        late: list[Mutant] = []
        tried: set[Mutant] = set()
        runs: dict[str, tuple[float, set[Place]]] = {}
        for kind, *facts in in_child(lambda tell: self.collect(changes, tell)):
            match kind:
                case "runs":
                    (runs,) = facts
                case "late":
                    late += facts
                case "tried":
                    tried.add(facts[0])
                    yield facts[0], facts[1]
        if not runs:
            sys.exit(f"bench: the tests fail on the unchanged code, or there are none: {' '.join(self.tests)}")
        if left := [change for change in changes if change not in tried and change not in late]:
            sys.exit(f"bench: {len(left)} changes were not tried, as a trial ended all: that of {left[0]}")
        for change in late:
            yield change, self.survives_import(change, runs)

    def collect(self, changes: list[Mutant], tell: Callable[..., None]) -> None:
        plugin = Collected(changes, tell)
        start_recording(plugin.at_import)  # until the tests are collected
        pytest.main(["-q", "-p", "no:cacheprovider", *self.tests], plugins=[plugin])

    def survives_import(self, change: Mutant, runs: dict[str, tuple[float, set[Place]]]) -> bool:
        """Whether all tests pass when the file is imported with the change; those that run any of it come first."""
        order = sorted(runs, key=lambda name: (not runs_file(runs[name][1], change.file), runs[name][0]))
        limit = PATIENCE * (5 + sum(seconds for seconds, _ in runs.values()))

        def trial(tell: Callable[..., None]) -> None:
            limit_to(limit)
            arguments = ["-x", "-q", "-p", "no:cacheprovider", *self.tests]
            tell("status", int(pytest.main(arguments, plugins=[Ordered(order)])))

        with written(change):
            return ("status", 0) in list(in_child(trial))


class Ordered:
    """A plugin of pytest that runs the tests in the order of these names."""

    def __init__(self, names: list[str]) -> None:
        self.places = {name: place for place, name in enumerate(names)}

    def pytest_collection_modifyitems(self, items: list[pytest.Item]) -> None:
        items.sort(key=lambda item: self.places.get(item.nodeid, 0))


class Collected:
    """A plugin of pytest that, instead of running the tests once, runs for each change those that it concerns."""

    def __init__(self, changes: list[Mutant], tell: Callable[..., None]) -> None:
        self.changes, self.tell = changes, tell
        self.at_import: set[Place] = set()
        self.fixtures: dict[str, tuple[float, set[Place]]] = {}
        self.killers: dict[Path, list[str]] = {}

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtestloop(self, session: pytest.Session) -> bool:
        stop_recording()
        self.items = {item.nodeid: item for item in session.items}
        if any(change.file.as_posix().startswith(FINISH) for change in self.changes):
            generate_once()
        measured = [] if session.testsfailed else in_child(self.measure)  # a file of tests may not be importable
        (runs,) = [facts for _, facts in measured] or [{}]
        self.tell("runs", runs)
        self.functions = functions_by_place()
        for change in self.changes if runs else ():
            swaps = self.swaps(change)
            if swaps is None:
                self.tell("late", change)
            else:
                self.tell("tried", change, self.survives(change, swaps, runs))
        return True

    def measure(self, tell: Callable[..., None]) -> None:
        """The processor time of each test and the functions that it runs; nothing when one fails."""
        runs = {}
        items = list(self.items.values())
        with own_folder(items[0].config):
            for item, following in zip(items, [*items[1:], None], strict=True):
                places: set[Place] = set()
                start = time.process_time()
                with recording(places):
                    reports = runtestprotocol(item, nextitem=following, log=False)
                if any(report.failed for report in reports):
                    print(*(report.longreprtext for report in reports if report.failed), sep="\n", file=sys.stderr)
                    return
                runs[item.nodeid] = (time.process_time() - start, places)
        for name, (seconds, places) in runs.items():
            for fixture in set(self.items[name].fixturenames) & set(self.fixtures):
                places |= self.fixtures[fixture][1]
                runs[name] = (seconds + self.fixtures[fixture][0], places)
        tell("runs", runs)

    @pytest.hookimpl(wrapper=True)
    def pytest_fixture_setup(self, fixturedef: Any) -> Iterator[None]:
        places: set[Place] = set()
        start = time.process_time()
        with recording(places):
            result = yield
        if fixturedef.scope != "function":
            self.fixtures[fixturedef.argname] = (time.process_time() - start, places)
        return result

    def swaps(self, change: Mutant) -> list[tuple[FunctionType, CodeType]] | None:
        """Which code each living function gets; None when the change is in what ran while its file was imported."""
        file = str(change.file.resolve())
        old, new = (
            compile(text, file, "exec", dont_inherit=True)
            for text in (change.file.read_text("utf-8"), changed_text(change))
        )
        pairs = changed_code(old, new)
        found = []
        for before, after in pairs or ():
            living = self.functions.get(place_of(before), [])
            same = [function for function in living if function.__code__ == before]
            if (
                not same
                or place_of(before) in self.at_import
                or any(function.__code__.co_freevars != after.co_freevars for function in same)
            ):
                return None
            found += [(function, after) for function in same]
        return found or None

    def survives(self, change: Mutant, swaps: list[tuple[FunctionType, CodeType]], runs: dict) -> bool:
        """Whether all tests that run the changed functions pass."""
        places = {place_of(function.__code__) for function, _ in swaps}
        costs = {name: seconds for name, (seconds, ran) in runs.items() if ran & places}
        killers = self.killers.setdefault(change.file, [])
        order = sorted(costs, key=lambda name: (killers.index(name) if name in killers[:3] else 3, costs[name]))

        def trial(tell: Callable[..., None]) -> None:
            limit_to(PATIENCE * (5 + sum(costs.values())))
            for function, code in swaps:
                function.__code__ = code
            with own_folder(self.items[order[0]].config):
                for name, following in zip(order, [*order[1:], None], strict=True):
                    reports = runtestprotocol(self.items[name], nextitem=self.items.get(following), log=False)
                    if any(report.failed for report in reports):
                        tell("killer", name)
                        return
            tell("survived", "")

        with written(change):
            told = dict(in_child(trial)) if order else {"survived": ""}
        if name := told.get("killer"):
            killers[:] = [name, *(other for other in killers if other != name)]
        return "survived" in told


def generate_once() -> None:
    """Let every trial take the guide as MkDocs leaves it, which no change of the finishing pass can alter."""
    import hosting
    from guide import generators

    folder = Path(tempfile.mkdtemp())
    real = generators.mkdocs

    def generated(site: Path, hooked: bool = True) -> int:
        address = os.environ.get("SITE_URL", "")
        kept = folder / address.replace("/", "_") / "site"
        if hooked or Path.cwd() != hosting.ROOT:
            return real(site, hooked=hooked)
        if not kept.exists():
            real(kept, hooked=False)
        shutil.copytree(kept, site, dirs_exist_ok=True)
        return 0

    generators.mkdocs = generated
