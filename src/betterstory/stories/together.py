"""Several stories side by side: only those whose picture this viewer may see, and no words of them."""

from dataclasses import dataclass
from datetime import datetime

from betterstory.stories import rules, showing
from betterstory.stories.models import Gap, Moment, Step, Use, Version
from betterstory.stories.picture import Journey, PictureGap, PictureStep, letter_of
from betterstory.stories.rules import Viewer


@dataclass(frozen=True)
class Stripped:
    """A version without its words, and its gaps by the keys they have in the journey."""

    version: Version
    journey: Journey
    gaps: dict[str, Gap]


def stories_for(viewer: Viewer, *, at: datetime) -> list[Stripped]:
    """The newest version of each story whose picture this viewer may see now, in an order that says nothing.

    Four queries, however many stories: the versions, the one question, all steps, all gaps.
    """
    agreed = Version.objects.exclude(agreed_at=None).filter(story__destroyed_at=None)
    versions = list(agreed.select_related("story__teller").order_by("number"))
    allowed = rules.may_whole_each(viewer, Use.PICTURE, versions, at)
    newest = {version.story_id: version for version in versions if version.pk in allowed}
    chosen = sorted(newest.values(), key=lambda version: version.uuid)
    told = list(Step.objects.filter(version__in=chosen).order_by("position", "pk"))
    holes = list(Gap.objects.filter(version__in=chosen).select_related("after").order_by("position", "pk"))
    showing.open_shapes(told, holes, bare=True)
    steps: dict[int, list[Step]] = {}
    for step in told:
        steps.setdefault(step.version_id, []).append(step)
    gaps: dict[int, list[Gap]] = {}
    for gap in holes:
        gaps.setdefault(gap.version_id, []).append(gap)
    return [_stripped(each, steps[each.pk], gaps.get(each.pk, [])) for each in chosen if each.pk in steps]


def _stripped(version: Version, steps: list[Step], gaps: list[Gap]) -> Stripped:
    drawn_steps = tuple(
        PictureStep(
            key=str(step.pk),
            number=number,
            words=None,
            rings=tuple(step.rings),
            kindness=step.moment == Moment.KINDNESS,
        )
        for number, step in enumerate(steps, start=1)
    )
    drawn_gaps = tuple(
        PictureGap(str(gap.pk), letter_of(place), str(gap.after_id), None, gap.gap_kind, gap.ring)
        for place, gap in enumerate(gaps)
    )
    return Stripped(version, Journey(drawn_steps, drawn_gaps), {str(gap.pk): gap for gap in gaps})
