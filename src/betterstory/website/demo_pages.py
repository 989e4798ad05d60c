"""In the demo only: look around as somebody else. Everybody in it is made up, so nobody is impersonated."""

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_POST

from betterstory.people.coming_in import let_in
from betterstory.people.models import Person
from betterstory.people.visit import Visit
from betterstory.website.demo.cast import CAST


@require_POST
def look_as(request: Visit, who: str) -> HttpResponse:
    """Become one of the cast, and start at the front page. Sent twice, it does the same twice."""
    member = next((member for member in CAST if member.key == who), None)
    if member is None:
        raise Http404
    let_in(request, get_object_or_404(Person, email=member.email, is_active=True))
    return redirect("/")
