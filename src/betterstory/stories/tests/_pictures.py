"""Journeys to draw, and what is read of their pictures."""

import re
from typing import Any
from xml.etree import ElementTree

from django.template.loader import render_to_string
from hypothesis import strategies as st

from betterstory.stories.how_long import DAYS, HowLong
from betterstory.stories.picture import Journey, Picture, PictureGap, PictureStep, letter_of
from betterstory.stories.picture.journey import GAP_KINDS, RINGS, SOURCES

FRIENDS, COMMUNITY, SERVICES, HOSPITAL = (
    "friends_and_neighbours",
    "community",
    "local_services",
    "hospital_and_crisis",
)
HOSTILE = [
    "A&E said no",
    "<script>alert(1)</script>",
    "\"quotes\" and 'quotes' ]]> <!-- --> &amp; &#0;",
    "🐕🏽 the dog 👩‍👩‍👧 and tea ☕",
    "قالوا لي أن أنتظر في البيت",
    "\u202eturned round\u202c",
    "W" * 300,
    "word " * 60,
    "line\x00feed\x0b\x1b\ud800 and\nnew lines\r\n",
    "等了十九個星期" * 20,
    "ééé́́́" * 40,
    " ",
    "",
]


def step(number: int, rings: tuple[str, ...] = ("me",), feeling: int | None = 0, **more: Any) -> PictureStep:
    return PictureStep(f"s{number}", number, f"Step {number}.", rings=rings, feeling=feeling, **more)


def robin() -> Journey:
    """Eleven steps, as a teller in the demo might tell them."""
    steps = (
        step(1, ("me",), -1),
        step(2, (FRIENDS,), 0, kindness=True),
        step(3, (SERVICES,), 0, told_again=1, source="record"),
        step(4, ("me", SERVICES), -1, told_again=1, source="record"),
        step(5, ("me",), -2, sent_back_to="a"),
        step(6, (FRIENDS,), -1, kindness=True),
        step(7, (FRIENDS, HOSPITAL), None, told_again=2, source="record"),
        step(8, (COMMUNITY,), 0, kindness=True),
        step(9, (FRIENDS,), 1, kindness=True),
        step(10, (SERVICES,), 1, told_again=1, source="guess"),
        step(11, (COMMUNITY,), 2),
    )
    gaps = (
        PictureGap("a", "A", "s3", "No one, 19 weeks"),
        PictureGap("b", "B", "s5", "Waiting again, 17 weeks"),
        PictureGap("c", "C", "s7", "A hand-over, dropped", "dropped", HOSPITAL),
    )
    return Journey(steps, gaps)


words = st.one_of(st.none(), st.sampled_from(HOSTILE), st.text(max_size=60))
lengths = st.one_of(
    st.none(), st.builds(HowLong, st.integers(0, 40) | st.integers(0, 999), st.sampled_from(sorted(DAYS)))
)


@st.composite
def journeys(draw: st.DrawFn) -> Journey:
    """Any journey of 1 to 60 steps, gaps after any of them, sent back to any of those."""
    many = draw(st.one_of(st.integers(1, 12), st.integers(3, 60)))
    holes = draw(st.lists(st.integers(0, many - 1), max_size=12))
    gaps = tuple(
        PictureGap(
            f"g{at}",
            letter_of(at),
            f"s{after + 1}",
            draw(words),
            draw(st.sampled_from(GAP_KINDS)),
            draw(st.sampled_from(RINGS)),
            draw(lengths),
        )
        for at, after in enumerate(holes)
    )
    steps = tuple(
        PictureStep(
            key=f"s{number}",
            number=number,
            words=draw(words),
            when=draw(st.sampled_from(["", "Month 2", "that winter."])),
            rings=tuple(draw(st.lists(st.sampled_from(RINGS), max_size=4, unique=True))),
            feeling=draw(st.sampled_from([None, -2, -1, 0, 1, 2])),
            kindness=draw(st.booleans()),
            told_again=draw(st.sampled_from([0, 0, 0, 1, 2, 15])),
            source=draw(st.sampled_from(SOURCES)),
            sent_back_to=draw(st.sampled_from([None, None, *(gap.key for gap in gaps)])),
            after=draw(lengths),
        )
        for number in range(1, many + 1)
    )
    return Journey(steps, gaps)


def svgs(html: str) -> list[ElementTree.Element]:
    found = re.findall(r"<svg\b.*?</svg>", html, re.DOTALL)
    return [ElementTree.fromstring(svg) for svg in found]  # noqa: S314 - drawn by our own template


def page(picture: Picture) -> tuple[str, str]:
    """The drawing, and the list beside it."""
    return (
        render_to_string("stories/_picture.html", {"picture": picture}),
        render_to_string("stories/_picture_list.html", {"picture": picture}),
    )
