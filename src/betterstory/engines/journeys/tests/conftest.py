"""What the worked tables are read with."""

from collections.abc import Callable

import pytest

from betterstory.engines.journeys.tests import tables


@pytest.fixture
def level() -> Callable[..., dict[str, int]]:
    """Each person's level, found the same by every way of counting."""
    return tables.levels


@pytest.fixture
def standing() -> Callable[..., dict[str, str]]:
    """Each person's level and status in words."""
    return tables.standings


@pytest.fixture
def days() -> Callable[..., dict[str, str]]:
    """The days of each person's shortest fitting choice."""
    return tables.days
