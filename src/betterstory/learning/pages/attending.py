"""Who was there: said by whoever keeps a gathering, in a few taps."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods

from betterstory.conversations.models import Gathering
from betterstory.learning.forms.attending import WasThereForm
from betterstory.learning.models import WasThere
from betterstory.learning.reporting import rules
from betterstory.learning.verbs import attending as verbs
from betterstory.learning.was_there import expected, posts_asked
from betterstory.people.visit import Visit, once, signed_in
from betterstory.ui.refusal import Refusal


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
@once
def who_was_there(request: Visit, pk: int) -> HttpResponse:
    """How many of each ring, and which posts that were asked were not there."""
    if not rules.may_say_who_was_there(request.somebody):
        raise verbs.NotYoursToSayWho
    gathering = get_object_or_404(Gathering.objects.select_related("round__neighbourhood"), pk=pk)
    before = WasThere.objects.newest_of(gathering)
    first = dict(before.by_ring) if before else expected(gathering)
    absent = [post.pk for post in before.absent.all()] if before else []
    posts = posts_asked(gathering)
    form = WasThereForm(request.POST or None, posts=posts, initial={**first, "absent": absent})
    if form.is_valid():
        try:
            verbs.say_who_was_there(gathering, by=request.somebody, on=request.on, **form.told)
        except Refusal as refusal:
            if refusal.status != 422:
                raise
            form.put_right(refusal)
        else:
            return redirect("conversations:gathering", pk=pk)
    told = {"gathering": gathering, "round": gathering.round, "form": form, "before": before}
    return render(request, "learning/who_was_there.html", told, status=422 if form.is_bound else 200)
