"""Words can be read on what they stand on, in light and in dark."""

import re
from pathlib import Path

import pytest

HOUSE = Path(__file__).parents[1] / "static" / "ui" / "house.css"
COLOURS = {
    name: (light, dark)
    for name, light, dark in re.findall(
        r"--([\w-]+): light-dark\((#\w{6}), (#\w{6})\)", HOUSE.read_text(encoding="utf-8")
    )
}
# what stands, on what, at least
PAIRS = """
    ink      paper  7.0
    ink      slip   7.0
    ink      tint   7.0
    ink      sheet  7.0
    soft     paper  4.5
    soft     slip   4.5
    soft     tint   4.5
    clay     paper  4.5
    clay     slip   4.5
    clay     tint   4.5
    on-clay  clay   4.5
    care     paper  4.5
    care     tint   4.5
    gap      paper  4.5
    edge     paper  3.0
    edge     slip   3.0
    sea      paper  3.0
"""


def light_of(colour: str) -> float:
    """Relative luminance, WCAG 2.2."""
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    brighter, darker = sorted((light_of(one), light_of(other)), reverse=True)
    return (brighter + 0.05) / (darker + 0.05)


@pytest.mark.parametrize("side", [0, 1], ids=["light", "dark"])
@pytest.mark.parametrize("line", PAIRS.strip().splitlines(), ids=lambda line: "-".join(line.split()[:2]))
def test_words_can_be_read(line: str, side: int) -> None:
    front, ground, least = line.split()
    assert contrast(COLOURS[front][side], COLOURS[ground][side]) >= float(least)


@pytest.mark.parametrize("side", [0, 1], ids=["light", "dark"])
def test_words_on_honey_are_dark_in_both(side: int) -> None:
    assert contrast("#2b2420", COLOURS["honey"][side]) >= 4.5
