"""For the wall of a hall: one sentence at a time. A screen asks as the circle of its room."""

from django.http import Http404, HttpResponse
from django.shortcuts import render

from betterstory.conversations import rules
from betterstory.conversations.pages.finding import find_gathering
from betterstory.conversations.pages.prints import address_to_say
from betterstory.people.verbs import NotYours
from betterstory.people.visit import Visit, signed_in
from betterstory.stories.models import Use
from betterstory.stories.rules import may


@signed_in
def screen(request: Visit, pk: int, number: int | None = None) -> HttpResponse:
    """The check-in question first, then each sentence by its number."""
    found = find_gathering(pk)
    if not rules.may_open_screen(request.somebody, found):
        raise NotYours
    statements = list(found.statements.asked().select_related("from_piece__version__story"))
    numbers = [each.number for each in statements]
    if number is not None and number not in numbers:
        raise Http404
    place = numbers.index(number) if number is not None else -1
    statement = statements[place] if number is not None else None
    piece = statement.from_piece if statement else None
    told = {
        "gathering": found,
        "statement": statement,
        "nth": place + 1,
        "many": len(statements),
        "from_story": piece is not None and may(found.circle, Use.QUOTE, piece, request.at),
        "back": numbers[place - 1] if place > 0 else None,
        "next": numbers[place + 1] if place + 1 < len(numbers) else None,
        "address": address_to_say() if found.voting_open else "",
    }
    return render(request, "conversations/screen.html", told)
