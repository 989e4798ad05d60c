"""Who is sent the head of the list each month: the steward's page."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_POST

from betterstory.people.models import Role
from betterstory.people.visit import Visit, needs_part, once
from betterstory.promises import verbs
from betterstory.promises.forms.ledger import KeeperForm
from betterstory.promises.models import ENOUGH, HeadLetter, Keeper
from betterstory.promises.pages.asking import takes_a_form
from betterstory.promises.pages.forms_answered import carried_out, form_page


@takes_a_form
@needs_part(Role.STEWARD)
@once
def keepers(request: Visit) -> HttpResponse:
    """Who is sent it now and when they last were, and a form for one more."""
    form = KeeperForm(request.POST or None)
    if carried_out(form, lambda: verbs.name_keeper(by=request.somebody, on=request.on, **form.cleaned_data)):
        return redirect("promises:keepers")
    last: dict[int, HeadLetter] = {each.keeper_id: each for each in HeadLetter.objects.all()}
    now = [(each, last.get(each.pk)) for each in Keeper.objects.now()]
    return form_page(
        request, "promises/keepers.html", form, keepers=now, too_few=len(now) < ENOUGH, enough=ENOUGH
    )


@require_POST
@needs_part(Role.STEWARD)
@once
def let_go(request: Visit, pk: int) -> HttpResponse:
    """No more letters to this body."""
    verbs.let_keeper_go(get_object_or_404(Keeper, pk=pk), by=request.somebody, on=request.on)
    return redirect("promises:keepers")
