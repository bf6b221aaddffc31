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
import re
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from types import FunctionType
from typing import Any
from urllib.parse import unquote, urljoin, urlsplit

os.environ["HYPOTHESIS_STORAGE_DIRECTORY"] = str(Path(tempfile.gettempdir()) / "hypothesis")  # not in the project

import html5lib
from hypothesis import HealthCheck, given, seed, settings
from hypothesis import strategies as st

import cases
from growing import FILES, INPUTS, Check
from sitecheck.command.settings import read_config
from sitecheck.links.site import read_site
from sitecheck.model.errors import CannotRun
from sitecheck.model.options import Options
from sitecheck.report.findings import findings, select_rules

HANG = 2.0  # seconds of CPU for one check
ROUND = 60  # examples between two looks at the clock
PATIENCE = 60  # seconds after which atheris ends an input
SEEDS, LENGTH = 20, 4000  # the first inputs of atheris, and their bytes
SIGNS = st.sampled_from(INPUTS["signs"])
SITE = {
    "b.html": '<h1 id="one">B</h1><a name="two">x</a>',
    "c/index.html": '<h1 id="one two">C</h1>',
    "c/d e.html": "<h1>D</h1>",
    "f.png": "",
}
PARTS = [
    "a",
    "b.html",
    "b",
    "c",
    "c/",
    "d%20e.html",
    "f.png",
    "..",
    ".",
    "",
    "B.html",
    "%62.html",
    "gone",
    "index.html",
]
FRAGMENTS = ["", "#", "#one", "#two", "#top", "#gone", "#one%20two", "?q", "?q#one"]
STARTS = ["", "/", "./", "../", "c/", "/c/", "https://a.example/", "https://a.example/c/", "http://b.example/"]
# Not in <select>, which may hold links since 2025, nor in <template>: html5lib knows neither.
WRAPPED = [
    "<a href='{}'>x</a>", '<p><a class="a" href="{}"><b>x</a></b>', "<!--<a href='{}'>-->",
    "<table><a href='{}'>x</a><tr>", "<svg><a href='{}'>x</a></svg>", "<script>'<a href={}>'</script>",
    "<a href='{}'>x", "<textarea><a href='{}'>x</a></textarea>", "<pre><code><a\nHREF='{}'>x</a>",
    "<noscript><a href='{}'>x</a></noscript>",
]  # fmt: skip
LINKS = st.builds(lambda start, parts, end: start + "/".join(parts) + end, st.sampled_from(STARTS),
                  st.lists(st.sampled_from(PARTS), max_size=3), st.sampled_from(FRAGMENTS))  # fmt: skip
PAGES = st.lists(
    st.builds(lambda frame, raw: frame.format(raw), st.sampled_from(WRAPPED), LINKS), min_size=1, max_size=6
)
BROKEN = ("LI001", "LI002", "LI003", "LI004", "LI006", "LI007")


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


def links_of(folder: Path) -> Callable[[list[str]], None]:
    """A test that the broken links of a page are those that the oracle finds."""
    rules = select_rules(BROKEN, project=False)
    options = Options(cache=False, jobs=1)

    def test(page: list[str]) -> None:
        text = "<!doctype html><title>A</title><h1>A</h1>" + "\n".join(page)
        cases.write(folder / "site", SITE | {"index.html": f"<html>{text}"})
        site = read_site(folder / "site", base="https://a.example/", options=options)
        ours = sorted({one.raw for one in findings(site, rules) if one.page == "index.html"})
        assert ours == sorted(oracle(folder / "site", f"<html>{text}")), text

    return given(PAGES)(test)


def oracle(site: Path, text: str) -> set[str]:
    """The addresses of a page's links that lead to no file or part of the site, slowly."""
    tree = html5lib.parse(text, namespaceHTMLElements=False)
    inside = [one for one in tree.iter() if str(one.tag).rpartition("}")[2] == "a"]
    links = [
        raw for one in inside if (raw := one.get("href", one.get("{http://www.w3.org/1999/xlink}href"))) is not None
    ]
    return {raw for raw in links if raw and not leads_somewhere(site, raw, tree)}


def leads_somewhere(site: Path, raw: str, tree: Any) -> bool:
    """Whether an address of the start page leads to another site, or to a file and a part that are there."""
    if raw.startswith("//"):  # a host follows, after any number of slashes (WHATWG URL, "special authority slashes")
        return raw.lstrip("/")[:1] not in ("", "?", "#")
    parts = urlsplit(urljoin("https://a.example/index.html", raw))
    if parts.netloc != "a.example":
        return True
    plain = re.sub("/+", "/", parts.path)
    path = unquote(urlsplit(urljoin("https://a.example/", plain)).path)  # a full address keeps its dots in urljoin
    while "//" in path:
        path = path.replace("//", "/")
    file = site / path.strip("/")
    if file.is_file() and path.endswith("/"):
        return False
    file = file / "index.html" if file.is_dir() else file
    if not file.is_file() or not file.resolve().is_relative_to(site):
        return False
    fragment = unquote(parts.fragment)
    if fragment.lower() in ("", "top") or file.suffix != ".html":
        return True
    there = (
        tree
        if file.name == "index.html" and file.parent == site
        else html5lib.parse(file.read_text(), namespaceHTMLElements=False)
    )
    return any(fragment in (one.get("id"), one.get("name") if one.tag == "a" else None) for one in there.iter())


TARGETS: dict[str, Callable[[Path], Any]] = {
    **{f"{kind}/{file}": lambda folder, kind=kind, file=file: check_of(folder, kind, file) for kind, file in FILES},
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
