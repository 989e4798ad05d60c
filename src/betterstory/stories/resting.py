"""Pages of stopping for now, of coming back, and of what is owed to a teller."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST, require_safe

from betterstory.people import cards
from betterstory.people import verbs as people
from betterstory.people.models import Role
from betterstory.people.visit import Visit, needs_part, once, signed_in
from betterstory.stories import acting, care
from betterstory.stories.models import Care, Story, Thanks
from betterstory.stories.table import ask, opened, status_of, their_story
from betterstory.stories.telling_forms import CareForm, ThanksForm
from betterstory.ui.refusal import Refusal


@signed_in
@once
def rest(request: Visit, key: UUID) -> HttpResponse:
    """Pause here. With a card: a code, shown this once, that leads back in from any phone or computer."""
    story = their_story(request, key)
    if request.method != "POST":
        return render(request, "stories/rest.html", {"story": story})
    care.owe_after_telling(story, at=request.at, kinds=[Care.Kind.PRACTICAL])
    if "card" not in request.POST:
        return redirect("stories:rested")
    card, code = people.make_return_card(request.somebody, by=request.somebody, at=request.at)
    try:
        sheet = [cards.printed(card.greeting, code)]
    except Refusal:
        sheet = [cards.on_screen(card.greeting, code)]
    response = render(request, "stories/rest_card.html", {"cards": sheet, "until": card.expires_at})
    response["Content-Location"] = request.path
    return response


@require_safe
@signed_in
def rested(request: Visit) -> HttpResponse:
    """It is kept, and this is how to come back."""
    return render(request, "stories/rested.html")


@require_safe
@signed_in
def carry_on(request: Visit, key: UUID) -> HttpResponse:
    """Back to where the telling was left."""
    shown = opened(request, their_story(request, key))
    if shown.version.agreed_at:
        return redirect("stories:mine", key=key)
    if shown.text or shown.steps:
        return redirect("stories:moments", key=key)
    return redirect("stories:way", key=key)


@signed_in
@once
def thanks(request: Visit, key: UUID) -> HttpResponse:
    """Fares and thanks, agreed before the first word. They hang on nothing that is said yes to."""
    story = their_story(request, key)
    agreed = care.thanks_words(story, viewer=request.somebody)
    form = ThanksForm(request.POST or None, initial={"words": agreed})
    if request.method == "POST" and form.is_valid():
        care.agree_thanks(story, by=request.somebody, at=request.at, **form.cleaned_data)
        return redirect("stories:name", key=key)
    return ask(
        request,
        opened(request, story),
        form,
        title=_("Fares and thanks come first"),
        lead=_("You get what was agreed, whatever you say, and if you stop."),
        then=_("Next we ask what to call you."),
        skip="stories:name",
        all_labels=True,
        agreed=agreed,
        template="stories/thanks.html",
    )


@needs_part(Role.ORGANISER, Role.STEWARD)
def owed(request: Visit) -> HttpResponse:
    """What is owed to tellers here: care with its day, and thanks not given. Nothing of a story is shown."""
    cares = Care.objects.filter(done_on=None).select_related("story__teller", "owed_by")[:100]
    waiting = Thanks.objects.filter(given_on=None, story__destroyed_at=None).select_related("story__teller")[
        :100
    ]
    context = {"owed": care.owed(cares, viewer=request.somebody, on=request.on), "thanks": waiting}
    return render(request, "stories/owed.html", context)


@signed_in
@once
def take_on(request: Visit, pk: int) -> HttpResponse:
    """Say what one does for a teller, and by when."""
    found = get_object_or_404(Care.objects.select_related("story__teller", "owed_by"), pk=pk)
    if not acting.may_care(request.somebody, found.story):
        return redirect("stories:shelf")
    said = care.owed([found], viewer=request.somebody, on=request.on)
    form = CareForm(
        request.POST or None, initial={"words": said[0].words if said else "", "due_on": found.due_on}
    )
    if request.method == "POST" and form.is_valid():
        care.take_on(found, by=request.somebody, **form.cleaned_data)
        return redirect(*_back(request, found.story))
    return render(request, "stories/care.html", {"form": form, "care": found}, status=status_of(request))


@require_POST
@signed_in
@once
def care_done(request: Visit, pk: int) -> HttpResponse:
    """It was done; or its teller says that it was not."""
    found = get_object_or_404(Care.objects.select_related("story"), pk=pk)
    if "not" in request.POST:
        care.not_done(found, by=request.somebody)
    else:
        care.done(found, by=request.somebody, on=request.on)
    return redirect(*_back(request, found.story))


@require_POST
@signed_in
@once
def thanks_given(request: Visit, pk: int) -> HttpResponse:
    """The fares and thanks were handed over."""
    found = get_object_or_404(Thanks.objects.select_related("story"), pk=pk)
    care.give_thanks(found, by=request.somebody, on=request.on)
    return redirect(*_back(request, found.story))


def _back(request: Visit, story: Story) -> tuple[str, ...] | tuple[str, UUID]:
    """The teller's own page, or the list of what is owed."""
    if acting.may_decide(request.somebody, story):
        return ("stories:mine", story.uuid)
    return ("stories:owed",) if request.somebody.plays(Role.ORGANISER, Role.STEWARD) else ("stories:shelf",)
