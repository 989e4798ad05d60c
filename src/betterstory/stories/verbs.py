"""What can be done with the words of a story. What its teller says yes to is in `consenting`."""

import logging
import uuid
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from betterstory.people import keys
from betterstory.people.models import Circle, Membership, Person
from betterstory.places.models import Neighbourhood
from betterstory.stories import acting, care, carrying, leaves, reanchoring
from betterstory.stories.adding import add_step, name_gap, remove, wish
from betterstory.stories.models import ReadBack, Story, Version
from betterstory.stories.open_version import (
    LONGEST,
    checked,
    locked,
    mark_of,
    mark_of_piece,
    open_version,
    pieces_of,
)
from betterstory.stories.refusals import (
    AlreadyAgreed,
    ChangedSince,
    LimitsFirst,
    NoLead,
    NoSuchStep,
    NotYourStory,
    TakenBack,
    TitleStands,
    TooLong,
)
from betterstory.stories.safeguarding import rules as safety
from betterstory.stories.sealing import NAME, TEXT, TITLE, open_all, seal
from betterstory.ui.plain import plain_name

__all__ = [
    "LONGEST",
    "AlreadyAgreed",
    "ChangedSince",
    "LimitsFirst",
    "NoLead",
    "NoSuchStep",
    "NotYourStory",
    "TakenBack",
    "TooLong",
    "add_step",
    "mark_of_piece",
    "name_gap",
    "open_version",
    "remove",
    "wish",
]

log = logging.getLogger(__name__)


@transaction.atomic
def begin(
    *,
    by: Person,
    teller: Person,
    neighbourhood: Neighbourhood,
    limits_heard: bool,
    at: datetime,
    title: str = "",
    chosen_name: str = "",
) -> Story:
    """Begin a story under a key of its own, with an empty first version.

    Title and name can wait: `call_it` says them later.
    `limits_heard` says that the limits of confidentiality were read or said first; without it LimitsFirst.
    They name somebody: where nobody holds that post, NoLead.
    Somebody else than the teller who begins it writes for the teller, and is let in as a helper.
    """
    if safety.first() is None:
        raise NoLead
    if not limits_heard:
        raise LimitsFirst
    if not acting.may_write_for(by, teller):
        raise NotYourStory
    title, chosen_name = plain_name(title) or _("My story"), plain_name(chosen_name) or _("Somebody")
    key = keys.keyring().make()
    row = uuid.uuid4()
    helpers = None
    if by.pk != teller.pk:
        helpers = Circle.objects.create(name="helpers", kind=Circle.Kind.HELPERS)
        Membership.objects.create(circle=helpers, person=by, joined_at=at)
        by.read_again()  # read again: the circle is new
    story = Story.objects.create(
        uuid=row,
        teller=teller,
        helpers=helpers,
        neighbourhood=neighbourhood,
        key=key,
        title_sealed=seal(title, key=key, name=TITLE, row=row),
        name_sealed=seal(chosen_name, key=key, name=NAME, row=row),
        limits_heard_at=at,
        begun_at=at,
    )
    _new_version(story, number=1, text="", at=at)
    log.info("story begun story=%s", story.pk)
    return story


@transaction.atomic
def call_it(story: Story, *, by: Person, title: str = "", chosen_name: str = "") -> Story:
    """Say what the story, or its teller in it, is called; what is left empty stays.

    Both stand on every version. Where one is agreed they are the teller's alone: TitleStands.
    """
    story = open_version(story, by).story
    if not acting.may_decide(by, story) and story.versions.exclude(agreed_at=None).exists():
        raise TitleStands
    if title := plain_name(title):
        story.title_sealed = seal(title, key=story.key, name=TITLE, row=story.uuid)
        leaves.throw_away(story)
    if chosen_name := plain_name(chosen_name):
        story.name_sealed = seal(chosen_name, key=story.key, name=NAME, row=story.uuid)
    story.save(update_fields=["title_sealed", "name_sealed"])
    log.info("story called story=%s", story.pk)
    return story


@transaction.atomic
def write(story: Story, *, by: Person, text: str, at: datetime, as_read: str | None = None) -> Version:
    """Put down the words of the open version. Raises NotYourStory, TooLong, AlreadyAgreed or TakenBack.

    `as_read` is the `mark_of` what was on the page; raises ChangedSince where somebody wrote meanwhile.
    """
    version = open_version(story, by)
    if as_read is not None and as_read != mark_of(version):
        raise ChangedSince
    text = checked(text)
    version.text_sealed = seal(text, key=story.key, name=TEXT, row=version.uuid)
    version.save(update_fields=["text_sealed"])
    log.info("story written story=%s version=%s", story.pk, version.number)
    return version


@transaction.atomic
def agree(
    story: Story,
    *,
    by: Person,
    at: datetime,
    as_read: str | None = None,
    how: ReadBack.How = ReadBack.How.MYSELF,
) -> Version:
    """The version was read back, and its teller says: so it is. Only the teller can. Care is owed from then.

    `as_read` is the `mark_of` what was read; raises ChangedSince where it was changed after that.
    """
    if not acting.may_decide(by, story):
        raise NotYourStory
    version = open_version(story, by)
    if as_read is not None and as_read != mark_of(version, pieces_of(version)):
        raise ChangedSince
    version.agreed_at = at
    version.save(update_fields=["agreed_at"])
    leaves.lay(version)
    ReadBack.objects.create(version=version, how=how, at=at)
    care.owe_after_telling(story, at=at)
    before = story.versions.exclude(agreed_at=None).filter(number__lt=version.number).last()
    if before is not None:
        reanchoring.carry_codes(before, version)
    log.info("version agreed story=%s version=%s", story.pk, version.number)
    return version


@transaction.atomic
def begin_version(story: Story, *, by: Person, at: datetime) -> Version:
    """Begin a new version from the newest, piece by piece. What was agreed before keeps its own yeses."""
    story = locked(story)
    if not acting.may_change(by, story):
        raise NotYourStory
    if story.taken_back_at or story.destroyed_at:
        raise TakenBack
    old = story.newest()
    if old.agreed_at is None:
        return old
    if not acting.may_decide(by, story):
        raise NotYourStory  # agreed words are the teller's to open again, for a helper too
    return copy_version(story, old, at=at)


def copy_version(story: Story, old: Version, *, at: datetime) -> Version:
    """A new open version that says the same, piece by piece and in the same order. Inside a transaction."""
    [text] = open_all([(old.text_sealed, TEXT, old.uuid)])
    new = _new_version(story, number=old.number + 1, text=text, at=at)
    carrying.carry_over(old, new)
    log.info("version begun story=%s version=%s", story.pk, new.number)
    return new


def _new_version(story: Story, *, number: int, text: str, at: datetime) -> Version:
    row = uuid.uuid4()
    return Version.objects.create(
        uuid=row,
        story=story,
        number=number,
        text_sealed=seal(text, key=story.key, name=TEXT, row=row),
        begun_at=at,
    )
