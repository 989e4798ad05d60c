"""The form of a pattern: what holds for all of it, and each of its steps. It says all that a pattern can."""

from collections.abc import Callable, Sequence
from typing import Any, cast

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from betterstory.behind import counting
from betterstory.behind.counting import CannotAnswer, SpellWords, StepWords
from betterstory.behind.models import ContactLog
from betterstory.stories.models import Piece

MOST_CHOICES = 40  # more kinds of contact than this are typed, not ticked
MOST_TIMES = 1000
CONTACT, REPEAT, SILENCE = "contact", "repeat", "silence"


def length(label: Any, hint: Any) -> forms.CharField:
    """A field for a length of time in words."""
    short = forms.TextInput(attrs={"class": "short"})
    return forms.CharField(required=False, max_length=40, label=label, help_text=hint, widget=short)


def lines(label: Any, hint: Any) -> forms.CharField:
    """A field for names, one on each line."""
    area = forms.Textarea(attrs={"rows": 2})
    return forms.CharField(required=False, max_length=4000, label=label, help_text=hint, widget=area)


class PartForm(forms.Form):
    """Part of a pattern's form. It knows what the log here holds, where there is one."""

    title: Any
    lengths: tuple[str, ...] = ()
    later: tuple[str, ...] = ()

    def __init__(self, *args: Any, log: ContactLog | None, elsewhere: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.activities: Sequence[str] = log.activities if log and not elsewhere else ()
        self.columns: Sequence[str] = log.other_columns if log and not elsewhere else ()

    @property
    def first_fields(self) -> list[forms.BoundField]:
        return [self[name] for name in self.fields if name not in self.later]

    @property
    def later_fields(self) -> list[forms.BoundField]:
        return [self[name] for name in self.fields if name in self.later]

    @property
    def says_more(self) -> bool:
        """Whether anything was said, or is to be put right, in the fields that most patterns leave empty."""
        return any(field.errors or (self.is_bound and field.value()) for field in self.later_fields)

    def clean(self) -> dict[str, Any]:
        for name in self.lengths:
            self._clean(name, checked_length)
        return self.cleaned_data

    def _clean(self, name: str, read: Callable[[str], Any]) -> None:
        try:
            self.cleaned_data[name] = read(self.cleaned_data.get(name, "") or "")
        except forms.ValidationError as wrong:
            self.add_error(name, wrong)

    def names(self, typed: str) -> tuple[str, ...]:
        """Names, one on each line. Raises ValidationError for one that the log here does not hold."""
        named = tuple(dict.fromkeys(filter(None, (line.strip() for line in typed.splitlines()))))
        known = set(self.activities)
        strange = [name for name in named if known and name not in known]
        if strange:
            raise forms.ValidationError([self._not_here(name) for name in strange])
        return named

    def _not_here(self, name: str) -> str:
        near = counting.nearest_to(name, self.activities)
        return " ".join(
            filter(None, (gettext("No contact here is called “%(name)s”.") % {"name": name}, near))
        )


class WholeForm(PartForm):
    """What holds for the pattern as a whole."""

    title = _("The whole pattern")
    lengths = ("whole_within", "gap")
    later = ("gap", "spells", "spells_at", "elsewhere")

    name = forms.CharField(
        max_length=120,
        label=_("What shall we call this pattern?"),
        help_text=_("In your words, never the teller’s. Like: back of the queue, then a night in crisis."),
    )
    whole_within = length(
        _("How long may the whole path take?"), _("From the first step to the last. Like: 2 years")
    )
    gap = length(
        _("Shall contacts close together count as one?"),
        _("Say how close, from one to the next. Like: 14 days. Leave it empty to count each by itself."),
    )
    spells = lines(
        _("If so: which contacts?"),
        _("One on each line, just as the records say it. None named: all of them."),
    )
    spells_at = forms.ChoiceField(
        required=False,
        choices=[("start", _("when the first of them was")), ("end", _("when the last of them was"))],
        initial="start",
        label=_("And when did that one happen?"),
        widget=forms.RadioSelect,
    )
    elsewhere = forms.BooleanField(
        required=False,
        label=_("This pattern is for records elsewhere: they call things by other names than the log here."),
    )

    def clean(self) -> dict[str, Any]:
        said = super().clean()
        self._clean("spells", self.names)
        if said.get("spells") and not said.get("gap") and "gap" not in self.errors:
            self.add_error("gap", _("Say how close together, like 14 days."))
        return said

    def merged(self) -> SpellWords | None:
        said = self.cleaned_data
        if not said["gap"]:
            return None
        return SpellWords(said["gap"], said["spells"], "end" if said["spells_at"] == "end" else "start")


class StepForm(PartForm):
    """One step: what it is in the records, and its limits in plain words."""

    lengths = ("silence", "inside", "within", "after")
    later = ("after", "without", "where")

    name = forms.CharField(
        max_length=80,
        label=_("What shall we call it?"),
        help_text=_("In your words, never the teller’s. Like: taken off the list."),
    )
    kind = forms.ChoiceField(
        required=False,
        choices=[
            (CONTACT, _("It happened")),
            (REPEAT, _("It happened several times")),
            (SILENCE, _("It did not happen, for some time")),
        ],
        label=_("What are we looking for?"),
        widget=forms.RadioSelect,
    )
    activity = forms.MultipleChoiceField(
        required=False,
        label=_("What is it called in the records?"),
        help_text=_("Any one of what you tick counts."),
        widget=forms.CheckboxSelectMultiple,
    )
    others = lines(
        _("What is it called in the records?"),
        _("One on each line, just as the records say it. Any one of them counts."),
    )
    times = forms.IntegerField(
        required=False,
        label=_("If several times: how many?"),
        help_text=_("Like: 3"),
        widget=forms.NumberInput(attrs={"class": "short", "min": 2, "max": MOST_TIMES}),
        error_messages={"invalid": _("Write a whole number, like 3.")},
    )
    inside = length(_("And within how long, from the first time to the last?"), _("Like: 1 year"))
    silence = length(
        _("If it did not happen: for how long?"), _("Counted from the step before. Like: 18 weeks")
    )
    within = length(
        _("If it happened: how soon after the step before, at the latest?"),
        _("Like: 6 months. Without it, everybody who came this far stays on the way for ever."),
    )
    after = length(_("And at the earliest?"), _("Like: 2 days"))
    without = lines(
        _("What must not come in between?"),
        _("Between the step before and this one. One on each line, just as the records say it."),
    )
    where = lines(
        _("Only some of these contacts?"),
        _(
            "One on each line: a column of the log, and what it says there. Like: team = Night team. "
            "Two lines for one column: either will do."
        ),
    )

    def __init__(self, *args: Any, piece: Piece, words: str, number: int, **kwargs: Any) -> None:
        first = number == 1
        kwargs.setdefault("prefix", f"step{piece.pk}")
        super().__init__(*args, **kwargs)
        self.words = words
        self.title = gettext("Step %(number)s") % {"number": number}
        self.fields["kind"].initial = SILENCE if piece.kind == Piece.Kind.GAP and not first else CONTACT
        if 0 < len(self.activities) <= MOST_CHOICES:
            cast(forms.MultipleChoiceField, self.fields["activity"]).choices = [
                (name, name) for name in self.activities
            ]
            self.fields["others"].label = _("Or by another name?")
        else:
            del self.fields["activity"]
        if first:
            kinds = cast(forms.ChoiceField, self.fields["kind"])
            kinds.choices = list(kinds.choices)[:2]  # type: ignore[arg-type]  # a list, as it was given above
            for name in ("silence", "within", "after", "without"):
                del self.fields[name]

    def clean(self) -> dict[str, Any]:
        said = super().clean()
        for name, read in (("others", self.names), ("without", self.names), ("where", self._read_where)):
            self._clean(name, read)
        said["kind"] = said.get("kind") or CONTACT
        self._check_kind(said["kind"])
        said["names"] = tuple(dict.fromkeys([*said.get("activity", ()), *(said.get("others") or ())]))
        if not said["names"] and "others" not in self.errors:
            field = "activity" if "activity" in self.fields else "others"
            self.add_error(field, _("Say what it is called in the records."))
        return said

    def _check_kind(self, kind: str) -> None:
        """What is needed for this kind of step, and what makes no sense with it."""
        if kind == SILENCE and not self.cleaned_data.get("silence") and "silence" not in self.errors:
            self.add_error("silence", _("Say for how long, like 18 weeks."))
        if kind == REPEAT:
            self._check_repeat()
        odd = {
            SILENCE: ("within", "after", "without", "times", "inside"),
            CONTACT: ("times", "inside", "silence"),
            REPEAT: ("silence",),
        }[kind]
        words = {
            SILENCE: _("Leave this empty where something did not happen."),
            CONTACT: _("Leave this empty, or say above that it happened in this way."),
            REPEAT: _("Leave this empty where something happened."),
        }[kind]
        for name in odd:
            if self.cleaned_data.get(name):
                self.add_error(name, words)

    def _check_repeat(self) -> None:
        times = self.cleaned_data.get("times")
        if "times" not in self.errors and (times is None or not 2 <= times <= MOST_TIMES):
            self.add_error("times", _("Say how many times, from 2 to 1000."))
        if not self.cleaned_data.get("inside") and "inside" not in self.errors:
            self.add_error("inside", _("Say within how long, like 1 year."))

    def _read_where(self, typed: str) -> tuple[tuple[str, tuple[str, ...]], ...]:
        """Raises ValidationError for a line that is none, or a column that the log here does not have."""
        found: dict[str, list[str]] = {}
        for line in filter(None, (line.strip() for line in typed.splitlines())):
            column, sign, value = (part.strip() for part in line.partition("="))
            if not (column and sign and value):
                raise forms.ValidationError(
                    gettext("Write “%(line)s” like this: team = Night team") % {"line": line}
                )
            if self.activities and column not in self.columns:
                raise forms.ValidationError(self._no_column(column))
            found.setdefault(column, []).append(value)
        return tuple((column, tuple(dict.fromkeys(values))) for column, values in found.items())

    def _no_column(self, column: str) -> str:
        near = counting.nearest_to(column, self.columns)
        if not near and self.columns:
            near = gettext("It has: %(columns)s.") % {"columns": ", ".join(self.columns)}
        said = gettext("The log here has no column “%(column)s” to look at.") % {"column": column}
        return " ".join(filter(None, (said, near)))

    def step(self) -> StepWords:
        said = self.cleaned_data
        repeats = said["kind"] == REPEAT
        return StepWords(
            name=said["name"],
            activity=said["names"],
            kind=said["kind"],
            within=said.get("within") or "",
            after=said.get("after") or "",
            silence=said.get("silence") or "",
            without=said.get("without") or (),
            times=said["times"] if repeats else 1,
            inside=said["inside"] if repeats else "",
            where=said.get("where") or (),
        )


def checked_length(words: str) -> str:
    """Raises ValidationError where these words are no length of time."""
    try:
        counting.check_length(words)
    except CannotAnswer as cannot:
        raise forms.ValidationError(cannot.sentence) from None
    return words.strip()
