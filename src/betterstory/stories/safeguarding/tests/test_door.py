"""The one door: one piece, for a concern, with a reason; written down, and shown where it is safe."""

import ast
import logging
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from betterstory.people.models import Person
from betterstory.stories import consenting
from betterstory.stories.models import Concern, Entry, Lead, Opening, Piece, Step, Story, Worry
from betterstory.stories.safeguarding import beside, concerns, door
from betterstory.stories.safeguarding.tests.conftest import LATER, REASON
from conftest import AT, TODAY

pytestmark = pytest.mark.django_db
MISSED = "I rang to change the time. They took me off the list."
STORIES = Path(door.__file__).parents[1]


def open_step(concern: Concern, step: Step, by: Person, **more: object) -> door.Opened:
    told = {"which": f"piece:{step.pk}", "reason": REASON, "by": by, "at": LATER, **more}
    return door.open_one(concern, **told)  # type: ignore[arg-type]  # what each test gives


@pytest.mark.parametrize("how", ["told", "paused", "stopped", "taken back"])
def test_the_lead_opens_one_step_whatever_the_teller_shut(
    how: str, seen: Concern, story: Story, step: Step, teller: Person, grace: Person
) -> None:
    match how:
        case "paused":
            consenting.pause(story, by=teller, at=AT)
        case "stopped":
            consenting.stop_everything(story, by=teller, at=AT)
        case "taken back":
            consenting.take_back(story, by=teller, at=AT)
    opened = open_step(seen, step, grace)
    assert opened.words == MISSED
    assert list(Opening.objects.values_list("by", "piece", "story")) == [(grace.pk, step.pk, story.pk)]
    [look] = beside.for_teller(story, at=LATER).looks
    assert (look.who, look.what, look.number, look.reason) == ("Grace", "step", 2, REASON)


def test_nothing_opens_of_a_destroyed_story(
    seen: Concern, story: Story, step: Step, teller: Person, grace: Person
) -> None:
    assert door.choices(seen, by=grace)
    consenting.take_back(story, by=teller, at=AT, for_good_now=True)
    with pytest.raises(door.NotOpenToYou):
        open_step(seen, step, grace)
    assert not Opening.objects.exists()
    again = Concern.objects.select_related("story").get(pk=seen.pk)
    assert door.choices(again, by=grace) == []


@pytest.mark.parametrize("who", ["teller", "organiser", "steward", "resident", "pat"])
def test_nobody_else_passes(who: str, seen: Concern, step: Step, request: pytest.FixtureRequest) -> None:
    """The deputy neither, before it is written down that they read the concern."""
    with pytest.raises(door.NotOpenToYou):
        open_step(seen, step, request.getfixturevalue(who))
    assert not Opening.objects.exists()


def test_the_accused_lead_passes_no_door(
    story: Story, step: Step, organiser: Person, grace: Person, pat: Person
) -> None:
    raised = concerns.raise_concern(
        by=organiser, kind=Worry.ALLEGATION, words="Grace did", at=AT, story=story, about=grace
    )
    with pytest.raises(door.NotOpenToYou):
        open_step(raised, step, grace)
    concerns.write(raised, kind=Entry.Kind.SEEN, by=pat, at=LATER)
    assert open_step(raised, step, pat).words == MISSED


def test_nothing_opens_before_it_was_read_or_after_it_was_closed(
    concern: Concern, step: Step, grace: Person
) -> None:
    with pytest.raises(door.NotOpenToYou):
        open_step(concern, step, grace)
    for kind in (Entry.Kind.SEEN, Entry.Kind.PASSED_ON, Entry.Kind.TOLD, Entry.Kind.CLOSED):
        concerns.write(concern, kind=kind, words="a few words", by=grace, at=LATER)
    with pytest.raises(door.NotOpenToYou):
        open_step(concern, step, grace)


def test_a_concern_about_no_story_opens_none(organiser: Person, step: Step, grace: Person) -> None:
    raised = concerns.raise_concern(by=organiser, kind=Worry.ADULT, words="x", at=AT)
    concerns.write(raised, kind=Entry.Kind.SEEN, by=grace, at=LATER)
    with pytest.raises(door.NotOpenToYou):
        open_step(raised, step, grace)


@pytest.mark.parametrize("reason", ["", "because", "   short   "])
def test_a_reason_comes_first(reason: str, seen: Concern, step: Step, grace: Person) -> None:
    with pytest.raises(door.ReasonFirst):
        open_step(seen, step, grace, reason=reason)
    assert not Opening.objects.exists()


@pytest.mark.parametrize(
    "which",
    [
        "",
        "all",
        "piece:",
        "piece:0",
        "story:1",
        "piece:1e3",
        "paragraph:0",
        "paragraph:2",
        "piece:99999999999999999",
    ],
)
def test_one_piece_and_never_the_whole(which: str, seen: Concern, step: Step, grace: Person) -> None:
    with pytest.raises(door.OnePiece):
        open_step(seen, step, grace, which=which)
    assert not Opening.objects.exists()


def test_a_paragraph_opens_by_itself(seen: Concern, step: Step, grace: Person, story: Story) -> None:
    opened = open_step(seen, step, grace, which="paragraph:1")
    assert opened.words == "I stopped opening the post. It sat on the mat like snow."
    [look] = beside.for_teller(story, at=LATER).looks
    assert (look.what, look.number) == ("paragraph", 1)


def test_what_can_be_opened_is_said_without_a_word_of_it(seen: Concern, grace: Person) -> None:
    found = door.choices(seen, by=grace)
    assert [(each.kind, each.number) for each in found] == [
        ("gap", 2),
        ("step", 1),
        ("step", 2),
        ("step", 3),
        ("wish", 1),
        ("paragraph", 1),
    ]


def test_a_piece_of_an_earlier_version_is_found_again(
    seen: Concern, story: Story, step: Step, teller: Person, grace: Person
) -> None:
    from betterstory.stories import verbs  # noqa: PLC0415 - this test alone changes the story

    verbs.begin_version(story, by=teller, at=LATER)
    assert door.choices(seen, by=grace)[0] == door.Choice(f"piece:{step.pk}", "named", 0)
    assert open_step(seen, step, grace).words == MISSED


def test_what_is_not_safe_to_tell_stays_hidden_until_it_is(
    seen: Concern, story: Story, step: Step, grace: Person, teller: Person
) -> None:
    review = TODAY + timedelta(days=10)
    with pytest.raises(concerns.SayWhat):
        open_step(seen, step, grace, safe_to_tell=False, review_on=review)
    assert not Opening.objects.exists(), "nothing is half written"
    open_step(seen, step, grace, safe_to_tell=False, why_not="he reads her phone", review_on=review)
    assert beside.for_teller(story, at=LATER).looks == []
    assert not marks(story).was_opened
    assert concerns.standing_now(seen).review_on == review
    after = LATER + timedelta(days=30)
    assert beside.for_teller(story, at=after).looks == [], "a day gone by tells nobody anything by itself"
    concerns.write(seen, kind=Entry.Kind.TOLD, words="in person", by=grace, at=after)
    assert len(beside.for_teller(story, at=after).looks) == 1
    assert len(beside.for_teller(story, at=after).told) == 1
    assert marks(story).was_opened


def test_a_teller_who_is_accused_reads_nothing_of_it(
    story: Story, step: Step, organiser: Person, teller: Person, grace: Person
) -> None:
    raised = concerns.raise_concern(
        by=organiser, kind=Worry.ALLEGATION, words="Sam did", at=AT, story=story, about=teller
    )
    for kind in (Entry.Kind.SEEN, Entry.Kind.TOLD):
        concerns.write(raised, kind=kind, words="x", by=grace, at=LATER)
    open_step(raised, step, grace)
    shown = beside.for_teller(story, at=LATER)
    assert (shown.looks, shown.told) == ([], [])
    assert not marks(story).was_opened


def test_raising_alone_tells_the_teller_nothing(concern: Concern, story: Story) -> None:
    assert beside.for_teller(story, at=LATER).looks == []
    assert not marks(story).was_opened


def marks(story: Story) -> Any:
    return beside.marked(Story.objects.all(), at=LATER).get(pk=story.pk)


def test_the_log_of_the_door_holds_ids_alone(
    seen: Concern, step: Step, grace: Person, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO)
    open_step(seen, step, grace)
    assert "piece opened" in caplog.text
    for words in ("list", "Grace", "Sam", "Robin", REASON):
        assert words not in caplog.text


# what opens sealed words of a story, and what for
OPENS = {
    "sealing.py": "the function itself",
    "showing/pieces.py": "after asking rules.may",
    "showing/texts.py": "after asking rules.may of each version",
    "showing/whole.py": "after asking rules.may of the version",
    "verbs.py": "copies a version into the next one, sealed again, and shows nothing",
    "describing.py": "puts a shape right for whoever writes in the open version, and shows nothing",
    "carrying.py": "carries an agreed version into the next one, sealed again, and shows nothing",
    "reanchoring.py": "finds the line of the next version that a code belongs to, and shows nothing",
    "redacting/showing.py": "the list of names and the lines that were read, after asking rules.may_redact",
    "tongues.py": "the second language, after asking rules.may_whole",
    "beside.py": "how it looked to others, after asking rules.may_whole",
    "care.py": "what was agreed and is owed, for those of acting.may_care",
    "others.py": "who else is in it, for its teller",
    "owing.py": "what came of a use, for its teller",
    "migrations/0002_telling.py": "seals what lay open in an older release, and back",
    "safeguarding/door.py": "the one logged door beside consent",
}


def test_nothing_else_opens_sealed_words() -> None:
    found = {
        str(path.relative_to(STORIES))
        for path in STORIES.rglob("*.py")
        if "tests" not in path.parts and opens(path.read_text())
    }
    assert found == set(OPENS)


def opens(source: str) -> bool:
    """Whether a file calls something that opens sealed words: open_all(...), or keyring().open(...)."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Call):
            called = node.func
            if isinstance(called, ast.Name) and called.id == "open_all":
                return True
            if isinstance(called, ast.Attribute) and called.attr == "open_all":
                return True
            ring = (
                isinstance(called, ast.Attribute)
                and called.attr == "open"
                and "keyring" in ast.dump(called.value)
            )
            if ring:
                return True
    return False


@pytest.mark.parametrize(
    ("source", "caught"),
    [
        ("open_all([])", True),
        ("sealing.open_all(x)", True),
        ("keys.keyring().open(b'', name='x', row=y)", True),
        ("path.open('a')", False),
    ],
)
def test_the_scan_has_no_hole(source: str, caught: bool) -> None:
    assert opens(source) is caught


def test_the_deputy_and_the_lead_are_who_they_are(
    seen: Concern, step: Step, pat: Person, welcome: Callable[..., Person]
) -> None:
    """A row of the post without the part, as an old copy might hold it, opens nothing."""
    jo = welcome("Jo", "steward")
    Lead.objects.filter(post=Lead.Post.DEPUTY).update(person=jo)
    with pytest.raises(door.NotOpenToYou):
        open_step(seen, step, jo)
    assert Piece.objects.exists()
