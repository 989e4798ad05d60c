"""A ring of keys in a folder of its own."""

from pathlib import Path

import pytest

from betterstory.people.keys import Keyring

NAME = "stories.piece.words"


@pytest.fixture
def ring(tmp_path: Path) -> Keyring:
    return Keyring(tmp_path / "keys")
