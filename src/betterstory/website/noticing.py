"""What is written down while diving in, held against stories of the neighbourhood; and what becomes of it.

Diving in lies below stories and knows nothing of them, so the question is put here, around its pages. What
is written at a poolside is not compared: it is sealed in its circle and read there alone. Something that
was noticed can become a sentence for a gathering or an ask, which both lie higher up; so that is here too.
"""

from typing import Any, cast

from django import forms
from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from betterstory.conversations import verbs as conversations
from betterstory.conversations.models import Gathering
from betterstory.immersion import pages, rules, verbs
from betterstory.immersion.forms import ROWS
from betterstory.immersion.models import Became, Notice
from betterstory.people.models import Person, Role
from betterstory.people.visit import Visit, needs_part, once
from betterstory.places.models import Neighbourhood, Round
from betterstory.promises.pages import asking
from betterstory.stories.whose import Typing, asks_whose

anybody_here = needs_part(*Role)
LONGEST = 200  # as sentences are
BECOME_AT = "/immersion/notices/"


def in_a_neighbourhood(_request: Visit, slug: str, **_more: object) -> Typing:
    return Typing(get_object_or_404(Neighbourhood, slug=slug).pk)


def under_a_notice(_request: Visit, pk: int) -> Typing:
    noticed = get_object_or_404(Notice, pk=pk)
    return Typing(noticed.neighbourhood_id, standing=[noticed.words])


note = anybody_here(asks_whose(in_a_neighbourhood, fields=["what"])(pages.note))
SHEET = [f"row-{number}-what" for number in range(ROWS)]
sheet = anybody_here(asks_whose(in_a_neighbourhood, fields=SHEET)(pages.sheet))
compared = anybody_here(asks_whose(in_a_neighbourhood)(pages.notices))


def notices(request: Visit, slug: str) -> HttpResponseBase:
    """What we noticed, and the way to what can be made of it."""
    return compared(request, slug=slug, become_at=BECOME_AT)


class SentenceForm(forms.Form):
    """What was noticed, as a sentence that people agree with or not."""

    gathering = forms.ModelChoiceField(
        Gathering.objects.none(), label=gettext_lazy("For which gathering?"), empty_label=None
    )
    words = forms.CharField(
        label=gettext_lazy("The sentence"),
        help_text=gettext_lazy("Something one can agree with or not, and about no person."),
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=LONGEST,
    )

    def __init__(self, *args: Any, gatherings: QuerySet[Gathering], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        cast("forms.ModelChoiceField[Gathering]", self.fields["gathering"]).queryset = gatherings


def gatherings_for(person: Person, current: Round | None) -> QuerySet[Gathering]:
    """Those of the round that this person may write sentences for."""
    found = Gathering.objects.filter(round=current)
    if person.plays(Role.ORGANISER, Role.STEWARD):
        return found
    return found.filter(circle__in=person.circle_ids)


@anybody_here
@asks_whose(under_a_notice)
@once
def become(request: Visit, pk: int) -> HttpResponse:
    """Make a sentence of it here, or go on to an ask."""
    noticed = get_object_or_404(Notice.objects.select_related("neighbourhood"), pk=pk)
    current = Round.objects.filter(neighbourhood=noticed.neighbourhood, ended_on=None).last()
    gatherings = gatherings_for(request.somebody, current)
    form = SentenceForm(request.POST or None, gatherings=gatherings, initial={"words": noticed.words})
    if form.is_valid():
        told = form.cleaned_data
        conversations.add_statement(
            told["gathering"], words=told["words"], by=request.somebody, at=request.at
        )
        verbs.take_up(noticed, became=Became.STATEMENT, by=request.somebody, on=request.on)
        messages.success(request, _("It is among the sentences of that gathering."))
        return redirect("immersion:notices", slug=noticed.neighbourhood.slug)
    told = {"noticed": noticed, "neighbourhood": noticed.neighbourhood, "round": current}
    told |= {"form": form if current and gatherings.exists() else None}
    return render(request, "website/become.html", told, status=422 if form.is_bound else 200)


def new_ask(request: Visit, round_pk: int) -> HttpResponseBase:
    """An ask, begun with the words of a notice where one is named; the words are in no address."""
    number = request.GET.get("notice", "")
    if request.person is None or not (number.isascii() and number.isdigit() and len(number) < 12):
        return asking.new_ask(request, round_pk=round_pk)
    here = Notice.objects.filter(neighbourhood__rounds=round_pk)
    noticed = get_object_or_404(here, pk=int(number))
    sent = request.GET.copy()
    sent["words"] = noticed.words
    request.GET = sent  # type: ignore[assignment]  # the form begins with what was noticed
    answer = asking.new_ask(request, round_pk=round_pk)
    if request.method == "POST" and answer.status_code in (302, 303) and rules.may_note(request.person):
        verbs.take_up(noticed, became=Became.ASK, by=request.person, on=request.on)
    return answer
