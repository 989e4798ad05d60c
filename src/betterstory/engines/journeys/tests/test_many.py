"""Several patterns asked at once are each answered as if they were alone."""

from pathlib import Path
from random import Random

import pytest

from betterstory.engines.journeys import PatternRefused, count, count_many, open_stored, store
from betterstory.engines.journeys.tests.made_up import some_log, some_pattern
from betterstory.engines.journeys.tests.tables import pattern_of, read

BECAUSE = "a test on made-up people"


@pytest.mark.parametrize("seed", range(6))
def test_many_at_once_are_answered_like_each_alone(seed: int, tmp_path: Path) -> None:
    random = Random(seed)
    patterns = [some_pattern(random) for _ in range(8)]
    with some_log(random, tmp_path) as log:
        alone = [count(pattern, log, backend="python").exact(because=BECAUSE) for pattern in patterns]
        together = [standing.exact(because=BECAUSE) for standing in count_many(patterns, log)]
        stored = open_stored(store(log, tmp_path / "stored"))
        put_by = [standing.exact(because=BECAUSE) for standing in count_many(patterns, stored)]
    assert together == alone
    assert put_by == alone


def test_one_that_cannot_be_asked_stops_them_all() -> None:
    table = """
    person  day  activity
    ann       0  referral
    """
    with read(table) as log, pytest.raises(PatternRefused, match="visit"):
        count_many([pattern_of("referral"), pattern_of("visit")], log)
