"""Pages of the poolside. Whoever is not in a circle finds nothing here, not even that it exists."""

from django import forms
from django.db.models import Exists, OuterRef
from django.http import HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from betterstory.people.models import Circle, Role
from betterstory.people.visit import Visit, needs_part, once, signed_in
from betterstory.poolside import goodwill, repairing, rules, showing, verbs
from betterstory.poolside.forms import (
    AgreementForm,
    AnswerForm,
    BringForm,
    OpenForm,
    QuestionsForm,
    RoundForm,
)
from betterstory.poolside.models import Agreement, Poolside, Question
from betterstory.ui.refusal import Refusal

KEEPERS = (Role.ORGANISER, Role.STEWARD)
either = require_http_methods(["GET", "HEAD", "POST"])


@either
@signed_in
@once
def circles(request: Visit) -> HttpResponse:
    """The circles a person sits in; an organiser begins another."""
    person = request.somebody
    keeps = person.plays(*KEEPERS)
    form = OpenForm(request.POST or None, on=request.on) if keeps else None
    if form is not None and form.is_valid():
        begun = verbs.open_poolside(by=person, at=request.at, on=request.on, **form.cleaned_data)
        return redirect(begun)
    told = {
        "poolsides": Poolside.objects.around(person, on=request.on).select_related(
            "circle", "round__neighbourhood"
        ),
        "form": form,
        "bring_form": _bring_form(request, None) if keeps else None,
        "is_asked": repairing.is_asked(person, on=request.on),
    }
    return render(request, "poolside/circles.html", told, status=422 if form and form.is_bound else 200)


@require_POST
@needs_part(*KEEPERS)
@once
def bring(request: Visit) -> HttpResponse:
    """Lay the questions out for a circle that is there already."""
    form = _bring_form(request, request.POST)
    if not form.is_valid():
        return redirect("poolside:circles")
    return redirect(verbs.begin(circle=form.cleaned_data["circle"], by=request.somebody, on=request.on))


def _bring_form(request: Visit, posted: QueryDict | None) -> BringForm:
    begun = Poolside.objects.values("circle_id")
    waiting = Circle.objects.filter(kind=Circle.Kind.POOLSIDE, pk__in=request.somebody.circle_ids)
    form = BringForm(posted, prefix="bring")
    form.offer(waiting.exclude(pk__in=begun))
    return form


@require_safe
@signed_in
def table(request: Visit, pk: int) -> HttpResponse:
    """One circle: what it agreed, what it asks, what was shared, who is round the table."""
    poolside = find(request, pk)
    members, left = showing.round_the_table(poolside)
    asked = showing.what_is_asked(poolside, request.somebody, members)
    agreed = showing.what_is_agreed(poolside, request.somebody, members, left)
    told = {
        "poolside": poolside,
        "members": members,
        "asked": [each for each in asked if each.question.set_aside_on is None],
        "set_aside": [each for each in asked if each.question.set_aside_on and (each.mine or each.shared)],
        "agreed": agreed,
        "past": agreed is not None and agreed.agreement.is_past(request.on),
        "left": left,
        "is_quiet": getattr(poolside, "is_quiet", False),
        "fewest": rules.FEWEST,
    }
    return render(request, "poolside/table.html", told)


@either
@signed_in
@once
def round_(request: Visit, pk: int) -> HttpResponse:
    """Which round the circle belongs to."""
    poolside = find(request, pk)
    form = RoundForm(request.POST or None, initial={"round_": poolside.round_id})
    if form.is_valid():
        verbs.belong(poolside, by=request.somebody, on=request.on, **form.cleaned_data)
        return redirect(poolside)
    return form_page(request, "round", poolside, form)


@either
@signed_in
@once
def questions(request: Visit, pk: int) -> HttpResponse:
    """Change the set."""
    poolside = find(request, pk)
    asked = poolside.questions.filter(set_aside_on=None).values_list("words", flat=True)
    form = QuestionsForm(request.POST or None, initial={"words": "\n".join(asked)})
    if form.is_valid():
        verbs.set_questions(poolside, by=request.somebody, on=request.on, **form.cleaned_data)
        return redirect(poolside)
    return form_page(request, "questions", poolside, form)


@either
@signed_in
@once
def answer(request: Visit, pk: int, question: int) -> HttpResponse:
    """Say something to one question, or take it back."""
    poolside = find(request, pk)
    asked = get_object_or_404(Question.objects.select_related("poolside__circle"), pk=question, poolside=pk)
    mine = showing.my_answer(asked, request.somebody)
    initial = {"words": mine.words, "sharing": mine.sharing} if mine else None
    form = AnswerForm(request.POST or None, initial=initial)
    try:
        if form.is_valid():
            words = form.cleaned_data.pop("words")
            if words:
                verbs.answer(asked, words=words, by=request.somebody, on=request.on, **form.cleaned_data)
            else:
                verbs.take_back_answer(asked, by=request.somebody)
            return redirect(f"{poolside.get_absolute_url()}#question-{asked.pk}")
    except Refusal as refusal:
        form.add_error("words", refusal.sentence)
    return form_page(request, "answer", poolside, form, question=asked, mine=mine)


@require_safe
@signed_in
def on_paper(request: Visit, pk: int) -> HttpResponse:
    """The questions with room to write, for A4. Nobody's answers."""
    poolside = find(request, pk)
    asked = poolside.questions.filter(set_aside_on=None)
    return render(request, "poolside/on_paper.html", {"poolside": poolside, "questions": asked})


@either
@signed_in
@once
def agreement(request: Visit, pk: int) -> HttpResponse:
    """Write what we agree, beside what was shared."""
    poolside = find(request, pk)
    members = showing.members_of(poolside)
    agreed = showing.what_is_agreed(poolside, request.somebody, members)
    number = agreed.agreement.number if agreed else 0
    initial: dict[str, object] = {"after": number}
    if agreed:
        day = agreed.agreement.come_back_on
        initial |= {"words": agreed.words, "come_back_on": day if day > request.on else None}
    form = AgreementForm(request.POST or None, on=request.on, initial=initial)
    try:
        if form.is_valid():
            verbs.agree(poolside, by=request.somebody, on=request.on, **form.cleaned_data)
            return redirect(poolside)
    except verbs.NewerWords as refusal:
        form.add_error("words", refusal.sentence)
        form.stand_on(number)
    asked = showing.what_is_asked(poolside, request.somebody, members)
    shared = [each for each in asked if each.shared or (each.mine and each.mine.is_shared)]
    return form_page(request, "agreement", poolside, form, agreed=agreed, asked=shared)


@require_POST
@signed_in
@once
def sign(request: Visit, pk: int, agreement: int) -> HttpResponse:
    """Put my name under it."""
    poolside = find(request, pk)
    words = get_object_or_404(Agreement.objects.select_related("poolside__circle"), pk=agreement, poolside=pk)
    verbs.sign(words, by=request.somebody, on=request.on)
    return redirect(poolside)


@require_safe
@signed_in
def for_the_wall(request: Visit, pk: int) -> HttpResponse:
    """The agreement in large type, with its names and the day to come back, for A4."""
    poolside = find(request, pk)
    agreed = showing.what_is_agreed(poolside, request.somebody, showing.members_of(poolside))
    if agreed is None:
        return redirect(poolside)
    told = {"poolside": poolside, "agreed": agreed, "past": agreed.agreement.is_past(request.on)}
    return render(request, "poolside/for_the_wall.html", told)


@require_safe
@signed_in
def earlier(request: Visit, pk: int) -> HttpResponse:
    """Every version, and each coming back."""
    poolside = find(request, pk)
    members, left = showing.round_the_table(poolside)
    versions = showing.everything_agreed(poolside, request.somebody, members, left, on=request.on)
    return render(request, "poolside/earlier.html", {"poolside": poolside, "versions": versions})


def find(request: Visit, pk: int) -> Poolside:
    """Those this person sits round; `is_quiet` where quiet questions wait for their answer."""
    quiet = goodwill.waiting_for(request.somebody, on=request.on).filter(
        back__agreement__poolside=OuterRef("pk")
    )
    seen = Poolside.objects.around(request.somebody, on=request.on).annotate(is_quiet=Exists(quiet))
    return get_object_or_404(seen.select_related("circle", "round__neighbourhood"), pk=pk)


def form_page(
    request: Visit, name: str, poolside: Poolside, form: forms.Form, **told: object
) -> HttpResponse:
    told.update(poolside=poolside, form=form)
    return render(request, f"poolside/{name}.html", told, status=422 if form.is_bound else 200)
