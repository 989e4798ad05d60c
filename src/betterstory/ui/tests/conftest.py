import pytest
from pytest_django import Settings


@pytest.fixture(autouse=True)
def own_addresses(settings: Settings) -> None:
    """The frame stands without the folders above it."""
    settings.ROOT_URLCONF = "betterstory.ui.tests.addresses"
