"""Reminders to give by hand, how somebody likes to be reminded, and calendars."""

from dataclasses import dataclass
from datetime import timedelta

from django.conf import settings
from django.core.signing import BadSignature, Signer
from django.db.models import Q
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from betterstory.conversations.text_message import Weighed, plain, weigh
from betterstory.people.models import Body, Person, Role
from betterstory.people.visit import Visit, needs_part, once, signed_in
from betterstory.promises import calendar_feed, verbs
from betterstory.promises.forms.reminding import HowForm
from betterstory.promises.models import Ask, CalendarAddress, Channel, HowReminded, Promise, Reminder, Step
from betterstory.promises.pages.asking import takes_a_form
from betterstory.promises.pages.forms_answered import carried_out, form_page
from betterstory.promises.verbs import reminding

LATELY, MOST_GIVEN = timedelta(days=14), 40
SIGNER = Signer(salt="better-story calendar 1")
organiser = needs_part(Role.ORGANISER, Role.STEWARD)


@dataclass(frozen=True)
class ToGive:
    """A reminder to give by hand: a text message with how a phone counts it, or a slip."""

    reminder: Reminder
    words: str
    weighed: Weighed
    number: str


def text_of(reminder: Reminder) -> str:
    """One text message: when, and where to read it; no words of anybody."""
    told = {"day": date_format(reminder.due_on, "j M"), "url": reminding.address_of(reminder)}
    words = {
        Step.CONFIRM: _("Said in the room for your post: does it stand? Tell us here: %(url)s"),
        Step.SOON: _("Something you promised is due on %(day)s. Read it here: %(url)s"),
        Step.TODAY: _("Something you promised is due today. Read it here: %(url)s"),
        Step.GRACE: _("Something you promised was due on %(day)s. Ask for more time, or tell us: %(url)s"),
    }[Step(reminder.step)]
    return plain(words % told)


def _to_give(request: Visit) -> list[ToGive]:
    found = []
    for each in reminding.waiting(request.on):
        if each.channel == Channel.EMAIL:
            continue
        words, how = text_of(each), getattr(each.person, "how_reminded", None)
        found.append(ToGive(each, words, weigh(words), how.number if how else ""))
    return found


@require_safe
@organiser
def reminders(request: Visit) -> HttpResponse:
    """What an organiser texts or hands over today; who gave what of late."""
    given = Reminder.objects.given_by_hand(request.at - LATELY)[:MOST_GIVEN]
    return render(request, "promises/reminders.html", {"to_give": _to_give(request), "given_lately": given})


@require_safe
@organiser
def slips(request: Visit) -> HttpResponse:
    """Slips to print and cut, for those who like paper."""
    paper = [each for each in _to_give(request) if each.reminder.channel == Channel.PRINT]
    return render(request, "promises/reminder_slips.html", {"to_give": paper})


@require_POST
@organiser
@once
def given(request: Visit, pk: int) -> HttpResponse:
    """It was sent, or put into a hand."""
    verbs.give(get_object_or_404(Reminder, pk=pk), by=request.somebody, at=request.at)
    return redirect("promises:reminders")


@takes_a_form
@signed_in
@once
def how(request: Visit, pk: int | None = None) -> HttpResponse:
    """How I like to be reminded, or somebody an organiser writes it down for; and my calendar."""
    person = request.somebody if pk is None else get_object_or_404(Person, pk=pk)
    if person != request.somebody and not request.somebody.plays(Role.ORGANISER, Role.STEWARD):
        raise Http404
    chosen = HowReminded.objects.filter(person=person).first()
    first = {"channel": chosen.channel, "number": chosen.number} if chosen else {}
    form = HowForm(request.POST or None, initial=first or {"channel": reminding.channel_of(person)})
    if carried_out(form, lambda: verbs.choose_reminders(person, by=request.somebody, **form.cleaned_data)):
        return redirect("promises:reminders" if pk else "promises:how_reminded")
    theirs = person == request.somebody
    address = CalendarAddress.objects.filter(person=person, is_on=True).first() if theirs else None
    told = {"whom": person, "theirs": theirs, "calendar": calendar_url(address) if address else ""}
    return form_page(request, "promises/how_reminded.html", form, **told)


@require_POST
@signed_in
@once
def renew(request: Visit) -> HttpResponse:
    """A new address for my calendar, or none."""
    verbs.renew_calendar(request.somebody, is_on="off" not in request.POST)
    return redirect("promises:how_reminded")


def calendar_url(address: CalendarAddress) -> str:
    token = SIGNER.sign(f"{address.person_id}.{address.turn}")
    return settings.URL + reverse("promises:my_calendar", args=[token])


@require_safe
def my_calendar(request: Visit, token: str) -> HttpResponse:
    """What one person owes and is owed, at an address nobody can guess and they can renew."""
    try:
        person_pk, turn = SIGNER.unsign(token).split(".")
    except (BadSignature, ValueError) as why:
        raise Http404 from why
    address = get_object_or_404(
        CalendarAddress.objects.select_related("person"), person=person_pk, turn=turn, is_on=True
    )
    person = address.person
    if not person.is_active:
        raise Http404
    mine = Promise.objects.promised_by(person) | Promise.objects.promised_to(person)
    promises = Promise.objects.on_the_wall().still_open().filter(pk__in=mine.values("pk"))
    asks = Ask.objects.asked_of(person).on_the_wall().waiting()
    return _feed(request, _("What I promised, and what I was promised"), promises, asks)


@require_safe
def calendar_of(request: Visit, pk: int) -> HttpResponse:
    """What a body owes, as anyone may read it on the wall."""
    body = get_object_or_404(Body, pk=pk)
    promises = Promise.objects.on_the_wall().still_open().about(body)
    asks = Ask.objects.on_the_wall().waiting().filter(Q(of=body) | Q(of__today=body))
    return _feed(request, body.name, promises, asks)


def _feed(request: Visit, name: str, promises: object, asks: object) -> HttpResponse:
    most = calendar_feed.MOST
    made = calendar_feed.write(
        name=name,
        promises=promises[:most],  # type: ignore[index]  # a query set
        asks=asks[:most],  # type: ignore[index]  # likewise
        url=settings.URL,
        at=request.at,
    )
    answer = HttpResponse(made, content_type="text/calendar; charset=utf-8")
    answer["Content-Disposition"] = 'inline; filename="promises.ics"'
    return answer
