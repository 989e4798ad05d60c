"""For the wall of a hall: one sentence at a time. A screen asks as the circle of its room.

A sentence that rests on a piece its teller took back is not on the screen: where it stood comes the next one,
as an ordinary change of slide.
"""

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render

from betterstory.conversations import rules
from betterstory.conversations.models import Gathering, RunSheet, Statement
from betterstory.conversations.pages.finding import find_gathering
from betterstory.conversations.pages.prints import address_to_say
from betterstory.conversations.quiet import statements_for
from betterstory.people.verbs import NotYours
from betterstory.people.visit import Visit, signed_in


def on_screen(request: Visit, found: Gathering) -> tuple[list[Statement], list[Statement]]:
    """Every sentence that is asked, and those of them the room may see now."""
    if not rules.may_open_screen(request.somebody, found):
        raise NotYours
    sheet = RunSheet.objects.filter(gathering=found).first()
    return list(found.statements.asked()), statements_for(found, sheet, at=request.at)


@signed_in
def screen(request: Visit, pk: int, number: int | None = None) -> HttpResponse:
    """The check-in question first, then each sentence by its number."""
    found = find_gathering(pk)
    asked, statements = on_screen(request, found)
    numbers = [each.number for each in statements]
    if number is not None and number not in numbers:
        if number not in [each.number for each in asked]:
            raise Http404
        then = next((each for each in numbers if each > number), None)
        return redirect("conversations:screen", pk, then) if then else redirect("conversations:screen", pk)
    place = numbers.index(number) if number is not None else -1
    statement = statements[place] if number is not None else None
    told = {
        "gathering": found,
        "statement": statement,
        "nth": place + 1,
        "many": len(statements),
        "from_story": statement is not None and statement.from_piece is not None,
        "back": numbers[place - 1] if place > 0 else None,
        "next": numbers[place + 1] if place + 1 < len(numbers) else None,
        "address": address_to_say() if found.voting_open else "",
    }
    return render(request, "conversations/screen.html", told)


@signed_in
def still(request: Visit, pk: int, number: int) -> HttpResponse:
    """Whether what is on the screen may stay there. The screen asks every few seconds; nothing is noted."""
    _asked, statements = on_screen(request, find_gathering(pk))
    return HttpResponse(status=204 if number in [each.number for each in statements] else 205)
