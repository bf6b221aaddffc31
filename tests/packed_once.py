"""Every build of a run compresses the same files, which is a third of a build: the first keeps what it packed for all.

`python packed_once.py MODULE ARGUMENTS` is `python -m MODULE ARGUMENTS` that takes part in this.
"""

from __future__ import annotations

import hashlib
import os
import pickle
import runpy
import sys
import tempfile
from pathlib import Path

from finish import compress

FOLDER = "PACKED_ONCE"  # the variable that names it

pack = compress.compressed_forms


def compressed_forms(content: bytes) -> dict[str, bytes]:
    kept = Path(os.environ[FOLDER], hashlib.sha256(content).hexdigest())
    if not kept.exists():
        with tempfile.NamedTemporaryFile(dir=kept.parent, delete=False) as draft:
            draft.write(pickle.dumps(pack(content)))
        Path(draft.name).replace(kept)
    return pickle.loads(kept.read_bytes())


def share(folder: Path) -> None:
    """Keep what is packed from here on in `folder`, in this process and those that it starts."""
    folder.mkdir(exist_ok=True)
    os.environ[FOLDER] = str(folder)
    compress.compressed_forms = compressed_forms


if __name__ == "__main__":
    compress.compressed_forms = compressed_forms
    sys.argv[:2], sys.path[0] = sys.argv[1:2], ""
    runpy.run_module(sys.argv[0], run_name="__main__", alter_sys=True)
