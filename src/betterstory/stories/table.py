"""What every page of telling lays on the table: the story, who writes it with whom, and the question."""

from typing import Any
from uuid import UUID

from django import forms
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.functional import Promise

from betterstory.people.models import Membership
from betterstory.people.visit import Visit
from betterstory.stories import acting, showing
from betterstory.stories.models import Story, Use
from betterstory.stories.showing import ShownStep, ShownStory


def their_story(request: Visit, key: UUID) -> Story:
    """A story the person looking may write in; to anybody else it is not there."""
    story = get_object_or_404(Story.objects.select_related("teller", "neighbourhood"), uuid=key)
    if not acting.may_change(request.somebody, story):
        raise Http404
    return story


def opened(request: Visit, story: Story) -> ShownStory:
    """Its newest version, for whoever writes in it."""
    version = story.newest()
    version.story = story
    shown = showing.show_whole(version, viewer=request.somebody, use=Use.READ, at=request.at)
    if shown is None:
        raise Http404
    return shown


def found_step(shown: ShownStory, step: int) -> ShownStep:
    """One step of it, or nothing is there."""
    found = next((told for told in shown.steps if told.step.pk == step), None)
    if found is None:
        raise Http404
    return found


def ask(
    request: Visit,
    shown: ShownStory,
    form: forms.Form | None,
    *,
    title: Promise | str,
    then: Promise | str = "",
    skip: str = "",
    template: str = "stories/question.html",
    **more: Any,
) -> HttpResponse:
    """A page with one question on it."""
    context: dict[str, Any] = {"shown": shown, "form": form, "question": title, "then": then, "skip": skip}
    context |= {"writers": writers_of(shown.story), "keep": more.pop("mark", "new"), **more}
    return render(request, template, context, status=more.get("status", status_of(request)))


def writers_of(story: Story) -> list[str]:
    """Who writes it down for its teller, by name."""
    if not story.helpers_id:
        return []
    there = Membership.objects.filter(circle=story.helpers_id, left_at=None).order_by("joined_at")
    return list(there.values_list("person__name", flat=True))


def status_of(request: Visit) -> int:
    return 422 if request.method == "POST" else 200
