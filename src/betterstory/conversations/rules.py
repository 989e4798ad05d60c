"""Who may do what around a gathering, as sentences."""

from rules import predicate

from betterstory.conversations.models import Duty, Gathering, Guest, Insight, Level, RunSheet
from betterstory.people.models import Person
from betterstory.places.models import Round
from betterstory.places.rules import may_organise
from betterstory.stories.acting import may_decide

LEADING = (Duty.HOST, Duty.FACILITATOR)


@predicate
def may_call(person: Person) -> bool:
    """An organiser or a steward calls gatherings, asks people, makes voice cards, opens and closes voting."""
    return may_organise(person)


@predicate
def may_answer_for(person: Person, guest: Guest) -> bool:
    """The guest; or whoever organises, for somebody who rang."""
    if may_organise(person):
        return True
    return Guest.objects.of(person).filter(pk=guest.pk).exists()


@predicate
def may_write_down(person: Person, gathering: Gathering) -> bool:
    """Whoever organises, and everybody of the room: anybody there may take the notes."""
    return may_organise(person) or gathering.circle_id in person.circle_ids


@predicate
def may_open_screen(person: Person, gathering: Gathering) -> bool:
    """Somebody of the room. A screen and a print ask as the room's circle, so nobody else may open one."""
    return gathering.circle_id in person.circle_ids


@predicate
def may_look_beneath(person: Person, round_: Round) -> bool:
    """Whoever organises, and everybody of the rooms of this round."""
    if may_organise(person):
        return True
    return Gathering.objects.filter(round=round_, circle__in=person.circle_ids).exists()


@predicate
def may_remove(person: Person, insight: Insight) -> bool:
    """Whoever added the card."""
    return insight.added_by_id == person.pk


@predicate
def may_reword(person: Person, insight: Insight) -> bool:
    """Anybody of the room; but nobody changes what another has said they take for granted."""
    return may_look_beneath(person, insight.round) and is_theirs_to_say(person, insight)


@predicate
def is_theirs_to_say(person: Person, insight: Insight) -> bool:
    """What somebody takes for granted is said by them, or by an organiser who typed it for them."""
    own = insight.added_by_id == person.pk
    return own or insight.level != Level.MENTAL_MODEL or may_organise(person)


@predicate
def may_keep(person: Person, insight: Insight) -> bool:
    """Whoever organises, and everybody of the room but whoever suggested it."""
    if may_organise(person):
        return True
    return insight.added_by_id != person.pk and may_look_beneath(person, insight.round)


@predicate
def may_note_for_teller(person: Person, teller_ids: set[int]) -> bool:
    """A teller speaks for themselves; whoever organises notes it at their word."""
    return person.pk in teller_ids or may_organise(person)


@predicate
def may_lead(person: Person, gathering: Gathering) -> bool:
    """Somebody of the room who organises, or who is host or facilitator of this gathering."""
    if gathering.circle_id not in person.circle_ids:
        return False
    if may_organise(person):
        return True
    return Guest.objects.of(person).filter(gathering=gathering, doings__duty__in=LEADING).exists()


@predicate
def is_teller(person: Person, sheet: RunSheet) -> bool:
    """Whoever told the story that is heard there. Fetch the sheet with its story."""
    return sheet.story is not None and may_decide(person, sheet.story)


@predicate
def may_read_run_sheet(person: Person, sheet: RunSheet) -> bool:
    """Whoever organises, everybody of the room, and the teller. Fetch the sheet with its story."""
    return may_write_down(person, sheet.gathering) or is_teller(person, sheet)


@predicate
def may_see_wall(person: Person, gathering: Gathering) -> bool:
    """Whoever organises, and was in that room."""
    return may_organise(person) and gathering.circle_id in person.circle_ids
