"""The line of the goodwill: for each quiet question a strip with four heights, a dot a check-in."""

from collections.abc import Sequence
from dataclasses import dataclass

from betterstory.poolside.goodwill import QUIET, Point, Word
from betterstory.ui import hand

WIDTH, HEIGHT = 360, 124
LEFT, RIGHT = 96, 344
TOP, STEP = 18, 30
BOTTOM = TOP + 3 * STEP


@dataclass(frozen=True)
class Strip:
    """One question, drawn."""

    words: str
    lines: list[str]
    dots: list[tuple[str, str]]
    gaps: list[str]


def heights() -> list[tuple[str, str, int]]:
    """Each word with where it is written and where its thin line runs."""
    return [(str(word.label), str(_height(word) + 5), _height(word)) for word in Word]


def strips(points: Sequence[Point]) -> list[Strip]:
    """The same points, once for each question."""
    return [_strip(number, str(words), points) for number, words in enumerate(QUIET)]


def _strip(number: int, words: str, points: Sequence[Point]) -> Strip:
    runs: list[list[hand.Point]] = [[]]
    gaps = []
    for place, point in enumerate(points):
        across = _across(place, len(points))
        if point.words:
            runs[-1].append((across, _height(point.words[number])))
        else:
            gaps.append(hand.number(across))
            runs.append([])
    dots = [(hand.number(x), hand.number(y)) for run in runs for x, y in run]
    lines = [hand.line(run, seed=7 + number, push=0.8) for run in runs if len(run) > 1]
    return Strip(words, lines, dots, gaps)


def _across(place: int, many: int) -> float:
    """Evenly, the first at the left; a single one in the middle."""
    return (LEFT + RIGHT) / 2 if many == 1 else LEFT + 8 + (RIGHT - LEFT - 16) * place / (many - 1)


def _height(word: int) -> int:
    return TOP + STEP * (Word.YES - word)
