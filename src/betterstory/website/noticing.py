"""What is written down while diving in, held against the stories of the neighbourhood.

Diving in lies below stories and knows nothing of them, so the question is put here, around its pages. What
is written at a poolside is not compared: it is sealed in its circle and read there alone.
"""

from django.shortcuts import get_object_or_404

from betterstory.immersion import pages
from betterstory.people.models import Role
from betterstory.people.visit import Visit, needs_part
from betterstory.places.models import Neighbourhood
from betterstory.stories.whose import Typing, asks_whose

anybody_here = needs_part(*Role)


def in_a_neighbourhood(_request: Visit, slug: str) -> Typing:
    return Typing(get_object_or_404(Neighbourhood, slug=slug).pk)


notices = anybody_here(asks_whose(in_a_neighbourhood)(pages.notices))
note = anybody_here(asks_whose(in_a_neighbourhood, fields=["what"])(pages.note))
