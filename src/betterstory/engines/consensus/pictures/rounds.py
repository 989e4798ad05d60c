"""The rounds of one fit, a number at a time: plain Python over arrays, for numba to compile as it stands.

The same as `fitting` does for many pictures with numpy, and held to it by the tests.
"""

# numba compiles what this module calls, so everything here is loops, floats and arrays

import math

import numpy as np

LARGEST_STEP = 1.5
LEAST_SHARE = 0.08


def settle(
    decided: np.ndarray,
    agree: np.ndarray,
    disagree: np.ndarray,
    there: np.ndarray,
    places: np.ndarray,
    log_chance: np.ndarray,
    spread: np.ndarray,
    slopes: np.ndarray,
    shares: np.ndarray,
    apart: float,
    within: np.ndarray,
    rounds: int,
    gain: float,
) -> None:
    """Rounds of EM on one picture until one gains less than `gain`; what moves is changed in place.

    `shares` is empty where there are no camps; `within` is where places lie around their camp's centre.
    """
    people, statements = decided.shape
    decided_by, disagree_by = decided.T.copy(), disagree.T.copy()
    agreeing = np.empty((places.shape[1], statements))
    chances = np.empty((places.shape[1], people))
    before = -math.inf
    for _ in range(rounds):
        score = expect(decided_by, disagree_by, there, places, log_chance, spread, slopes, agreeing, chances)
        if score - before < gain:
            return
        before = score
        if len(shares):
            count(chances, there.sum(), shares)
            place(shares, apart, within, places, log_chance)
        improve(decided, agree, places, spread, slopes, chances, agreeing)


def expect(
    decided: np.ndarray,
    disagree: np.ndarray,
    there: np.ndarray,
    places: np.ndarray,
    log_chance: np.ndarray,
    spread: np.ndarray,
    slopes: np.ndarray,
    agreeing: np.ndarray,
    chances: np.ndarray,
) -> float:
    """The E step; gives L + pen. `decided` and `disagree` are statements x people."""
    look(places, slopes, agreeing)
    for q in range(places.shape[1]):
        chances[q, :] = log_chance[q]
        for j in range(len(decided)):
            log_agree = math.log(agreeing[q, j])
            rise = 0.0
            for a in range(len(slopes)):
                rise += places[a, q] * slopes[a, j]
            for i in range(len(there)):
                chances[q, i] += log_agree * decided[j, i] - rise * disagree[j, i]
    score = share_out(chances, there)
    for a in range(len(spread)):
        for j in range(slopes.shape[1]):
            score -= 0.5 * (slopes[a, j] / spread[a]) ** 2
    return score


def share_out(chances: np.ndarray, there: np.ndarray) -> float:
    """Turns log chances into chances that sum to 1 for each person; gives the log likelihood."""
    people = len(there)
    most, total = chances[0].copy(), np.zeros(people)
    for q in range(len(chances)):
        for i in range(people):
            most[i] = max(most[i], chances[q, i])
    for q in range(len(chances)):
        for i in range(people):
            chances[q, i] = math.exp(chances[q, i] - most[i])
            total[i] += chances[q, i]
    score = 0.0
    for i in range(people):
        score += there[i] * (most[i] + math.log(total[i]))
        total[i] = there[i] / total[i]
    for q in range(len(chances)):
        for i in range(people):
            chances[q, i] *= total[i]
    return score


def look(places: np.ndarray, slopes: np.ndarray, agreeing: np.ndarray) -> None:
    """P(agree) at each place."""
    for q in range(places.shape[1]):
        for j in range(slopes.shape[1]):
            agreeing[q, j] = 0.0
        for a in range(len(slopes)):
            at = places[a, q]
            for j in range(slopes.shape[1]):
                agreeing[q, j] -= at * slopes[a, j]
        for j in range(slopes.shape[1]):
            agreeing[q, j] = 1 / (1 + math.exp(agreeing[q, j]))


def count(chances: np.ndarray, people: float, shares: np.ndarray) -> None:
    """Camps as large as the people in them."""
    camps, each = len(shares), len(chances) // len(shares)
    for camp in range(camps):
        inside = chances[camp * each : (camp + 1) * each].sum()
        shares[camp] = max((inside + 1) / (people + camps), LEAST_SHARE)
    shares /= shares.sum()


def place(
    shares: np.ndarray, apart: float, within: np.ndarray, places: np.ndarray, log_chance: np.ndarray
) -> None:
    """Places around the centres of camps of these shares."""
    camps, each = len(shares), len(log_chance) // len(shares)
    for camp in range(camps):
        for a in range(camps - 1):
            centre = apart * centre_of(shares, camp, a)
            for q in range(camp * each, (camp + 1) * each):
                places[a + 1, q] = centre + within[a, q]
        log_chance[camp * each : (camp + 1) * each] = math.log(shares[camp] / each)


def centre_of(shares: np.ndarray, camp: int, a: int) -> float:
    """One coordinate of a camp's centre; as `camps` has it."""
    if len(shares) == 2:
        return -math.sqrt(shares[1] / shares[0]) if camp == 0 else math.sqrt(shares[0] / shares[1])
    rest = shares[1] + shares[2]
    if a == 0:
        return math.sqrt(rest / shares[0]) if camp == 0 else -math.sqrt(shares[0] / rest)
    if camp == 0:
        return 0.0
    if camp == 1:
        return math.sqrt(shares[2] / (shares[1] * rest))
    return -math.sqrt(shares[1] / (shares[2] * rest))


def improve(
    decided: np.ndarray,
    agree: np.ndarray,
    places: np.ndarray,
    spread: np.ndarray,
    slopes: np.ndarray,
    chances: np.ndarray,
    agreeing: np.ndarray,
) -> None:
    """The M step: two Newton steps for every statement."""
    columns, statements = slopes.shape
    counts = np.zeros_like(agreeing)
    towards = np.zeros((columns, statements))
    for q in range(len(chances)):
        for i in range(len(decided)):
            chance = chances[q, i]
            for j in range(statements):
                counts[q, j] += chance * decided[i, j]
            for a in range(columns):
                weighed = chance * places[a, q]
                for j in range(statements):
                    towards[a, j] += weighed * agree[i, j]
    for _ in range(2):
        look(places, slopes, agreeing)
        newton(places, spread, slopes, counts, towards, agreeing)


def newton(
    places: np.ndarray,
    spread: np.ndarray,
    slopes: np.ndarray,
    counts: np.ndarray,
    towards: np.ndarray,
    agreeing: np.ndarray,
) -> None:
    columns, statements = slopes.shape
    uphill = towards.copy()
    bent = np.zeros((3, 3, statements))
    for a in range(columns):
        bent[a, a] += spread[a] ** -2
        uphill[a] -= slopes[a] * spread[a] ** -2
    weight = np.empty(statements)
    for q in range(places.shape[1]):
        for j in range(statements):
            weight[j] = counts[q, j] * agreeing[q, j]
        for a in range(columns):
            for j in range(statements):
                uphill[a, j] -= places[a, q] * weight[j]
        for j in range(statements):
            weight[j] *= 1 - agreeing[q, j]
        for a in range(columns):
            for b in range(a, columns):
                both = places[a, q] * places[b, q]
                for j in range(statements):
                    bent[a, b, j] += both * weight[j]
    for j in range(statements):
        move(bent[:, :, j], uphill[:, j], slopes[:, j])


def move(bent: np.ndarray, uphill: np.ndarray, slope: np.ndarray) -> None:
    """One statement's step, by Cramer's rule, shrunk where it is too large."""
    if len(slope) == 2:
        a, b, c = bent[0, 0], bent[0, 1], bent[1, 1]
        whole = a * c - b * b
        first, second = (c * uphill[0] - b * uphill[1]) / whole, (a * uphill[1] - b * uphill[0]) / whole
        third = 0.0
    else:
        a, b, c, d, e, f = bent[0, 0], bent[0, 1], bent[0, 2], bent[1, 1], bent[1, 2], bent[2, 2]
        aa, ab, ac, bc = d * f - e * e, c * e - b * f, b * e - c * d, b * c - a * e
        whole = a * aa + b * ab + c * ac
        first = (aa * uphill[0] + ab * uphill[1] + ac * uphill[2]) / whole
        second = (ab * uphill[0] + (a * f - c * c) * uphill[1] + bc * uphill[2]) / whole
        third = (ac * uphill[0] + bc * uphill[1] + (a * d - b * b) * uphill[2]) / whole
    largest = max(abs(first), abs(second), abs(third))
    less = LARGEST_STEP / largest if largest > LARGEST_STEP else 1.0
    slope[0] += first * less
    slope[1] += second * less
    if len(slope) == 3:
        slope[2] += third * less
