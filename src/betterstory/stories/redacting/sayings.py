"""How what was found is said on a page."""

from collections.abc import Sequence

from django.utils.translation import gettext_lazy as _

KINDS = {
    "listed": _("on your list"),
    "listed-maybe": _("perhaps a name on your list, perhaps a word"),
    "postcode": _("a postcode"),
    "e-mail": _("an e-mail address"),
    "web": _("an address on the web"),
    "phone": _("a phone number"),
    "nhs-number": _("an NHS number"),
    "long-number": _("a long number"),
    "insurance": _("a National Insurance number"),
    "plate": _("a number plate"),
    "door": _("a house or a flat"),
    "street": _("a street"),
    "date": _("a day"),
    "birth": _("an age, or a year of birth"),
    "titled": _("a name with a title"),
    "our": _("perhaps a name"),
    "called": _("perhaps a name"),
    "capital": _("a word with a capital"),
    "child": _("a child, who cannot say yes"),
    "kin-and-job": _("who they are and what they do: together that points at one person"),
    "job-and-place": _("a job and where it is done: together that points at one person"),
    "eyes-person": _("a person, says the second pair of eyes"),
    "eyes-place": _("a place, says the second pair of eyes"),
    "eyes-group": _("a group, says the second pair of eyes"),
}
TOPICS = {
    "health": _("health"),
    "faith": _("faith"),
    "sexuality": _("who somebody loves, or their gender"),
    "offence": _("police, court or prison"),
    "immigration": _("coming to this country"),
    "money": _("money or a home lost"),
    "drink and drugs": _("drink or drugs"),
    "harm": _("harm done to somebody"),
    "where people come from": _("where people come from"),
    "politics": _("politics"),
}
PARTS = {
    "title": _("The title"),
    "name": _("The name you are called in it"),
    "text": _("In your own words"),
    "step": _("What happened"),
    "when": _("When it was"),
    "felt": _("How it felt, in their word"),
    "helped": _("What helped"),
    "interpreter": _("Who put it into English"),
    "other words": _("The words in a second language"),
    "gap": _("A gap"),
    "wish": _("A wish"),
}


def said(found: Sequence[tuple[str, str]]) -> list[tuple[str, object]]:
    """Each find with what it is, in words."""
    return [(" ".join(words.split()), KINDS[kind]) for kind, words in found]
