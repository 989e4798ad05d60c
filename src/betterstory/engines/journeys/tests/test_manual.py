"""The reference page of patterns says what the tests say."""

from betterstory.engines.journeys.tests.manual import MANUAL, write_manual


def test_the_manual_is_made_from_these_tables() -> None:
    """Write it anew with: python -m betterstory.engines.journeys.tests.manual"""
    assert MANUAL.read_text() == write_manual()


def test_every_rule_has_a_worked_table() -> None:
    page = write_manual()
    assert page.count("Answer: `") > 40
    for rule in ("within", "after", "silence", "whole", "status"):
        assert rule in page
