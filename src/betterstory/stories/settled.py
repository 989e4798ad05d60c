"""Pages where a teller settles things beforehand: a second word, who speaks for me, what I wish, a copy."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.forms import Form
from django.http import Http404, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from betterstory.people.visit import Visit, once, signed_in
from betterstory.stories import acting, checking, consenting, others, reminding, speaking
from betterstory.stories.door_forms import NamedForm, SetWordForm, SomebodyForm, WishesForm
from betterstory.stories.doors import my_story
from betterstory.stories.models import IfLost, SecondWord, Story
from betterstory.stories.own_copy import copy_of
from betterstory.ui.refusal import Refusal

type Said = dict[str, Any]


@signed_in
@once
def settled(request: Visit, key: UUID) -> HttpResponse:
    """Several short forms; each says in `do` which it is."""
    story = my_story(request, key)
    if not acting.may_open(request.somebody, story) or story.destroyed_at:
        raise Http404
    do = request.POST.get("do", "")
    forms = _forms(request, story, do)
    if request.method == "POST" and do in forms and forms[do].is_valid():
        try:
            DOING[do](request, story, forms[do].cleaned_data)
        except Refusal as refused:
            forms[do].add_error(None, refused.sentence)
        else:
            messages.info(request, _("It is settled."))
            return redirect("stories:settled", key=key)
    mine = story.speakers.filter(chosen_by=request.somebody, ended_at=None).select_related("person")
    context = {
        "story": story,
        "forms": forms,
        "speakers": [each.person.name for each in mine],
        "has_word": SecondWord.objects.filter(person=request.somebody).exists(),
    }
    status = 422 if request.method == "POST" else 200
    return render(request, "stories/settled.html", context, status=status)


def _forms(request: Visit, story: Story, do: str) -> dict[str, Form]:
    def sent(name: str) -> Any:
        return request.POST if do == name else None

    mark = {"if_lost": story.if_lost, "leaves_a_mark": "yes" if story.leaves_a_mark else "no"}
    return {
        "word": SetWordForm(sent("word"), prefix="word"),
        "wishes": WishesForm(sent("wishes"), prefix="wishes", initial=mark),
        "speaker": SomebodyForm(sent("speaker"), prefix="speaker", not_these=story.teller_ids),
        "together": SomebodyForm(sent("together"), prefix="together", not_these=story.teller_ids),
        "named": NamedForm(sent("named"), prefix="named"),
    }


def _word(request: Visit, story: Story, said: Said) -> None:
    checking.set_word(request.somebody, word=str(said["word"]), at=request.at)


def _wishes(request: Visit, story: Story, said: Said) -> None:
    reminding.wish_beforehand(
        story,
        by=request.somebody,
        wish=IfLost(str(said["if_lost"])),
        leaves_a_mark=bool(said["leaves_a_mark"]),
    )


def _speaker(request: Visit, story: Story, said: Said) -> None:
    speaking.choose(story, by=request.somebody, speaker=said["person"], at=request.at)


def _together(request: Visit, story: Story, said: Said) -> None:
    consenting.tell_together(story, by=request.somebody, other=said["person"], at=request.at)


def _named(request: Visit, story: Story, said: Said) -> None:
    others.note_agreed(story, by=request.somebody, on=request.on, **said)


DOING: dict[str, Callable[[Visit, Story, Said], None]] = {
    "word": _word,
    "wishes": _wishes,
    "speaker": _speaker,
    "together": _together,
    "named": _named,
}


@signed_in
def my_copy(request: Visit, key: UUID) -> HttpResponseBase:
    """My story in a file that any browser opens, to keep; my voice and my pages beside it."""
    story = my_story(request, key)
    packed = copy_of(story, viewer=request.somebody, at=request.at)
    if packed is None:
        raise Http404
    answer = StreamingHttpResponse(packed, content_type="application/zip")
    answer["Content-Disposition"] = f'attachment; filename="my-story-{request.on:%Y-%m-%d}.zip"'
    return answer
