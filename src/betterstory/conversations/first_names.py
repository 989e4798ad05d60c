"""Who is named in the room, and how: by first name. No title, no rank, no organisation."""

import re

from django.utils.translation import gettext_lazy as _

from betterstory.people.models import Body

# words that are a rank and no name; a translation lists its own
TITLES = _(
    "mr mrs ms miss mx dr doctor prof professor sir dame lord lady rev revd reverend father"
    " cllr councillor mayor chief head director"
)

# of those, the ones that are short for a rank, and the ones that are nothing else; the rest are words too
SHORT = _("mr mrs ms mx dr prof rev revd cllr")
ALWAYS = _("doctor professor reverend councillor mayor dame")


def is_first_name(name: str) -> bool:
    """A name without a rank before or behind it, and not that of a body. At most one query."""
    words = set(name.lower().replace(".", "").split())
    if not name or "," in name or words & set(str(TITLES).split()):
        return False
    return not Body.objects.filter(name__iexact=name).exists()


def has_title(words: str) -> bool:
    """A sentence that calls somebody by a rank: one of the titles, and behind it a name."""
    short, always, titles = (str(each).split() for each in (SHORT, ALWAYS, TITLES))
    sometimes = [
        title.capitalize() for title in titles if title not in short + always
    ]  # "I miss Anna" is none
    ranks = rf"(?i:{_any(short)})\b\.?|(?i:{_any(always)})\b|(?:{_any(sometimes)})\b"
    return re.search(rf"\b(?:{ranks})\s+[^\W\d_a-z]", words) is not None


def _any(words: list[str]) -> str:
    return "|".join(re.escape(word) for word in words)


def names_a_body(words: str) -> bool:
    """A sentence that names one of the organisations here. One query."""
    said = words.casefold()
    return any(name.casefold() in said for name in Body.objects.values_list("name", flat=True))
