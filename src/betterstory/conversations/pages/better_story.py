"""The better story: pairs first, then its text in versions; saying that it is ours, reading it aloud."""

from typing import Any

from django import forms
from django.db.models import Count, Exists, OuterRef
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST

from betterstory.conversations import rules, verbs
from betterstory.conversations.forms.beneath import BetterStoryForm
from betterstory.conversations.iceberg import Card
from betterstory.conversations.models import Adoption, BetterStory, Level
from betterstory.conversations.pages.beneath import look
from betterstory.conversations.pages.finding import find_round
from betterstory.conversations.pages.typing import in_the_better_story, on_many_cards
from betterstory.conversations.told_apart import in_turns, tell_apart
from betterstory.conversations.verbs.grounds import first_name
from betterstory.people.verbs import NotYours
from betterstory.people.visit import Visit, once, signed_in
from betterstory.stories.whose import asks_whose
from betterstory.ui.refusal import Refusal

MOST_READERS = 6
BASE_FIRST = (Level.MENTAL_MODEL, Level.STRUCTURE, Level.TREND, Level.EVENT)


@signed_in
def better_story(request: Visit, pk: int) -> HttpResponse:
    """The newest text, who says it is theirs, and the iceberg turned over."""
    round_ = find_round(pk)
    mine = Adoption.objects.filter(better_story=OuterRef("pk"), person=request.somebody)
    texts = BetterStory.objects.filter(round=round_).annotate(
        adopted=Count("adoptions"), by_card=Count("adoptions__voice"), mine=Exists(mine)
    )
    versions = list(texts.order_by("-number"))
    beneath = look(request, round_, counts=False)
    told = {
        "round": round_,
        "text": versions[0] if versions else None,
        "earlier": versions[1:],
        "turned": _base_first(beneath.turned),
        "drawing": beneath.draw_turned() if beneath.turned else None,
        "too_early": not beneath.names_a_rule,
        "may_write": rules.may_look_beneath(request.somebody, round_),
    }
    return render(request, "conversations/better_story.html", told)


def _base_first(cards: list[Card]) -> list[Card]:
    return sorted(cards, key=lambda card: BASE_FIRST.index(Level(card.insight.level)))


class OppositeForm(forms.Form):
    """The opposite of one card, among those of all."""

    card = forms.IntegerField(min_value=1)
    seen = forms.IntegerField(min_value=0)
    words = forms.CharField(max_length=240, required=False, label=_("Turned over, it says"))


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
@asks_whose(on_many_cards)
@once
def pairs(request: Visit, pk: int) -> HttpResponse:
    """Every card beside its opposite, all to write on one page. What another was quicker with is shown."""
    round_ = find_round(pk)
    if not rules.may_look_beneath(request.somebody, round_):
        raise NotYours
    cards = {
        card.insight.pk: card
        for card in _base_first(list(look(request, round_, counts=False).cards))
        if card.words
    }
    sent = _sent(request) if request.method == "POST" else {}
    wrong: dict[int, str] = {}
    for key, form in sent.items():
        if key not in cards:
            continue
        if not form.is_valid():
            wrong[key] = " ".join(str(each) for errors in form.errors.values() for each in errors)
            continue
        try:
            told = form.cleaned_data
            card = cards[key].insight
            verbs.turn_over(card, words=told["words"], seen=told["seen"], by=request.somebody, at=request.at)
        except verbs.ChangedMeanwhile as refusal:
            wrong[key] = refusal.sentence
    if sent and not wrong:
        return redirect("conversations:better_story", pk=pk)
    rows = [_row(card, sent.get(key), wrong.get(key, "")) for key, card in cards.items()]
    return render(
        request, "conversations/pairs.html", {"round": round_, "rows": rows}, status=409 if wrong else 200
    )


def _sent(request: Visit) -> dict[int, OppositeForm]:
    """By card, what was sent for it: three lists that go side by side."""
    lists = [request.POST.getlist(name) for name in ("card", "seen", "words")]
    if len({len(each) for each in lists}) != 1:
        return {}
    forms_ = [OppositeForm({"card": c, "seen": s, "words": w}) for c, s, w in zip(*lists, strict=True)]
    return {int(form.data["card"]): form for form in forms_ if form.data["card"].isdecimal()}


def _row(card: Card, form: OppositeForm | None, wrong: str) -> dict[str, Any]:
    """A card as it stands, with what was typed for it where that is still to be kept."""
    insight = card.insight
    return {
        "card": card,
        "typed": form.data["words"] if form else insight.turned_over,
        "theirs": insight.turned_over if wrong else "",
        "wrong": wrong,
    }


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
@asks_whose(in_the_better_story, fields=["text"])
@once
def write(request: Visit, pk: int) -> HttpResponse:
    """Tell the better story, as a new version. Where somebody was quicker, both are shown."""
    round_ = find_round(pk)
    if not rules.may_look_beneath(request.somebody, round_):
        raise NotYours
    beneath = look(request, round_, counts=False)
    if not beneath.names_a_rule:
        raise verbs.BetterStoryTooEarly
    last = BetterStory.objects.filter(round=round_).order_by("-number").first()
    start = {"text": last.text if last else "", "seen": last.number if last else 0}
    form = BetterStoryForm(request.POST or None, initial=start)
    meanwhile, status = "", 422 if form.is_bound else 200
    if form.is_valid():
        try:
            verbs.write_better_story(round_, by=request.somebody, at=request.at, **form.cleaned_data)
            return redirect("conversations:better_story", pk=pk)
        except verbs.ChangedByAnother as refusal:
            form.add_error("text", refusal.sentence)
            form.has_read(last.number if last else 0)
            meanwhile, status = (last.text if last else ""), refusal.status
        except Refusal as refusal:
            form.add_error("text", refusal.sentence)
    turned = _base_first(beneath.turned)
    told = {"round": round_, "form": form, "last": last, "meanwhile": meanwhile, "turned": turned}
    return render(request, "conversations/write.html", told, status=status)


@signed_in
def version(request: Visit, pk: int, number: int) -> HttpResponse:
    """One version, and what changed in it since the one before."""
    round_ = find_round(pk)
    texts = BetterStory.objects.filter(round=round_).select_related("written_by")
    text = get_object_or_404(texts.annotate(adopted=Count("adoptions")), number=number)
    named = rules.may_look_beneath(request.somebody, round_)
    before = texts.filter(number__lt=number).order_by("-number").first()
    told = {
        "round": round_,
        "text": text,
        "before": before,
        "parts": tell_apart(before.text if before else text.text, text.text),
        "writer": first_name(text.written_by.name) if named and text.written_by else "",
        "later": texts.filter(number__gt=number).order_by("number").first(),
    }
    return render(request, "conversations/version.html", told)


@require_POST
@signed_in
@once
def adopt(request: Visit, pk: int) -> HttpResponse:
    """Say: this is our better story."""
    text = get_object_or_404(BetterStory, pk=pk)
    verbs.adopt(text, by=request.somebody, at=request.at)
    return redirect("conversations:better_story", pk=text.round_id)


@require_POST
@signed_in
@once
def let_go(request: Visit, pk: int) -> HttpResponse:
    """Say it no longer."""
    text = get_object_or_404(BetterStory, pk=pk)
    verbs.let_go(text, by=request.somebody)
    return redirect("conversations:better_story", pk=text.round_id)


@signed_in
def read_aloud(request: Visit, pk: int) -> HttpResponse:
    """Only the text, in large letters, each sentence with whose turn it is; to read out or to print."""
    round_ = find_round(pk)
    text = get_object_or_404(BetterStory.objects.filter(round=round_).order_by("-number")[:1])
    asked = request.GET.get("readers", "")
    readers = min(max(int(asked), 1), MOST_READERS) if asked.isdecimal() and len(asked) < 3 else 1
    told = {
        "round": round_,
        "text": text,
        "readers": readers,
        "choices": range(1, MOST_READERS + 1),
        "parts": list(in_turns(text.text, readers)),
    }
    return render(request, "conversations/read_aloud.html", told)
