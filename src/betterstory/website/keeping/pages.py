"""The steward's page about copies: when the last was made and tried, and what to do."""

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from betterstory.people.models import Role
from betterstory.people.visit import Visit, needs_part
from betterstory.website.keeping import record, standing
from betterstory.website.keeping.doctor_of_copies import PAPER_RIGHT
from betterstory.website.keeping.trouble import CannotKeep


@require_safe
@needs_part(Role.STEWARD)
def keeping(request: Visit) -> HttpResponse:
    """In words, and with what to type."""
    try:
        now, trouble = standing.look(request.at), ""
    except CannotKeep as why:
        now, trouble = None, str(why)
    told = {
        "standing": now,
        "trouble": trouble,
        "paper": record.last(PAPER_RIGHT),
        "restored": record.last(record.RESTORED),
        "key_days": settings.KEY_COPY_DAYS,
        "copy_days": settings.COPY_DAYS,
    }
    return render(request, "website/keeping.html", told)
