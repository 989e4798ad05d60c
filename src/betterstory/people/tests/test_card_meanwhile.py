"""A card that somebody else used while its code was being weighed lets nobody in a second time."""

import uuid

import pytest

from betterstory.people import verbs
from betterstory.people.models import Invitation, Person
from betterstory.people.tests.conftest import MakeCard
from conftest import AT, TODAY

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("mine", [None, uuid.uuid4()])
def test_of_two_forms_the_first_is_let_in_and_the_other_is_nobody(
    mine: uuid.UUID | None, card: MakeCard, monkeypatch: pytest.MonkeyPatch
) -> None:
    _row, code = card()
    weigh, let_in = verbs.check_password, []

    def weigh_slowly(verifier: str, kept: str) -> bool:
        monkeypatch.setattr(verbs, "check_password", weigh)
        let_in.append(come(uuid.uuid4()))
        return weigh(verifier, kept)

    def come(form: uuid.UUID | None) -> Person:
        return verbs.come_in(selector=code[:3], verifier=code[3:], at=AT, on=TODAY, form=form)

    people = Person.objects.count()
    monkeypatch.setattr(verbs, "check_password", weigh_slowly)
    with pytest.raises(verbs.CodeUnknown):
        come(mine)
    assert len(let_in) == 1, "somebody was let in meanwhile"
    assert Person.objects.count() == people + 1
    assert Invitation.objects.get().person == let_in[0]
