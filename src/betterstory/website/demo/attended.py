"""Who was there on each evening of the first round, as an organiser wrote it down the same night."""

from django.utils.timezone import localtime

from betterstory.conversations.models import Gathering
from betterstory.learning.verbs import attending as verbs
from betterstory.learning.was_there import expected
from betterstory.website.demo.town import Town


def say_who_came(town: Town, called: dict[str, Gathering]) -> None:
    """As many as had said that they come."""
    for gathering in called.values():
        verbs.say_who_was_there(
            gathering,
            by_ring=expected(gathering),
            by=town.person["organiser"],
            on=localtime(gathering.at).date(),
        )
