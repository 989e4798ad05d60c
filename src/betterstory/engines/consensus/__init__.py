"""Votes -> what both sides agree on; groups only where there are groups.

from betterstory.engines import consensus

votes = consensus.read_votes("participants-votes.csv")
consensus.room(votes)       # agreement at both ends of opinion, and whether groups hold
consensus.polis(votes)      # the published maths of Polis
"""

from betterstory.engines.consensus.opening import Limits
from betterstory.engines.consensus.polis import Polis, polis
from betterstory.engines.consensus.reading import Columns, read_votes
from betterstory.engines.consensus.refused import VotesRefused
from betterstory.engines.consensus.room import Agreement, Room, Verdict, room
from betterstory.engines.consensus.saying import say
from betterstory.engines.consensus.statements import NOTHING_SAID, Statements, find_beside, read_statements
from betterstory.engines.consensus.telling import tell_polis, tell_room
from betterstory.engines.consensus.votes import SaidTwice, Votes, arrange, arrange_arrays

__all__ = [
    "NOTHING_SAID",
    "Agreement",
    "Columns",
    "Limits",
    "Polis",
    "Room",
    "SaidTwice",
    "Statements",
    "Verdict",
    "Votes",
    "VotesRefused",
    "arrange",
    "arrange_arrays",
    "find_beside",
    "polis",
    "read_statements",
    "read_votes",
    "room",
    "say",
    "tell_polis",
    "tell_room",
]
