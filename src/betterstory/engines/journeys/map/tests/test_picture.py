"""The picture of a map: everything inside, nothing over anything else, and always the same."""

from itertools import combinations
from xml.etree import ElementTree

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some

from betterstory.engines.disclosure import ProtectedCount, ProtectedWait
from betterstory.engines.journeys.map.layout import LEFT, RIGHT, WIDTH, Words, lay_out, overlap
from betterstory.engines.journeys.map.letters import width, wrap
from betterstory.engines.journeys.map.picture import draw
from betterstory.engines.journeys.map.protected import Kind, ProtectedMap, Way

HIDDEN = ProtectedCount(None, "fewer")
NAMES = some.one_of(
    some.text(min_size=1, max_size=90),
    some.text("abcdefg hijklmnop WMQ", min_size=1, max_size=120),
    some.sampled_from(["Überweisung zur Weiterbehandlung", "看護師の訪問", "<b>&\"'", "W" * 80]),
)
FIGURES = some.integers(2, 200_000).map(lambda fives: ProtectedCount(5 * fives, "shown"))
MAYBE = some.one_of(some.just(HIDDEN), FIGURES)


@some.composite
def maps(draw_one: some.DrawFn) -> ProtectedMap:
    """3 to 40 kinds with names of any length, and up to all ways between them."""
    names = draw_one(some.lists(NAMES, min_size=3, max_size=40, unique=True))
    kinds = [Kind(name, draw_one(FIGURES), *(draw_one(MAYBE) for _ in range(6))) for name in names]
    ends = some.tuples(some.sampled_from(names), some.sampled_from(names))
    pairs = draw_one(some.lists(ends, unique=True, max_size=120))
    ways = [Way(start, end, draw_one(FIGURES), ProtectedWait(1, 2, 3)) for start, end in pairs]
    ways.sort(key=lambda way: (-(way.people.shown or 0), way.start, way.end))
    people = ProtectedCount(1_000_000, "shown")
    return ProtectedMap("default", people, "12 weeks", tuple(kinds), tuple(ways), "other contacts", ())


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(maps())
def test_nothing_lies_over_anything_else_and_all_is_inside(shown: ProtectedMap) -> None:
    layout = lay_out(shown, 40)
    in_boxes = [(box, words) for box in layout.boxes for words in box.words]
    below = [words for box in layout.boxes for words in (box.again, box.stopped) if words]
    beside = [line.label for line in layout.lines if line.label]
    every: list[Words] = [words for _, words in in_boxes] + below + beside
    assert not [(one, other) for one, other in combinations(every, 2) if overlap(one, other)]
    for words in every:
        assert words.left >= 0
        assert words.left + words.room <= WIDTH
        assert 40 < words.y < layout.height
    for box, words in in_boxes:
        assert words.left >= LEFT
        assert words.left + words.room <= RIGHT
        assert box.top < words.y - words.size * 0.8
        assert words.y < box.bottom - 2
    for one, other in zip(layout.boxes, layout.boxes[1:], strict=False):
        assert one.bottom < other.top
    assert all(0 <= line.lane <= WIDTH for line in layout.lines if line.lane is not None)


@settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
@given(maps())
def test_it_is_whole_xml_without_style_or_script_and_always_alike(shown: ProtectedMap) -> None:
    svg = draw(shown)
    assert svg == draw(shown)
    root = ElementTree.fromstring(svg)  # noqa: S314 - it is our own
    for element in root.iter():
        assert "style" not in element.attrib
        assert not element.tag.endswith(("script", "style", "image"))
    ElementTree.fromstring(draw(shown, alone=True).encode())  # noqa: S314 - it is our own


@given(some.text(max_size=200), some.integers(60, 300), some.integers(1, 3))
def test_lines_fit_their_room(words: str, room: int, lines: int) -> None:
    found = wrap(words, room, 15, lines)
    assert len(found) <= lines
    assert all(width(line, 15) <= room for line in found)


def test_a_thicker_line_is_more_people_and_ways_back_go_left() -> None:
    def kind(name: str, first: int | None = None) -> Kind:
        begins = ProtectedCount(first, "shown") if first else HIDDEN
        return Kind(name, ProtectedCount(100, "shown"), HIDDEN, begins, *[HIDDEN] * 4)

    def way(start: str, end: str, people: int) -> Way:
        return Way(start, end, ProtectedCount(people, "shown"), None)

    shown = ProtectedMap(
        "default",
        ProtectedCount(100, "shown"),
        "12 weeks",
        (kind("visit"), kind("referral", 100), kind("letter")),
        (way("referral", "visit", 90), way("visit", "letter", 40), way("letter", "referral", 15)),
        "other contacts",
        (),
    )
    layout = lay_out(shown)
    assert [box.name for box in layout.boxes] == ["referral", "visit", "letter"]
    by_people = sorted(layout.lines, key=lambda line: line.people)
    assert [line.thick for line in by_people] == sorted(line.thick for line in by_people)
    assert [line.back for line in by_people] == [True, False, False]
    assert by_people[0].lane is not None
    assert by_people[0].lane < LEFT
