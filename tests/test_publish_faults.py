"""What scripts/publish refuses: one line that says what to do, and everything is as it was."""

from __future__ import annotations

import gzip
import json
import os
import shutil
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

import publishing
from deploy import publish
from finish import compress
from finish.site import Site
from hosting import ROOT
from publishing import main
from small_sites import anything, script_of, sealed, small_site

INDEX, GZ = "index.html", "index.html.gz"


@pytest.fixture(autouse=True)
def _(monkeypatch: pytest.MonkeyPatch) -> None:
    """These tests cut no power; waiting for the disk takes most of their time."""
    monkeypatch.setattr(os, "fsync", lambda _: None)


@pytest.fixture
def live(tmp_path: Path) -> Path:
    """Where a good site is live already."""
    destination = tmp_path / "www" / "guide"
    publish(small_site(tmp_path / "good" / "site", "good"), destination, anything)
    return destination


@pytest.fixture
def site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A better site, in the folder that scripts/publish stands in; the checker finds nothing in it."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(publishing, "publish", lambda site, to: publish(site, to, anything))
    return small_site(tmp_path / "site", "better")


def everything(folder: Path) -> dict[str, tuple[int, bytes]]:
    """All that is in a folder: kinds, modes and contents by path."""
    found = {}
    for path in folder.rglob("*"):
        content = os.fsencode(path.readlink()) if path.is_symlink() else path.read_bytes() if path.is_file() else b""
        found[str(path)] = (path.lstat().st_mode, content)
    return found


def refused(destination: Path, watched: Path, capsys: pytest.CaptureFixture[str], *options: str) -> str:
    """The one line that `scripts/publish destination` ends with, having changed nothing in `watched`."""
    before = everything(watched)
    assert main([str(destination), *options]) == 2
    assert everything(watched) == before
    printed = capsys.readouterr()
    assert printed.out == ""
    assert len(printed.err.splitlines()) == 1
    return printed.err


def add(path: str, content: bytes = b"x") -> Callable[[Path], object]:
    def change(site: Path) -> None:
        with (site / path).open("ab") as file:
            file.write(content)

    return change


def say(path: str, content: bytes) -> Callable[[Path], object]:
    return lambda site: (site / path).write_bytes(content)


def remove(path: str) -> Callable[[Path], object]:
    return lambda site: (site / path).unlink()


def bind(site: Path) -> None:
    with socket.socket(socket.AF_UNIX) as listening:
        listening.bind(str(site / "socket"))


def reseal(change: Callable[[Path], object]) -> Callable[[Path], object]:
    """A change made before build.json and the siblings were written."""
    return lambda site: (change(site), sealed(site))


def pressed(path: str, content: bytes) -> Callable[[Path], object]:
    """A file with another content, and siblings to match."""
    return lambda site: (say(path, content)(site), compress.write(Site(site, {}, [], {}, "")))


def told(**changes: object) -> Callable[[Path], object]:
    """A build.json with other facts, and siblings to match."""

    def change(site: Path) -> None:
        facts = json.loads((site / "build.json").read_text()) | changes
        pressed("build.json", json.dumps(facts).encode())(site)

    return change


SITES: dict[str, tuple[Callable[[Path], object], str]] = {
    "a compressed page with another text": (say(GZ, gzip.compress(b"other words")), f"{GZ} does not hold what"),
    "a compressed page cut short": (lambda site: os.truncate(site / GZ, 40), f"{GZ} does not hold what"),
    "a compressed page with more after it": (add(GZ), f"{GZ} does not hold what"),
    "a compressed page with a second one after it": (add(GZ, gzip.compress(b"x")), f"{GZ} does not hold what"),
    "a compressed page that is none": (say("index.html.br", b"no brotli"), "index.html.br does not hold what"),
    "a compressed page of nothing": (say(GZ, b""), f"{GZ} does not hold what"),
    "a compressed page without its page": (remove("404.html"), "404.html.br has no 404.html beside it"),
    "a page without its compressed one": (remove(GZ), f"{GZ} is missing"),
    "a line added to a page": (add(INDEX, b"<p>Take two."), "does not hold what index.html says"),
    "a fetch() added to a script": (lambda site: add(script_of(site), b"fetch('/')")(site), "does not hold what"),
    "a changed picture": (lambda site: (reseal(add("a.png"))(site), add("a.png")(site)), "was changed after the build"),
    "a file too many": (add("more.png"), "was added after the build (4 files were built, 5 are there)"),
    "a hidden file too many": (add(".env"), "was added after the build"),
    "a second build.json": (add("get-help-now/build.json"), "was added after the build"),
    "a file too few": (lambda site: (reseal(add("a.png"))(site), remove("a.png")(site)), "was taken away after"),
    "no build.json": (lambda site: [path.unlink() for path in site.glob("build.json*")], "build.json is missing"),
    "a build.json that is not JSON": (pressed("build.json", b"{"), "build.json is not what scripts/build writes"),
    "a build.json that is a list": (pressed("build.json", b"[]"), "build.json is not what scripts/build writes"),
    "a build.json of bytes": (pressed("build.json", b"\xff\xfe"), "build.json is not what scripts/build writes"),
    "a build.json of many levels": (pressed("build.json", b"[" * 10**5), "build.json is not what scripts/build writes"),
    "a build.json of endless files": (told(files=float("inf")), "build.json is not what scripts/build writes"),
    "a build.json without a tree": (pressed("build.json", b"{}"), "build.json is not what scripts/build writes"),
    "a build.json with another tree": (told(tree="sha256:0"), "was changed after the build"),
    "a build.json with a tree of another kind": (told(tree=[1]), "was changed after the build"),
    "a symbolic link": (lambda site: (site / "a").symlink_to("/etc/passwd"), "site/a is a symbolic link"),
    "a link to a folder": (lambda site: (site / "a").symlink_to("get-help-now"), "site/a is a symbolic link"),
    "a link to nowhere": (lambda site: (site / "a").symlink_to("nowhere"), "site/a is a symbolic link"),
    "a pipe": (lambda site: os.mkfifo(site / "a"), "site/a is a pipe, a socket or a device"),
    "a socket": (bind, "site/socket is a pipe, a socket or a device"),
    "a name of two lines": (add("a\nb.html"), r"site/'a\nb.html' has a name that no address can carry"),
    "a name that is not UTF-8": (lambda site: add(os.fsdecode(b"\xff"))(site), "has a name that no address can carry"),
    "a start page that is a folder": (lambda site: (remove(INDEX)(site), (site / INDEX).mkdir()), "Run scripts/build"),
    "a start page of bytes": (reseal(say(INDEX, b"\xff\xfe")), "SITE_URL"),
    "an address that is an example": (reseal(lambda site: small_site(site, "x", "https://guide.example/")), "SITE_URL"),
    "an address of this machine": (reseal(lambda site: small_site(site, "x", "http://127.0.0.1:80/")), "SITE_URL"),
    "an address that is a path": (reseal(lambda site: small_site(site, "x", "/guide/")), "SITE_URL"),
    "no site at all": (lambda site: shutil.rmtree(site), "there is no site/ yet. Run scripts/build"),
}


@pytest.mark.parametrize("fault", SITES)
def test_a_site_that_is_not_as_it_was_built_is_refused(live, site, tmp_path, capsys, fault):
    change, says = SITES[fault]
    change(site)
    assert says in refused(live, tmp_path, capsys)


def test_an_unreadable_file_is_named(live, site, tmp_path, capsys, monkeypatch):
    (site / INDEX).chmod(0)
    if os.access(site / INDEX, os.R_OK):  # root may read everything
        opened = os.open

        def deny(path: object, *arguments: int, **options: int) -> int:
            if str(path) == f"site/{INDEX}":
                raise PermissionError(13, "Permission denied", str(path))
            return opened(path, *arguments, **options)

        monkeypatch.setattr(os, "open", deny)
    assert refused(live, tmp_path / "www", capsys) == f"Nothing was published: site/{INDEX}: Permission denied\n"


def test_files_with_more_names_than_one_are_copied_like_any_other(live, site):
    (site / "b.png").write_bytes(b"b")
    (site / "a.png").hardlink_to(site / "b.png")
    assert main([str(sealed(site) and live)]) == 0
    assert (live / "a.png").stat().st_nlink == 1


def test_names_that_a_file_system_takes_for_one_are_not_merged(live, site, tmp_path, capsys, monkeypatch):
    (site / "Index.html").write_text("another page")
    sealed(site)
    opened = Path.open

    def fold(path: Path, mode: str = "r", *arguments: object) -> object:
        return opened(path.with_name(path.name.lower()) if "x" in mode else path, mode, *arguments)

    monkeypatch.setattr(Path, "open", fold)
    assert "is in the way" in refused(live, tmp_path / "www", capsys)


def stranger(path: Path) -> Path:
    (path / "theirs").mkdir(parents=True)
    return path


DESTINATIONS: dict[str, tuple[Callable[[Path], object], str, str]] = {
    "a file": (lambda www: (www / "a").write_text("theirs"), "a", "is a file. Move it away"),
    "a folder": (lambda www: stranger(www / "a"), "a", "is a folder of its own. Move it away"),
    "an empty folder": (lambda www: (www / "a").mkdir(), "a/", "is a folder of its own. Move it away"),
    "a link to a folder": (lambda www: (www / "a").symlink_to(stranger(www / "b")), "a", "a link of somebody else's"),
    "a link to nowhere": (lambda www: (www / "a").symlink_to("nowhere"), "a", "to nowhere, where nothing is"),
    "a link to itself": (lambda www: (www / "a").symlink_to("a"), "a", "a link of somebody else's"),
    "a link into another's releases": (lambda www: (www / "a").symlink_to("guide"), "a", "a link of somebody else's"),
    "a link to what is no release": (
        lambda www: (stranger(www / "a.releases/backup"), (www / "a").symlink_to("a.releases/backup")),
        "a",
        "a link of somebody else's",
    ),
    "below a file": (lambda www: (www / "a").write_text("theirs"), "a/b", "Not a directory"),
    "releases that are a file": (lambda www: (www / "a.releases").write_text("theirs"), "a", "releases is in the way"),
    "a lock that is a link": (
        lambda www: (stranger(www / "a.releases"), (www / "a.releases/.lock").symlink_to("theirs")), "a", "Too many"
    ),
    "a name that is too long": (lambda _: None, "a" * 300, "File name too long"),
    "the site": (lambda _: None, "../site", "lie in one another"),
    "inside of the site": (lambda _: None, "../site/live", "lie in one another"),
    "around the site": (lambda _: None, "..", "lie in one another"),
    "the root of all": (lambda _: None, "/", "lie in one another"),
    "the folder around it": (lambda _: None, "", "is a folder of its own. Move it away"),
}  # fmt: skip


@pytest.mark.parametrize("fault", DESTINATIONS)
@pytest.mark.usefixtures("site")
def test_a_destination_that_is_not_ours_is_refused(live, tmp_path, capsys, fault):
    prepare, name, says = DESTINATIONS[fault]
    www = live.parent
    prepare(www)
    assert says in refused(www / name, tmp_path, capsys)


@pytest.mark.usefixtures("site")
def test_a_destination_that_may_not_be_written_is_named(tmp_path, capsys, monkeypatch):
    def deny(path: object, *_: object) -> None:
        raise PermissionError(13, "Permission denied", str(path))

    monkeypatch.setattr(os, "mkdir", deny)
    assert refused(tmp_path / "closed" / "guide", tmp_path, capsys).endswith("Permission denied\n")


@pytest.mark.parametrize("name", ["with space", "schön", "'quoted'", "-dashed", "guide", "[0-9]*"])
@pytest.mark.usefixtures("site")
def test_any_name_may_be_a_destination(tmp_path, capsys, name):
    assert main(["--", f"{tmp_path}/www/{name}/"]) == 0
    assert (tmp_path / "www" / name / INDEX).is_file()
    assert main(["--list", "--", f"{tmp_path}/www/{name}"]) == 0
    assert "live" in capsys.readouterr().out


ALONE = """
import deploy, os, publishing, resource, signal, sys
from signal import SIG_BLOCK, SIG_UNBLOCK, pthread_sigmask as hold
ALL = publishing.SIGNALS
def check(*_):
    {meanwhile}
    return 0
deploy.publish.__defaults__ = (check,)
{before}
sys.exit(publishing.main(sys.argv[1:]))
"""


def alone(folder: Path, *arguments: object, before: str = "", meanwhile: str = "") -> subprocess.CompletedProcess[str]:
    """scripts/publish in a process of its own, with a line of Python to run before it and in the checker's place."""
    command = [sys.executable, "-c", ALONE.format(before=before, meanwhile=meanwhile), *map(str, arguments)]
    environment = os.environ | {"PYTHONPATH": str(ROOT / "scripts")}
    return subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, timeout=60)


def test_a_file_that_cannot_be_written_to_its_end_changes_nothing(live, site):
    before = everything(live.parent)
    ended = alone(site.parent, live, before="resource.setrlimit(resource.RLIMIT_FSIZE, (100, 100))")
    assert (ended.returncode, ended.stdout) == (2, "")
    assert ended.stderr == f"Nothing was published: {live}.releases: File too large\n"
    assert everything(live.parent) == before


@pytest.mark.parametrize("function", ["fsync", "mkdir", "rename", "symlink", "replace"])
@pytest.mark.usefixtures("site")
def test_a_disk_that_is_full_at_any_step_is_called_so(live, capsys, monkeypatch, function):
    before = everything(live.parent)

    def full(*_: object, **__: object) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patched:
        patched.setattr(os, function, full)
        assert main([str(live)]) == 2
    printed = capsys.readouterr().err
    assert (
        printed == f"Nothing was published: the disk of {live}.releases is full. Free some space, then publish again.\n"
    )
    left = {path for path in everything(live.parent).keys() - before.keys() if "/000002-after-000001" not in path}
    assert left == set()  # what is whole when making it live fails stays until the next run
    assert (live / INDEX).read_text().endswith("good\n")


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A file system of 64 kB."""
    folder = tmp_path / "disk"
    folder.mkdir()
    if os.geteuid() or subprocess.run(["mount", "-t", "tmpfs", "-o", "size=64k", "tmpfs", folder]).returncode:
        pytest.skip("only root may mount the small disk that this fills")
    yield folder
    subprocess.run(["umount", folder], check=True)


def test_a_disk_that_fills_up_is_called_full_and_serves_on(small_disk, site, capsys, monkeypatch):
    destination = small_disk / "guide"
    assert main([str(destination)]) == 0
    monkeypatch.chdir(site.parent)
    (site / "large.png").write_bytes(os.urandom(60_000))
    sealed(site)
    capsys.readouterr()
    assert refused(destination, small_disk, capsys) == (
        f"Nothing was published: the disk of {destination}.releases is full. Free some space, then publish again.\n"
    )


@pytest.mark.parametrize(("name", "status"), [("SIGINT", 130), ("SIGTERM", 143), ("SIGHUP", 129)])
def test_whoever_stops_it_even_twice_is_told_what_is_live(live, site, name, status):
    before = everything(live.parent)
    both = f"[os.kill(os.getpid(), number) for number in (signal.{name}, signal.SIGTERM)]"
    ended = alone(site.parent, live, meanwhile=f"hold(SIG_BLOCK, ALL); {both}; hold(SIG_UNBLOCK, ALL)")
    assert (ended.returncode, ended.stdout) == (status, "")
    assert ended.stderr == f"Stopped. Live in {live}: {live.resolve().name}\n"
    assert everything(live.parent) == before


def test_what_is_done_is_done_when_nobody_reads_of_it(live, site):
    ended = alone(site.parent, live, before="os.dup2(os.open('/dev/full', os.O_WRONLY), 1)")
    assert (ended.returncode, ended.stderr) == (0, "")
    assert (live / INDEX).read_text().endswith("better\n")


def test_a_fault_of_its_own_is_one_line_too(live, site, capsys, monkeypatch):
    monkeypatch.setattr(publishing, "publish", lambda *_: 1 / 0)
    assert "scripts/publish itself failed (ZeroDivisionError" in refused(live, site, capsys)
