"""The teller's first and last word on each level: to give it, to note it at their word, to take it back."""

from collections.abc import Mapping

from django import forms
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST

from betterstory.conversations import rules, verbs
from betterstory.conversations.models import Insight, Level, TellersWord
from betterstory.conversations.pages.finding import find_round, labels
from betterstory.conversations.pages.typing import of_a_teller
from betterstory.conversations.tellers import HeardOn, hear
from betterstory.people.verbs import NotYours
from betterstory.people.visit import Visit, once, signed_in
from betterstory.places.models import Round
from betterstory.stories import consenting
from betterstory.stories.models import Piece, Use
from betterstory.stories.rules import viewer_of
from betterstory.stories.showing import Shown, show_each
from betterstory.stories.whose import Tie, asks_whose
from betterstory.ui.refusal import Refusal

BESIDE = {"by-whom": "reader"}


class WordForm(forms.Form):
    """What the teller does with the first, or the last, word on a level."""

    level = forms.ChoiceField(label=_("On which level?"), choices=Level.choices)
    place = forms.ChoiceField(
        label=_("Which word?"), choices=TellersWord.Place.choices, widget=forms.RadioSelect
    )
    how = forms.ChoiceField(
        label=_("What did the teller do?"),
        widget=forms.RadioSelect,
        choices=[
            (TellersWord.How.SAID, _("said it")),
            (TellersWord.How.READ, _("let somebody read it")),
            (TellersWord.How.HANDED_OVER, _("said: I hand this over")),
            (TellersWord.How.PASSED, _("said: I pass")),
        ],
    )
    piece = forms.TypedChoiceField(
        label=_("A line of the story"),
        coerce=int,
        help_text=_("The word stands with this line, and shows only while the line may be shown."),
    )
    words = forms.CharField(
        label=_("Other words, if it was not the line itself"),
        help_text=_("Kept locked with the story, and gone with it. Leave it empty to show the line."),
        max_length=400,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    reader = forms.CharField(
        label=_("Whom did the teller name?"), help_text=_("A first name."), max_length=40, required=False
    )


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
@asks_whose(of_a_teller, tie=Tie("piece", instead_of="words"))
@once
def words(request: Visit, pk: int) -> HttpResponse:
    """What was heard of tellers on each level, and the form for the next word."""
    round_ = find_round(pk)
    pieces = _lines(request, round_)
    heard = list(_heard(request, round_).values())
    if not (pieces or rules.may_look_beneath(request.somebody, round_)):
        raise NotYours
    seen = [each.word.piece.version for on in heard for each in (*on.first, *on.last)]
    versions = {each.pk: each for each in [*seen, *(line.piece.version for line in pieces.values())]}
    consenting.note_seen_each(list(versions.values()), use=Use.QUOTE, on=request.on, person=request.somebody)
    form = WordForm(request.POST or None, initial=_next(heard))
    form.fields["piece"].choices = list(labels(pieces).items())  # type: ignore[attr-defined]  # a ChoiceField
    if form.is_valid():
        told = form.cleaned_data
        try:
            verbs.give_word(
                round_,
                level=Level(told["level"]),
                place=TellersWord.Place(told["place"]),
                how=TellersWord.How(told["how"]),
                piece=pieces[told["piece"]].piece,
                words=told["words"],
                reader=told["reader"],
                by=request.somebody,
                at=request.at,
            )
            return redirect("conversations:tellers_words", pk=pk)
        except Refusal as refusal:
            form.add_error(BESIDE.get(refusal.code, "words"), refusal.sentence)
    told = {"round": round_, "heard": heard, "form": form if pieces else None, "me": request.somebody.pk}
    told["is_calling"] = rules.may_call(request.somebody)
    return render(request, "conversations/tellers_words.html", told, status=422 if form.is_bound else 200)


def _heard(request: Visit, round_: Round) -> Mapping[Level, HeardOn]:
    words = list(TellersWord.objects.filter(round=round_).select_related("piece__version__story"))
    pieces = [each.piece for each in words]
    shown = show_each(pieces, viewer=viewer_of(request.somebody), use=Use.QUOTE, at=request.at)
    return hear(words, shown=shown)


def _lines(request: Visit, round_: Round) -> dict[int, Shown]:
    """Lines a word can hang on: on cards of the round, of one's own story or seen by an organiser."""
    on_cards = Insight.pieces.through.objects.filter(insight__round=round_).values("piece")
    found = Piece.objects.filter(pk__in=on_cards).select_related("version__story")
    mine = [
        piece
        for piece in found
        if rules.may_note_for_teller(request.somebody, piece.version.story.teller_ids)
    ]
    shown = show_each(mine, viewer=viewer_of(request.somebody), use=Use.QUOTE, at=request.at)
    return {key: line for key, line in shown.items() if line.is_shown}


def _next(heard: list[HeardOn]) -> dict[str, str]:
    """The word that is most likely next: the first on each level, then the last."""
    for place, spoken in (("first", [on.first for on in heard]), ("last", [on.last for on in heard])):
        for on, said in zip(heard, spoken, strict=True):
            if not said:
                return {"level": on.level, "place": place, "how": TellersWord.How.SAID}
    return {}


@require_POST
@signed_in
@once
def take_back(request: Visit, pk: int) -> HttpResponse:
    """The teller takes a word on a level back."""
    word = get_object_or_404(TellersWord.objects.select_related("story", "round"), pk=pk)
    verbs.take_word_back(word, by=request.somebody, at=request.at)
    return redirect(reverse("conversations:tellers_words", args=[word.round_id]))
