"""Forms for patterns, counts and estimates."""

from collections.abc import Sequence
from typing import Any, cast

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from betterstory.behind import counting
from betterstory.behind.counting import CannotAnswer, StepWords
from betterstory.behind.models import ContactLog
from betterstory.stories.models import Piece

MOST_CHOICES = 40  # more kinds of contact than this are typed, not ticked
LENGTH = forms.TextInput(attrs={"class": "short"})


class PatternFileForm(forms.Form):
    """A pattern pasted, or as a file."""

    toml = forms.CharField(
        required=False,
        strip=False,
        max_length=counting.LONGEST_PATTERN,
        label=_("The pattern"),
        help_text=_("Paste it here, or choose its file below."),
        widget=forms.Textarea(attrs={"rows": 16, "spellcheck": "false", "class": "code"}),
    )
    file = forms.FileField(
        required=False,
        label=_("Its file"),
        help_text=_("A small text file that ends in .toml"),
        error_messages={"empty": _("This file is empty.")},
    )

    def clean(self) -> dict[str, Any]:
        file = self.cleaned_data.get("file")
        if file is not None:
            self._read(file)
        elif not self.cleaned_data.get("toml", "").strip() and not self.errors:
            self.add_error("toml", _("Paste a pattern, or choose its file."))
        return self.cleaned_data

    def _read(self, file: Any) -> None:
        if file.size > counting.LONGEST_PATTERN:
            self.add_error("file", _("This is too large to be a pattern."))
            return
        try:
            self.cleaned_data["toml"] = file.read().decode("utf-8-sig")
        except UnicodeDecodeError:
            self.add_error("file", _("This is not a text file."))


class PiecesForm(forms.Form):
    """Which steps and gaps of a story to ask about."""

    piece = forms.MultipleChoiceField(
        label=_("Which of these shall we ask about?"),
        help_text=_("Two to five are often enough."),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Choose at least one.")},
    )

    def __init__(self, *args: Any, choices: Sequence[tuple[str, Any]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        cast(forms.MultipleChoiceField, self.fields["piece"]).choices = list(choices)


class WholeForm(forms.Form):
    """What holds for the pattern as a whole."""

    title = _("The whole pattern")

    name = forms.CharField(
        max_length=120,
        label=_("What shall we call this pattern?"),
        help_text=_("In your words, never the teller’s. Like: back of the queue, then a night in crisis."),
    )
    whole_within = forms.CharField(
        required=False,
        max_length=40,
        label=_("How long may the whole path take?"),
        help_text=_("From the first step to the last. Like: 2 years"),
        widget=LENGTH,
    )

    def clean_whole_within(self) -> str:
        return checked_length(self.cleaned_data["whole_within"])


class StepForm(forms.Form):
    """One step: what it is in the records, and its limits in plain words."""

    name = forms.CharField(
        max_length=80,
        label=_("What shall we call it?"),
        help_text=_("In your words, never the teller’s. Like: taken off the list."),
    )
    kind = forms.ChoiceField(
        choices=[("contact", _("It happened")), ("silence", _("It did not happen, for some time"))],
        label=_("What are we looking for?"),
        widget=forms.RadioSelect,
    )
    activity = forms.MultipleChoiceField(
        required=False,
        label=_("What is it called in the records?"),
        help_text=_("Any one of what you tick counts."),
        widget=forms.CheckboxSelectMultiple,
    )
    others = forms.CharField(
        required=False,
        max_length=4000,
        label=_("What is it called in the records?"),
        help_text=_("One on each line, just as the records say it. Any one of them counts."),
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    silence = forms.CharField(
        required=False,
        max_length=40,
        label=_("If it did not happen: for how long?"),
        help_text=_("Counted from the step before. Like: 18 weeks"),
        widget=LENGTH,
    )
    within = forms.CharField(
        required=False,
        max_length=40,
        label=_("If it happened: how soon after the step before, at the latest?"),
        help_text=_("Like: 6 months. Without it, everybody who came this far stays on the way for ever."),
        widget=LENGTH,
    )
    after = forms.CharField(
        required=False,
        max_length=40,
        label=_("And at the earliest?"),
        help_text=_("Like: 2 days"),
        widget=LENGTH,
    )

    def __init__(
        self, *args: Any, piece: Piece, words: str, number: int, activities: Sequence[str], **kwargs: Any
    ) -> None:
        first = number == 1
        kwargs.setdefault("prefix", f"step{piece.pk}")
        super().__init__(*args, **kwargs)
        self.words = words
        self.title = gettext("Step %(number)s") % {"number": number}
        self.fields["kind"].initial = "silence" if piece.kind == Piece.Kind.GAP and not first else "contact"
        if 0 < len(activities) <= MOST_CHOICES:
            cast(forms.MultipleChoiceField, self.fields["activity"]).choices = [
                (name, name) for name in activities
            ]
            self.fields["others"].label = _("Or by another name?")
        else:
            del self.fields["activity"]
        if first:
            for name in ("kind", "silence", "within", "after"):
                del self.fields[name]

    def clean(self) -> dict[str, Any]:
        said = self.cleaned_data
        for name in ("silence", "within", "after"):
            try:
                said[name] = checked_length(said.get(name, ""))
            except forms.ValidationError as wrong:
                self.add_error(name, wrong)
        if said.get("kind") == "silence":
            self._check_silence()
        typed = [line.strip() for line in said.get("others", "").splitlines()]
        said["names"] = tuple(dict.fromkeys(filter(None, [*said.get("activity", ()), *typed])))
        if not said["names"]:
            field = "activity" if "activity" in self.fields else "others"
            self.add_error(field, _("Say what it is called in the records."))
        return said

    def _check_silence(self) -> None:
        if not self.cleaned_data.get("silence") and "silence" not in self.errors:
            self.add_error("silence", _("Say for how long, like 18 weeks."))
        for name in ("within", "after"):
            if self.cleaned_data.get(name):
                self.add_error(name, _("Leave this empty where something did not happen."))

    def step(self) -> StepWords:
        said = self.cleaned_data
        silent = said.get("kind") == "silence"
        return StepWords(
            name=said["name"],
            activity=said["names"],
            within=said.get("within", ""),
            after=said.get("after", ""),
            silence=said.get("silence", "") if silent else "",
        )


def checked_length(words: str) -> str:
    """Raises ValidationError where these words are no length of time."""
    try:
        counting.check_length(words)
    except CannotAnswer as cannot:
        raise forms.ValidationError(cannot.sentence) from None
    return words.strip()


def columns_of_lives(log: ContactLog) -> list[str]:
    """The columns of the list of everybody that say more of a person than their code and their record."""
    known = {log.columns.get(name) for name in ("person", "starts", "ends")}
    return [column for column in log.people_columns if column and column not in known]


class CountForm(forms.Form):
    """Which log to ask."""

    log = forms.ModelChoiceField(
        ContactLog.objects.none(),
        label=_("Which records shall we ask?"),
        empty_label=None,
        error_messages={"required": _("Choose a log.")},
    )

    by_column = forms.ChoiceField(
        required=False,
        label=_("Shall the answer also say where they live?"),
        help_text=_(
            "By a column of the list of everybody that holds whole neighbourhoods, as they are named here."
        ),
    )

    def __init__(self, *args: Any, logs: Sequence[ContactLog], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.logs = logs
        columns = dict.fromkeys(column for log in logs for column in columns_of_lives(log))
        by = cast(forms.ChoiceField, self.fields["by_column"])
        by.choices = [("", _("No")), *((column, column) for column in columns)]
        if not columns:
            del self.fields["by_column"]
        field = cast("forms.ModelChoiceField[ContactLog]", self.fields["log"])
        field.queryset = ContactLog.objects.all()
        field.choices = [(log.pk, log.name) for log in logs]

    def about(self, sentence: str) -> str:
        """The field that a sentence is shown beside."""
        about_lives = "neighbourhoods" in sentence or "list of everybody" in sentence
        return "by_column" if about_lives and "by_column" in self.fields else "log"


class EstimateForm(forms.Form):
    """A figure from elsewhere."""

    words = forms.CharField(
        max_length=200,
        label=_("What does it say?"),
        help_text=_("The figure in words. Like: about 1 in 6 adults feel low for weeks at a time."),
    )
    source = forms.CharField(
        max_length=300, label=_("Who says so?"), help_text=_("Enough for anybody to find it again.")
    )
    year = forms.IntegerField(
        required=False,
        min_value=1900,
        max_value=2200,
        label=_("For which year?"),
        widget=forms.NumberInput(attrs={"class": "short"}),
    )
    cannot_see = forms.CharField(
        max_length=300,
        label=_("Whom can it not see?"),
        help_text=_("Every figure misses somebody. Like: people who do not answer surveys."),
    )
