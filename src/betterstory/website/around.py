"""What a neighbourhood's home shows: where we are, what is next, what is owed. Reading only."""

from dataclasses import dataclass, field
from datetime import date, datetime

from django.utils.translation import gettext as _

from betterstory.conversations.models import Gathering, Guest, Side
from betterstory.conversations.owed import Owed, owed_after, with_owed
from betterstory.immersion.models import Act
from betterstory.people.models import Person, Role
from betterstory.places.models import Round, Stage
from betterstory.poolside.models import Agreement
from betterstory.promises.models import Ask, Promise
from betterstory.ui.round import Stage as Stop

ICONS = {
    Stage.POOLSIDE: "ladder",
    Stage.DIVING_IN: "diving",
    Stage.HEARING: "speech",
    Stage.MAKING_SENSE: "iceberg",
    Stage.PLANNING: "checklist",
    Stage.KEEPING_OUR_WORD: "knot",
    Stage.LEARNING: "seedling",
}


@dataclass(frozen=True)
class Around:
    """A neighbourhood as it stands today."""

    round: Round | None
    stops: list[Stop]
    next_gathering: Gathering | None = None
    coming: dict[str, int] = field(default_factory=dict)
    past_gatherings: list[Gathering] = field(default_factory=list)
    owed: list[dict[str, object]] = field(default_factory=list)
    waiting: list[dict[str, object]] = field(default_factory=list)
    acts: list[Act] = field(default_factory=list)
    after: list[Owed] = field(default_factory=list)
    return_to: Agreement | None = None
    may_organise: bool = False
    is_in: bool = False


def look_around(current: Round | None, person: Person | None, *, on: date, at: datetime) -> Around:
    """Everything a neighbourhood's home page shows of its newest round, in a handful of queries."""
    if current is None:
        return Around(None, [], may_organise=_organises(person))
    organises = _organises(person)
    called = Gathering.objects.filter(round=current).order_by("at")
    gatherings = list(with_owed(called) if organises else called)
    coming = next((each for each in gatherings if each.at >= at), None)
    back = Agreement.objects.next_return(person, on=on, round_=current) if person else None
    return Around(
        round=current,
        stops=stops(Stage(current.stage)),
        next_gathering=coming,
        coming=who_said_yes(coming) if coming else {},
        past_gatherings=[each for each in gatherings if each.at < at],
        owed=what_is_owed(current, on=on),
        waiting=who_has_not_answered(current, on=on),
        acts=Act.objects.newest_of(current, most=3),
        return_to=back,
        is_in=person is not None,
        may_organise=organises,
        after=owed_after(gatherings, at=at) if organises else [],
    )


def _organises(person: Person | None) -> bool:
    return person is not None and person.plays(Role.ORGANISER, Role.STEWARD)


def stops(here: Stage) -> list[Stop]:
    """The seven stages as stops on a path: walked, here, or to come. The poolside is never done."""
    order = list(Stage)
    at = order.index(here)
    made = []
    for number, stage in enumerate(order):
        state = "done" if number < at else "here" if number == at else "ahead"
        note = {"done": _("done"), "here": _("we are here"), "ahead": _("to come")}[state]
        if stage == Stage.POOLSIDE and state == "done":
            note = _("and always")
        made.append(Stop(str(stage.label), note, ICONS[stage], state))
    return made


def who_said_yes(gathering: Gathering) -> dict[str, int]:
    """How many of each side said they come."""
    sides = list(gathering.guests.filter(reply=Guest.Reply.COMING).values_list("side", flat=True))
    return {side.value: sides.count(side.value) for side in Side}


def what_is_owed(current: Round, *, on: date) -> list[dict[str, object]]:
    """Open promises, the late ones first."""
    return [
        {"promise": promise, "late": promise.is_late(on=on), "days": promise.days_late(on=on)}
        for promise in Promise.objects.owed_in(current)[:6]
    ]


def who_has_not_answered(current: Round, *, on: date) -> list[dict[str, object]]:
    """Asks whose answer is still to come, the longest waiting first."""
    return [{"ask": ask, "days": ask.days(on=on)} for ask in Ask.objects.waiting_in(current)[:6]]
