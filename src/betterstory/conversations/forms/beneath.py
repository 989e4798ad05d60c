"""Cards of the iceberg, the lines between them, their opposites, and the better story."""

from collections.abc import Iterable, Mapping
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from betterstory.behind.models import Release
from betterstory.conversations.models import Insight, Level, Link, Statement
from betterstory.people.models import Body
from betterstory.places.models import Round

# What each level asks, and which fields belong to it alone.
QUESTIONS = {
    Level.EVENT: _("What happened? Something that could be seen."),
    Level.TREND: _("What keeps happening? To whom else, how often?"),
    Level.STRUCTURE: _("Which rule or habit makes it so? Who could change it?"),
    Level.MENTAL_MODEL: _(
        "What do we take for granted, so that this can be? Begin with “I have acted as if”."
    ),
}
ONLY_ON = {"owner": Level.STRUCTURE, "held_by": Level.MENTAL_MODEL}
# What keeps happening is known in one of three ways, and marked so.
HOW_OFTEN = [
    (Insight.Basis.RECORD, _("counted: choose the count below")),
    (Insight.Basis.ROOM, _("a room said it: choose the sentence below")),
    (Insight.Basis.HUNCH, _("a hunch")),
]


class _OneRelease(forms.ModelChoiceField):
    def label_from_instance(self, obj: Release) -> str:
        return _("Release %(number)s: %(words)s") % {
            "number": obj.number,
            "words": obj.figures.get("headline", obj.pattern.name),
        }


class _Sentences(forms.ModelMultipleChoiceField):
    def label_from_instance(self, obj: Statement) -> str:
        return obj.words


class CardForm(forms.Form):
    """A card for one level. It points at what it is made from; a teller's words are never copied."""

    words = forms.CharField(
        label=_("What the card says"),
        max_length=240,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    held_by = forms.CharField(
        label=_("Who holds it?"),
        help_text=_("Not a name: “a service lead”, or “two of us”."),
        max_length=80,
        required=False,
    )
    owner = forms.ModelChoiceField(
        Body.objects.none(),
        label=_("Who could change it?"),
        help_text=_("The better story waits until one card says so."),
        required=False,
        empty_label=_("We do not know yet"),
    )
    pieces = forms.TypedMultipleChoiceField(
        label=_("From a story"),
        help_text=_("Pieces you may see now. The card goes quiet when their teller takes them back."),
        coerce=int,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    statements = _Sentences(
        Statement.objects.none(),
        label=_("From what was said in the room"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    release = _OneRelease(
        Release.objects.none(), label=_("From a count"), required=False, empty_label=_("No count")
    )
    basis = forms.ChoiceField(
        label=_("How do we know?"), widget=forms.RadioSelect, choices=Insight.Basis.choices
    )

    def __init__(
        self,
        *args: Any,
        level: Level,
        statements: Iterable[Statement],
        pieces: Mapping[int, str],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["words"].help_text = QUESTIONS[level]
        _offer(self, "owner", Body.objects.filter(followed_by=None))
        _offer(self, "statements", Statement.objects.filter(pk__in=[each.pk for each in statements]))
        _offer(self, "release", Release.objects.select_related("pattern"))
        self.fields["pieces"].choices = list(pieces.items())  # type: ignore[attr-defined]  # it is a ChoiceField
        for name, only in ONLY_ON.items():
            if level != only:
                del self.fields[name]
        if not pieces:
            del self.fields["pieces"]
        if level == Level.TREND:
            self.fields["basis"].choices = HOW_OFTEN  # type: ignore[attr-defined]  # it is a ChoiceField


class _OfAVersion(forms.Form):
    """A change of something that others may change too: it carries the version that was seen."""

    seen = forms.IntegerField(min_value=0, widget=forms.HiddenInput)

    def has_read(self, version: int) -> None:
        """What was typed stays; sent again, it comes from somebody who has read this newer version."""
        self.data = {**{name: self.data.get(name) for name in self.data}, self.add_prefix("seen"): version}


class RewordForm(_OfAVersion):
    """A card in other words, and who could change the rule."""

    words = forms.CharField(
        label=_("What the card says"), max_length=240, widget=forms.Textarea(attrs={"rows": 3})
    )
    owner = forms.ModelChoiceField(
        Body.objects.filter(followed_by=None),
        label=_("Who could change it?"),
        required=False,
        empty_label=_("We do not know yet"),
    )

    def __init__(self, *args: Any, level: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if level != Level.STRUCTURE:
            del self.fields["owner"]


class NotKeptForm(forms.Form):
    """Why a suggestion is not kept."""

    because = forms.CharField(label=_("Why is it not kept?"), max_length=200)


class TieForm(forms.Form):
    """What this card does to another."""

    kind = forms.ChoiceField(label=_("This card"), choices=Link.Kind.choices)
    end = forms.TypedChoiceField(label=_("this one"), coerce=int)

    def __init__(self, *args: Any, names: Mapping[int, str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["end"].choices = list(names.items())  # type: ignore[attr-defined]  # it is a ChoiceField


class TurnForm(_OfAVersion):
    """The opposite of a card."""

    words = forms.CharField(
        label=_("Turned over, it says"),
        help_text=_("As if it were so already. Leave it empty to take it off again."),
        max_length=240,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )


class LinkForm(forms.Form):
    """One card leads to another."""

    start = forms.ModelChoiceField(Insight.objects.none(), label=_("This card"), empty_label=None)
    kind = forms.ChoiceField(label=_("does what?"), choices=Link.Kind.choices)
    end = forms.ModelChoiceField(Insight.objects.none(), label=_("to this card"), empty_label=None)

    def __init__(self, *args: Any, round_: Round, names: Mapping[int, str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("start", "end"):
            _offer(self, name, Insight.objects.filter(round=round_))
            field = self.fields[name]
            field.choices = list(names.items())  # type: ignore[attr-defined]  # it is a ChoiceField


class BetterStoryForm(_OfAVersion):
    """The better story, as a text."""

    text = forms.CharField(
        label=_("The better story"),
        help_text=_("Tell it as if it had already come true. Each change is kept as a new version."),
        max_length=20_000,
        widget=forms.Textarea(attrs={"rows": 12}),
    )


def _offer(form: forms.Form, name: str, rows: QuerySet[Any]) -> None:
    field = form.fields[name]
    if isinstance(field, forms.ModelChoiceField):
        field.queryset = rows
