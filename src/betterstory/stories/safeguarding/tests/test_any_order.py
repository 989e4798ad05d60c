"""Whatever happens to a concern and a hold, in whatever order: what is always so."""

from datetime import timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test

from betterstory.people import keys
from betterstory.people.models import Person
from betterstory.stories import consenting
from betterstory.stories import rules as consent
from betterstory.stories.models import Concern, Entry, Hold, Opening, Step, Story, Use, Version, Worry
from betterstory.stories.safeguarding import beside, concerns, door, holds
from betterstory.stories.safeguarding.tests.conftest import REASON
from betterstory.ui.refusal import Refusal
from conftest import AT

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
KINDS = st.sampled_from(list(Entry.Kind))


class AnyOrder(RuleBasedStateMachine):
    """One story, one concern, a lead, a deputy, a teller; days that pass."""

    made: dict[str, Any]

    @initialize()
    def begin(self) -> None:
        self.now = AT + DAY
        self.story: Story = self.made["tell"]()
        self.lead: Person = self.made["grace"]
        self.deputy: Person = self.made["pat"]
        self.teller: Person = self.story.teller
        self.step = Step.objects.filter(version__story=self.story)[0]
        self.concern = concerns.raise_concern(
            by=self.made["organiser"], kind=Worry.ADULT, words="heard", at=self.now, story=self.story
        )
        self.lines: list[tuple[int, bytes]] = []

    def try_it(self, does: Any) -> bool:
        try:
            does()
        except Refusal:
            return False
        return True

    def current(self) -> Concern:
        return Concern.objects.select_related("story").get(pk=self.concern.pk)

    @rule(kind=KINDS, deputy=st.booleans())
    def write(self, kind: Entry.Kind, deputy: bool) -> None:
        by = self.deputy if deputy else self.lead
        allowed = concerns.standing_now(self.concern).allows(kind)
        review = (self.now + 5 * DAY).date()
        done = self.try_it(
            lambda: concerns.write(self.concern, kind=kind, words="x", by=by, at=self.now, review_on=review)
        )
        assert allowed or not done

    @rule(deputy=st.booleans())
    def open_one(self, deputy: bool) -> None:
        by = self.deputy if deputy else self.lead
        before = Opening.objects.count()
        which = f"piece:{self.step.pk}"
        done = self.try_it(
            lambda: door.open_one(self.current(), which=which, reason=REASON, by=by, at=self.now)
        )
        assert Opening.objects.count() == before + int(done), "an opening is a line, and a line an opening"
        assert not (done and self.is_destroyed())

    @rule(days=st.integers(1, 40))
    def hold(self, days: int) -> None:
        until = self.now + days * DAY
        self.try_it(lambda: holds.hold(self.current(), reason=REASON, until=until, by=self.lead, at=self.now))

    @rule()
    def end_hold(self) -> None:
        for named in Hold.objects.filter(story=self.story, ended_at=None)[:1]:
            holds.end(named, by=self.lead, at=self.now)

    @rule(now=st.booleans())
    def take_back(self, now: bool) -> None:
        self.story.refresh_from_db()
        consenting.take_back(self.story, by=self.teller, at=self.now, for_good_now=now)
        self.story.refresh_from_db()
        assert self.story.is_quiet

    @rule()
    def have_back(self) -> None:
        self.story.refresh_from_db()
        self.try_it(lambda: consenting.undo_take_back(self.story, by=self.teller, at=self.now))

    @rule(days=st.integers(1, 12))
    def days_pass(self, days: int) -> None:
        self.now += days * DAY
        held = Hold.objects.filter(story=self.story, ended_at=None, until__gt=self.now).exists()
        self.story.refresh_from_db()
        gone_before = self.is_destroyed()
        week_ago = self.story.taken_back_at and self.story.taken_back_at <= self.now - 7 * DAY
        consenting.destroy_those_due(at=self.now)
        if not gone_before:
            assert not (held and self.is_destroyed()), "nothing held is destroyed"
            assert held or not week_ago or self.is_destroyed(), "nothing due is kept without a hold"

    def is_destroyed(self) -> bool:
        return Story.objects.filter(pk=self.story.pk).exclude(destroyed_at=None).exists()

    @invariant()
    def lines_stay(self) -> None:
        if not hasattr(self, "concern"):
            return
        lines = [
            (entry.pk, bytes(entry.words_sealed)) for entry in Entry.objects.filter(concern=self.concern)
        ]
        assert lines[: len(self.lines)] == self.lines, "no line is changed, moved or taken out"
        self.lines = lines

    @invariant()
    def a_hold_is_told_and_shows_nothing(self) -> None:
        if not hasattr(self, "concern"):
            return
        held = Hold.objects.filter(story=self.story, ended_at=None, until__gt=self.now).count()
        assert len(beside.for_teller(self.story, at=self.now).holds) == held
        version = Version.objects.select_related("story").filter(story=self.story)[0]
        for somebody in (self.lead, self.deputy):
            assert not consent.may(somebody, Use.READ, version, self.now), "the post opens no page of a story"

    @invariant()
    def what_is_destroyed_cannot_be_read(self) -> None:
        if hasattr(self, "concern") and self.is_destroyed():
            assert door.choices(self.current(), by=self.lead) == []

    @invariant()
    def the_concern_lives_on(self) -> None:
        if hasattr(self, "concern"):
            assert keys.keyring().holds(self.concern.key)


@pytest.mark.parametrize("examples", [25])
def test_in_any_order(
    examples: int, neighbourhood: Any, grace: Person, pat: Person, organiser: Person, teller: Person
) -> None:
    from betterstory.stories import verbs  # noqa: PLC0415 - the machine tells a story for each run

    def tell() -> Story:
        told = verbs.begin(
            by=teller,
            teller=teller,
            neighbourhood=neighbourhood,
            title="One",
            chosen_name="R",
            limits_heard=True,
            at=AT,
        )
        verbs.add_step(told, by=teller, words="It happened.")
        verbs.agree(told, by=teller, at=AT)
        return told

    AnyOrder.made = {"tell": tell, "grace": grace, "pat": pat, "organiser": organiser}
    quick = settings(
        max_examples=examples,
        stateful_step_count=25,
        deadline=None,
        suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
    )
    run_state_machine_as_test(AnyOrder, settings=quick)
