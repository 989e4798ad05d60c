"""Patterns that cannot be asked: each is refused with a sentence that says what to change."""

import pytest

from betterstory.engines import journeys
from betterstory.engines.journeys import PatternRefused, read_pattern
from betterstory.engines.journeys.tests.tables import pattern_of, read


def refusal(text: str) -> str:
    with pytest.raises(PatternRefused) as refused:
        read_pattern(text)
    return refused.value.sentence


def pattern(*lines: str, top: str = 'format = 1\nname = "A path"') -> str:
    """A pattern whose second step has these lines."""
    first = '[[step]]\nname = "One"\nactivity = ["a"]'
    return "\n".join([top, first, '[[step]]\nname = "Two"\nactivity = ["b"]', *lines])


def test_the_pattern_these_are_made_from_is_accepted() -> None:
    assert [step.name for step in read_pattern(pattern('within = "2 days"')).steps] == ["One", "Two"]


@pytest.mark.parametrize(
    ("lines", "sentence"),
    [
        (('within = "1 week"', 'after = "2 weeks"'), "must come within 1 week but not before 2 weeks"),
        (('within = "six weaks"',), 'Step 2: "six weaks" is not a length of time. Did you mean "6 weeks"?'),
        (("within = 6",), "within is a number and a word in quotation marks"),
        (('witin = "6 weeks"',), 'Step 2 cannot say "witin". Did you mean "within", '),
        (('silence = "1 week"', 'within = "1 week"'), 'is a silence, so it takes no "within"'),
        (('silence = "1 week"', 'without = ["c"]'), 'is a silence, so it takes no "within"'),
        (('silence = "1 week"', "times = 2", 'in = "1 year"'), "cannot be a silence and a repeat"),
        (('silence = "0 days"',), "a silence of no time at all"),
        (("times = 3",), "comes 3 times: say in how long"),
        (('in = "1 year"',), "times must be a whole number from 2 to 1000"),
        (("times = 1", 'in = "1 year"'), "times must be a whole number from 2 to 1000"),
        (("times = 1001", 'in = "1 year"'), "times must be a whole number from 2 to 1000"),
        (("times = 2.5", 'in = "1 year"'), "times must be a whole number from 2 to 1000"),
        (("times = true", 'in = "1 year"'), "times must be a whole number from 2 to 1000"),
        (
            ("times = 3", 'in = "1 year"', 'without = ["b"]'),
            'repeats "b" and also says it must not come in between',
        ),
        (("without = 3",), "without is a list of names"),
        (('without = [" "]',), "lists an activity that has no words"),
        (("where = 3",), 'write where = { column = "value" }'),
        (('where = { ward = "\\u0000" }',), "with a sign that no text holds"),
        (('without = ["\\u0000"]',), "lists an activity that has no words"),
        (("where = { ward = [] }",), 'says where "ward" but lists nothing it may be'),
        (("where = { ward = [[1]] }",), "is a text, a number, true or false, or a date"),
    ],
)
def test_a_step_that_cannot_be_is_refused(lines: tuple[str, ...], sentence: str) -> None:
    assert sentence in refusal(pattern(*lines))


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ('name = "A"', "says format = 1 at the top"),
        ("format = 2\n", "says format = 1 at the top"),
        ("format = true\n", "says format = 1 at the top"),
        ("format = 1\n", "The pattern needs a name"),
        ('format = 1\nname = ""', "A pattern needs a name"),
        ('format = 1\nname = "A"', "needs at least one step"),
        ('format = 1\nname = "A"\n[step]\nname = "B"', "starts with [[step]]"),
        ('format = 1\nname = "A"\n[[step]]\nactivity = ["b"]', "Step 1 needs a name"),
        ('format = 1\nname = "A"\n[[step]]\nname = "B"', "needs at least one activity"),
        ('format = 1\nname = "A"\nstep = 3', "starts with [[step]]"),
        ('format = 1\nname = "A', "it makes no sense at its end"),
        ("format = 1\nname = A", "it makes no sense at line 2"),
        ('format = 1\nwhole = "1 year"', 'A pattern cannot say "whole". Did you mean "whole_within"?'),
        ("no/such/pattern.toml", "There is no pattern file"),
        ("", "There is no pattern file"),
    ],
)
def test_a_file_that_is_no_pattern_is_refused(text: str, sentence: str) -> None:
    assert sentence in refusal(text)


@pytest.mark.parametrize(
    "limit", ['within = "1 day"', 'after = "1 day"', 'without = ["c"]', 'silence = "1 day"']
)
def test_the_first_step_has_nothing_to_count_from(limit: str) -> None:
    first = f'format = 1\nname = "A"\n[[step]]\nname = "One"\nactivity = ["a"]\n{limit}'
    assert "first step" in refusal(first)


def test_waits_and_silences_must_fit_into_the_whole_path() -> None:
    pattern_of("a; b after 2 weeks; no c for 2 weeks", whole="28 days")
    with pytest.raises(PatternRefused, match="add up to more than the whole path may take, which is 27 days"):
        pattern_of("a; b after 2 weeks; no c for 2 weeks", whole="27 days")


def test_more_steps_than_can_be_asked_are_refused() -> None:
    pattern_of("; ".join(["a"] * 30))
    with pytest.raises(PatternRefused, match="at most 30 steps; this one has 31"):
        pattern_of("; ".join(["a"] * 31))


@pytest.mark.parametrize(
    ("spells", "sentence"),
    [
        ("[spells]", "Spells need a gap"),
        ('[spells]\ngap = "1 day"\nat = "middle"', 'at its "start" or at its "end"'),
        ('[spells]\ngap = "1 day"\nevery = 3', 'Spells cannot say "every"'),
    ],
)
def test_spells_that_cannot_be_are_refused(spells: str, sentence: str) -> None:
    assert sentence in refusal(pattern(spells))


LOG = """
    person  day  activity    ward
    ann       0  Referral    North
    ann       1  Assessment  South
    """


@pytest.mark.parametrize(
    ("steps", "sentence"),
    [
        ("Referal", 'No contact in this log is called "Referal". Did you mean "Referral"?'),
        ("Referral; Assessment or Nothing", 'No contact in this log is called "Nothing".'),
        ("Referral; Assessment without assesment", 'Did you mean "Assessment"?'),
        ("Referral; no visit for 3 weeks", 'No contact in this log is called "visit".'),
        ("Referral where wart is North", 'This log has no column "wart". Did you mean "ward"?'),
        ("Referral where zzz is North", 'This log has no column "zzz". It has ward.'),
    ],
)
def test_a_pattern_must_speak_of_what_is_in_the_log(steps: str, sentence: str) -> None:
    with read(LOG) as log, pytest.raises(PatternRefused) as refused:
        journeys.count(pattern_of(steps), log)
    assert sentence in refused.value.sentence


def test_an_activity_of_spells_must_be_in_the_log_too() -> None:
    with read(LOG) as log, pytest.raises(PatternRefused, match='called "night"'):
        journeys.count(pattern_of("Referral", spells="3 days of night"), log)


def test_an_activity_that_only_stood_in_rows_set_aside_is_not_in_the_log() -> None:
    log = """
        person  day  activity
        ann       0  Referral
        -         1  Help
        """
    with read(log) as asked, pytest.raises(PatternRefused, match='called "Help"'):
        journeys.count(pattern_of("Referral; Help"), asked)


def test_a_column_to_look_over_by_must_exist_and_have_few_values() -> None:
    rows = [{"person": f"p{n}", "time": "2024-01-01", "activity": "Referral", "code": n} for n in range(201)]
    with journeys.read_log(rows) as log:
        with pytest.raises(PatternRefused, match=r'no column "cod" to look over\. Did you mean "code"'):
            journeys.count(pattern_of("Referral"), log, by="cod")
        with pytest.raises(PatternRefused, match="more than 200 different values"):
            journeys.count(pattern_of("Referral"), log, by="code")


def test_a_next_step_without_limits_is_warned_about() -> None:
    with read(LOG) as log:
        limited = journeys.count(pattern_of("Referral; Assessment within 1 day"), log)
        barred = journeys.count(pattern_of("Referral; Assessment without Referral"), log)
        whole = journeys.count(pattern_of("Referral; Assessment", whole="1 year"), log)
        endless = journeys.count(pattern_of("Referral; Assessment"), log)
    assert limited.warnings == whole.warnings == ()
    assert "stays on the way for ever." in endless.warnings[0]
    assert "for ever unless" in barred.warnings[0]
