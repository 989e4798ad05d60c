"""An invitation as one text message: 160 letters of the phones' own alphabet (GSM 03.38), 70 of any other."""

from dataclasses import dataclass

from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from betterstory.conversations.models import Gathering

ONE = (
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?"
    "¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà"
)
TWO = "^{}\\[~]|€"  # these count twice
PLAINER = str.maketrans({"’": "'", "‘": "'", "“": '"', "”": '"', "–": "-", "—": "-", "…": "...", "\xa0": " "})
MOST, MOST_OF_ANY = 160, 70


@dataclass(frozen=True)
class Weighed:
    """How many letters a message holds, and how many it may."""

    many: int
    most: int
    odd: str  # letters that make a message short: "" where there are none


def weigh(words: str) -> Weighed:
    """Count as a phone does."""
    odd = "".join(dict.fromkeys(letter for letter in words if letter not in ONE and letter not in TWO))
    if odd:
        return Weighed(len(words.encode("utf-16-le")) // 2, MOST_OF_ANY, odd)
    return Weighed(sum(2 if letter in TWO else 1 for letter in words), MOST, "")


def plain(words: str) -> str:
    """The same words with the marks that every phone knows."""
    return words.translate(PLAINER)


def compose(gathering: Gathering, *, phone: str) -> str:
    """Words to begin from: when, where, whom to ring. What does not fit is left out, the least first."""
    when = localtime(gathering.at)
    parts = {
        "day": f"{when:%a} {when.day} {when:%b}, {when:%H:%M}",
        "where": gathering.where,
        "phone": phone,
    }
    ways = [
        _("Come and sit with us: %(day)s, %(where)s. Tea, and a chair for you. Need a lift? Ring %(phone)s")
        if phone
        else _("Come and sit with us: %(day)s, %(where)s. Tea, and a chair for you."),
        _("Come and sit with us: %(day)s, %(where)s. Ring %(phone)s")
        if phone
        else _("Come and sit with us: %(day)s, %(where)s."),
        _("Come and sit with us: %(day)s, %(where)s."),
        _("Come and sit with us: %(day)s. Ring %(phone)s") if phone else _("Come and sit with us: %(day)s."),
    ]
    made = [plain(words % parts) for words in ways]
    return next((words for words in made if (each := weigh(words)).many <= each.most), made[-1])
