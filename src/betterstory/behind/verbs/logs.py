"""The place's own contact log: switched on, brought, thrown away."""

import hashlib
import json
import logging
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict
from datetime import date, datetime, timedelta
from pathlib import Path

from django.db import transaction
from django.utils.formats import date_format
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from betterstory.behind import counting, rules
from betterstory.behind.counting import CannotAnswer, Columns, Looked
from betterstory.behind.models import Arrival, ContactLog, Files
from betterstory.behind.verbs.keeping import hand_on
from betterstory.people.models import Person
from betterstory.people.verbs import NotYours
from betterstory.places import verbs as places
from betterstory.places.models import Place
from betterstory.ui.refusal import Refusal

logger = logging.getLogger(__name__)
KEPT_WAITING = timedelta(days=1)


class NobodyAnswersForIt(Refusal):
    """A log was to be switched on without naming who answers for it."""

    code, status = "nobody-answers-for-it", 422
    words = _("Say who answers for this log: an organisation, by its name.")


class NoLogHere(Refusal):
    """This place has not switched a log of its own on."""

    code = "no-log-here"
    words = _("This place keeps no log of its own. A steward can switch that on.")


class LogNotRead(Refusal):
    """The log cannot be read as it is. `sentence` is the engine's."""

    code, status = "log-not-read", 422
    words = _("%(sentence)s")


class PeopleNotRead(LogNotRead):
    """The list of everybody cannot be read as it is."""

    code = "people-not-read"


@transaction.atomic
def switch_on(place: Place, *, by: Person, controller: str) -> None:
    """This place keeps a log of its own, and this organisation answers for it.

    Raises NotYours or NobodyAnswersForIt.
    """
    if not controller.strip():
        raise NobodyAnswersForIt
    places.change_place(place, by=by, keeps_a_log=True, log_controller=controller.strip())
    logger.info("log switched on by=%s", by.pk)


@transaction.atomic
def switch_off(place: Place, *, by: Person) -> None:
    """Nothing more is brought or counted; logs stay until they are thrown away. Raises NotYours."""
    places.change_place(place, by=by, keeps_a_log=False)
    logger.info("log switched off by=%s", by.pk)


def receive(
    *, log: Path, by: Person, at: datetime, people: Path | None = None, move: bool = False
) -> Arrival:
    """Put files by whose columns can be read; which column is which is said next, with `bring_log`.

    Raises NotYours, NoLogHere, LogNotRead or PeopleNotRead. Nothing is kept then.
    """
    place_that_keeps_one(by)
    with told_as(LogNotRead):
        columns = counting.columns_of(log)
    with told_as(PeopleNotRead):
        people_columns = counting.columns_of(people) if people else []
    arrival = Arrival(
        has_people=people is not None,
        columns=columns,
        people_columns=people_columns,
        brought_by=by,
        came_at=at,
    )
    put = shutil.move if move else shutil.copyfile
    arrival.folder.mkdir(parents=True, mode=0o700)
    try:
        put(log, arrival.log_path)
        if people and arrival.people_path:
            put(people, arrival.people_path)
        arrival.save()
    except BaseException:
        shutil.rmtree(arrival.folder)
        raise
    logger.info("files came arrival=%s by=%s", arrival.pk, by.pk)
    return arrival


def bring_log(
    arrival: Arrival,
    *,
    columns: Columns,
    name: str,
    source: str,
    cannot_see: str,
    by: Person,
    at: datetime,
    is_invented: bool = False,
    in_place_of: ContactLog | None = None,
) -> ContactLog:
    """Read what arrived this way, and keep it as a log that can be asked. Twice gives the same log.

    `in_place_of` is the log that these are newer records of: a number that has changed by a few people since
    then stays as it was. Looks at every row, so it is called outside a transaction. Raises NotYours,
    NoLogHere or LogNotRead; then the files wait for another try.
    """
    place = place_that_keeps_one(by)
    with told_as(LogNotRead):
        looked = counting.look_over(records_of(arrival, columns))
    mark = _mark(arrival, columns)
    with transaction.atomic():
        kept, new = ContactLog.objects.get_or_create(
            uuid=arrival.uuid,
            defaults={
                **_said_of(looked),
                "has_people": arrival.has_people,
                "name": name,
                "log_columns": arrival.columns,
                "people_columns": arrival.people_columns,
                "in_place_of": in_place_of,
                "line": in_place_of.line if in_place_of else arrival.uuid,
                "columns": asdict(columns),
                "source": without_stop(source),
                "cannot_see": without_stop(cannot_see),
                "controller": place.log_controller,
                "data_mark": mark,
                "is_invented": is_invented,
                "brought_by": by,
                "brought_at": at,
            },
        )
        Arrival.objects.filter(uuid=arrival.uuid).delete()
    logger.info("log brought log=%s new=%s by=%s", kept.pk, new, by.pk)
    return kept


@transaction.atomic
def throw_away(files: ContactLog | Arrival, *, by: Person) -> None:
    """The files go. Numbers released from them stay, and can be counted no more. Raises NotYours."""
    if not rules.may_keep(by):
        raise NotYours
    _drop(files)
    logger.info("files thrown away by=%s", by.pk)


def throw_away_arrivals(*, at: datetime) -> int:
    """Throw away what came more than a day ago and was never brought; says how many. Safe to run again."""
    left = Arrival.objects.filter(came_at__lte=at - KEPT_WAITING)
    for arrival in left:
        with transaction.atomic():
            _drop(arrival)
    return len(left)


def _drop(files: ContactLog | Arrival) -> None:
    folder = files.folder
    if isinstance(files, ContactLog):
        hand_on(files)
    files.delete()
    transaction.on_commit(lambda: _wipe(folder))


def _wipe(folder: Path) -> None:
    counting.forget()
    shutil.rmtree(folder, ignore_errors=True)


def place_that_keeps_one(by: Person) -> Place:
    """The place, where it keeps a log and this person may come near it. Raises NotYours or NoLogHere."""
    if not rules.may_keep(by):
        raise NotYours
    place = Place.objects.first()
    if place is None or not rules.keeps_a_log(place):
        raise NoLogHere
    return place


def records_of(files: Files, columns: Columns) -> counting.Records:
    """Where the engine finds them, and how it reads them."""
    people = str(files.people_path) if files.people_path else None
    return counting.Records(str(files.log_path), people, columns)


def without_stop(words: str) -> str:
    """Pages put what was typed inside their own sentences, so its full stop goes."""
    return words.strip().removesuffix(".")


@contextmanager
def told_as(refusal: type[Refusal]) -> Iterator[None]:
    """What the engine will not do becomes this refusal, in the engine's sentence."""
    try:
        yield
    except CannotAnswer as cannot:
        raise refusal(sentence=cannot.sentence) from None


def _said_of(looked: Looked) -> dict[str, object]:
    first, last = (
        date_format(date.fromisoformat(f"{month}-01"), "F Y")
        for month in (looked.first_month, looked.last_month)
    )
    period = first if first == last else gettext("%(first)s to %(last)s") % {"first": first, "last": last}
    return {
        "period": period,
        "people_count": looked.people,
        "activities": looked.activities,
        "set_aside": looked.set_aside,
    }


def _mark(files: Files, columns: Columns) -> str:
    """The same for the same bytes read the same way."""
    whole = hashlib.blake2b(json.dumps(asdict(columns), sort_keys=True).encode(), digest_size=32)
    for path in (files.log_path, files.people_path):
        if path:
            with path.open("rb") as file:
                whole.update(hashlib.file_digest(file, "blake2b").digest())
    return whole.hexdigest()
