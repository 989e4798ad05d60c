"""How every form here is taken: one verb, and a refusal of it beside the field it is about."""

from collections.abc import Callable

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from betterstory.learning.forms import LearningForm
from betterstory.people.visit import Visit
from betterstory.ui.refusal import Refusal

takes_a_form = require_http_methods(["GET", "HEAD", "POST"])


def carried_out[Made](form: LearningForm, verb: Callable[[], Made]) -> Made | None:
    """What the verb made, or None where there is something to put right in the form."""
    if not form.is_valid():
        return None
    try:
        return verb()
    except Refusal as refusal:
        form.put_right(refusal)
        return None


def form_page(request: Visit, template: str, form: LearningForm, **context: object) -> HttpResponse:
    """The form, with what was typed and what to put right."""
    return render(request, template, {"form": form, **context}, status=422 if form.is_bound else 200)
