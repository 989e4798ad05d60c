"""From a story as it may be shown to the picture of its journey."""

from django.utils import translation

from betterstory.stories import how_long
from betterstory.stories.models import Gap, Moment
from betterstory.stories.picture import (
    COLUMN,
    Journey,
    Picture,
    PictureGap,
    PictureStep,
    lay_out,
    letter_of,
)
from betterstory.stories.showing import ShownStory


def picture_of(
    shown: ShownStory, journey: Journey | None = None, *, timed: bool = False, wide: float = COLUMN
) -> Picture | None:
    """The picture of a version's steps and gaps, laid out; None where no step was told.

    `timed`: at the lengths that were told and may be shown, if any. `wide`: of the page.
    `journey` is what `journey_of` gave, where it was asked already.
    """
    journey = journey or journey_of(shown)
    return lay_out(journey, say=translation, timed=timed, wide=wide) if journey else None


def journey_of(shown: ShownStory) -> Journey | None:
    """What happened, as it may be shown; None where no step was told."""
    if not shown.steps:
        return None
    sent_back = {
        gap.after_id: str(gap.pk) for gap, _words in shown.gaps if gap.gap_kind == Gap.GapKind.SENT_BACK
    }
    steps = tuple(
        PictureStep(
            key=str(told.step.pk),
            number=number,
            words=told.words,
            when=told.when,
            rings=tuple(told.step.rings),
            feeling=told.step.feeling,
            kindness=told.step.moment == Moment.KINDNESS,
            told_again=told.step.told_again,
            source=told.step.source,
            after=told.after,
            sent_back_to=sent_back.get(told.step.pk),
        )
        for number, told in enumerate(shown.steps, start=1)
    )
    gaps = tuple(
        PictureGap(
            key=str(gap.pk),
            letter=letter_of(at),
            after_step=str(gap.after_id),
            words=words,
            kind=gap.gap_kind,
            ring=gap.ring,
            lasted=how_long.read(gap.opened.lasted),
        )
        for at, (gap, words) in enumerate(shown.gaps)
    )
    return Journey(steps, gaps)
