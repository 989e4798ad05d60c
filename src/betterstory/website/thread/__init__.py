"""The thread: from any promise down to the moment it answers, and from a story up to what it changed.

Reading only, over every folder. Words of a story are asked for each time they are shown.
"""

from betterstory.website.thread.down import Thread, down_from
from betterstory.website.thread.knots import Looking, tie
from betterstory.website.thread.up import begin_with, beginning_of, other_end, up_from

__all__ = ["Looking", "Thread", "begin_with", "beginning_of", "down_from", "other_end", "tie", "up_from"]
