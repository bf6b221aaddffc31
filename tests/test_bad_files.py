"""Whatever lies in the folder: a finding or one line, the right exit status, no traceback, no hang, bounded memory."""

from __future__ import annotations

import os
import resource
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from cases import FRAME, write
from sitecheck.command.cli import main

SCRIPTS = Path(__file__).parents[1] / "scripts"
PATIENCE = 120  # seconds before a run counts as hung
MEMORY = 3 << 30  # bytes of address space for the largest file here
HEAD = "<!doctype html><html lang=en><meta charset=utf-8><title>T</title><meta name=description content=D><h1>H</h1>"


def check(folder: Path, *arguments: str, cache: str = "cache", memory: int = MEMORY) -> tuple[int, str, str]:
    """Run the checker as a person would; (exit status, output, errors)."""
    environment = os.environ | {"PYTHONPATH": str(SCRIPTS), "XDG_CACHE_HOME": str(folder / cache), "PYTHONUTF8": "1"}
    environment = {name: value for name, value in environment.items() if not name.startswith("GITHUB")}
    done = subprocess.run(
        [sys.executable, "-m", "sitecheck", *arguments],
        cwd=folder,
        env=environment,
        capture_output=True,
        text=True,
        errors="replace",
        timeout=PATIENCE,
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_AS, (memory, memory)),
        check=False,
    )
    assert "Traceback" not in done.stderr + done.stdout
    return done.returncode, done.stdout, done.stderr


FILES = {
    "empty": b"",
    "binary": bytes(range(256)) * 4000,
    "UTF-16": (HEAD + "<a href=gone>x</a>").encode("utf-16"),
    "Latin-1": HEAD.replace("utf-8", "latin-1").encode() + "<p>café <a href=gone>x</a>".encode("latin-1"),
    "Latin-1 that says nothing": (HEAD.replace("<meta charset=utf-8>", "") + "<p>café").encode("latin-1"),
    "cut in a tag": (HEAD + '<a href="go').encode(),
    "cut in a letter": (HEAD + "<p>é").encode()[:-1],
    "cut in a script": (HEAD + "<script>if (a <").encode(),
    "nested 100,000 deep": (HEAD + "<div>" * 100_000 + "<a href=gone>x</a>").encode(),
    "20,000 tables in tables": (HEAD + "<table><tr><td>" * 20_000).encode(),
    "NUL bytes": (HEAD + "<a hr\0ef=a href='go\0ne\0'>x</a><p id='\0'>").encode(),
    "a million attributes": (HEAD + "<p " + "a=b " * 1_000_000 + ">").encode(),
    "odd escapes": (
        HEAD + "<a href='%'>x</a><a href='%zz#%'>x</a><a href='#%ff'>x</a><a href='http://[/'>x</a>"
    ).encode(),
    "lone surrogates": (HEAD + "<a href='&#xD800;&#xDFFF;'>x</a><a href='#&#xD800;'>y</a>").encode(),
}


@pytest.mark.parametrize("data", FILES.values(), ids=FILES)
def test_any_bytes_give_findings(tmp_path, data, monkeypatch, capsys):
    write(tmp_path / "site", {"other.html": "<h1>Other</h1>"})
    (tmp_path / "site" / "index.html").write_bytes(data)
    for jobs in ("1", "2"):
        status, out, err = check(tmp_path, "--strict", "--jobs", jobs)
        assert (status, err) == (1, ""), out  # advice at least: other.html is an orphan
    monkeypatch.chdir(tmp_path)
    for format in ("json", "sarif"):
        assert main(["--strict", "--format", format]) == 1
        assert capsys.readouterr().err == ""


# A line, how often it stands on the page, the rules, the exit status and what is printed, {} being that number.
# scripts/bench heavy has twenty times as many lines: 50 MB, or a million links.
HEAVY = {
    "paragraphs": ("<p>Some words in a paragraph.\n", 90_000, "LI,AX", 0, "1 page,"),
    "links": ("<a href=gone>x</a>\n", 50_000, "LI", 1, "{} references"),
    "headings of one id": ("<h2 id=a><a href=#a>x</a></h2>\n", 15_000, "AX001", 1, "AX001"),
}


@pytest.mark.parametrize("line, times, rules, status, printed", HEAVY.values(), ids=HEAVY)
def test_a_page_may_be_heavy(tmp_path, line, times, rules, status, printed):
    write(tmp_path / "site", {"index.html": HEAD + "<html>" + line * times})
    found, out, err = check(tmp_path, "--select", rules)
    assert (found, err) == (status, "") and printed.format(times) in out


@pytest.mark.parametrize("megabytes", range(60, 160, 20))
def test_too_little_memory_is_reported_in_one_line(tmp_path, megabytes):
    write(tmp_path / "site", {f"{number}.html": "<a href=gone>x</a>" * 6000 for number in range(20)})
    status, out, err = check(tmp_path, "--no-cache", "--jobs", "1", memory=megabytes << 20)
    assert (status, err) == (1, "") or (status, out, err.count("\n")) == (2, "", 1), err


OTHERS = {
    "style.css": b"a{background:url(" + b"(" * 100_000,
    "broken.css": b'@import "' + b"\\" * 10_001,
    "sitemap.xml": b"<urlset>" + b"<url>" * 100_000,
    "entities.xml": b'<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa">' + b"".join(
        b'<!ENTITY %c "%s">' % (98 + n, b"&%c;" % (97 + n) * 10) for n in range(12)
    ) + b"]><urlset><loc>&l;</loc></urlset>",
    "search.json": b"[" * 100_000,
    "manifest.json": b'{"icons": ' + b'[{"a": ' * 50_000,
    "lone.webmanifest": rb'{"start_url": "index.html#\ud800", "icons": [{"src": "\udfff.png"}]}',
    "icon.svg": b"<svg>" * 50_000,
    "sw.js": b'url: "' * 100_000,
    "_redirects": b"/a /b\n/b /a\n/* /:splat\n" * 1000,
    "robots.txt": b"Sitemap: \xff\xfe\n" * 1000,
}  # fmt: skip


@pytest.mark.parametrize("name", OTHERS)
def test_other_files_may_be_broken_too(tmp_path, name):
    write(tmp_path / "site", {"index.html": "<h1>Home</h1>"})
    (tmp_path / "site" / name).write_bytes(OTHERS[name])
    status, _, err = check(tmp_path)
    assert status in (0, 1), err


def test_odd_names(tmp_path):
    links = "<a href='a%20b.html'>1</a><a href='%23.html'>2</a><a href='100%25.html'>3</a><a href='%FF.html'>4</a>"
    write(tmp_path / "site", {"index.html": "<h1>Home</h1>" + links})
    for name in (b"a b.html", b"#.html", b"100%.html", b"\xff.html"):
        (tmp_path / "site" / os.fsdecode(name)).write_text(FRAME.format(path=name.hex(), text="<h1>Page</h1>"))
    status, out, err = check(tmp_path)
    assert (status, err) == (0, ""), out


def test_a_name_that_is_not_unicode_can_be_reported_in_every_format(tmp_path):
    write(tmp_path / "site", {"index.html": "<h1>Home</h1>"})
    (tmp_path / "site" / os.fsdecode(b"\xff\n.html")).write_text(HEAD + "<a href=gone>x</a>")
    for format in ("text", "json", "github", "sarif", "junit"):
        assert check(tmp_path, "--format", format)[0] == 1
    assert check(tmp_path, "--write-baseline", "known.json")[0] == 0
    assert check(tmp_path, "--baseline", "known.json")[0] == 0


def test_circles_of_links_pipes_and_folders_with_the_name_of_a_page(tmp_path):
    site = tmp_path / "site"
    write(site, {"index.html": "<h1>Home</h1><a href=a/b/>B</a>", "a/b/index.html": "<h1>B</h1>"})
    (site / "a" / "b" / "up").symlink_to(site)
    (site / "self.html").symlink_to("self.html")
    (site / "folder.html").mkdir()
    os.mkfifo(site / "pipe.html")
    os.mkfifo(site / "_redirects")
    status, out, err = check(tmp_path, "--no-cache")
    assert status == 1 and err == ""
    assert [line.split()[1] for line in out.splitlines()[:-1]] == ["LI013"]


@pytest.mark.skipif(os.geteuid() == 0, reason="rights bind everyone but the superuser")
def test_a_file_without_the_right_to_read_it(tmp_path):
    write(tmp_path / "site", {"index.html": "<h1>Home</h1>", "secret.html": "<h1>Secret</h1>"})
    (tmp_path / "site" / "secret.html").chmod(0)
    assert "LI013" in check(tmp_path)[1]


def test_a_file_that_vanishes_or_changes_while_it_is_read(tmp_path, monkeypatch):
    from sitecheck.links import site as reading
    from sitecheck.model.options import Options
    from sitecheck.scan import snapshot

    write(tmp_path / "site", {"index.html": "<h1>Home</h1>", "gone.html": "<h1>Gone</h1>", "new.html": "<h1>Old</h1>"})
    list_site = snapshot.list_site

    def then_change(folder):
        listing = list_site(folder)
        (folder / "gone.html").unlink()
        (folder / "new.html").write_text("<h1 id=new>New</h1>")
        return listing

    monkeypatch.setattr(snapshot, "list_site", then_change)
    site = reading.read_site(tmp_path / "site", options=Options(cache=False))
    assert list(site.unreadable) == ["gone.html"]
    assert site.pages["new.html"].ids == ["new"]


BAD_CACHES = {
    "a file in its place": lambda folder: (folder / "cache").write_text("x"),
    "no right to write": lambda folder: (folder / "cache").mkdir(mode=0o500),
    "a full disk": lambda folder: (folder / "cache").symlink_to("/dev/full"),
}


@pytest.mark.parametrize("spoil", BAD_CACHES.values(), ids=BAD_CACHES)
def test_a_cache_that_cannot_be_used_costs_time_only(tmp_path, spoil):
    write(tmp_path / "site", {"index.html": "<h1>Home</h1>"})
    spoil(tmp_path)
    for _ in range(2):
        status, _, err = check(tmp_path)
        assert (status, err) == (0, "")


def test_a_cache_found_half_written_or_spoiled_is_not_believed(tmp_path):
    write(tmp_path / "site", {"index.html": "<h1>Home</h1><a href=gone>x</a>"})
    first = check(tmp_path)[1].splitlines()[:-1]
    (pack,) = (tmp_path / "cache").rglob("*.pack")
    stored = pack.read_bytes()
    for data in (
        b"",
        stored[:10],
        stored[:-7],
        stored[:30] + b"\0" * len(stored),
        stored.replace(b"gone", b"help"),
    ):
        pack.write_bytes(data)
        status, out, err = check(tmp_path)
        assert (status, err, out.splitlines()[:-1]) == (1, "", first)


def test_two_runs_at_once_share_the_cache(tmp_path):
    write(tmp_path / "site", {"index.html": "<h1>Home</h1>"} | {f"{n}.html": f"<h1>{n}</h1>" for n in range(50)})
    environment = os.environ | {"PYTHONPATH": str(SCRIPTS), "XDG_CACHE_HOME": str(tmp_path / "cache")}
    command = [sys.executable, "-m", "sitecheck", "--select", "LI"]
    runs = [
        subprocess.Popen(command, cwd=tmp_path, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        for _ in range(4)
    ]
    results = [(run.communicate(timeout=PATIENCE)[1], run.returncode) for run in runs]
    assert results == [(b"", 0)] * 4


LOADED = "from sitecheck.__main__ import run; print('loaded', flush=True); run()"


@pytest.mark.parametrize("jobs", ["1", "2"])
def test_the_interrupt_key_ends_it_with_130(tmp_path, jobs):
    page = HEAD + "<html>" + "<p><a href=gone>x</a>" * 20_000
    write(tmp_path / "site", {f"{number}.html": page.replace("T", str(number)) for number in range(60)})
    environment = os.environ | {"PYTHONPATH": str(SCRIPTS), "XDG_CACHE_HOME": str(tmp_path / "cache")}
    run = subprocess.Popen(
        [sys.executable, "-c", LOADED, "--jobs", jobs, "--no-cache"],
        cwd=tmp_path, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
        start_new_session=True,
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),  # tests in the background would ignore it
    )  # fmt: skip
    assert run.stdout.readline() == "loaded\n"  # before, Python itself answers the key
    time.sleep(0.3)
    os.killpg(run.pid, signal.SIGINT)
    out, err = run.communicate(timeout=PATIENCE)
    assert run.returncode == 130
    assert err == "sitecheck: stopped\n" and out == ""
