"""A teller's own copy: words, steps, wishes and yeses on one plain page that any browser opens."""

import io
import zipfile
from datetime import datetime

from django.template.loader import render_to_string

from betterstory.people.models import Person
from betterstory.stories import rules, showing
from betterstory.stories.models import Consent, Seen, Story, Use

FORMAT = 1


def copy_of(story: Story, *, viewer: Person, at: datetime) -> bytes | None:
    """A ZIP with every version on one page; None for all but its tellers, or where it is gone."""
    if not rules.may_open(viewer, story):
        return None
    versions = []
    for version in story.versions.order_by("-number"):
        version.story = story
        shown = showing.show_whole(version, viewer=viewer, use=Use.READ, at=at)
        if shown is not None:
            versions.append(shown)
    if not versions:
        return None
    yeses = Consent.objects.filter(version__story=story).select_related("circle", "version")
    told = {
        "story": story,
        "versions": versions,
        "yeses": yeses.prefetch_related("bodies").order_by("given_at"),
        "seen": Seen.objects.filter(story=story).select_related("person", "circle").order_by("on"),
        "at": at,
        "format": FORMAT,
    }
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as book:
        book.writestr("my-story.html", render_to_string("stories/own_copy.html", told))
    return packed.getvalue()
