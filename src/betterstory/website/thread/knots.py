"""What a thread is made of: one knot for each thing, in the words and with the picture of its kind."""

from dataclasses import dataclass, replace
from datetime import date, datetime

from django.utils.text import capfirst
from django.utils.translation import gettext as _

from betterstory.behind.models import Release
from betterstory.conversations.models import Insight
from betterstory.people.models import Person
from betterstory.promises.models import Ask, Promise, State
from betterstory.stories.rules import Viewer


@dataclass(frozen=True)
class Knot:
    """One knot of the thread, as a page draws it."""

    icon: str
    kind: str
    words: str
    because: str = ""  # what ties it to the knot above
    said: bool = False
    about: str = ""
    link: str = ""
    link_words: str = ""
    quiet: bool = False
    leads_on: str = ""  # what ties it to the knot below


def tie(knots: list[Knot]) -> list[Knot]:
    """The knots, each with the words that lead on to the one below it."""
    below = [knot.because for knot in knots[1:]] + [""]
    return [replace(knot, leads_on=words) for knot, words in zip(knots, below, strict=bool(knots))]


@dataclass(frozen=True)
class Looking:
    """Who looks, and when."""

    viewer: Viewer
    at: datetime
    on: date

    @property
    def person(self) -> Person | None:
        """Who looks, where it is somebody who came in."""
        return self.viewer if isinstance(self.viewer, Person) else None


def promise_knot(promise: Promise, looking: Looking, because: str = "") -> Knot:
    """The promise, as it stands on the wall."""
    late = promise.is_late(on=looking.on)
    state = _("late") if late else State(promise.state).label
    about = _("%(who)s, to %(whom)s. By %(when)s: %(state)s.") % {
        "who": promise.who,
        "whom": promise.to_words,
        "when": _day(promise.due_on),
        "state": state,
    }
    return Knot(
        icon="checklist",
        kind=_("A promise"),
        words=promise.words,
        said=True,
        about=about,
        because=because,
        link=f"/promises/{promise.pk}/",
        link_words=_("See it on the wall"),
    )


def ask_knot(ask: Ask, because: str = "") -> Knot:
    """What was asked."""
    about = _("%(who)s asked %(body)s on %(when)s.") % {
        "who": capfirst(ask.asked_by_words),
        "body": ask.whom,
        "when": _day(ask.asked_on),
    }
    return Knot(
        icon="speech",
        kind=_("An ask"),
        words=ask.words,
        said=True,
        about=about,
        because=because,
        link=f"/promises/asks/{ask.pk}/",
        link_words=_("See what was answered"),
    )


def card_knot(insight: Insight, words: str, because: str) -> Knot:
    """A card that may be shown."""
    about = _("Card %(number)s, “%(level)s”.") % {
        "number": insight.number,
        "level": insight.get_level_display(),
    }
    if insight.owner:
        about += " " + _("%(body)s could change it.") % {"body": insight.owner.name}
    return Knot(
        icon="iceberg",
        kind=_("What lies beneath"),
        words=words,
        about=about,
        because=because,
        link=f"/conversations/rounds/{insight.round_id}/iceberg/",
        link_words=_("See the iceberg"),
    )


def release_knot(release: Release, because: str = "") -> Knot:
    """How many: the figures as they were released."""
    return Knot(
        icon="dots",
        kind=_("How many"),
        words=headline(release),
        about=_("Release %(number)s. %(source)s") % {"number": release.number, "source": release.source},
        because=because,
        link=f"/behind/releases/{release.pk}/",
        link_words=_("How do we know?"),
    )


def headline(release: Release) -> str:
    """The one sentence of a release, from its protected figures."""
    return str(release.figures.get("headline", "")) or _("Figures were released.")


def _day(day: date) -> str:
    return f"{day.day} {day:%B}"
