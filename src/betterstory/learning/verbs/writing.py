"""Writing a lesson, writing it again, offering it, and taking old words out."""

import logging
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from betterstory.behind.models import Release
from betterstory.conversations.models import Gathering, Insight
from betterstory.immersion.models import Act
from betterstory.learning import rules
from betterstory.learning.models import Lesson, Points, Reach, Trial, Wording
from betterstory.learning.verbs.wording import LONGEST_WHY, said
from betterstory.people.models import Person
from betterstory.places.models import Round, Stage
from betterstory.promises.models import Ask, Promise
from betterstory.stories.models import Piece
from betterstory.ui.refusal import Refusal

log = logging.getLogger(__name__)
MOST_POINTS = 12
KINDS: tuple[tuple[type, str], ...] = (
    (Promise, "promise"),
    (Ask, "ask"),
    (Release, "release"),
    (Gathering, "gathering"),
    (Act, "act"),
    (Insight, "card"),
    (Piece, "piece"),
)
type Pointed = Promise | Ask | Release | Gathering | Act | Insight | Piece


class NotYoursToWrite(Refusal):
    """Somebody who was not in the round."""

    code, status = "not-yours-to-write", 403
    words = _("The people of a round write what they learned there. You are not in its rooms.")


class SayWhatGotWorse(Refusal):
    """Nothing was said about what got worse."""

    code, status = "say-what-got-worse", 422
    words = _("Say what got worse, or who was left out. “Nothing that we know of” is an answer too.")


class NewerWords(Refusal):
    """Somebody wrote new words in the meantime."""

    code = "newer-words"
    words = _("Somebody has written new words since you opened this page. Read them first.")


class AlreadyOffered(Refusal):
    """It was offered before."""

    code = "already-offered"
    words = _("It is offered already. Anyone can read it.")


class TooManyPoints(Refusal):
    """More than anybody follows."""

    code, status = "too-many-points", 422
    words = _("Choose %(most)s things it points to, at most.")


class NotOfThisRound(Refusal):
    """A lesson that says it came from a trial somewhere else."""

    code, status = "not-of-this-round", 422
    words = _("That lesson was tried in another round.")


class StillStands(Refusal):
    """The words that stand are written again, not taken out."""

    code = "still-stands"
    words = _("These words stand now. Write the lesson again first, then take the old words out.")


@dataclass(frozen=True)
class Words:
    """What a lesson says, part by part."""

    tried: str
    saw: str
    worse: str
    now: str
    surprised: str = ""

    def checked(self) -> dict[str, str]:
        """Each on one line. Raises SayWhatGotWorse, NothingSaid or TooLong."""
        if not self.worse.strip():
            raise SayWhatGotWorse
        told = {part: said(getattr(self, part)) for part in ("tried", "saw", "worse", "now")}
        return {**told, "surprised": said(self.surprised, needed=False)}


@transaction.atomic
def write(
    words: Words,
    *,
    round: Round,  # noqa: A002 - our word for one pass of the thread
    by: Person,
    on: date,
    points: Iterable[Pointed] = (),
    about: Stage | str = Stage.LEARNING,
    reach: Reach | str = Reach.PARTNERSHIP,
    came_from: Trial | None = None,
) -> Lesson:
    """Write down what a round learned, and what it points to.

    `about` is the part of a round it is about; `came_from` the trial of another round's lesson it grew from.
    Raises NotYoursToWrite, SayWhatGotWorse, NothingSaid, TooLong, TooManyPoints or NotOfThisRound.
    """
    if not rules.may_write(by, round):
        raise NotYoursToWrite
    if came_from is not None and came_from.round_id != round.pk:
        raise NotOfThisRound
    lesson = Lesson.objects.create(round=round, about=about, reach=reach, came_from=came_from, written_on=on)
    _stand(lesson, words, number=1, by=by, on=on, points=points)
    log.info("lesson written lesson=%s round=%s by=%s", lesson.pk, round.pk, by.pk)
    return lesson


@transaction.atomic
def write_again(
    lesson: Lesson,
    words: Words,
    *,
    after: int,
    because: str,
    by: Person,
    on: date,
    points: Iterable[Pointed] = (),
) -> Wording:
    """Say it better, and why. The words before stay, below. `after` is the number of those that were read.

    Raises NotYoursToWrite, NewerWords, SayWhatGotWorse, NothingSaid, TooLong or TooManyPoints.
    """
    lesson = _locked(lesson)
    if not rules.may_write(by, lesson.round):
        raise NotYoursToWrite
    if after != lesson.version:
        raise NewerWords
    number = lesson.version + 1
    why = said(because, most=LONGEST_WHY)
    wording = _stand(lesson, words, number=number, by=by, on=on, points=points, because=why)
    lesson.version = number
    lesson.save(update_fields=["version"])
    log.info("lesson written again lesson=%s number=%s by=%s", lesson.pk, number, by.pk)
    return wording


@transaction.atomic
def offer(lesson: Lesson, *, by: Person, on: date) -> Lesson:
    """Offer it to other neighbourhoods: from now on anyone may read it.

    Raises NotYoursToWrite or AlreadyOffered.
    """
    lesson = _locked(lesson)
    if not rules.may_offer(by, lesson):
        raise NotYoursToWrite
    if lesson.is_offered:
        raise AlreadyOffered
    lesson.offered_on, lesson.offered_by = on, by
    lesson.save(update_fields=["offered_on", "offered_by"])
    log.info("lesson offered lesson=%s by=%s", lesson.pk, by.pk)
    return lesson


@transaction.atomic
def take_out(wording: Wording, *, because: str, by: Person, on: date) -> Wording:
    """Take the words of an earlier version out, for good, and say why: that they stood there stays.

    Raises NotYoursToWrite, StillStands, NothingSaid or TooLong.
    """
    if not rules.may_take_out(by):
        raise NotYoursToWrite
    lesson = _locked(wording.lesson)
    if wording.number == lesson.version:
        raise StillStands
    wording.tried = wording.saw = wording.surprised = wording.worse = wording.now = wording.because = ""
    wording.taken_out_on, wording.taken_out_because = on, said(because, most=LONGEST_WHY)
    wording.save()
    wording.points.all().delete()
    log.info("lesson words taken out lesson=%s number=%s by=%s", lesson.pk, wording.number, by.pk)
    return wording


def _stand(
    lesson: Lesson,
    words: Words,
    *,
    number: int,
    by: Person,
    on: date,
    points: Iterable[Pointed],
    because: str = "",
) -> Wording:
    """The words of this number, with what they point to."""
    pointed = list(dict.fromkeys(points))
    if len(pointed) > MOST_POINTS:
        raise TooManyPoints(most=MOST_POINTS)
    told = words.checked()
    wording = Wording.objects.create(lesson=lesson, number=number, by=by, on=on, because=because, **told)
    Points.objects.bulk_create(Points(wording=wording, **{_kind(each): each}) for each in pointed)
    return wording


def _kind(thing: Pointed) -> str:
    return next(name for kind, name in KINDS if isinstance(thing, kind))


def _locked(lesson: Lesson) -> Lesson:
    """The lesson, read afresh; whoever else changes it waits."""
    locked = Lesson.objects.select_for_update(of=("self",)).select_related("round__neighbourhood")
    return locked.get(pk=lesson.pk)
