"""Keeping what was told aloud or on paper, sealed, beside the words of a version."""

import logging
from datetime import datetime

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext_lazy as _

from betterstory.people.models import Person
from betterstory.stories import photographs, sealed_files
from betterstory.stories.arriving import ComingSound
from betterstory.stories.models import Story, Told, Version
from betterstory.stories.refusals import AlreadyAgreed
from betterstory.stories.verbs import open_version
from betterstory.ui.refusal import Refusal

log = logging.getLogger(__name__)
MOST = 20


class TooMany(Refusal):
    """More recordings and pages than one story can hold."""

    code, status = "too-many", 422
    words = _("One story can hold twenty recordings and pages. Tell the rest as a second story.")


@transaction.atomic
def keep_sound(story: Story, *, by: Person, coming: ComingSound, at: datetime) -> Told:
    """Keep a recording that arrived whole and is sealed already. Raises as `write` does, and TooMany."""
    version = open_version(story, by)
    writing = coming.writing
    if writing is None:
        raise ValueError("nothing arrived")
    return _keep(version, Told.Kind.SOUND, coming.media, writing, by=by, at=at)


@transaction.atomic
def keep_page(story: Story, *, by: Person, came: bytes, at: datetime) -> Told:
    """Keep a photographed page, made again. Raises as `write` does, NoPicture, TooManyDots and TooMany."""
    version = open_version(story, by)
    picture = photographs.made_again(came)
    writing = sealed_files.Writing(version.story)
    try:
        writing.write(picture)
        writing.close()
        return _keep(version, Told.Kind.PAGE, photographs.MEDIA, writing, by=by, at=at)
    except BaseException:
        writing.drop()
        raise


@transaction.atomic
def take_out(told: Told, *, by: Person) -> None:
    """Take a recording or page out of the open version; its file goes with it. Raises as `write` does."""
    version = open_version(told.version.story, by)
    if told.version_id != version.pk:
        raise AlreadyAgreed
    gone = told.pk
    told.delete()
    transaction.on_commit(lambda: sealed_files.remove(told), robust=True)
    log.info("told taken out told=%s", gone)


def _keep(
    version: Version, kind: Told.Kind, media: str, writing: sealed_files.Writing, *, by: Person, at: datetime
) -> Told:
    if version.told.count() >= MOST:
        raise TooMany
    last = version.told.aggregate(last=Max("position"))["last"] or 0
    told = Told.objects.create(
        version=version,
        file=writing.file,
        kind=kind,
        media=media,
        size=writing.size,
        position=last + 1,
        told_at=at,
        told_by=by,
    )
    log.info("told kept story=%s told=%s kind=%s size=%s", version.story_id, told.pk, kind, told.size)
    return told
