"""What became of your words: by voice card, and for a whole gathering."""

from collections.abc import Callable, Sequence

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from betterstory.conversations import rules
from betterstory.conversations.became import Became, what_became, written_by
from betterstory.conversations.pages.finding import find_gathering
from betterstory.conversations.pages.slips import find_open, read_slip
from betterstory.conversations.pages.voting import page
from betterstory.people.visit import Visit, signed_in
from betterstory.stories.rules import ANYONE, viewer_of

type Further = Callable[[Visit, Sequence[Became]], list[Became]]


def nothing_further(_request: Visit, told: Sequence[Became]) -> list[Became]:
    """This folder knows no asks and promises; whoever looks up over several folders adds them."""
    return list(told)


# csrf_exempt: as for voting, the signed slip of a card is asked for and no cookie is set
@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def by_card(request: Visit, pk: int, further: Further = nothing_further) -> HttpResponse:
    """What became of the sentences that one card wrote, here and at other gatherings of its round."""
    slip = read_slip(request, find_open(pk))
    if slip is None:
        return redirect("voices:answer", pk=pk)
    # a card may be in anybody's hands: it sees no more than anyone does
    groups = [
        (gathering, further(request, what_became(written, viewer=ANYONE, at=request.at)))
        for gathering, written in written_by(slip.voice)
    ]
    return page(request, "voice_words", {"slip": slip, "groups": groups})


@signed_in
def of_all(request: Visit, pk: int, further: Further = nothing_further) -> HttpResponse:
    """What became of every sentence of a gathering. What nobody has read yet is for whoever reads it."""
    found = find_gathering(pk)
    may_call = rules.may_call(request.somebody)
    statements = [
        each for each in found.statements.from_pieces() if may_call or each.is_read or each.put_aside
    ]
    for each in statements:
        each.gathering = found
    told = what_became(statements, viewer=viewer_of(request.somebody), at=request.at)
    context = {"gathering": found, "told": further(request, told)}
    return render(request, "conversations/became.html", context)
