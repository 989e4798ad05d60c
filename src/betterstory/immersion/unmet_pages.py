"""Whom we have not met yet, for those of us who dive in; and the lists that it is held against."""

from typing import Any

from django import forms
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from betterstory.immersion import rules, unmet, weave_picture
from betterstory.immersion.models import Group, Street
from betterstory.immersion.pages import either
from betterstory.people.models import Ring, Role
from betterstory.people.visit import Visit, needs_part, once
from betterstory.places.models import Neighbourhood

one_of_us = needs_part(*rules.US)
LONGEST = 80
RINGS = [ring for ring in Ring if ring != Ring.ME]


class ListsForm(forms.Form):
    """Streets, one on a line; and the groups of each ring, one on a line."""

    streets = forms.CharField(
        label=gettext_lazy("Streets and places"),
        help_text=gettext_lazy("One on a line, as people call them. No house number."),
        widget=forms.Textarea(attrs={"rows": 8}),
        max_length=6_000,
        required=False,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for ring in RINGS:
            self.fields[ring.value] = forms.CharField(
                label=gettext_lazy("Groups: %(ring)s") % {"ring": ring.label},
                widget=forms.Textarea(attrs={"rows": 2}),
                max_length=6_000,
                required=False,
            )

    def clean(self) -> dict[str, Any]:
        told = super().clean() or self.cleaned_data
        for name, words in list(told.items()):
            lines = list(dict.fromkeys(line.strip() for line in str(words).splitlines() if line.strip()))
            if any(len(line) > LONGEST for line in lines):
                self.add_error(name, _("A name may hold 80 letters. One of these is longer."))
            told[name] = lines
        return told

    @property
    def groups(self) -> list[tuple[str, Ring]]:
        """Each group once, in the first ring that names it."""
        found: dict[str, Ring] = {}
        for ring in RINGS:
            for name in self.cleaned_data[ring.value]:
                found.setdefault(name, ring)
        return list(found.items())


@require_safe
@one_of_us
def not_met(request: Visit, slug: str) -> HttpResponse:
    """Streets, groups and hours not met yet, and the weave between rings."""
    neighbourhood = get_object_or_404(Neighbourhood, slug=slug)
    seen = unmet.look(neighbourhood)
    told = {
        "neighbourhood": neighbourhood,
        "seen": seen,
        "weave": weave_picture.lay_out(seen.ties) if seen.ties else None,
        "may_keep": rules.may_keep_lists(request.somebody),
    }
    return render(request, "immersion/not_met.html", told)


@either
@needs_part(Role.ORGANISER, Role.STEWARD)
@once
def lists(request: Visit, slug: str) -> HttpResponse:
    """The streets and the groups that we look out for."""
    neighbourhood = get_object_or_404(Neighbourhood, slug=slug)
    form = ListsForm(request.POST if request.method == "POST" else None, initial=_as_kept(neighbourhood))
    try:
        if form.is_valid():
            unmet.look_out_for(
                neighbourhood,
                streets=form.cleaned_data["streets"],
                groups=form.groups,
                by=request.somebody,
            )
            return redirect("immersion:not_met", slug=slug)
    except unmet.TooManyNames as refusal:
        form.add_error("streets", refusal.sentence)
    told = {"neighbourhood": neighbourhood, "form": form}
    return render(request, "immersion/lists.html", told, status=422 if form.is_bound else 200)


def _as_kept(neighbourhood: Neighbourhood) -> dict[str, str]:
    kept = {"streets": "\n".join(each.name for each in Street.objects.filter(neighbourhood=neighbourhood))}
    groups = list(Group.objects.filter(neighbourhood=neighbourhood))
    for ring in RINGS:
        kept[ring.value] = "\n".join(each.name for each in groups if each.ring == ring)
    return kept
