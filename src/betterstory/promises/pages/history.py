"""What became of an ask or a promise, as plain lines from the first day on."""

from dataclasses import dataclass
from datetime import date

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from betterstory.promises.models import Again, Answer, Ask, Confirmation, Judgement, Promise, State


@dataclass(frozen=True)
class Line:
    """One thing that happened: the day, what, and what was said."""

    on: date
    what: str
    said: str = ""


def of_ask(ask: Ask) -> list[Line]:
    """Asked, and every answer since."""
    asked = Line(ask.asked_on, _("Asked of %(body)s.") % {"body": ask.first_whom})
    return [asked, *(Line(each.on, _answered(each), each.words) for each in ask.answers.all())]


def of_promise(promise: Promise, agains: list[Again], judgements: list[Judgement]) -> list[Line]:
    """Promised, made again, judged: the first words and day stay."""
    agreed = [again for again in agains if again.is_agreed]
    words = agreed[0].was_words if agreed else promise.words
    due_on = agreed[0].was_due_on if agreed else promise.due_on
    made = _("Promised, by %(day)s.") % {"day": _day(due_on)}
    if promise.in_the_room:
        made += " " + _("Said in the room, and written down.")
    lines = [Line(promise.made_on, made, words), *_confirmed(promise)]
    lines += [line for again in agains for line in _again(again)]
    lines += [Line(each.on, _judged(each, promise), each.note) for each in judgements]
    return sorted(lines, key=lambda line: line.on)


def _answered(answer: Answer) -> str:
    what = {
        Answer.Kind.YES: _("%(body)s said yes."),
        Answer.Kind.NO_BECAUSE: _("%(body)s said no, because:"),
        Answer.Kind.NOT_OURS: _("%(body)s said it is not theirs, and passed it on to %(other)s."),
    }[Answer.Kind(answer.kind)] % {
        "body": answer.who,
        "other": answer.passed_to.name if answer.passed_to else "",
    }
    return what + " " + _("Said in the room, and written down.") if answer.in_the_room else what


def _again(again: Again) -> list[Line]:
    asked = _("More time was asked for, until %(day)s.") % {"day": _day(again.due_on)}
    agreed = _("Made again, by %(day)s.") % {"day": _day(again.due_on)}
    if again.is_wording:
        asked, agreed = _("Other words were asked for, because:"), _("Both agreed to other words.")
    lines = [Line(again.asked_on, asked + _in_person(again.face_to_face), again.because)]
    if again.agreed_on is not None:
        words = again.words if again.words != again.was_words else ""
        lines.append(Line(again.agreed_on, agreed, words))
    return lines


def _confirmed(promise: Promise) -> list[Line]:
    """What the post said of what was written down for it."""
    said: Confirmation | None = getattr(promise, "confirmation", None)
    if said is None:
        return []
    what = {
        Confirmation.Kind.CONFIRMED: _("Confirmed by the post, as it was written down."),
        Confirmation.Kind.OTHER_WORDS: _("Confirmed by the post, in other words."),
        Confirmation.Kind.TAKEN_BACK: _("Taken back by the post, because:"),
    }[Confirmation.Kind(said.kind)]
    return [Line(said.on, what, said.because)]


def _in_person(face_to_face: bool | None) -> str:
    """Whether the reason was told face to face, where that was said."""
    if face_to_face is None:
        return ""
    return " " + (_("Told face to face.") if face_to_face else _("Not told face to face yet."))


def _judged(judgement: Judgement, promise: Promise) -> str:
    words = (
        _("Said by %(whom)s: %(verdict)s.") if promise.to_person_id else _("Said for %(whom)s: %(verdict)s.")
    )
    what = words % {"whom": promise.to_words, "verdict": State(judgement.verdict).label}
    return what + _in_person(judgement.face_to_face)


def _day(day: date) -> str:
    return date_format(day, "j F Y")
