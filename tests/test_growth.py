"""On four times the bytes no input takes more than six times as long. scripts/bench growth tries all, and larger."""

from __future__ import annotations

import pytest

from growing import FILES, LIMIT, Check, growth, inputs, once_slow

FEW, QUICK = 2_000, 0.012  # bytes; seconds of CPU that four times as many may take unmeasured: most of it is any run's
LONGER = 0.03  # seconds, for those that once were slow
SAMPLE = 10  # of the inputs of a file, evenly spread


@pytest.mark.parametrize("kind, file", FILES)
def test_time_grows_with_the_size(tmp_path, kind, file):
    check = Check(tmp_path, kind, file)
    every = list(inputs(kind, file))
    sample = every[:: max(1, len(every) // SAMPLE)]
    slow = [one for one in sample if growth(check.seconds, one, FEW, QUICK) >= LIMIT]
    slow += [one for one, size in once_slow(kind, file) if growth(check.seconds, one, size, LONGER) >= LIMIT]
    assert slow == []
