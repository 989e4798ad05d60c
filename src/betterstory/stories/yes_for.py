"""The page on which somebody the teller chose says a yes for them. It shows no word of the story."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from betterstory.people.visit import Visit, once, signed_in
from betterstory.stories import speaking
from betterstory.stories.door_forms import HowToldForm
from betterstory.stories.forms import YesForForm
from betterstory.stories.models import Act, Channel, Told, Version
from betterstory.stories.saying_yes import REFUSED, bodies_in, circles_to_choose
from betterstory.stories.standing_by import spoken_for


@signed_in
@once
def say_yes_for(request: Visit, pk: int) -> HttpResponse:
    """One yes that the teller said by phone or face to face. It opens nothing until it was read back."""
    speaker = get_object_or_404(spoken_for(request.somebody), pk=pk)
    story = speaker.story
    agreed = Version.objects.filter(story=story).exclude(agreed_at=None).order_by("-number")
    version = agreed.select_related("story__teller").first()
    if version is None or story.is_quiet:
        raise Http404
    # which other circles the teller is in is not for their speaker to see
    circles = circles_to_choose(request, story, mine=())
    recorded = version.told.filter(kind=Told.Kind.SOUND).exists()
    form = YesForForm(request.POST or None, circles=circles, on=request.on, recorded=recorded)
    how = HowToldForm(request.POST or None)
    if form.is_valid() and how.is_valid():
        told = form.cleaned_data
        try:
            speaking.act_for(
                story,
                by=request.somebody,
                teller=speaker.chosen_by,
                kind=Act.Kind.SAY_YES,
                how=Channel(how.cleaned_data["how"]),
                at=request.at,
                version=version,
                **told,
            )
        except REFUSED as refused:
            form.add_error(None, refused.sentence)
        else:
            messages.info(
                request, _("Noted. It opens once it was read back to them, and they say it is right.")
            )
            return redirect("stories:standing_by")
    context = {"form": form, "how": how, "teller": speaker.chosen_by, "rooms": bodies_in(circles)}
    return render(request, "stories/yes_for.html", context, status=422 if form.is_bound else 200)
