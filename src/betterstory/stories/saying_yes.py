"""The page on which a teller says one yes: for what, for whom, until when."""

from collections.abc import Collection
from dataclasses import dataclass
from operator import attrgetter
from uuid import UUID

from django.db.models import Exists, OuterRef, Q
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from betterstory.people.models import Circle, Membership
from betterstory.people.visit import Visit, once, signed_in
from betterstory.stories import acting, consenting, others, showing
from betterstory.stories.doors import my_story
from betterstory.stories.forms import YesForm
from betterstory.stories.models import Piece, Story, Told, Use, Version
from betterstory.stories.redacting.rules import was_read

REFUSED = (
    others.AChildIsNamed,
    consenting.TooLongAYes,
    consenting.AVoiceForACircle,
    consenting.ForWhom,
    consenting.ReadEveryLine,
)


@dataclass(frozen=True)
class Agreed:
    """A version its teller agreed to, with the story, and whether it was said aloud."""

    version: Version
    recorded: bool


def agreed_of_mine(request: Visit, key: UUID) -> Agreed | None:
    """The newest version I agreed to; None where none is. To anybody else it is not there. One query."""
    sounds = Told.objects.filter(version=OuterRef("pk"), kind=Told.Kind.SOUND)
    told = Version.objects.filter(story__uuid=key).annotate(recorded=Exists(sounds))
    agreed = told.exclude(agreed_at=None).order_by("-number")
    version = agreed.select_related("story__teller", "story__second_teller").first()
    if version is None:
        my_story(request, key)
        return None
    if not acting.may_decide(request.somebody, version.story):
        raise Http404
    return Agreed(version, recorded=version.recorded)


@signed_in
@once
def say_yes(request: Visit, key: UUID) -> HttpResponse:
    """One yes: for what, for whom, until when."""
    agreed = agreed_of_mine(request, key)
    if agreed is None:
        return redirect("stories:read_back", key=key)
    version, story = agreed.version, agreed.version.story
    shown = showing.show_whole(version, viewer=request.somebody, use=Use.READ, at=request.at)
    if shown is None or story.is_quiet:
        return redirect("stories:mine", key=key)
    found = others.look_among(story, words_of(shown))
    circles = circles_to_choose(request, story, mine=request.somebody.circle_ids)
    form = YesForm(
        request.POST or None,
        lines=lines_of(shown),
        circles=circles,
        on=request.on,
        others=found.anybody,
        recorded=agreed.recorded,
    )
    if request.method == "POST" and form.is_valid():
        told = form.cleaned_data
        chosen = told.pop("piece")
        piece = get_object_or_404(Piece, pk=chosen, version=version) if chosen else None
        try:
            consenting.say_yes(version, by=request.somebody, at=request.at, piece=piece, **told)
        except REFUSED as refused:
            form.add_error(None, refused.sentence)
        else:
            return redirect("stories:mine", key=key)
    context = {
        "form": form,
        "shown": shown,
        "others": found,
        "rooms": bodies_in(circles),
        "was_read": was_read(version, pieces=shown.pieces),
    }
    return render(request, "stories/say_yes.html", context, status=422 if form.is_bound else 200)


def words_of(shown: showing.ShownStory) -> str:
    """Every word of it that a yes may show."""
    return "\n".join([shown.title, shown.text, *(bit.words or "" for bit in shown.bits)])


def lines_of(shown: showing.ShownStory) -> list[tuple[str, str]]:
    """Each line that can be said yes to by itself."""
    steps = [(str(told.step.pk), told.words[:90]) for told in shown.steps]
    gaps = [(str(gap.pk), words[:90]) for gap, words in shown.gaps]
    return steps + gaps + [(str(wish.piece.pk), (wish.words or "")[:90]) for wish in shown.wishes]


by_day = attrgetter("meets_on", "name")


def circles_to_choose(request: Visit, story: Story, *, mine: Collection[int]) -> list[Circle]:
    """Circles that still meet: gatherings, poolsides, named ones among `mine`, the teller's own helpers.

    Gatherings to come stand first, the next one on top; those that were, last.
    """
    kinds = [Circle.Kind.GATHERING, Circle.Kind.POOLSIDE]
    also = Q(kind=Circle.Kind.NAMED, pk__in=mine) | Q(pk=story.helpers_id)
    open_still = Circle.objects.exclude(ends_on__lt=request.on).filter(Q(kind__in=kinds) | also)
    to_come = [each for each in open_still if each.meets_on is not None and each.meets_on >= request.on]
    were = [each for each in open_still if each.meets_on is not None and each.meets_on < request.on]
    return [
        *sorted(to_come, key=by_day),
        *(each for each in open_still if each.meets_on is None),
        *sorted(were, key=by_day, reverse=True),
    ]


def bodies_in(circles: list[Circle]) -> list[tuple[Circle, list[str]]]:
    """Which organisations have somebody in each circle today: a yes for it is a yes for them."""
    there = Membership.objects.filter(circle__in=circles, left_at=None, person__posts__isnull=False)
    names: dict[int, set[str]] = {}
    for circle, body in there.values_list("circle", "person__posts__body__name"):
        names.setdefault(circle, set()).add(body)
    return [(circle, sorted(names[circle.pk])) for circle in circles if circle.pk in names]
