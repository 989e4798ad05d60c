"""Pictures of one sheet, several at once: where people may stand, and how statements rise and fall there."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from betterstory.engines.consensus.pictures.camps import Camps
from betterstory.engines.consensus.sheet import Floats


@dataclass(frozen=True, eq=False)
class Pictures:
    """Several pictures.

    `places` is pictures x (1, coordinates) x places, `log_chance` pictures x places, `spread` pictures x
    (level, slopes), the standard deviations of the prior; `slopes` is pictures x (level, slopes) x
    statements. `there` (pictures x people) is 1 where a person is looked at and 0 where they are left
    out. Camps move as they are counted; what has none stays where it is.
    """

    places: Floats
    log_chance: Floats
    spread: Floats
    slopes: Floats
    there: Floats
    camps: Camps | None = None

    def take(self, which: NDArray[np.bool_] | NDArray[np.int64]) -> Pictures:
        """Some of them."""
        return Pictures(
            self.places[which],
            self.log_chance[which],
            self.spread[which],
            self.slopes[which],
            self.there[which],
            self.camps.take(which) if self.camps else None,
        )

    def counted(self, chances: Floats) -> Pictures:
        """With camps as large as the people in them."""
        if self.camps is None:
            return self
        camps = self.camps.counted(chances, self.there.sum(axis=1))
        places, log_chance = camps.places()
        return replace(self, camps=camps, places=places, log_chance=log_chance)


@dataclass(frozen=True, eq=False)
class Fitted:
    """Pictures fitted to the end.

    `chances` is pictures x places x people, `score` the likelihood and the prior (L + pen), `evidence`
    what is left when levels and slopes are integrated out, and `bent` the curvature H, as in `logistic`.
    """

    pictures: Pictures
    chances: Floats
    score: Floats
    evidence: Floats
    bent: Floats

    def take(self, which: NDArray[np.int64]) -> Fitted:
        return Fitted(
            self.pictures.take(which),
            self.chances[which],
            self.score[which],
            self.evidence[which],
            self.bent[which],
        )

    @property
    def best(self) -> Fitted:
        """The one with most evidence, alone."""
        return self.take(np.array([np.argmax(self.evidence)]))

    @property
    def stand(self) -> Floats:
        """The mean place of each person: pictures x coordinates x people."""
        found: Floats = self.pictures.places[:, 1:] @ self.chances
        return found

    @property
    def in_camps(self) -> Floats:
        """The chance of each person to be in each camp: pictures x camps x people."""
        if self.pictures.camps is None:
            raise ValueError("these pictures have no camps")
        return self.pictures.camps.by_camp(self.chances)


def together(ended: list[tuple[NDArray[np.int64], Pictures]]) -> Pictures:
    """Pictures that ended at different times, in their own order again."""
    order = np.argsort(np.concatenate([which for which, _pictures in ended]))
    several = [pictures for _which, pictures in ended]
    camps = [each.camps for each in several if each.camps]
    return Pictures(
        np.concatenate([each.places for each in several])[order],
        np.concatenate([each.log_chance for each in several])[order],
        np.concatenate([each.spread for each in several])[order],
        np.concatenate([each.slopes for each in several])[order],
        np.concatenate([each.there for each in several])[order],
        Camps(
            np.concatenate([each.shares for each in camps])[order],
            np.concatenate([each.inside for each in camps])[order],
            camps[0].crossed,
        )
        if camps
        else None,
    )
