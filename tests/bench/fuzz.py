"""scripts/bench fuzz: made-up pages, styles, data, settings and links. Nothing may fail, hang or differ from an oracle.

Hypothesis makes inputs up, of signs that mean something to some reader, and makes the one that fails small; atheris,
where it is installed, then chooses them by the code that they reach. The oracle for links is html5lib with urllib.
"""

from __future__ import annotations

import argparse
import gc
import importlib.util
import mmap
import os
import random
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from types import FunctionType
from typing import Any

os.environ["HYPOTHESIS_STORAGE_DIRECTORY"] = str(Path(tempfile.gettempdir()) / "hypothesis")  # not in the project

from fuzz_links import links_of
from hypothesis import HealthCheck, given, seed, settings
from hypothesis import strategies as st

from growing import FILES, INPUTS, Check
from sitecheck.command.settings import read_config
from sitecheck.model.errors import CannotRun
from sitecheck.read import read_bytes

HANG = 2.0  # seconds of CPU for one check
ROUND = 60  # examples between two looks at the clock
PATIENCE = 60  # seconds after which atheris ends an input
SEEDS, LENGTH = 20, 4000  # the first inputs of atheris, and their bytes
SIGNS = st.sampled_from(INPUTS["signs"])


def texts_for(kind: str, file: str) -> st.SearchStrategy[str]:
    """Texts for one file: its places and things from growing.yml around signs, and any other characters."""
    known = INPUTS[kind][file]
    parts = [*known.get("things", ()), *(piece for one in known.get("places", ()) for piece in one.split("…"))]
    parts += [piece for one in known.get("whole", ()) for piece in one.split("…")]
    piece = st.one_of(SIGNS, st.sampled_from(parts), st.text(max_size=3))
    before, after = known.get("around", ("", ""))
    return st.lists(piece, max_size=40).map(lambda some: before + "".join(some) + after)


def check_of(folder: Path, kind: str, file: str) -> Callable[[str], None]:
    """A test that a check with any text in this file ends, and soon."""
    check = Check(folder, kind, file)

    def test(text: str) -> None:
        seconds = check.seconds(text)
        assert seconds < HANG or min(check.seconds(text) for _ in range(3)) < HANG, f"{seconds:.1f} s"

    return given(texts_for(kind, file))(test)


def reader_of(file: str) -> Callable[[str], None]:
    """A test that the file's reader alone takes any text: many more than whole checks in the same time."""

    def test(text: str) -> None:
        start = time.process_time()
        read_bytes(file, text.encode("utf-8", "surrogatepass"), prose=True)
        assert time.process_time() - start < HANG

    return given(texts_for("site", file))(test)


def settings_of(folder: Path) -> Callable[[str], None]:
    """A test that any pyproject.toml is read, or refused with a reason."""
    keys = st.sampled_from((
        'base = "{}"', "clean_urls = true", 'index = ["{}"]', 'copies = ["{}"]', 'ignore_elements = "{}"',
        'raise = ["{}"]', 'rewrite = {{"{}" = "\\\\1"}}', '[[tool.sitecheck.ignore]]\ncode = "{}"\nreason = "a"', "{}",
    ))  # fmt: skip
    lines = st.lists(
        st.builds(lambda key, value: key.format(value), keys, st.one_of(SIGNS, st.text(max_size=5))), max_size=5
    )

    def test(text: list[str]) -> None:
        (folder / "pyproject.toml").write_text("[tool.sitecheck]\n" + "\n".join(text), "utf-8", "surrogateescape")
        try:
            read_config(folder)
        except CannotRun as error:
            assert str(error)

    return given(lines)(test)


TARGETS: dict[str, Callable[[Path], Any]] = {
    **{f"{kind}/{file}": lambda folder, kind=kind, file=file: check_of(folder, kind, file) for kind, file in FILES},
    **{f"reader/{file}": lambda _, file=file: reader_of(file) for kind, file in FILES if kind == "site"},
    "settings": settings_of,
    "links": links_of,
}


def tried(name: str, number: int) -> int:
    """Run one round of a target; gives the number of examples. Raises what the target raised."""
    count = 0
    with tempfile.TemporaryDirectory() as folder:
        test = TARGETS[name](Path(folder).resolve())
        quiet = settings(max_examples=ROUND, deadline=None, database=None, suppress_health_check=list(HealthCheck))
        seed(number)(quiet(test))()
        count += ROUND
    return count


def guided(name: str, seconds: int, number: int) -> tuple[int, bool]:
    """Let atheris choose a target's inputs in a process of its own; gives how many it tried, and if one failed."""
    import atheris

    count = mmap.mmap(-1, 8)  # shared with the process
    if (child := os.fork()) == 0:
        folder = Path(tempfile.mkdtemp()).resolve()
        (folder / "first").mkdir()
        for one in range(SEEDS):  # from nothing, atheris takes long to come to inputs of any length
            (folder / "first" / str(one)).write_bytes(random.Random(number + one).randbytes(LENGTH))
        quiet = settings(deadline=None, database=None, suppress_health_check=list(HealthCheck))
        test = quiet(TARGETS[name](folder)).hypothesis.fuzz_one_input

        def counted(data: bytes) -> None:
            if test(data) is not None:
                count[:] = (int.from_bytes(count[:]) + 1).to_bytes(8)

        limits = [f"-max_total_time={seconds}", f"-timeout={PATIENCE}", f"-max_len={LENGTH}", "-len_control=0"]
        quietly = ["-verbosity=0", f"-seed={number + 1}", f"-artifact_prefix={folder}/"]
        atheris.Setup([sys.argv[0], *limits, *quietly, str(folder / "first")], counted)
        atheris.Fuzz()  # ends the process
    status = os.waitpid(child, 0)[1]
    return int.from_bytes(count[:]), status != 0


def in_rounds(names: list[str], number: int, end: float, counts: Counter[str]) -> set[str]:
    """Try the targets in turn until the time is over, and count the examples; gives the targets that failed."""
    failed: set[str] = set()
    while time.monotonic() < end:
        for name in [name for name in names if name not in failed]:
            if time.monotonic() > end:
                break
            try:
                counts[name] += tried(name, number)
            except Exception as error:
                failed.add(name)
                notes = "\n    ".join(getattr(error, "__notes__", [])).strip()
                print(f"{name}, --seed {number}: {type(error).__name__}: {str(error)[:600]}\n    {notes[:1500]}")
        number += 1
    return failed


def main(arguments: list[str]) -> int:
    """Try every target in turn until the time is over; 1 if one failed."""
    parser = argparse.ArgumentParser(
        prog="scripts/bench fuzz", description="Check made-up files until something fails."
    )
    parser.add_argument("--minutes", type=float, default=10, help="in all; half of it is guided, where atheris is")
    parser.add_argument("--only", default="", help="only targets whose name contains this")
    parser.add_argument("--seed", type=int, default=0, help="of the first round; each round adds one")
    options = parser.parse_args(arguments)
    names = [name for name in TARGETS if options.only in name]
    can_guide = importlib.util.find_spec("atheris") is not None
    seconds = options.minutes * (30 if can_guide else 60)
    counts: Counter[str] = Counter()
    failed = in_rounds(names, options.seed, time.monotonic() + seconds, counts)
    chosen: Counter[str] = Counter()
    if can_guide:
        import atheris

        for one in gc.get_objects():
            if isinstance(one, FunctionType) and (one.__module__ or "").startswith("sitecheck."):
                atheris.instrument_func(one)
        for name in names:
            chosen[name], wrong = guided(name, max(1, round(seconds / len(names))), options.seed)
            failed |= {name} if wrong else set()
    print("| file | at random | guided | failed |\n| --- | --- | --- | --- |")
    for name in names:
        print(f"| {name} | {counts[name]:,} | {chosen[name]:,} | {'yes' if name in failed else 'no'} |")
    return int(bool(failed))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
