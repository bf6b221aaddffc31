"""The cache of facts: what is kept is found again, and nothing else is."""

from __future__ import annotations

import os
import time
from pathlib import Path
from types import SimpleNamespace

import pytest

from sitecheck.scan import cache
from sitecheck.scan.cache import Cache, cache_of, digest_of, load, store

DAY = 86_400  # seconds
SETTLED = 2_000_000_000  # nanoseconds
VERSION, OTHER = b"v" * 24, b"w" * 24
OLD = (1, 1, 1, 1)  # the stamp of a file that nobody has touched for long


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "sitecheck" / "facts.pack"


def kept(file: Path, stamp: tuple[int, int, int, int] = OLD) -> Cache:
    """A cache in which the last run has saved the facts of a.html."""
    cache = Cache(file, VERSION)
    cache.add("a.html", stamp, b"digest", b"facts")
    cache.save({"a.html"})
    assert cache.known == {}
    return Cache(file, VERSION).open()


def test_facts_are_found_by_the_stamp_and_by_the_digest_of_their_file(file: Path) -> None:
    cache = kept(file)
    assert cache.by_stamp("a.html", OLD) == cache.by_digest("a.html", b"digest") == b"facts"
    assert [cache.by_stamp("a.html", (2, 1, 1, 1)), cache.by_stamp("b.html", OLD)] == [None, None]
    assert [cache.by_digest("a.html", b"another"), cache.by_digest("b.html", b"digest")] == [None, None]
    assert Cache(file, OTHER).open().known == {}


@pytest.mark.parametrize(
    ("modified", "changed", "settled"), [(-1, -1, True), (0, -1, False), (-1, 0, False), (SETTLED, SETTLED, False)]
)
def test_a_new_file_is_known_by_its_content_only(file: Path, modified: int, changed: int, settled: bool) -> None:
    cache = Cache(file, VERSION)
    latest = cache.started - SETTLED
    stamp = (1, latest + modified, latest + changed, 1)
    assert cache.is_settled(stamp) is settled
    cache.add("a.html", stamp, b"digest", b"facts")
    assert cache.by_stamp("a.html", stamp) == (b"facts" if settled else None)
    assert cache.by_digest("a.html", b"digest") == b"facts"


def test_only_a_change_is_written(file: Path) -> None:
    cache = kept(file)
    file.unlink()
    cache.save({"a.html", "b.html"})
    assert not file.exists()
    cache = kept(file)
    cache.save(set())  # a.html is gone
    assert Cache(file, VERSION).open().known == {}


def test_without_a_file_nothing_is_kept() -> None:
    cache = Cache().open()
    cache.add("a.html", OLD, b"digest", b"facts")
    cache.save_result("key", "result")
    assert (cache.known, cache.changed, cache.load_result("key")) == ({}, False, None)
    cache.save({"a.html"})


def test_a_result_is_that_of_the_same_files_and_the_same_question(file: Path) -> None:
    def whole(**files: tuple[int, int, int, int]) -> Cache:
        return Cache(file, VERSION).of_whole_site(SimpleNamespace(files=files))

    whole(a=OLD).save_result("key", ["result"])
    assert whole(a=OLD).load_result("key") == ["result"]
    assert [whole(a=OLD).load_result("another"), whole(a=(2, 1, 1, 1)).load_result("key")] == [None, None]
    now = (1, time.time_ns(), 1, 1)
    assert [whole(a=OLD, b=now).cache_file, whole(a=OLD).cache_file] == [None, file.with_suffix(".whole")]
    assert Cache().of_whole_site(SimpleNamespace(files={})).cache_file is None


SPOILED = [lambda data: data[:-1], lambda data: data + b"x", lambda data: data[:9], lambda _: b""]


@pytest.mark.parametrize("spoil", SPOILED)
def test_a_spoiled_file_is_read_as_empty(file: Path, spoil) -> None:
    store(file, VERSION, {"a": 1})
    assert load(file, VERSION) == {"a": 1}
    file.write_bytes(spoil(file.read_bytes()))
    assert load(file, VERSION) is None


@pytest.mark.parametrize(
    ("name", "age", "stays"),
    [
        ("other.pack", 30 * DAY - 0.5, True),
        ("other.pack", 30 * DAY + 0.5, False),
        ("other.pack.4711", DAY - 0.5, True),
        ("other.pack.4711", DAY + 0.5, False),
    ],
)
def test_old_files_go_and_those_of_killed_runs_sooner(
    file: Path, monkeypatch: pytest.MonkeyPatch, name: str, age: float, stays: bool
) -> None:
    other = file.with_name(name)
    other.parent.mkdir()
    other.touch()
    now = time.time()
    monkeypatch.setattr(time, "time", lambda: now)
    os.utime(other, (now - age,) * 2)
    store(file, VERSION, 1)
    assert sorted(path.name for path in file.parent.iterdir()) == sorted([file.name, *([name] if stays else [])])


def test_a_file_that_cannot_be_replaced_leaves_no_other_behind(file: Path) -> None:
    file.mkdir(parents=True)
    store(file, VERSION, 1)
    assert list(file.parent.iterdir()) == [file]


def test_each_site_has_a_cache_of_its_own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    one = cache_of(tmp_path / "one", True, False, "settings")
    assert one.cache_file.parent == tmp_path / "cache" / "sitecheck"
    same = cache_of(tmp_path / "two" / ".." / "one", True, False, "settings")
    assert (same.cache_file, same.version) == (one.cache_file, one.version)
    others = [cache_of(tmp_path / "two", True, False, "settings"), cache_of(tmp_path / "one", True, True, "settings")]
    assert len({one.cache_file, *(cache.cache_file for cache in others)}) == 3
    newer = cache_of(tmp_path / "one", True, False, "other settings")
    assert newer.cache_file == one.cache_file
    assert newer.version != one.version
    assert cache_of(tmp_path / "one", False, False, "settings").cache_file is None
    monkeypatch.delenv("XDG_CACHE_HOME")
    monkeypatch.setenv("HOME", str(tmp_path))
    assert cache_of(tmp_path / "one", True, False).cache_file.parent == tmp_path / ".cache" / "sitecheck"


@pytest.mark.parametrize(("file", "newer"), [("sitecheck/rules/a.py", True), ("sitecheck/a.py", True), ("a.py", False)])
def test_facts_of_another_version_of_our_code_are_not_used(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, file: str, newer: bool
) -> None:
    monkeypatch.setattr(cache, "__file__", str(tmp_path / "sitecheck" / "scan" / "cache.py"))
    before = cache_of(tmp_path, True, False).version
    (tmp_path / file).parent.mkdir(parents=True, exist_ok=True)
    (tmp_path / file).write_text("A = 1\n", "utf-8")
    assert (cache_of(tmp_path, True, False).version != before) is newer


def test_facts_of_another_release_of_a_parser_are_not_used(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(
        cache, "find_spec", lambda name: SimpleNamespace(name=name, origin=str(tmp_path / name / "__init__.py"))
    )
    release = tmp_path / "turbohtml-1.0.dist-info"
    release.mkdir()
    before = cache_of(tmp_path, True, False).version
    assert cache_of(tmp_path, True, False).version == before
    release.rename(tmp_path / "turbohtml-1.1.dist-info")
    assert cache_of(tmp_path, True, False).version != before


def test_a_digest_tells_apart_length_and_order() -> None:
    assert digest_of(b"ab") == b"000000029e83486d012600c4"
    assert len({digest_of(data) for data in (b"", b"\0", b"ab", b"ba")}) == 4
