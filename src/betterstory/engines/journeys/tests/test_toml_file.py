"""A pattern as a file, and read aloud."""

from hypothesis import given
from hypothesis import strategies as st

from betterstory.engines.journeys import Length, Pattern, Spells, Step, read_pattern, say, write_pattern

EVERYTHING = """
format = 1
name = "The long way round"
whole_within = "2 years"

[spells]
gap = "14 days"
activity = ["Night on a ward"]
at = "end"

[[step]]
name = "Asked for help"
activity = ["Referral", "Self referral"]
where = { team = ["Talking", "Crisis"], urgent = true, age = 85, score = 2.0 }

[[step]]
name = "Nobody came"
activity = ["Assessment"]
silence = "18 weeks"

[[step]]
name = "Crisis after crisis"
activity = ["A&E"]
times = 3
in = "1 year"
after = "1 week"
within = "6 months"
without = ["Assessment"]

[[step]]
name = "Back"
activity = ["A&E"]
"""


def test_every_part_of_a_file_is_read() -> None:
    pattern = read_pattern(EVERYTHING)
    asked, silent, crises, _ = pattern.steps
    assert str(pattern.whole_within) == "2 years"
    assert pattern.spells == Spells(Length(14 * 86_400_000_000, "14 days"), ("Night on a ward",), "end")
    assert asked.where == (
        ("team", ("Talking", "Crisis")),
        ("urgent", ("true",)),
        ("age", ("85",)),
        ("score", ("2",)),
    )
    assert [step.kind for step in pattern.steps] == ["contact", "silence", "repeat", "contact"]
    assert str(silent.silence) == "18 weeks"
    assert (crises.times, str(crises.inside), str(crises.after), str(crises.within), crises.without) == (
        3,
        "1 year",
        "1 week",
        "6 months",
        ("Assessment",),
    )


def test_a_pattern_that_is_written_reads_the_same() -> None:
    assert read_pattern(write_pattern(read_pattern(EVERYTHING))) == read_pattern(EVERYTHING)


def test_a_pattern_is_read_aloud_in_plain_words() -> None:
    assert say(read_pattern(EVERYTHING)).splitlines() == [
        "The long way round:",
        "Contacts of Night on a ward, each at most 14 days after the one before, count as one, at the last.",
        "First: Referral or Self referral, where team is Talking or Crisis, urgent is true, age is 85 and "
        "score is 2 (Asked for help).",
        "Then no Assessment for 18 weeks (Nobody came).",
        "Then, at least 1 week and at most 6 months later: A&E, 3 times within 1 year, with no Assessment in "
        "between (Crisis after crisis).",
        "Then, at any time later: A&E (Back).",
        "From first to last, the whole path takes 2 years at most.",
    ]


words = st.text(min_size=1, max_size=20).filter(lambda text: text.strip() and _writable(text))


def _writable(text: str) -> bool:
    return not any(sign == "\0" or "\ud800" <= sign <= "\udfff" for sign in text)


lengths = st.builds(
    lambda number, unit: Length(number * 86_400_000_000 * unit[1], f"{number} {unit[0]}"),
    st.integers(2, 99),
    st.sampled_from([("days", 1), ("weeks", 7)]),
)
steps = st.builds(
    Step,
    name=words,
    activity=st.lists(words, min_size=1, max_size=3, unique=True).map(tuple),
    where=st.dictionaries(words, st.lists(words, min_size=1, max_size=2).map(tuple), max_size=2).map(
        lambda table: tuple(table.items())
    ),
)


@given(words, st.lists(steps, min_size=1, max_size=4), st.none() | lengths)
def test_whatever_the_words_hold_they_come_back(name: str, asked: list[Step], whole: Length | None) -> None:
    pattern = Pattern(name, tuple(asked), whole)
    assert read_pattern(write_pattern(pattern)) == pattern


def test_one_activity_may_stand_without_a_list() -> None:
    assert read_pattern('format = 1\nname = "A"\n[[step]]\nname = "B"\nactivity = "c"').activities == ("c",)
