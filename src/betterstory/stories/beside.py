"""How a step looked from where somebody else stood: kept beside the teller's words, never over them."""

import logging
import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from betterstory.people.models import Person
from betterstory.stories import acting, rules
from betterstory.stories.models import Reading, Step, Story, Use, Version
from betterstory.stories.refusals import NotYourStory, TakenBack
from betterstory.stories.sealing import READING, open_all, seal
from betterstory.stories.showing import ShownStory
from betterstory.stories.verbs import checked

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class ShownReading:
    """A reading, opened for somebody who may see it."""

    reading: Reading
    words: str
    name: str


@transaction.atomic
def stand_beside(step: Step, *, by: Person, words: str, at: datetime) -> Reading:
    """Say how a step looked from where one stood. Only its teller sees it until they let it in.

    A second time replaces the first, and waits to be let in again. Raises NotYourStory or TakenBack.
    """
    version = step.version
    story = Story.objects.select_for_update().get(pk=version.story_id)
    if not rules.may_stand_beside(by, version, at):
        raise NotYourStory
    if story.is_quiet:
        raise TakenBack
    row = uuid.uuid4()
    sealed = seal(checked(words), key=story.key, name=READING, row=row)
    facts = {"uuid": row, "words_sealed": sealed, "written_at": at, "let_in_at": None}
    reading, _new = Reading.objects.update_or_create(step=step, by=by, defaults=facts)
    log.info("reading written story=%s reading=%s by=%s", story.pk, reading.pk, by.pk)
    return reading


@transaction.atomic
def let_in(reading: Reading, *, by: Person, at: datetime) -> None:
    """It may stand beside the step, for whoever may read the story. Raises NotYourStory."""
    if not acting.may_open(by, reading.step.version.story):
        raise NotYourStory
    Reading.objects.filter(pk=reading.pk).update(let_in_at=at)
    log.info("reading let in reading=%s", reading.pk)


@transaction.atomic
def keep_out(reading: Reading, *, by: Person) -> None:
    """It goes: its teller does not want it there, or whoever wrote it takes it away. Raises NotYourStory."""
    if by.pk != reading.by_id and not acting.may_decide(by, reading.step.version.story):
        raise NotYourStory
    gone = reading.pk
    reading.delete()
    log.info("reading gone reading=%s", gone)


def readings_of(version: Version, *, viewer: rules.Viewer, at: datetime) -> list[ShownReading]:
    """Those this viewer may see: let in by the teller, their own, or all for the teller.

    Nobody reads them line by line for names, so to anyone at all they are not shown.
    """
    return _seen_by(viewer, version) if rules.may_whole(viewer, Use.READ, version, at) else []


def readings_beside(shown: ShownStory) -> list[ShownReading]:
    """The same of a story that was opened to be read: it is not asked a second time."""
    return _seen_by(shown.viewer, shown.version) if shown.use == Use.READ else []


def _seen_by(viewer: rules.Viewer, version: Version) -> list[ShownReading]:
    if isinstance(viewer, rules.Public):
        return []
    found = Reading.objects.filter(step__version=version).select_related("by", "step__version__story")
    mine = viewer.pk if isinstance(viewer, Person) else None
    seen = [each for each in found if each.let_in_at or mine in {each.by_id, *version.story.teller_ids}]
    return _opened(seen)


def _opened(readings: Iterable[Reading]) -> list[ShownReading]:
    readings = list(readings)
    words = open_all([(each.words_sealed, READING, each.uuid) for each in readings])
    return [ShownReading(each, said, each.by.name) for each, said in zip(readings, words, strict=True)]
