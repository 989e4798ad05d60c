"""Patterns made from stories, the place's own contact logs, counts and what was released of them."""

from betterstory.behind.models.answers import Answer
from betterstory.behind.models.figures import Draft, Release, Trustee
from betterstory.behind.models.logs import Arrival, ContactLog, Files
from betterstory.behind.models.patterns import Estimate, Pattern

__all__ = ["Answer", "Arrival", "ContactLog", "Draft", "Estimate", "Files", "Pattern", "Release", "Trustee"]
