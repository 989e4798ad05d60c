"""How a round elsewhere in the town is written down: tables of plain words, and how many days ago.

Days are counted back from today; a day to come is negative. People, bodies and posts stand here by their keys.
"""

from dataclasses import dataclass

from betterstory.conversations.models import Gathering, Level
from betterstory.immersion.models import Length
from betterstory.people.models import Ring
from betterstory.places.models import Stage
from betterstory.promises.models import Size, Verdict


@dataclass(frozen=True)
class Neighbour:
    """Somebody who lives there: a key, a first name, a ring."""

    key: str
    name: str
    ring: Ring = Ring.FRIENDS_AND_NEIGHBOURS


@dataclass(frozen=True)
class Street:
    """A neighbourhood: who of it is in the room, and who comes from services."""

    name: str
    hall: str
    organiser: str
    people: tuple[Neighbour, ...]
    partners: tuple[str, ...]
    about: str = ""


@dataclass(frozen=True)
class AtPoolside:
    """What was said at the poolside, what was agreed, and how it went since."""

    answers: tuple[tuple[str, str], ...]
    agreed: str = ""
    held: str = ""
    not_held: str = ""
    changes: str = ""


@dataclass(frozen=True)
class Useful:
    """One line of the paper sheet."""

    ago: int
    what: str
    where: str
    groups: str = ""
    minutes: Length | None = None


@dataclass(frozen=True)
class Evening:
    """A gathering."""

    kind: Gathering.Kind
    title: str
    ago: int
    check_in: str


@dataclass(frozen=True)
class Beneath:
    """A card of the iceberg, and what it says turned over."""

    key: str
    level: Level
    words: str
    turned: str = ""
    owner: str = ""
    held_by: str = ""


@dataclass(frozen=True)
class Judged:
    """What the promised side said."""

    ago: int
    verdict: Verdict
    by: str
    note: str = ""


@dataclass(frozen=True)
class Again:
    """More time was asked for, and given by somebody it was promised to."""

    ago: int
    due: int
    because: str
    agreed: int
    by: str


@dataclass(frozen=True)
class Yes:
    """A promise; by whoever holds the post, or written down for it in the room."""

    ago: int
    post: str
    words: str
    due: int
    then: tuple[Judged | Again, ...] = ()
    witness: str = ""


@dataclass(frozen=True)
class No:
    ago: int
    because: str


@dataclass(frozen=True)
class NotOurs:
    ago: int
    whose: str
    note: str = ""


@dataclass(frozen=True)
class Later:
    """An answer by a day."""

    ago: int
    due: int


@dataclass(frozen=True)
class Asked:
    """An ask of the room, or of somebody by their own yes, with everything that was answered."""

    ago: int
    of: str
    words: str
    answers: tuple[Yes | No | NotOurs | Later, ...] = ()
    size: Size | str = ""
    card: str = ""
    by: str = ""
    by_words: str = ""


@dataclass(frozen=True)
class Promised:
    """A promise nobody asked for: by a person under words of their own, or by a post."""

    ago: int
    by: str
    words: str
    due: int
    by_words: str = ""
    post: str = ""
    to: str = ""
    to_called: str = ""  # the name they choose for the wall
    then: tuple[Judged | Again, ...] = ()
    size: Size | str = ""


@dataclass(frozen=True)
class RoundTold:
    """One round in one neighbourhood, from its first day to where it is now."""

    street: Street
    began: int
    stage: Stage
    room: str
    ended: int | None = None
    poolside: AtPoolside | None = None
    acts: tuple[Useful, ...] = ()
    noticed: tuple[tuple[int, str, str], ...] = ()
    evenings: tuple[Evening, ...] = ()
    cards: tuple[Beneath, ...] = ()
    better: str = ""
    asks: tuple[Asked, ...] = ()
    promises: tuple[Promised, ...] = ()
