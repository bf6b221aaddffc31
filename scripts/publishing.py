"""scripts/publish: put a checked site live in a folder of a web server, whole or not at all, and back again.

The server serves DESTINATION, a link. Every release has a folder of its own in DESTINATION.releases/; going live is one
rename of a link, so that no reader ever meets half a site, and going back is the same rename again.
"""

from __future__ import annotations

import argparse
import hashlib
import os
import re
import shutil
import sys
import tempfile
from pathlib import Path

SITE = Path("site")
KEPT = 3  # releases to go back to
NOT_OURS = re.compile(r"^https?://([\w.-]+\.)?(example(\.com|\.net|\.org)?|localhost|127\.0\.0\.1)[:/]")


class CannotPublish(Exception):
    """Why nothing was changed, in words for the person who publishes."""


def main(arguments: list[str]) -> int:
    """Publish site/ to the destination in `arguments`; 0 when it is live, 1 for findings, 2 when it could not."""
    parser = argparse.ArgumentParser(prog="scripts/publish", description="Put the checked site live.")
    parser.add_argument("destination", type=Path, help="the folder that the web server serves; it is made a link")
    parser.add_argument("--back", action="store_true", help="go back to the release before")
    asked = parser.parse_args(arguments)
    try:
        if asked.back:
            release = go_back(asked.destination)
        else:
            if status := findings(SITE, address_of(SITE)):
                return status
            release = publish(SITE, asked.destination)
    except (CannotPublish, OSError) as reason:
        said = f"{reason.filename}: {reason.strerror}" if isinstance(reason, OSError) else reason
        print(f"Nothing was published: {said}", file=sys.stderr)
        return 2
    print(f"Live in {asked.destination}: {release.name}")
    return 0


def findings(site: Path, address: str) -> int:
    """The checker's exit status for a site that was built for this address."""
    from sitecheck.cli import main as sitecheck

    return sitecheck([str(site), "--base", address])


def address_of(site: Path) -> str:
    """Where the site was built to live, from its start page's canonical link. Raises CannotPublish, OSError."""
    if not (site / "index.html").is_file():
        raise CannotPublish(f"there is no {site}/ yet. Run scripts/build, and then this again.")
    canonical = re.search(r'<link rel="canonical" href="([^"]*)"', (site / "index.html").read_text("utf-8"))
    if not canonical or NOT_OURS.match(canonical[1]):
        raise CannotPublish("the site does not know its address. Build it with SITE_URL=https://… set, then publish.")
    return canonical[1]


def publish(site: Path, destination: Path) -> Path:
    """Copy `site` to a release of its own and make `destination` point there. Returns the release."""
    address_of(site)
    if destination.exists() and not destination.is_symlink():
        raise CannotPublish(f"{destination} is a folder of its own. Move it away once; it becomes a link to a release.")
    releases = releases_of(destination)
    releases.mkdir(parents=True, exist_ok=True)
    release = releases / digest(site)
    if not release.exists():
        with tempfile.TemporaryDirectory(prefix=".new-", dir=releases) as folder:
            os.replace(shutil.copytree(site, Path(folder) / "site"), release)
    os.utime(release)
    point(destination, release)
    for old in sorted(releases.glob("[0-9a-f]*"), key=os.path.getmtime)[:-KEPT]:
        shutil.rmtree(old)
    return release


def go_back(destination: Path) -> Path:
    """Make `destination` point to the release before the one that is live. Returns it."""
    live = destination.resolve()
    by_age = sorted(releases_of(destination).glob("[0-9a-f]*"), key=os.path.getmtime)
    older = by_age[: by_age.index(live)] if live in by_age else by_age
    if not older:
        raise CannotPublish(f"there is no release before this one in {releases_of(destination)}.")
    point(destination, older[-1])
    return older[-1]


def releases_of(destination: Path) -> Path:
    """Where the releases of a destination are kept."""
    return destination.absolute().parent / f"{destination.name}.releases"


def point(link: Path, target: Path) -> None:
    """Make `link` lead to `target` in one step: a reader sees the old site or the new one (POSIX rename)."""
    fresh = link.absolute().parent / f".{link.name}.new"
    fresh.unlink(missing_ok=True)
    fresh.symlink_to(os.path.relpath(target, fresh.parent), target_is_directory=True)
    os.replace(fresh, link)


def digest(site: Path) -> str:
    """A name for exactly these files with exactly these contents: 16 hexadecimal digits."""
    whole = hashlib.sha256()
    for path in sorted(path for path in site.rglob("*") if path.is_file()):
        whole.update(f"{path.relative_to(site)}\0".encode() + hashlib.sha256(path.read_bytes()).digest())
    return whole.hexdigest()[:16]


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
