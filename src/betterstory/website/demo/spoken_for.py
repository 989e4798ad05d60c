"""Robin chose Lynda to act for them: she may shut things when they ring, and write down a yes they said."""

from __future__ import annotations

from typing import TYPE_CHECKING

from betterstory.stories import speaking

if TYPE_CHECKING:
    from betterstory.website.demo.town import Town


def choose(town: Town) -> None:
    """Robin chooses; what Lynda writes down opens nothing until somebody else read it back."""
    teller, neighbour = town.person["teller"], town.person["neighbour"]
    speaking.choose(town.story, by=teller, speaker=neighbour, at=town.ago(37))
