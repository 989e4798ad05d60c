"""How much is in a file, in words."""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext


def answers_of_cards(answers: int, cards: int) -> str:
    """ "3 answers of 2 cards." """
    if answers == 1:
        return _("One answer of one card.")
    words = ngettext("%(answers)s answers of one card.", "%(answers)s answers of %(cards)s cards.", cards)
    return words % {"answers": answers, "cards": cards}
