"""An agreement, page by page: written, signed, printed, written over, past its day."""

import uuid
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from betterstory.places.models import Place
from betterstory.poolside.models import Agreement, Return
from betterstory.poolside.tests._at_the_table import SOON, helen, here, post, sam, text

__all__ = ["helen", "here", "sam"]  # fixtures that tests ask for by name


def test_we_agree_sign_and_print_it(sam: Client, helen: Client, here: str, place: Place) -> None:
    assert "It grows out of the answers" in text(sam.get(here))
    post(sam, f"{here}agreement/", words="We say it first.", come_back_on=SOON, after=0)
    words = Agreement.objects.get()
    post(helen, f"{here}agreement/sign/{words.pk}/")
    assert "Put my name under it" not in text(helen.get(here))
    assert "Put my name under it" in text(sam.get(here))
    wall = text(sam.get(f"{here}agreement/for-the-wall/"))
    assert "We say it first." in wall
    assert "Helen" in wall


def test_a_second_press_writes_one_agreement(sam: Client, here: str) -> None:
    form = {"once": str(uuid.uuid4()), "words": "We try.", "come_back_on": SOON, "after": 0}
    first, second = (sam.post(f"{here}agreement/", form) for _press in range(2))
    assert first["Location"] == second["Location"]
    assert Agreement.objects.count() == 1


@pytest.mark.parametrize(
    ("day", "says"), [("32 July", "not a date we can read"), ("2020-01-01", "after today")]
)
def test_a_day_that_will_not_do_is_answered_beside_the_field(
    sam: Client, here: str, day: str, says: str
) -> None:
    answer = post(sam, f"{here}agreement/", words="We <b>try</b> & try.", come_back_on=day, after=0)
    assert answer.status_code == 422
    assert says in text(answer)
    assert "We &lt;b&gt;try&lt;/b&gt; &amp; try." in text(answer)
    assert not Agreement.objects.exists()


def test_words_written_over_newer_ones_are_kept_and_can_be_sent_again(
    sam: Client, here: str, agreement: Agreement
) -> None:
    late = post(sam, f"{here}agreement/", words="Sam's words", come_back_on=SOON, after=0)
    assert late.status_code == 422
    assert "Sam&#x27;s words" in text(late)
    assert "We say it to each other first." in text(late)
    assert '<input type="hidden" name="after" value="1"' in text(late)
    post(sam, f"{here}agreement/", words="Sam's words", come_back_on=SOON, after=1)
    assert Agreement.objects.count() == 2


def test_past_its_day_is_said_and_the_next_thing_to_do(sam: Client, here: str, agreement: Agreement) -> None:
    Agreement.objects.filter(pk=agreement.pk).update(come_back_on=timezone.localdate())
    assert "That day is past" not in text(sam.get(here)), "the day itself is not past"
    gone = timezone.localdate() - timedelta(days=2)
    Agreement.objects.filter(pk=agreement.pk).update(come_back_on=gone)
    page = text(sam.get(here))
    assert "That day is past" in page
    assert f'class="button" href="{here}agreement/come-back/"' in page
    later = SOON + timedelta(days=28)
    post(sam, f"{here}agreement/come-back/", held="Tea", not_held="Notes", changes="", next_on=later)
    assert Return.objects.get().due_on == gone
    assert "That day is past" not in text(sam.get(here))


def test_a_skip_says_why_to_everybody(sam: Client, helen: Client, here: str, agreement: Agreement) -> None:
    nothing_said = post(sam, f"{here}agreement/skip/", why="", next_on=SOON)
    assert nothing_said.status_code == 422
    assert not Return.objects.exists()
    post(sam, f"{here}agreement/skip/", why="Half of us are ill.", next_on=SOON)
    assert "Half of us are ill." in text(helen.get(here))
    assert "Half of us are ill." in text(helen.get(f"{here}agreement/earlier/"))


def test_there_is_nothing_to_come_back_to_before_an_agreement(sam: Client, here: str) -> None:
    for way in ("come-back", "skip", "for-the-wall"):
        assert sam.get(f"{here}agreement/{way}/")["Location"] == here
