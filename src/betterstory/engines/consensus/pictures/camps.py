"""Places in camps: as large as the people in them, with a gap between, and perhaps some spread inside."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import product

import numpy as np

from betterstory.engines.consensus.pictures.places import normal_parts, parts, standard
from betterstory.engines.consensus.sheet import Floats

LEAST_SHARE = 0.08
ACROSS = 7
"""Places within one of two camps."""
ALONG = 9
"""Places along the line that crosses two camps."""


@dataclass(frozen=True, eq=False)
class Camps:
    """Pictures of camps, several at once: `shares` is pictures x camps, `inside` the spread within a camp.

    `crossed` camps lie on a line as well, even and independent of them.
    """

    shares: Floats
    inside: Floats
    crossed: bool = False

    def take(self, which: np.ndarray) -> Camps:
        return Camps(self.shares[which], self.inside[which], self.crossed)

    def copy(self) -> Camps:
        return Camps(self.shares.copy(), self.inside, self.crossed)

    def around(self, places: Floats, at: int) -> tuple[Floats, float, Floats]:
        """Of one picture: its shares, how far centres are apart, and where places lie around their centre."""
        apart = float(np.sqrt(1 - self.inside[at] ** 2))
        camps = self.shares.shape[1]
        centres = _two_centres(self.shares)[at] if camps == 2 else contrasts(self.shares)[at]
        each = places.shape[2] // camps
        within = places[at, 1:camps] - apart * np.repeat(centres.reshape(camps, -1).T, each, axis=1)
        return self.shares[at], apart, within

    def counted(self, chances: Floats, people: Floats) -> Camps:
        """The camps as large as the people in them. `chances` is pictures x places x people."""
        several, camps = self.shares.shape
        inside = chances.sum(axis=2).reshape(several, camps, -1).sum(axis=2)
        shares = np.maximum((inside + 1) / (people[:, None] + camps), LEAST_SHARE)
        return Camps(shares / shares.sum(axis=1, keepdims=True), self.inside, self.crossed)

    def by_camp(self, chances: Floats) -> Floats:
        """The chance of each person to be in each camp: pictures x camps x people."""
        several, _places, people = chances.shape
        found: Floats = chances.reshape(several, self.shares.shape[1], -1, people).sum(axis=2)
        return found

    def places(self) -> tuple[Floats, Floats]:
        """Pictures x (1, coordinates) x places, and the logarithm of each place's chance; camp after camp."""
        coordinates = _of_two(self) if self.shares.shape[1] == 2 else _of_three(self)
        each = coordinates.shape[1] // self.shares.shape[1]
        if self.crossed:
            coordinates, each = _crossed(coordinates), each * ALONG
        level = np.ones((len(coordinates), 1, coordinates.shape[1]))
        places = np.concatenate([level, coordinates.transpose(0, 2, 1)], axis=1)
        return places, np.log(np.repeat(self.shares / each, each, axis=1))


def _of_two(camps: Camps) -> Floats:
    """Centres on both sides of 0, so that mean and variance are 0 and 1 whatever the shares."""
    centres = _two_centres(camps.shares)
    apart = np.sqrt(1 - camps.inside**2)[:, None, None]
    within = camps.inside[:, None, None] * normal_parts(ACROSS)
    return (centres[:, :, None] * apart + within).reshape(len(centres), -1, 1)


def _two_centres(shares: Floats) -> Floats:
    first, second = shares.T
    return np.stack([-np.sqrt(second / first), np.sqrt(first / second)], axis=1)


def _of_three(camps: Camps) -> Floats:
    """The first coordinate tells camp 1 from the rest, the second camp 2 from 3; orthonormal."""
    coordinates = contrasts(camps.shares) * np.sqrt(1 - camps.inside**2)[:, None, None]
    corners = np.array(list(product((-1.0, 1.0), repeat=2)))
    within = camps.inside[:, None, None, None] * corners
    return (coordinates[:, :, None, :] + within).reshape(len(coordinates), -1, 2)


def contrasts(shares: Floats) -> Floats:
    """The centres of three camps: pictures x camps x 2."""
    one, two, three = shares.T
    rest = two + three
    centres = np.zeros((len(shares), 3, 2))
    centres[:, 0, 0] = np.sqrt(rest / one)
    centres[:, 1:, 0] = -np.sqrt(one / rest)[:, None]
    centres[:, 1, 1] = np.sqrt(three / (two * rest))
    centres[:, 2, 1] = -np.sqrt(two / (three * rest))
    return centres


def _crossed(coordinates: Floats) -> Floats:
    """Every place times the places of an even line."""
    line = standard(parts(ALONG))
    several, places, _one = coordinates.shape
    first = np.repeat(coordinates, ALONG, axis=1)
    second = np.broadcast_to(np.tile(line, places)[None, :, None], (several, places * ALONG, 1))
    return np.concatenate([first, second], axis=2)
