"""Copy into the next release the hashed files that pages of earlier releases, still open in browsers, may load."""

from __future__ import annotations

from pathlib import Path, PurePosixPath

from finish import compress
from finish.fingerprints import HASHED_NAME, has_own_hash
from finish.site_files import UnsupportedFile, list_files

REFERRING = (".html", ".css", ".js")  # files that name what a browser loads


def carry(release: Path, site: Path) -> None:
    """Write into `site` the files that pages of `release` load and `site` lacks. Raises OSError when it cannot."""
    for path, content in _loaded(release).items():
        file = site / path
        if not file.exists():
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(content)
            if file.suffix in compress.TEXT_SUFFIXES:
                compress.compress_file(file)


def is_carried(path: str) -> bool:
    """Return whether a file may come from an earlier release: its name has a hash, with or without .br or .gz."""
    original = path[:-3] if path.endswith(tuple(compress.COMPRESSED_SUFFIXES)) else path
    return path.startswith("assets/") and HASHED_NAME.search(original) is not None


def _loaded(release: Path) -> dict[str, bytes]:
    """Return the hashed files that `release` refers to, with their content; none when it cannot be read."""
    try:
        paths = sorted(list_files(release))
        named = b"".join((release / path).read_bytes() for path in paths if path.endswith(REFERRING))
        wanted = [path for path in paths if is_carried(path) and PurePosixPath(path).name.encode() in named]
        contents = {path: (release / path).read_bytes() for path in wanted}
    except (OSError, UnsupportedFile):
        return {}
    return {path: content for path, content in contents.items() if has_own_hash(path, content)}
