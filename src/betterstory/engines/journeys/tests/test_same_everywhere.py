"""Every way of counting gives the same answer, person by person, on logs made at random."""

from collections import Counter
from pathlib import Path
from random import Random

import pytest

from betterstory.engines.journeys import count, duckdb_path, read_log, reference
from betterstory.engines.journeys.found import ON_THE_WAY, TOO_EARLY, WAY_CLOSED, Found
from betterstory.engines.journeys.tests.made_up import some_log, some_pattern, some_rows
from betterstory.engines.journeys.tests.tables import find

PATTERNS_A_LOG = 5


@pytest.mark.parametrize("seed", range(40))
def test_the_definition_and_the_one_pass_agree_about_everyone(seed: int, tmp_path: Path) -> None:
    """40 logs of about 100 people, 5 patterns each: some 20,000 people in all."""
    random = Random(seed)
    seen: Counter[int] = Counter()
    with some_log(random, tmp_path) as log:
        for _ in range(PATTERNS_A_LOG):
            found = find(some_pattern(random), log)
            seen.update(found.levels)
        assert duckdb_path.values_by("ward", log) == reference.values_by(
            "ward", log.rows(), log.person_rows(), log.end
        )
    assert len(seen) > 1


def test_the_logs_made_at_random_hold_every_kind_of_answer(tmp_path: Path) -> None:
    random = Random(0)
    statuses: Counter[int] = Counter()
    again = 0
    for _ in range(5):
        with some_log(random, tmp_path) as log:
            for _ in range(PATTERNS_A_LOG):
                found = find(some_pattern(random), log)
                statuses.update(found.statuses)
                again += sum(found.again)
    assert min(statuses[ON_THE_WAY], statuses[WAY_CLOSED], statuses[TOO_EARLY], again) > 10


def test_the_three_statuses_sum_to_their_level_and_at_least_never_rises(tmp_path: Path) -> None:
    random = Random(1)
    for _ in range(5):
        with some_log(random, tmp_path) as log:
            for _ in range(PATTERNS_A_LOG):
                standing = count(some_pattern(random), log, by="ward").exact(because="a test")
                inner = range(1, len(standing.steps))
                parts = (standing.on_the_way, standing.way_closed, standing.too_early)
                assert [sum(part[k] for part in parts) for k in inner] == [standing.exactly[k] for k in inner]
                assert sum(standing.exactly) == standing.people == standing.at_least[0]
                assert list(standing.at_least) == sorted(standing.at_least, reverse=True)
                assert all(standing.again[k] <= standing.way_closed[k] for k in inner)
                assert [sum(counts) for counts in zip(*(standing.by or {}).values(), strict=True)] == list(
                    standing.exactly
                )


def test_the_order_of_rows_in_a_file_changes_nothing(tmp_path: Path) -> None:
    random = Random(2)
    rows = some_rows(random, 60)
    patterns = [some_pattern(random) for _ in range(10)]
    answers = []
    for _ in range(3):
        random.shuffle(rows)
        with read_log(rows) as log:
            answers.append([alike(find(pattern, log)) for pattern in patterns])
    assert answers[1:] == [answers[0]] * 2


def alike(found: Found) -> list[list[int]]:
    return [each.tolist() for each in (found.levels, found.statuses, found.again, found.reached)]
