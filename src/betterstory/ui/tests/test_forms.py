"""A form says what it wants, what is wrong and where, and keeps what was typed."""

import re
from html.parser import HTMLParser

import pytest
from django import forms

from betterstory.ui.form_renderer import row


class Telling(forms.Form):
    words = forms.CharField(label="What happened?", help_text="A few words <will> do.", widget=forms.Textarea)
    name = forms.CharField(label="A name for it", required=False, max_length=5)
    day = forms.DateField(label="By when")
    who = forms.MultipleChoiceField(
        label="Who was there?",
        help_text="As many as you like.",
        widget=forms.CheckboxSelectMultiple,
        choices=[("me", "just me"), ("n", "a <neighbour>")],
    )
    kind = forms.ChoiceField(
        label="What kind?",
        widget=forms.RadioSelect,
        choices=[("k", row("kind", icon="kindness", about="warm & close")), ("w", row("waiting"))],
    )
    read = forms.BooleanField(label="I have read it out")
    round = forms.CharField(widget=forms.HiddenInput)

    def clean(self) -> None:
        raise forms.ValidationError("These two do not go together.")


class Reader(HTMLParser):
    """Collects ids, what points at them, and hidden fields."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.ids: list[str] = []
        self.pointed: set[str] = set()
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        said = {name: value or "" for name, value in attrs}
        if "id" in said:
            self.ids.append(said["id"])
        self.pointed.update(said.get("aria-describedby", "").split())
        self.pointed.update(value for name, value in said.items() if name == "for")
        if tag == "a" and said["href"].startswith("#"):
            self.pointed.add(said["href"][1:])


SENT = {"words": "It was <not> one thing & then", "day": "30 February", "who": ["x"], "name": "too long"}


def test_a_fresh_form_accuses_nobody() -> None:
    html = str(Telling())
    assert "put-right" not in html
    assert "errorlist" not in html
    assert 'name="round"' in html


def test_every_pointer_finds_its_place_and_no_name_is_used_twice() -> None:
    for form in (Telling(), Telling(SENT)):
        read = Reader(str(form))
        assert read.pointed <= set(read.ids)
        assert len(read.ids) == len(set(read.ids))


def test_what_is_wrong_stands_at_the_top_and_beside_the_field() -> None:
    html = str(Telling(SENT))
    top, rest = html.split('<div class="field', 1)
    for sentence in (
        "By when: This is not a date",
        "Who was there? Choose one of",
        "I have read it out: Please tick",
    ):
        assert sentence in top
    assert "These two do not go together." in top
    assert 'role="alert"' in top
    assert re.search(r'<ul class="errorlist" id="id_day_error"><li>This is not a date', rest)
    assert re.search(r'<input[^>]*name="day"[^>]*aria-describedby="id_day_error"', rest)
    assert re.search(r'<fieldset aria-describedby="id_who_helptext id_who_error">', rest)


def test_what_was_typed_is_kept_and_cannot_break_the_page() -> None:
    html = str(Telling(SENT))
    assert "It was &lt;not&gt; one thing &amp; then</textarea>" in html
    assert 'value="30 February"' in html
    assert "<neighbour>" not in html
    assert "<will>" not in html


def test_a_choice_may_bring_a_drawing_and_a_second_line() -> None:
    html = str(Telling()["kind"].as_field_group())
    assert "honey-fill" in html
    assert "<small>warm &amp; close</small>" in html
    assert html.count('type="radio"') == 2


def test_a_field_one_may_leave_says_so() -> None:
    form = Telling()
    assert "(if you like)" in form["name"].as_field_group()
    assert "(if you like)" not in form["words"].as_field_group()


@pytest.mark.parametrize(
    ("field", "given", "sentence"),
    [
        (forms.CharField(), "", "Please fill this in."),
        (forms.CharField(max_length=3), "four", "This is too long: it may hold 3 letters, and it holds 4."),
        (forms.DateField(), "soon", "This is not a date we can read. Write it like 2027-07-14."),
        (forms.IntegerField(), "many", "Write a number here, in figures."),
        (forms.IntegerField(min_value=2), "1", "Write 2 or more."),
        (forms.EmailField(), "me", "This does not look like an e-mail address."),
        (forms.ChoiceField(choices=[("a", "A")]), "b", "Choose one of those in the list."),
        (forms.ChoiceField(choices=[("a", "A")]), "", "Please choose one."),
        (forms.CharField(error_messages={"required": "Say it here."}), "", "Say it here."),
    ],
)
def test_mistakes_are_said_plainly(field: forms.Field, given: str, sentence: str) -> None:
    with pytest.raises(forms.ValidationError) as caught:
        field.clean(given)
    assert caught.value.messages == [sentence]
