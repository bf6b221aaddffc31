"""scripts/publish killed at each of its steps, by two at once and with the source exchanged: readers notice nothing."""

from __future__ import annotations

import random
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from guide.releases import Releases
from killed_publisher import Publisher, continuous_readers, problem_with_site, publisher, replace_site
from nginx import NGINX, OPENSSL, Server, serving
from small_sites import small_site, words_of

pytestmark = pytest.mark.skipif(
    not (NGINX and OPENSSL), reason="nginx or openssl is not on this machine: install both to run these"
)

WORDS = ("first", "second", "third", "fourth")
STORM = 15  # runs of each publisher
MOMENTS = (0, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2)  # seconds until a kill; 0: none


@pytest.fixture(scope="module")
def folders(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    """Folders to publish from, each with a site of its own."""
    built = tmp_path_factory.mktemp("built")
    return [small_site(built / words / "site", words).parent for words in WORDS]


@pytest.fixture(scope="module")
def runs() -> Iterator[Publisher]:
    with publisher() as ready:
        yield ready


@pytest.fixture
def live(tmp_path: Path, folders: list[Path], runs: Publisher) -> Path:
    """Three releases, the last of them live."""
    destination = tmp_path / "www" / "guide"
    for folder in folders[:3]:
        assert runs.run(folder, str(destination)).status == 0
    return destination


@pytest.fixture
def server(live: Path, tmp_path: Path) -> Iterator[Server]:
    (tmp_path / "nginx").mkdir()
    with serving(live, tmp_path / "nginx") as running:
        yield running


def clear(live: Path) -> None:
    """Begin a run as if none had been killed: else what it clears first would shift its steps, and hide some."""
    with Releases(live).locked():
        pass


def whole(live: Path) -> bool:
    """Whether every release on the disk is, and nothing else is left."""
    releases = Releases(live)
    left = {path.name for path in releases.folder.iterdir()} - {release.label for release in releases.all()}
    beside = {path.name for path in live.parent.iterdir()}
    return all(release.is_intact() for release in releases.all()) and left | beside == {
        ".lock", "guide", "guide.releases"
    }  # fmt: skip


def test_a_kill_at_any_step_of_publishing_leaves_a_complete_site_live(live, server, folders, runs):
    outcomes = []
    for step in range(1, 1000):
        clear(live)
        folder = folders[0] if words_of(live) == WORDS[3] else folders[3]
        ended = runs.run(folder, str(live), step=step)
        outcomes.append(words_of(live) == folder.name)
        assert problem_with_site(server, live) == "", step
        assert all(release.is_intact() for release in Releases(live).all()), step
        if not ended.killed:
            assert ended.status == 0
            break
    assert not ended.killed
    assert len(outcomes) > 80  # opened, half written, synced, renamed, removed
    assert outcomes[0] is False and outcomes[-1] is True
    assert whole(live)


def test_a_kill_at_any_step_of_going_back_leaves_a_complete_site_live(live, server, folders, runs):
    for step in range(1, 1000):
        clear(live)
        if words_of(live) != WORDS[2]:
            runs.run(folders[2], str(live))
        ended = runs.run(folders[0], str(live), "--back", step=step)
        assert problem_with_site(server, live) == "", step
        assert words_of(live) in (WORDS[1], WORDS[2]), step
        if not ended.killed:
            break
    assert (ended.killed, ended.status, words_of(live)) == (False, 0, WORDS[1])
    assert step > 50
    runs.run(folders[3], str(live))
    assert whole(live)


def test_no_request_fails_while_two_runs_are_killed_and_the_site_is_replaced(live, server, folders, tmp_path):
    killed, faults = [], []
    here = tmp_path / "project"
    replace_site(here / "site", folders[0] / "site")

    def publish(seed: int) -> None:
        moments = random.Random(seed)
        with publisher() as runs:
            killed.extend(runs.run(here, str(live), after=moments.choice(MOMENTS)).killed for _ in range(STORM))

    threads = [threading.Thread(target=publish, args=(seed,)) for seed in (1, 2)]
    with continuous_readers(server) as readers:
        for thread in threads:
            thread.start()
        while any(thread.is_alive() for thread in threads):
            replace_site(here / "site", random.choice(folders) / "site")
            release = Releases(live).live()
            faults += [] if release and (release.is_intact() or not release.folder.exists()) else [str(live.readlink())]
        for thread in threads:
            thread.join()
    assert any(killed) and not all(killed)
    assert [fault for reader in readers for fault in reader.lost] == []
    assert (sum(reader.mixed for reader in readers), faults) == (0, [])
    with publisher() as runs:
        assert runs.run(here, str(live)).status == 0
    assert problem_with_site(server, live) == "" and whole(live)
