"""What tests of pages that look up share with those of gatherings."""

from betterstory.conversations.tests.conftest import (
    add_card,
    gathering,
    piece,
    statements,
    trust,
    version_for_room,
    voice,
)

__all__ = ["add_card", "gathering", "piece", "statements", "trust", "version_for_room", "voice"]
