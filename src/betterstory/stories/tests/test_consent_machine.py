"""Whatever a teller and the team do, in whatever order, a door is open only where a tiny model says so."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase
from hypothesis.stateful import Bundle, RuleBasedStateMachine, invariant, precondition, rule

from betterstory.people import verbs as people
from betterstory.people.models import Circle, Person, Role
from betterstory.places import verbs as places
from betterstory.stories import checking, consenting, reminding, rules, verbs
from betterstory.stories.models import Audience, Consent, Lead, Story, Use, Version
from betterstory.stories.rules import ANYONE
from betterstory.stories.safeguarding import leads
from conftest import AT, TODAY, read_every_line

USES = (Use.READ, Use.QUOTE, Use.COUNT)
HOUR = timedelta(hours=1)


@dataclass
class Said:
    """A yes, as the model knows it."""

    use: Use
    public: bool
    begins: datetime
    until: datetime
    waits: bool
    open: bool = True


@dataclass
class Paused:
    """A pause of one teller, as the model knows it."""

    by_team: bool = False
    opens_on: date | None = None


class Doors(RuleBasedStateMachine):
    """The real verbs on the left; on the right a list of yeses and a few flags."""

    yeses = Bundle("yeses")

    def __init__(self) -> None:
        super().__init__()
        self.at = AT
        self.teller = people.welcome(name="Sam", role=Role.RESIDENT, on=TODAY)
        self.other = people.welcome(name="Ana", role=Role.RESIDENT, on=TODAY)
        self.team = [people.welcome(name=name, role=Role.STEWARD, on=TODAY) for name in ("Bea", "Ivy")]
        self.reader = people.welcome(name="Jo", role=Role.PARTNER, on=TODAY)
        safe = people.welcome(name="Grace", role=Role.SAFETY, on=TODAY)
        leads.name(safe, post=Lead.Post.LEAD, phone="01632 960 100", by=None, at=AT)
        place = places.name_neighbourhood(name="Tanners Row", by=self.team[0])
        self.story = verbs.begin(
            by=self.teller,
            teller=self.teller,
            neighbourhood=place,
            title="T",
            chosen_name="Robin",
            limits_heard=True,
            at=AT,
        )
        verbs.add_step(self.story, by=self.teller, words="I rang.")
        self.version = verbs.agree(self.story, by=self.teller, at=AT)
        read_every_line(Version.objects.select_related("story__teller").get(pk=self.version.pk))
        self.room = people.open_circle(name="room", kind=Circle.Kind.NAMED)
        self.model: dict[int, Said] = {}
        self.in_room = self.gone = self.two = False
        # what each of two tellers has shut, or had shut for them
        self.paused: dict[Person, Paused] = {}
        self.held: set[Person] = set()
        self.taken: list[Person] = []

    def story_now(self) -> Story:
        return Story.objects.get(pk=self.story.pk)

    def teller_of(self, second: bool) -> Person:
        return self.other if second and self.two else self.teller

    @rule(target=yeses, use=st.sampled_from(USES), public=st.booleans(), hours=st.integers(49, 400))
    def say_yes(self, use: Use, public: bool, hours: int) -> int:
        if self.taken or self.held:
            return 0
        until = self.at + hours * HOUR
        yes = consenting.say_yes(
            Version.objects.get(pk=self.version.pk),
            by=self.teller,
            use=use,
            at=self.at,
            until=until,
            circle=None if public else self.room,
            audience=Audience.PUBLIC if public else Audience.CIRCLE,
        )
        begins = self.at + 48 * HOUR if public else self.at
        self.model[yes.pk] = Said(use, public, begins, until, waits=self.two)
        return int(yes.pk)

    @rule(pk=yeses)
    def stop(self, pk: int) -> None:
        if pk and not self.gone:
            consenting.stop(Consent.objects.get(pk=pk), by=self.teller, at=self.at)
            self.model[pk].open = False

    @rule(pk=yeses)
    def say_yes_too(self, pk: int) -> None:
        if pk and self.model[pk].waits and not self.held:
            consenting.say_yes_too(Consent.objects.get(pk=pk), by=self.other, at=self.at)
            self.model[pk].waits = False
            if self.model[pk].public:
                self.model[pk].begins = max(self.model[pk].begins, self.at + 48 * HOUR)

    @precondition(lambda self: not self.two and not self.taken and not self.held)
    @rule()
    def tell_together(self) -> None:
        consenting.tell_together(self.story_now(), by=self.teller, other=self.other, at=self.at)
        self.two = True
        for yes in self.model.values():
            yes.waits = yes.waits or yes.open

    @rule(second=st.booleans(), days=st.one_of(st.none(), st.integers(1, 9)))
    def pause(self, second: bool, days: int | None) -> None:
        who, day = self.teller_of(second), None if days is None else (self.at + days * 24 * HOUR).date()
        consenting.pause(self.story_now(), by=who, at=self.at, opens_on=day)
        if not self.paused.setdefault(who, Paused()).by_team:
            self.paused[who].opens_on = day

    @precondition(lambda self: not self.gone)
    @rule(who=st.integers(0, 1), second=st.booleans())
    def the_team_pauses(self, who: int, second: bool) -> None:
        teller = self.teller_of(second)
        consenting.pause_for(teller, by=self.team[who], at=self.at)
        self.paused[teller] = Paused(by_team=True)

    @precondition(lambda self: not self.gone)
    @rule(second=st.booleans())
    def a_card_may_be_found(self, second: bool) -> None:
        checking.card_may_be_found(self.teller_of(second), by=self.team[0], at=self.at)
        self.held.add(self.teller_of(second))

    @precondition(lambda self: not self.gone)
    @rule(second=st.booleans())
    def they_are_known_again(self, second: bool) -> None:
        teller = self.teller_of(second)
        for member in self.team:
            checking.met(teller, by=member, at=self.at)
        consenting.known_again(teller, at=self.at)
        self.held.discard(teller)
        if teller in self.paused and self.paused[teller].by_team:
            del self.paused[teller]

    @rule(second=st.booleans(), checked=st.booleans())
    def unpause(self, second: bool, checked: bool) -> None:
        teller = self.teller_of(second)
        mine = self.paused.get(teller)
        if mine and mine.by_team and checked:
            for member in self.team:
                checking.met(teller, by=member, at=self.at)
        try:
            is_open = consenting.unpause(self.story_now(), by=teller, at=self.at)
        except consenting.ShutForNow:
            assert self.held
        except consenting.TheOtherPaused:
            assert self.paused
            assert not mine
        except checking.NotKnown:
            assert mine
            assert (mine.by_team, checked) == (True, False)
        else:
            assert not self.held
            assert checked or not (mine and mine.by_team)
            self.paused.pop(teller, None)
            assert is_open == (not self.paused)

    @rule(second=st.booleans())
    def take_back(self, second: bool) -> None:
        teller = self.teller_of(second)
        consenting.take_back(self.story_now(), by=teller, at=self.at)
        self.taken = [*self.taken, *({teller} - {*self.taken})]
        for yes in self.model.values():
            yes.open = False

    @precondition(lambda self: self.taken and not self.gone and not self.held)
    @rule(second=st.booleans())
    def have_it_back(self, second: bool) -> None:
        teller = self.teller_of(second)
        try:
            is_back = consenting.undo_take_back(self.story_now(), by=teller, at=self.at)
        except consenting.TheOtherPaused:
            assert teller not in self.taken
        else:
            self.taken.remove(teller)
            assert is_back == (not self.taken)

    @precondition(lambda self: self.taken)
    @rule()
    def destroy(self) -> None:
        consenting.destroy(self.story_now(), at=self.at)
        self.gone = True

    @rule(comes=st.booleans())
    def somebody_comes_or_goes(self, comes: bool) -> None:
        (people.join if comes else people.leave)(circle=self.room, person=self.reader, at=self.at)
        self.in_room = comes

    @rule(hours=st.integers(1, 60))
    def time_passes(self, hours: int) -> None:
        self.at += hours * HOUR
        reminding.open_those_due(at=self.at)
        today = (self.at + HOUR).date()  # British summer time
        if not (self.held or self.taken or self.gone):
            still = {
                who: each for who, each in self.paused.items() if not each.opens_on or each.opens_on > today
            }
            self.paused = still

    def expected(self, use: Use, *, public: bool) -> bool:
        if self.paused or self.held or self.taken or self.gone:
            return False
        return any(
            yes.open
            and not yes.waits
            and yes.use == use
            and (yes.public or not public)
            and yes.begins <= self.at < yes.until
            for yes in self.model.values()
        )

    @invariant()
    def doors_are_as_the_model_says(self) -> None:
        version = Version.objects.select_related("story").get(pk=self.version.pk)
        piece = version.pieces.select_related("version__story").get()
        for use in USES:
            assert rules.may(ANYONE, use, version, self.at) == self.expected(use, public=True)
            assert rules.may(self.room, use, piece, self.at) == self.expected(use, public=False)
            seen = self.expected(use, public=not self.in_room)
            assert rules.may(self.reader, use, version, self.at) == seen
        mine = not self.gone and not self.held
        assert rules.may(self.teller, Use.READ, version, self.at) == mine
        as_anyone = self.expected(Use.READ, public=True)
        assert rules.may(self.other, Use.READ, version, self.at) == ((mine and self.two) or as_anyone)


class TestDoors(Doors.TestCase, TestCase):  # type: ignore[misc,valid-type]  # made by Hypothesis
    settings = settings(  # type: ignore[assignment]  # Hypothesis reads this name
        max_examples=30,
        stateful_step_count=18,
        deadline=None,
        suppress_health_check=list(HealthCheck),
    )
