"""Details of the checker where a slip would be small and nobody would see it."""

from __future__ import annotations

import gzip
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from cases import SITES, load, write
from sitecheck.links import read_site_files
from sitecheck.links.read_site_files import batched
from sitecheck.links.site import read_site
from sitecheck.model.errors import ProjectError
from sitecheck.model.finding import Finding
from sitecheck.model.page import ids_of
from sitecheck.output import writer
from sitecheck.output.report import Report
from sitecheck.project.data.marked_yaml import BadYaml, parse
from sitecheck.project.data.yaml_advice import TOO_DEEP
from sitecheck.project.read_project import read_project
from sitecheck.read.html.page import read_html
from sitecheck.report.findings import findings, select_rules
from sitecheck.rules.links import page_missing
from sitecheck.scan.cache import Cache

HELP = "<h1>Help</h1>"


def test_of_two_similar_names_neither_is_a_safe_correction(tmp_path: Path) -> None:
    """--fix would write the wrong one in half of all cases."""
    write(tmp_path, {"index.html": '<a href="hilp.html">Help</a>', "help.html": HELP, "halp.html": HELP})
    (fault,) = page_missing(read_site(tmp_path))
    assert fault.suggestion in ("help.html", "halp.html")
    assert not fault.safe


SITEMAP = "<urlset><url><loc>https://clinic.test/</loc></url><url><loc>https://clinic.test/gone/</loc></url></urlset>"


@pytest.mark.parametrize(
    ("files", "found"),
    [
        ({"sitemap.xml.gz": gzip.compress(SITEMAP.encode())}, ["sitemap.xml.gz NV006"]),
        ({"a.xml.gz": gzip.compress(b"<urlset>")}, ["a.xml.gz NV008"]),
        ({"a.xml.gz": b"\x1f\x8b no gzip"}, ["a.xml.gz NV008"]),
        ({"a.xml.gz": gzip.compress(SITEMAP.encode()), "a.xml": SITEMAP.encode()}, ["a.xml NV006"]),  # the same twice
        ({"a.tar.gz": gzip.compress(SITEMAP.encode())}, []),
    ],
)
def test_a_compressed_sitemap_is_read(tmp_path: Path, files: dict[str, bytes], found: list[str]) -> None:
    write(tmp_path, {"index.html": HELP})
    for name, data in files.items():
        (tmp_path / name).write_bytes(data)
    site = read_site(tmp_path, base="https://clinic.test/")
    named = [f"{finding.page} {finding.code}" for finding in findings(site, select_rules(project=False))]
    assert [one for one in named if ".xml" in one] == found


@pytest.mark.parametrize("encode", [str, str.encode])
def test_a_later_body_of_a_large_page_gives_its_attributes_to_the_first(encode: Callable[[str], str | bytes]) -> None:
    """Only those that would take too long to compare are left out."""
    record, _ = read_html(encode("<body class=a>" + "<p>a" * 10_000 + "<body id=late><p id=last>"))
    assert set(ids_of(record.packed_ids)) == {"late", "last"}


@pytest.mark.parametrize(("age", "settled"), [(0.0, False), (1.0, False), (3600.0, True)])
def test_a_file_that_was_written_just_now_is_known_by_its_content_alone(age: float, settled: bool) -> None:
    """It may change again within the same tick of the file system's clock."""
    moment = time.time_ns() - int(age * 1e9)
    assert Cache().is_settled((1, moment, moment, 1)) is settled


@pytest.mark.parametrize(("of_twenty", "count"), [(5, 5), (7, 1)])
def test_what_stands_on_a_third_of_the_pages_comes_from_a_template(tmp_path: Path, of_twenty: int, count: int) -> None:
    link = '<!doctype html><html lang="en"><title>Home</title><h1>Home</h1><a href="/gone.html">Gone</a>'
    pages = {f"site/{number}/index.html": link if number < of_twenty else HELP for number in range(20)}
    write(tmp_path, pages)
    site = read_site(tmp_path / "site", base="https://harbor.example/")
    assert len(findings(site, select_rules(["LI001"], project=False))) == count


def test_github_shows_what_an_editor_can_mend_before_what_is_built(tmp_path: Path) -> None:
    """It shows ten annotations a step and drops the rest."""
    built = Finding("site/a/index.html", 1, 1, "LI001", "page-missing", "it is not here")
    source = Finding("tests/z.md", 9, 1, "LI001", "page-missing", "it is not here")
    report = Report("site", "", 1, 1, 0.1, (built, source), (), tmp_path)
    first, second, _ = "".join(writer("github")(report)).splitlines()
    assert "tests/z.md" in first
    assert "site/a/index.html" in second


def test_facts_are_those_of_the_very_same_content(tmp_path):
    cache = Cache(tmp_path / "facts.pack", b"version")
    cache.add("a.html", (1, 1, 1, 1), b"m" * 24, b"facts")
    assert cache.by_digest("a.html", b"m" * 24) == b"facts"
    assert [cache.by_digest("a.html", other * 24) for other in (b"a", b"z")] == [None, None]
    assert cache.by_stamp("a.html", (1, 1, 1, 1)) == b"facts"
    assert [cache.by_stamp("a.html", (time, 1, 1, 1)) for time in (0, 2)] == [None, None]


@pytest.mark.parametrize("text", ["a: !!binary aGk=", "a: !!set {b}", "a: !!omap [b: c]", "a: !!python/name:b.c"])
def test_a_value_of_a_kind_that_json_does_not_know_is_none(text):
    assert parse(text).data == {"a": None}


@pytest.mark.parametrize("value", ["!!bool maybe", "!!int one", "!!int ''", "!!float x", "9" * 5000])
def test_a_value_that_is_not_what_its_tag_says_is_reported_where_it_stands(value):
    with pytest.raises(BadYaml) as error:
        parse(f"a: b\nc: {value}")
    assert error.value.mark == (2, 4)
    assert "in quotes" in error.value.advice


@pytest.mark.parametrize(
    ("sizes", "jobs", "batches"),
    [
        ([1_000_000] * 3, 1, [1, 1, 1]),
        ([500_000] * 4, 1, [2, 2]),
        ([10, 10, 10, 10, 10, 10, 10, 10], 2, [2, 2, 2, 2]),
        ([8] * 7, 2, [1] * 7),
        ([0] * 5_000, 2, [5_000]),
        ([3_000_000] * 4_000, 2, [2] * 2_000),
    ],
)
def test_files_are_handed_over_in_few_batches_and_in_enough_for_all(sizes, jobs, batches):
    found = list(batched(dict(enumerate(sizes)), jobs))
    assert list(map(len, found)) == batches
    assert [path for batch in found for path in batch] == list(range(len(sizes)))


def test_a_file_that_cannot_be_read_is_named_with_the_reason(tmp_path, monkeypatch):
    def refuse(*_):
        raise PermissionError(13, "Permission denied")

    write(tmp_path, {"index.html": HELP})
    monkeypatch.setattr(read_site_files, "read_file", refuse)
    assert read_site(tmp_path).unreadable == {"index.html": "Permission denied"}


@pytest.mark.parametrize("depth", [300, 3000])
def test_hundreds_of_lists_inside_each_other_are_a_fault_of_the_file(tmp_path: Path, depth: int) -> None:
    write(tmp_path, load(SITES / "harbor.yml") | {"docs/_data/terms.yml": "- " * depth + "a"})
    try:
        faults = read_project(tmp_path).reading_faults("docs/_data/terms.yml")
    except ProjectError as error:
        faults = [error.fault]
    assert [fault.message for fault in faults] == [TOO_DEEP]
