"""Looking at a part of the wall: plain links for where, whose and how it stands."""

from dataclasses import dataclass, field
from functools import cached_property
from typing import Any
from urllib.parse import urlencode

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.http import Http404
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext_lazy as _

from betterstory.people.models import Body, Person
from betterstory.people.visit import Visit
from betterstory.places.models import Neighbourhood, Round
from betterstory.promises.models import LATE, NO_ANSWER_YET, TO_COME, Answer, Ask, Promise, State

ASKED = {
    NO_ANSWER_YET: _("no answer yet"),
    Answer.Kind.YES.value: _("yes, a promise"),
    Answer.Kind.NO_BECAUSE.value: _("no, because"),
    Answer.Kind.NOT_OURS.value: _("not ours"),
}
PROMISED = {
    TO_COME: _("still to come"),
    LATE: _("late"),
    State.MADE_AGAIN.value: _("made again"),
    State.KEPT.value: _("kept"),
    State.PARTLY.value: _("partly"),
    State.NOT_KEPT.value: _("not kept"),
    State.RELEASED.value: _("let go"),
    State.TAKEN_BACK.value: _("taken back"),
}
NARROWED_BY = ("neighbourhood", "round", "body", "state", "mine")


@dataclass(frozen=True)
class Choice:
    """One plain link of a filter."""

    words: str
    link: str
    here: bool


@dataclass(frozen=True)
class Filter:
    """A line of links."""

    words: str
    choices: list[Choice]


@dataclass
class Narrowed:
    """Which part of the wall is looked at, by whom."""

    given: dict[str, str]
    person: Person | None
    page: int = 1
    neighbourhood: Neighbourhood | None = None
    round: Round | None = None
    body: Body | None = None
    rounds: list[Round] = field(default_factory=list)

    @cached_property
    def places(self) -> list[Neighbourhood]:
        """All neighbourhoods, read once: to find one, and to offer the others."""
        return list(Neighbourhood.objects.all())

    @property
    def state(self) -> str:
        return self.given.get("state", "")

    @property
    def mine(self) -> str:
        return self.given.get("mine", "")

    @property
    def where(self) -> Q:
        if self.round:
            return Q(round=self.round)
        return Q(round__neighbourhood=self.neighbourhood) if self.neighbourhood else Q()

    def link(self, **changed: str) -> str:
        """The same part but for what is changed; "" takes a filter away."""
        wanted = {key: value for key, value in {**self.given, **changed}.items() if value}
        return f"?{urlencode(wanted)}"

    def choice(self, words: Any, **changed: str) -> Choice:
        here = all(self.given.get(key, "") == value for key, value in changed.items())
        return Choice(str(words), self.link(**changed), here)


def narrowed(request: Visit) -> Narrowed:
    """Read it from the address. An address that names nothing we know is no page."""
    given = {key: request.GET[key] for key in NARROWED_BY if request.GET.get(key)}
    if request.person is None:
        given.pop("mine", None)
    look = Narrowed(given, request.person, page=page_in(request))
    if look.state and look.state not in {**ASKED, **PROMISED}:
        raise Http404
    if "neighbourhood" in given:
        slug = given["neighbourhood"]
        look.neighbourhood = next((each for each in look.places if each.slug == slug), None)
        if look.neighbourhood is None:
            raise Http404
        look.rounds = list(look.neighbourhood.rounds.all())
    if "round" in given:
        look.round = next((each for each in look.rounds if str(each.number) == given["round"]), None)
        if look.round is None:
            raise Http404
    if "body" in given:
        look.body = get_object_or_404(Body, pk=number_in(given["body"]))
    return look


def filters(look: Narrowed) -> list[Filter]:
    """Lines of links. Three queries at most."""
    places = [look.choice(each.name, neighbourhood=each.slug, round="") for each in look.places]
    lines = [Filter(str(_("Where")), [look.choice(_("everywhere"), neighbourhood="", round=""), *places])]
    if len(look.rounds) > 1:
        rounds = [
            look.choice(_("round %(number)s") % {"number": each.number}, round=str(each.number))
            for each in look.rounds
        ]
        lines.append(Filter(str(_("When")), [look.choice(_("all rounds"), round=""), *rounds]))
    bodies = [look.choice(each.name, body=str(each.pk)) for each in bodies_on_the_wall()]
    lines.append(Filter(str(_("Whose")), [look.choice(_("everybody’s"), body=""), *bodies]))
    asked = [look.choice(words, state=state) for state, words in ASKED.items()]
    promised = [look.choice(words, state=state) for state, words in PROMISED.items()]
    lines.append(Filter(str(_("What we asked")), [look.choice(_("any answer"), state=""), *asked]))
    lines.append(
        Filter(str(_("What we promised")), [look.choice(_("however it stands"), state=""), *promised])
    )
    return lines


def whose(look: Narrowed) -> list[Choice]:
    """For somebody who came in: all of it, or their own."""
    return [
        look.choice(_("all of it"), mine=""),
        look.choice(_("what is owed to me"), mine="to"),
        look.choice(_("what I owe"), mine="by"),
    ]


def bodies_on_the_wall() -> QuerySet[Body]:
    """Those that were asked, or promised something; by name, never by how they did."""
    them, asks = OuterRef("pk"), Ask.objects.order_by()
    promises = Promise.objects.exclude(state=State.WAITS).order_by()
    spoke = [asks.filter(of=them), Answer.objects.filter(body=them), promises.filter(post__body=them)]
    spoke += [
        asks.filter(asking_body=them),
        asks.filter(of__today=them),
        promises.filter(post__today__body=them),
    ]
    here = Q()
    for said in spoke:
        here |= Q(Exists(said))
    return Body.objects.filter(here)


def page_in(request: Visit) -> int:
    """Which page the address asks for. Raises Http404."""
    number = request.GET.get("page", "1")
    return number_in(number) if number.isdecimal() and number.strip("0") else 1


def number_in(digits: str) -> int:
    """A number that a database can hold. Raises Http404."""
    if not (digits.isascii() and digits.isdecimal() and len(digits) < 10):
        raise Http404
    return int(digits)
