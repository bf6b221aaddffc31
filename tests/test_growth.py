"""On four times the bytes no input takes more than six times as long. scripts/bench growth tries all, and larger."""

from __future__ import annotations

import pytest

from growing import FILES, LIMIT, Check, inputs, once_slow

FEW, QUICK = 2_000, 0.012  # bytes; seconds of CPU that four times as many may take unmeasured: most of it is any run's
LONGER = 0.03  # seconds, for those that once were slow
SAMPLE = 10  # of the inputs of a file, evenly spread


@pytest.mark.parametrize("kind, file", FILES)
def test_time_grows_with_the_size(tmp_path, kind, file):
    check = Check(tmp_path, kind, file)
    every = list(inputs(kind, file))
    sample = every[:: max(1, len(every) // SAMPLE)]
    measures = [(one, FEW, QUICK) for one in sample] + [(one, size, LONGER) for one, size in once_slow(kind, file)]
    assert [one for one, size, quick in measures if check.growth(one, size, quick) >= LIMIT] == []
