"""Votes -> what both sides agree on; groups only where there are groups.

from betterstory.engines import consensus

votes = consensus.arrange(voices, statements, rows)
consensus.polis(votes)      # the published maths of Polis
"""

from betterstory.engines.consensus.polis import Polis, polis
from betterstory.engines.consensus.votes import SaidTwice, Votes, arrange, arrange_arrays

__all__ = ["Polis", "SaidTwice", "Votes", "arrange", "arrange_arrays", "polis"]
