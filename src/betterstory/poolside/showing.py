"""What somebody round the table may see, opened. Everything here asks `rules` before it opens a word."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from django.db.models import Prefetch
from django.utils import timezone

from betterstory.people.models import Membership, Person
from betterstory.poolside import rules
from betterstory.poolside.models import Agreement, Answer, Poolside, Question, Return, Sharing, Signature
from betterstory.poolside.sealing import AGREED, ANSWER, CHANGES, HELD, NOT_HELD, WHY, open_all

UNDER_IT = (
    Prefetch("signatures", Signature.objects.select_related("person")),
    Prefetch("returns", Return.objects.select_related("written_by")),
)


@dataclass(frozen=True)
class Said:
    """An answer that this person may read."""

    who: str
    words: str
    on: date
    sharing: Sharing

    @property
    def is_shared(self) -> bool:
        """Whether it may stand on a page that others look at over one's shoulder."""
        return self.sharing == Sharing.SHARED


@dataclass
class Asked:
    """A question with what this person may know of it; of answers to be read out, only whose they are."""

    question: Question
    mine: Said | None = None
    shared: list[Said] = field(default_factory=list)
    aloud: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class Left:
    """Somebody who sat here once. They are seen, not forgotten."""

    person: int
    name: str
    on: date


@dataclass(frozen=True)
class Signed:
    """A name under the words; `left_on` where that person is no longer round the table."""

    name: str
    on: date
    here: bool
    left_on: date | None = None


@dataclass(frozen=True)
class Back:
    """One coming back, or a skip with its reason."""

    record: Return
    held: str
    not_held: str
    changes: str
    why: str

    @property
    def late(self) -> int:
        """Days that went by with nothing said, after the one that was set."""
        return max(0, (self.record.on - self.record.due_on).days)


@dataclass(frozen=True)
class Agreed:
    """One version of what was agreed."""

    agreement: Agreement
    words: str
    signed: list[Signed]
    unsigned: list[str]
    mine: bool
    returns: list[Back]
    left_unsigned: list[Left] = field(default_factory=list)
    went_by: date | None = None  # the day to come back to these words, past, and nothing was ever said

    @property
    def last(self) -> Back | None:
        return self.returns[-1] if self.returns else None


def members_of(poolside: Poolside) -> list[Person]:
    """Who is round the table now."""
    return round_the_table(poolside)[0]


def round_the_table(poolside: Poolside) -> tuple[list[Person], list[Left]]:
    """Who is there now; and who no longer is, and since which day, the latest first. One query."""
    every = Membership.objects.filter(circle=poolside.circle_id).select_related("person")
    seats = list(every.order_by("person__name", "pk"))
    here = [seat.person for seat in seats if seat.left_at is None]
    gone: dict[int, Left] = {}
    for seat in seats:
        if seat.left_at is None or seat.person in here:
            continue
        left = Left(seat.person_id, seat.person.name, timezone.localtime(seat.left_at).date())
        gone[left.person] = max(left, gone.get(left.person, left), key=lambda each: each.on)
    return here, sorted(gone.values(), key=lambda each: each.on, reverse=True)


def what_is_asked(poolside: Poolside, person: Person, members: Sequence[Person]) -> list[Asked]:
    """The questions in their order, then those set aside. Ask for somebody round the table. Two queries."""
    here = frozenset(member.pk for member in members)
    answers = Prefetch("answers", Answer.objects.select_related("by"))
    questions = list(poolside.questions.prefetch_related(answers))
    found = [(question, answer) for question in questions for answer in question.answers.all()]
    readable = [answer for _question, answer in found if rules.may_read(person, answer, here)]
    words = open_all([(answer.words_sealed, ANSWER, answer.uuid) for answer in readable])
    opened = {answer.pk: spoken for answer, spoken in zip(readable, words, strict=True)}
    asked = {question.pk: Asked(question) for question in questions}
    for question, answer in found:
        _sort_in(asked[question.pk], answer, opened.get(answer.pk), person=person, here=here)
    return list(asked.values())


def _sort_in(
    asked: Asked, answer: Answer, words: str | None, *, person: Person, here: frozenset[int]
) -> None:
    if words is not None:
        said = Said(answer.by.name, words, answer.said_on, Sharing(answer.sharing))
        if answer.by_id == person.pk:
            asked.mine = said
        else:
            asked.shared.append(said)
    elif answer.sharing == Sharing.ALOUD and answer.by_id in here:
        asked.aloud.append(answer.by.name)


def my_answer(question: Question, person: Person) -> Said | None:
    """One's own answer."""
    answer = question.answers.filter(by=person).first()
    if answer is None:
        return None
    words = open_all([(answer.words_sealed, ANSWER, answer.uuid)])[0]
    return Said(person.name, words, answer.said_on, Sharing(answer.sharing))


def what_is_agreed(
    poolside: Poolside, person: Person, members: Sequence[Person], left: Sequence[Left] = ()
) -> Agreed | None:
    """The agreement as it stands. Ask for somebody round the table. Three queries."""
    newest = list(poolside.agreements.in_force().prefetch_related(*UNDER_IT))
    return _opened(newest[0], person, members, left) if newest else None


def everything_agreed(
    poolside: Poolside,
    person: Person,
    members: Sequence[Person],
    left: Sequence[Left] = (),
    *,
    on: date,
) -> list[Agreed]:
    """Every version, the newest first. Ask for somebody round the table."""
    versions = list(poolside.agreements.order_by("-number").prefetch_related(*UNDER_IT))
    until, told = on, []
    for version in versions:
        opened = _opened(version, person, members, left)
        went_by = version.come_back_on if version.come_back_on < until else None
        told.append(replace(opened, went_by=went_by))
        until = version.written_on
    return told


def _opened(agreement: Agreement, person: Person, members: Sequence[Person], left: Sequence[Left]) -> Agreed:
    here = {member.pk for member in members}
    gone = {each.person: each.on for each in left}
    names: list[Signature] = list(agreement.signatures.all())
    under = {signature.person_id for signature in names}
    return Agreed(
        agreement=agreement,
        words=open_all([(agreement.words_sealed, AGREED, agreement.uuid)])[0],
        signed=[
            Signed(name.person.name, name.on, name.person_id in here, gone.get(name.person_id))
            for name in names
        ],
        unsigned=[member.name for member in members if member.pk not in under],
        mine=person.pk in under,
        returns=[_opened_return(back) for back in agreement.returns.all()],
        left_unsigned=[each for each in left if each.person not in under and each.on >= agreement.written_on],
    )


def _opened_return(back: Return) -> Back:
    sealed = ((back.held_sealed, HELD), (back.not_held_sealed, NOT_HELD), (back.changes_sealed, CHANGES))
    held, not_held, changes, why = open_all(
        [(words, name, back.uuid) for words, name in (*sealed, (back.why_sealed, WHY))]
    )
    return Back(back, held, not_held, changes, why)
