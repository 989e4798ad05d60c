"""Preparing: the day and the place, the words to send, the calendar file, what a guest needs."""

from django.contrib import messages
from django.db.models import Sum
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from betterstory.conversations import calendar_file, guest_care, rules, text_message, verbs
from betterstory.conversations.forms.preparing import ALREADY, NeedsForm, PrepareForm, TextMessageForm
from betterstory.conversations.models import Gathering, Guest, RunSheet
from betterstory.conversations.pages.finding import find_sheet
from betterstory.conversations.pages.run_sheet import edition_read
from betterstory.conversations.pages.typing import in_a_gathering
from betterstory.people import cards
from betterstory.people.models import Role
from betterstory.people.verbs import NotYours
from betterstory.people.visit import Visit, needs_part, once, signed_in
from betterstory.places.models import Place
from betterstory.poolside.models import Poolside
from betterstory.stories.models import Story
from betterstory.stories.showing import titles_for
from betterstory.stories.whose import asks_whose
from betterstory.ui.refusal import Refusal


@require_http_methods(["GET", "HEAD", "POST"])
@needs_part(Role.ORGANISER, Role.STEWARD)
@asks_whose(in_a_gathering, fields=["check_in", "access"])
@once
def prepare(request: Visit, pk: int) -> HttpResponse:
    """When, where, how people get in, whose story is heard."""
    sheet = find_sheet(pk)
    stories, tables = _stories(request, sheet), _tables(request, sheet)
    form = PrepareForm(
        request.POST or None, initial=_as_it_is(sheet), stories=_titles(stories), poolsides=_names(tables)
    )
    if form.is_valid():
        told = form.cleaned_data
        prepared = verbs.Prepared(
            when=form.when,
            where=told["where"],
            check_in=told["check_in"],
            access=told["access"],
            interpreters=told["interpreters"],
            fares=told["fares"],
            story=next((each for each, _title in stories if each.pk == told.get("story")), None),
            poolside=next((each for each, _name in tables if each.pk == told.get("poolside")), None),
        )
        try:
            verbs.prepare(
                sheet.gathering, prepared, by=request.somebody, at=request.at, edition=edition_read(request)
            )
            return redirect("conversations:gathering", pk=pk)
        except Refusal as refusal:
            form.add_error("day" if isinstance(refusal, verbs.DayIsPast) else None, refusal.sentence)
            sheet = find_sheet(pk)
    told = {"gathering": sheet.gathering, "sheet": sheet, "form": form}
    return render(request, "conversations/prepare.html", told, status=422 if form.is_bound else 200)


def _as_it_is(sheet: RunSheet) -> dict[str, object]:
    found = sheet.gathering
    when = localtime(found.at)
    return {
        "day": when.date(),
        "time": when.time(),
        "where": found.where,
        "check_in": found.check_in,
        "access": sheet.access,
        "interpreters": sheet.interpreters,
        "fares": sheet.fares,
        "story": sheet.story_id,
        "poolside": sheet.poolside_id,
    }


def _stories(request: Visit, sheet: RunSheet) -> list[tuple[Story, str]]:
    """Stories of this neighbourhood whose title this person may see now; and the one that is heard."""
    here = Story.objects.filter(neighbourhood=sheet.gathering.round.neighbourhood, destroyed_at=None)
    told = list(here.prefetch_related("versions").order_by("pk"))
    titles = titles_for(told, viewer=request.somebody, at=request.at)
    if sheet.story_id:
        titles.setdefault(sheet.story_id, str(ALREADY))
    return [(story, titles[story.pk]) for story in told if story.pk in titles]


def _titles(stories: list[tuple[Story, str]]) -> dict[int, str]:
    return {story.pk: title for story, title in stories}


def _tables(request: Visit, sheet: RunSheet) -> list[tuple[Poolside, str]]:
    """Circles of this round where the one who prepares sits; and the one that was chosen before."""
    mine = Poolside.objects.around(request.somebody, on=request.on).filter(round=sheet.gathering.round)
    found = {table.pk: (table, table.circle.name) for table in mine.select_related("circle")}
    if sheet.poolside:
        found.setdefault(sheet.poolside.pk, (sheet.poolside, str(ALREADY)))
    return list(found.values())


def _names(tables: list[tuple[Poolside, str]]) -> dict[int, str]:
    return {table.pk: name for table, name in tables}


@require_http_methods(["GET", "HEAD", "POST"])
@needs_part(Role.ORGANISER, Role.STEWARD)
@once
def words(request: Visit, pk: int) -> HttpResponse:
    """The invitation as a text message and as a letter, and the file for a calendar. Nothing is sent here."""
    sheet = find_sheet(pk)
    found = sheet.gathering
    place = Place.objects.first()
    begun = sheet.text_message or text_message.compose(found, phone=place.organiser_phone if place else "")
    form = TextMessageForm(request.POST or None, initial={"words": begun})
    if form.is_valid():
        try:
            verbs.keep_text_message(found, words=form.cleaned_data["words"], by=request.somebody)
            messages.success(request, _("Kept. Copy it into your phone from here."))
            return redirect("conversations:words", pk=pk)
        except Refusal as refusal:
            form.add_error("words", refusal.sentence)
    weighed = text_message.weigh(form["words"].value() or "")
    told = {"gathering": found, "sheet": sheet, "form": form, "weighed": weighed, "place": place}
    return render(request, "conversations/words.html", told, status=422 if form.is_bound else 200)


@require_safe
@signed_in
def calendar(request: Visit, pk: int) -> HttpResponse:
    """The gathering as a file for a calendar."""
    sheet = find_sheet(pk)
    minutes = sheet.gathering.turns.aggregate(all=Sum("minutes"))["all"] or 0
    made = calendar_file.write(sheet.gathering, sheet, minutes=minutes, url=_address(sheet.gathering))
    answer = HttpResponse(made.encode(), content_type="text/calendar; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="gathering-{pk}.ics"'
    return answer


def _address(found: Gathering) -> str:
    """Where it stands, as others reach it; "" where this machine is reached by nobody else."""
    try:
        return cards.printable_address() + reverse("conversations:gathering", args=[found.pk])
    except Refusal:
        return ""


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
@once
def needs(request: Visit, pk: int) -> HttpResponse:
    """What one guest needs to come: for them, and for whoever organises."""
    guest = get_object_or_404(
        Guest.objects.select_related("gathering__round__neighbourhood", "person", "invitation"), pk=pk
    )
    if not rules.may_answer_for(request.somebody, guest):
        raise NotYours
    cared = guest_care.cared_for([guest], viewer=request.somebody)
    form = NeedsForm(request.POST or None, initial={"words": cared[0].needs if cared else ""})
    if form.is_valid():
        verbs.say_needs(guest, words=form.cleaned_data["words"], by=request.somebody, at=request.at)
        messages.success(request, _("Thank you. We wrote it down."))
        own = guest.who_id == request.somebody.pk
        return redirect("conversations:gathering" if own else "conversations:guests", pk=guest.gathering_id)
    told = {
        "gathering": guest.gathering,
        "guest": guest,
        "form": form,
        "until": guest_care.kept_until(guest.gathering),
        "own": guest.who_id == request.somebody.pk,
    }
    return render(request, "conversations/needs.html", told, status=422 if form.is_bound else 200)
