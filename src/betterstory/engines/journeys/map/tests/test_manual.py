"""The reference page of the map says what its tests say."""

from betterstory.engines.journeys.map.tests.manual import MANUAL, write_manual


def test_the_manual_is_made_from_these_tables() -> None:
    """Write it anew with: python -m betterstory.engines.journeys.map.tests.manual"""
    assert MANUAL.read_text() == write_manual()
    assert write_manual().count("Answer: `") == 10
