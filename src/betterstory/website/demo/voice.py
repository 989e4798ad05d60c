"""Something to press play on: a soft tone, made here and called so; nobody's words are invented for it."""

from __future__ import annotations

import math
import wave
from datetime import timedelta
from io import BytesIO
from typing import TYPE_CHECKING

from django.http import HttpRequest

from betterstory.stories import care, consenting, recordings
from betterstory.stories import verbs as stories
from betterstory.stories.arriving import ComingSound
from betterstory.stories.models import Care, ReadBack, Use, Version

if TYPE_CHECKING:
    from betterstory.people.models import Circle
    from betterstory.website.demo.town import Town

TITLE = "A made sound"
NAME = "Joyce (a made sound)"
TEXT = """\
There is no story here. The recording is a soft tone of six seconds, made so that there is something to press play on.

In a place of your own somebody’s voice would be here. Only those it was opened to could hear it, and it would stop in the middle the moment they took it back."""
PRACTICAL = "Show Joyce how the player works."
NOTES = (220.0, 277.18, 329.63)  # a quiet chord, one after the other
SECONDS, A_SECOND, LOUDNESS = 6, 8_000, 6_000


def speak(town: Town, *, room: Circle) -> None:
    """Joyce has it kept, reads back what it is, and opens it to everybody of the first round."""
    teller, then = town.person["kettle"], town.ago(36)
    story = stories.begin(
        by=teller,
        teller=teller,
        neighbourhood=town.row,
        title=TITLE,
        chosen_name=NAME,
        limits_heard=True,
        at=then,
    )
    stories.write(story, by=teller, text=TEXT, at=then)
    coming = ComingSound(HttpRequest(), story)
    sound = tone()
    coming.receive_data_chunk(sound, 0)
    coming.file_complete(len(sound))
    recordings.keep_sound(story, by=teller, coming=coming, at=then)
    agreed = stories.agree(story, by=teller, at=then, how=ReadBack.How.ALOUD)
    version = Version.objects.select_related("story__teller").get(pk=agreed.pk)
    for use in (Use.READ, Use.HEAR):
        consenting.say_yes(
            version, by=teller, use=use, circle=room, at=then, until=then + timedelta(days=364)
        )
    practical = Care.objects.get(story=story, kind=Care.Kind.PRACTICAL)
    care.take_on(practical, by=town.person["organiser"], words=PRACTICAL)
    care.done(practical, by=teller, on=town.ago(33).date())


def tone() -> bytes:
    """Three notes that come and go, as a sound file."""
    each = SECONDS * A_SECOND // len(NOTES)
    samples = bytearray()
    for note in NOTES:
        for number in range(each):
            swell = math.sin(math.pi * number / each) ** 2
            height = LOUDNESS * swell * math.sin(math.tau * note * number / A_SECOND)
            samples += round(height).to_bytes(2, "little", signed=True)
    made = BytesIO()
    with wave.open(made, "wb") as sound:
        sound.setnchannels(1)
        sound.setsampwidth(2)
        sound.setframerate(A_SECOND)
        sound.writeframes(bytes(samples))
    return made.getvalue()
