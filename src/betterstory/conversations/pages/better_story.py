"""The better story: its drawing and its text, writing it, saying that it is ours, reading it aloud."""

from django.db.models import Count, Q
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from betterstory.conversations import rules, verbs
from betterstory.conversations.forms.beneath import BetterStoryForm
from betterstory.conversations.models import BetterStory
from betterstory.conversations.pages.beneath import look
from betterstory.conversations.pages.finding import find_round
from betterstory.conversations.pages.typing import in_the_better_story
from betterstory.people.verbs import NotYours
from betterstory.people.visit import Visit, once, signed_in
from betterstory.stories.whose import asks_whose
from betterstory.ui.refusal import Refusal


@signed_in
def better_story(request: Visit, pk: int) -> HttpResponse:
    """The newest text, who says it is theirs, and the iceberg turned over."""
    round_ = find_round(pk)
    mine = Count("adoptions", filter=Q(adoptions__person=request.somebody))
    texts = BetterStory.objects.filter(round=round_).annotate(adopted=Count("adoptions"), mine=mine)
    versions = list(texts.order_by("-number"))
    beneath = look(request, round_, counts=False)
    told = {
        "round": round_,
        "text": versions[0] if versions else None,
        "earlier": versions[1:],
        "turned": beneath.turned,
        "drawing": beneath.draw_turned() if beneath.turned else None,
        "too_early": not beneath.names_a_rule,
        "may_write": rules.may_look_beneath(request.somebody, round_),
    }
    return render(request, "conversations/better_story.html", told)


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
@asks_whose(in_the_better_story, fields=["text"])
@once
def write(request: Visit, pk: int) -> HttpResponse:
    """Tell the better story, as a new version."""
    round_ = find_round(pk)
    if not rules.may_look_beneath(request.somebody, round_):
        raise NotYours
    if not verbs.is_time(round_):
        raise verbs.BetterStoryTooEarly
    last = BetterStory.objects.filter(round=round_).order_by("-number").first()
    form = BetterStoryForm(request.POST or None, initial={"text": last.text if last else ""})
    if form.is_valid():
        try:
            verbs.write_better_story(
                round_, text=form.cleaned_data["text"], by=request.somebody, at=request.at
            )
            return redirect("conversations:better_story", pk=pk)
        except Refusal as refusal:
            form.add_error("text", refusal.sentence)
    told = {"round": round_, "form": form, "last": last}
    return render(request, "conversations/write.html", told, status=422 if form.is_bound else 200)


@require_POST
@signed_in
@once
def adopt(request: Visit, pk: int) -> HttpResponse:
    """Say: this is our better story."""
    text = get_object_or_404(BetterStory, pk=pk)
    verbs.adopt(text, by=request.somebody, at=request.at)
    return redirect("conversations:better_story", pk=text.round_id)


@signed_in
def read_aloud(request: Visit, pk: int) -> HttpResponse:
    """Only the text, in large letters, to read out or to print."""
    round_ = find_round(pk)
    text = get_object_or_404(BetterStory.objects.filter(round=round_).order_by("-number")[:1])
    return render(request, "conversations/read_aloud.html", {"round": round_, "text": text})
