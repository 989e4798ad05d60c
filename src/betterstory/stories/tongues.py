"""The language of a telling, who interpreted it, and the same words in a second language."""

import json
import logging
import uuid
from dataclasses import asdict, dataclass, replace
from datetime import datetime

from django.db import transaction

from betterstory.people.models import Person
from betterstory.stories import rules
from betterstory.stories.models import Story, Tongue, Use, Version
from betterstory.stories.sealing import OTHER_WORDS, TONGUE, open_all, seal
from betterstory.stories.showing import ShownStory
from betterstory.stories.verbs import checked, open_version
from betterstory.ui.plain import plain_name

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class SaidIn:
    """In which language it was told, and with whose help; `words` are those of the second language."""

    language: str = ""
    other_language: str = ""
    interpreter: str = ""
    role: str = ""
    words: str = ""

    @property
    def role_words(self) -> str:
        return str(Tongue.Role(self.role).label) if self.role else ""


@transaction.atomic
def say_language(
    story: Story,
    *,
    by: Person,
    language: str,
    interpreter: str = "",
    role: str = "",
    other_language: str = "",
) -> Tongue:
    """Write down the language of the telling, and who interpreted. Raises as `write` does."""
    version = open_version(story, by)
    said = SaidIn(
        plain_name(language), plain_name(other_language), plain_name(interpreter), Tongue.Role(role).value
    )
    return _keep(version, replace(said, words=_of(version).words))


@transaction.atomic
def write_beside(story: Story, *, by: Person, words: str) -> Tongue:
    """The same words in the second language, side by side with the first. Raises as `write` does."""
    version = open_version(story, by)
    return _keep(version, replace(_of(version), words=checked(words)))


def put_right(version: Version, **words: str) -> None:
    """Put words beside a version another way: part of a verb that has asked who may."""
    _keep(version, replace(_of(version), **words))


def said_in(version: Version, *, viewer: rules.Viewer, at: datetime) -> SaidIn:
    """What was written down, for whoever may read this version; else nothing."""
    if not rules.may_whole(viewer, Use.READ, version, at):
        return SaidIn()
    return _of(version)


def said_beside(shown: ShownStory) -> SaidIn:
    """The same of a story that was opened to be read: it is not asked a second time."""
    return _of(shown.version) if shown.use == Use.READ else SaidIn()


def _of(version: Version) -> SaidIn:
    tongue = Tongue.objects.filter(version=version).first()
    if tongue is None:
        return SaidIn()
    facts, words = open_all(
        [(tongue.facts_sealed, TONGUE, tongue.uuid), (tongue.words_sealed, OTHER_WORDS, tongue.uuid)]
    )
    kept = json.loads(facts)
    kept.pop("format")
    return SaidIn(**kept, words=words)


def _keep(version: Version, said: SaidIn) -> Tongue:
    facts = {name: value for name, value in asdict(said).items() if name != "words"}
    old = Tongue.objects.filter(version=version).first()
    row = old.uuid if old else uuid.uuid4()
    key = version.story.key
    sealed = {
        "facts_sealed": seal(json.dumps({"format": 1, **facts}), key=key, name=TONGUE, row=row),
        "words_sealed": seal(said.words, key=key, name=OTHER_WORDS, row=row),
    }
    kept, _new = Tongue.objects.update_or_create(
        version=version, defaults=sealed, create_defaults={"uuid": row, **sealed}
    )
    log.info("language said story=%s", version.story_id)
    return kept
