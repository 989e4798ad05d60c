"""Does this name a person? Asked of what is typed into the log, which keeps no names of people.

It finds what looks like a name, not who somebody is, and only asks: whoever types says that it is none.
"""

import re
from dataclasses import dataclass
from itertools import pairwise

from betterstory.immersion.models import Group, Street
from betterstory.people.models import Body, Person
from betterstory.places.models import Neighbourhood, Place


def _listed(words: str) -> frozenset[str]:
    return frozenset(words.split())


TITLES = _listed("Mr Mrs Ms Miss Mx Dr Doctor Sir Lady Councillor Cllr Father Sister Nurse")
# a pair that ends in one of these is a place or a body
PLACES = _listed(
    "Street Road Lane Walk Court Row Close Drive Avenue Terrace Square Green Park Bridge Lock Wharf Quay Hill"
    " House Hall Club Centre Center School Church Chapel Mosque Temple Library Market Shop Stores Arms Inn"
    " Station Stop Surgery Hospital Service Services Council Shed Side Way Gardens Place Estate Moorings"
    " Group Team Trust Society Project Kitchen Café Cafe Day Night Week Month Morning Evening"
)
# with these a sentence begins; what stands after them may have a capital of its own
OPENERS = _listed("The A An We Our My I It In On At By For From No Not This That There Two Three")
WORD = re.compile(r"[^\W\d_]+(?:[-’'][^\W\d_]+)*")


@dataclass(frozen=True)
class Known:
    """Names of people here, and of places and groups that are no people."""

    people: frozenset[str]
    places: frozenset[str]


def known_in(neighbourhood: Neighbourhood) -> Known:
    """What this place knows. Stories keep their own lists sealed, and nobody opens them for this."""
    people = Person.objects.filter(is_active=True).values_list("name", flat=True)
    places = [neighbourhood.name, *Place.objects.values_list("name", flat=True)]
    for kind in (Street, Group):
        places += kind.objects.filter(neighbourhood=neighbourhood).values_list("name", flat=True)
    places += Body.objects.values_list("name", flat=True)
    places += Neighbourhood.objects.values_list("name", flat=True)
    return Known(
        frozenset(
            word for name in people for word in WORD.findall(name) if word not in TITLES and word.istitle()
        ),
        frozenset(name.casefold() for name in places),
    )


def names_in(words: str, known: Known) -> list[str]:
    """What looks like a person's name, in the order it stands there, each once."""
    found = list(WORD.finditer(words))
    names = [first.group() for first in found if first.group() in known.people]
    for first, second in pairwise(found):
        pair = words[first.start() : second.end()]
        apart = words[first.end() : second.start()]
        if apart in (" ", ". ") and _is_name(first.group(), second.group(), pair, known):
            names.append(pair)
    alone = [name for name in names if not any(name != other and name in other for other in names)]
    return list(dict.fromkeys(alone))


def may_hold_names(words: str) -> bool:
    """Whether it is worth asking what this place knows."""
    return any(match.group()[0].isupper() for match in WORD.finditer(words))


def _is_name(first: str, second: str, pair: str, known: Known) -> bool:
    if not second[0].isupper():
        return False
    if first.rstrip(".") in TITLES:
        return True
    if "." in pair or not first[0].isupper() or first in OPENERS or first.isupper() or second.isupper():
        return False
    return second not in PLACES and not any(pair.casefold() in place for place in known.places)
