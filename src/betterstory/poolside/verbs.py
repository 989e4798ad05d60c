"""What can be done at the poolside: ask, answer, agree, sign, come back. Nothing else writes here."""

import logging
import uuid
from collections.abc import Sequence
from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from betterstory.people import keys
from betterstory.people import verbs as people
from betterstory.people.models import Circle, Person
from betterstory.people.verbs import NotYours
from betterstory.places.models import Round
from betterstory.poolside import goodwill, rules
from betterstory.poolside.models import Agreement, Answer, Poolside, Question, Return, Sharing, Signature
from betterstory.poolside.questions import QUESTIONS
from betterstory.poolside.refusals import NotRoundThisTable
from betterstory.poolside.sealing import AGREED, ANSWER, CHANGES, HELD, NOT_HELD, WHY, seal
from betterstory.ui.refusal import Refusal

log = logging.getLogger(__name__)
MOST_QUESTIONS = 12


class NoQuestions(Refusal):
    """A circle without a question, or with more than anybody can sit through."""

    code, status = "no-questions", 422
    words = _("Keep at least one question, and %(most)s at most.")


class SetAside(Refusal):
    """An answer to a question that is no longer asked."""

    code = "set-aside"
    words = _("The circle no longer asks this. Your earlier answer is still yours.")


class NewerWords(Refusal):
    """Somebody wrote new words in the meantime."""

    code = "newer-words"
    words = _("Somebody has written new words since you opened this page. Read them first.")


class NotADayToComeBack(Refusal):
    """A day that has gone, or one too far away to hold anybody."""

    code, status = "not-a-day-to-come-back", 422
    words = _("Choose a day after today, and a year from now at most.")


@transaction.atomic
def open_poolside(
    *, name: str, by: Person, at: datetime, on: date, round_: Round | None = None, ends_on: date | None = None
) -> Poolside:
    """Begin a new circle at the poolside, with whoever opens it in it. Raises NotYours."""
    circle = people.open_circle(name=name, kind=Circle.Kind.POOLSIDE, ends_on=ends_on, by=by)
    people.join(circle=circle, person=by, at=at, by=by)
    return begin(circle=circle, by=by, on=on, round_=round_)


@transaction.atomic
def begin(*, circle: Circle, by: Person, on: date, round_: Round | None = None) -> Poolside:
    """Lay out the questions for a circle, under a key of its own; begun before is no error.

    Raises NotYours.
    """
    if not rules.may_begin(by, circle, on):
        raise NotYours
    begun = Poolside.objects.filter(circle=circle).first()
    if begun is not None:
        return begun
    poolside = Poolside.objects.create(circle=circle, round=round_, key=keys.keyring().make(), begun_on=on)
    set_questions(poolside, words=[str(question) for question in QUESTIONS], by=by, on=on)
    log.info("poolside begun poolside=%s by=%s", poolside.pk, by.pk)
    return poolside


@transaction.atomic
def belong(poolside: Poolside, *, round_: Round | None, by: Person, on: date) -> None:
    """Say which round this circle belongs to, or none yet. Raises NotRoundThisTable."""
    _check_seat(poolside, by, on)
    poolside.round = round_
    poolside.save(update_fields=["round"])
    log.info("poolside belongs poolside=%s round=%s by=%s", poolside.pk, round_ and round_.pk, by.pk)


@transaction.atomic
def set_questions(poolside: Poolside, *, words: Sequence[str], by: Person, on: date) -> list[Question]:
    """Ask these, in this order. A question left out is set aside with its answers, not destroyed.

    Raises NotRoundThisTable or NoQuestions.
    """
    _check_seat(poolside, by, on)
    wanted = list(dict.fromkeys(line.strip() for line in words if line.strip()))
    if not 0 < len(wanted) <= MOST_QUESTIONS:
        raise NoQuestions(most=MOST_QUESTIONS)
    poolside.questions.exclude(words__in=wanted).filter(set_aside_on=None).update(set_aside_on=on)
    asked = [
        Question.objects.update_or_create(
            poolside=poolside, words=line, defaults={"position": place, "set_aside_on": None}
        )[0]
        for place, line in enumerate(wanted, start=1)
    ]
    log.info("poolside questions set poolside=%s by=%s", poolside.pk, by.pk)
    return asked


@transaction.atomic
def answer(question: Question, *, words: str, sharing: Sharing, by: Person, on: date) -> Answer:
    """Say something to a question, in place of what one said before. Raises NotRoundThisTable or SetAside."""
    _check_seat(question.poolside, by, on)
    if question.set_aside_on is not None:
        raise SetAside
    said = Answer.objects.filter(question=question, by=by).first() or Answer(question=question, by=by)
    said.words_sealed = seal(words, key=question.poolside.key, name=ANSWER, row=said.uuid)
    said.sharing, said.said_on = sharing, on
    said.save()
    log.info("poolside answered question=%s", question.pk)  # not by whom: some answers nobody may know of
    return said


@transaction.atomic
def take_back_answer(question: Question, *, by: Person) -> None:
    """Unsay one's own answer: to a question set aside as well, and after leaving the circle too."""
    Answer.objects.filter(question=question, by=by).delete()
    log.info("poolside answer taken back question=%s", question.pk)


@transaction.atomic
def agree(
    poolside: Poolside, *, words: str, come_back_on: date, by: Person, on: date, after: int = 0
) -> Agreement:
    """Write what the circle agrees, as a new version on top of number `after` (0: the first).

    Nobody has signed it yet, its writer neither. Raises NotRoundThisTable, NotADayToComeBack or NewerWords.
    """
    _check_seat(poolside, by, on)
    _check_day(come_back_on, on)
    _hold(poolside)
    newest = poolside.newest_agreement()
    if (newest.number if newest else 0) != after:
        raise NewerWords
    row = uuid.uuid4()
    agreement = Agreement.objects.create(
        uuid=row,
        poolside=poolside,
        number=after + 1,
        words_sealed=seal(words, key=poolside.key, name=AGREED, row=row),
        written_by=by,
        written_on=on,
        come_back_on=come_back_on,
    )
    log.info("agreement written agreement=%s number=%s by=%s", agreement.pk, agreement.number, by.pk)
    return agreement


@transaction.atomic
def sign(agreement: Agreement, *, by: Person, on: date) -> Signature:
    """Put one's name under the words as they stand; signed already is no error.

    Raises NotRoundThisTable, or NewerWords where these are no longer the words.
    """
    _check_seat(agreement.poolside, by, on)
    _check_newest(agreement)
    signature, _made = Signature.objects.get_or_create(agreement=agreement, person=by, defaults={"on": on})
    log.info("agreement signed agreement=%s by=%s", agreement.pk, by.pk)
    return signature


@transaction.atomic
def come_back(
    agreement: Agreement, *, held: str, not_held: str, changes: str, next_on: date, by: Person, on: date
) -> Return:
    """Write down how it went since: what held, what did not, what changes, and when we come back next.

    From then on each may answer the quiet questions, for a week.

    Raises NotRoundThisTable, NotADayToComeBack or NewerWords.
    """
    back = _return_to(agreement, next_on=next_on, by=by, on=on)
    key = agreement.poolside.key
    back.held_sealed = seal(held, key=key, name=HELD, row=back.uuid)
    back.not_held_sealed = seal(not_held, key=key, name=NOT_HELD, row=back.uuid)
    back.changes_sealed = seal(changes, key=key, name=CHANGES, row=back.uuid) if changes else b""
    back.save()
    goodwill.ask(back, on=on)
    log.info("agreement come back to agreement=%s by=%s", agreement.pk, by.pk)
    return back


@transaction.atomic
def skip(agreement: Agreement, *, why: str, next_on: date, by: Person, on: date) -> Return:
    """Say openly that we do not come back this time, why, and when instead.

    Raises NotRoundThisTable, NotADayToComeBack or NewerWords.
    """
    back = _return_to(agreement, next_on=next_on, by=by, on=on)
    back.skipped = True
    back.why_sealed = seal(why, key=agreement.poolside.key, name=WHY, row=back.uuid)
    back.save()
    log.info("agreement return skipped agreement=%s by=%s", agreement.pk, by.pk)
    return back


def _return_to(agreement: Agreement, *, next_on: date, by: Person, on: date) -> Return:
    _check_seat(agreement.poolside, by, on)
    _check_day(next_on, on)
    _hold(agreement.poolside)
    _check_newest(agreement)
    agreement.refresh_from_db(fields=["come_back_on"])
    back = Return(agreement=agreement, due_on=agreement.come_back_on, on=on, written_by=by, next_on=next_on)
    agreement.come_back_on = next_on
    agreement.save(update_fields=["come_back_on"])
    return back


def _hold(poolside: Poolside) -> None:
    # two people who write at once take turns, on PostgreSQL as well
    Poolside.objects.select_for_update().get(pk=poolside.pk)


def _check_seat(poolside: Poolside, by: Person, on: date) -> None:
    if not rules.is_round_the_table(by, poolside, on):
        raise NotRoundThisTable


def _check_day(day: date, on: date) -> None:
    if not rules.is_a_day_to_come_back(day, on):
        raise NotADayToComeBack


def _check_newest(agreement: Agreement) -> None:
    if Agreement.objects.filter(poolside=agreement.poolside_id, number__gt=agreement.number).exists():
        raise NewerWords
