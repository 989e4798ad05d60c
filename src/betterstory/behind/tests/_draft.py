"""A count that waits for somebody else to look at it."""

import pytest

from betterstory.behind import verbs
from betterstory.behind.models import ContactLog, Draft, Pattern
from betterstory.behind.tests.conftest import NOW
from betterstory.people.models import Person

EVERYTHING = list(verbs.CHECKS)


@pytest.fixture
def draft(plain_pattern: Pattern, log: ContactLog, analyst: Person, other_body: Person) -> Draft:
    verbs.count(plain_pattern, log=log, by=analyst, at=NOW)
    return Draft.objects.get()


def again(draft: Draft) -> Draft:
    return Draft.objects.with_pattern().get(pk=draft.pk)
