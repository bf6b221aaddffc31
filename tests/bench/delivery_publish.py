"""scripts/bench delivery_publish: requests served and lost while scripts/publish runs, and while it is killed.

`table()` is also a part of `scripts/bench delivery`. The guide is built in four variants and published with its real
checker; the repository's own nginx configuration serves it to readers who open pages and their scripts all the while.
"""

from __future__ import annotations

import os
import random
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from dataclasses import dataclass, field
from pathlib import Path

from guide.releases import Releases
from hosting import Project, build
from killed_publisher import continuous_readers, problem_with_site, replace_site
from nginx import NAME, NGINX, OPENSSL, Server, serving

PUBLISHES, KILLS, READERS = 50, 200, 2
SCRIPT = "docs/assets/js/site.js"


@dataclass
class Bench:
    """A project to publish from, the destination, and what was found."""

    project: Project
    variants: list[Path]
    live: Path
    seconds: list[float] = field(default_factory=list)  # of each publish that came to its end
    killed: int = 0
    survived: int = 0  # kills after which one whole release was served
    torn: int = 0
    refused: list[str] = field(default_factory=list)

    def new_site(self) -> None:
        """Put another variant in the place of site/, as scripts/build does."""
        replace_site(self.project.root / "site", random.choice(self.variants))

    def publish(self, kill_after: float = 0) -> bool:
        """One run of scripts/publish, killed after some seconds if given. Returns whether it was."""
        environment = os.environ | {"PYTHONPATH": str(self.project.root / "scripts")}
        started = time.monotonic()
        with subprocess.Popen(
            [sys.executable, "-m", "guide.publish", str(self.live)], cwd=self.project.root, env=environment, text=True,
            stdout=subprocess.DEVNULL, stderr=subprocess.PIPE,
        ) as run:  # fmt: skip
            try:
                _, said = run.communicate(timeout=kill_after or None)
            except subprocess.TimeoutExpired:
                run.kill()
                run.wait()
                return True
        self.seconds.append(time.monotonic() - started)
        if run.returncode:
            self.refused.append(said.strip())
        return False

    def look(self, server: Server) -> bool:
        """Whether one whole release is served; asked anew when another one went live while looking."""
        while True:
            release = Releases(self.live).live()
            fault = problem_with_site(server, self.live)
            if release == Releases(self.live).live():
                break
        self.torn += "hash" in fault
        if fault:
            print(f"  {fault}", file=sys.stderr)
        return not fault


def table() -> str:
    """The measures as Markdown. Takes about ten minutes."""
    if not (NGINX and OPENSSL):
        return "Publishing was not measured: nginx or openssl is not on this machine."
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        bench = Bench(Project(folder / "project"), variants(folder), folder / "www" / "guide")
        bench.new_site()
        bench.publish()
        (folder / "nginx").mkdir()
        with serving(bench.live, folder / "nginx") as server, continuous_readers(server, READERS) as readers:
            for _ in range(PUBLISHES):
                bench.new_site()
                bench.publish()
                bench.look(server)
            median = statistics.median(bench.seconds)
            print(f"{PUBLISHES} publishes: {median:.1f} s each, {bench.refused or 'none refused'}", flush=True)
            kill(bench, server, median)
        rows = [
            ("requests that readers made", "", sum(reader.served for reader in readers)),
            ("requests lost", "0", sum(len(reader.lost) for reader in readers)),
            ("pages of one release with the script of another", "0", sum(reader.mixed for reader in readers)),
            ("live folders that do not hash to their name", "0", bench.torn),
            (f"kills survived, of {bench.killed} at random moments", str(bench.killed), bench.survived),
            ("seconds that a publish takes, the median", "", f"{median:.1f}"),
        ]
    return "\n".join(
        [
            f"### {PUBLISHES} publishes, then {bench.killed} kills",
            "",
            "Two publish at once while they are killed, and the site is exchanged all the while.",
            "",
            "| nginx serves, readers read | must | found |",
            "| --- | --- | --- |",
            *(f"| {what} | {must} | {found} |" for what, must, found in rows),
        ]
    )


def variants(folder: Path) -> list[Path]:
    """The guide four times, each with a script of its own."""
    made = []
    for number in range(4):
        project = Project(folder / f"variant-{number}")
        project.replace(SCRIPT, '"use strict";', f'"use strict";\n// {number}', 1)
        made.append(build(project.root, folder / f"site-{number}" / "site", SITE_URL=f"https://{NAME}/").site)
    return made


def kill(bench: Bench, server: Server, longest: float) -> None:
    """Kill two publishers at random moments, KILLS times in all, and look after each."""
    looking = threading.Lock()

    def publish() -> None:
        while bench.killed < KILLS:
            killed = bench.publish(random.uniform(0.05, longest))
            with looking:
                whole = bench.look(server)
                bench.killed += killed
                bench.survived += killed and whole

    threads = [threading.Thread(target=publish) for _ in range(2)]
    for thread in threads:
        thread.start()
    while any(thread.is_alive() for thread in threads):
        bench.new_site()
        time.sleep(random.uniform(0, 1))


if __name__ == "__main__":
    print(table())
