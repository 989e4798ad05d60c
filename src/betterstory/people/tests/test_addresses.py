"""E-mail addresses: sealed at rest, found by what is typed."""

from collections.abc import Callable

import pytest
from django.db import IntegrityError, connection, transaction

from betterstory.people.keys import keyring
from betterstory.people.models import Person

pytestmark = pytest.mark.django_db
Welcome = Callable[..., Person]


def what_lies_there() -> str:
    """Everything the table of people holds, as a thief of the database would read it."""
    with connection.cursor() as cursor:
        cursor.execute("select * from people_person")
        return repr(cursor.fetchall())


def test_the_database_alone_names_no_address(welcome: Welcome) -> None:
    helen = welcome("Helen", email="Helen.Marsh@Example.org")
    for part in ("helen.marsh", "Marsh", "example.org", "Example", "@"):
        assert part not in what_lies_there()
    helen.refresh_from_db()
    assert helen.email == "helen.marsh@example.org"


@pytest.mark.parametrize("typed", ["helen@example.org", "HELEN@EXAMPLE.ORG", " Helen@Example.org "])
def test_it_is_found_however_it_is_typed(welcome: Welcome, typed: str) -> None:
    helen = welcome("Helen", email="helen@example.org")
    welcome("Sam", email="sam@example.org")
    assert Person.objects.get(email=typed) == helen


def test_two_people_cannot_have_one_address_but_many_have_none(welcome: Welcome) -> None:
    for name in ("Sam", "Joyce", "Tomasz"):
        assert welcome(name).email == ""
    welcome("Helen", email="helen@example.org")
    with pytest.raises(IntegrityError), transaction.atomic():
        welcome("Another", email="Helen@example.org")
    assert Person.objects.filter(email="").count() == 3


def test_without_the_site_key_addresses_read_as_none_and_people_stay(welcome: Welcome) -> None:
    helen = welcome("Helen", email="helen@example.org")
    site_key = keyring().site_file
    kept = site_key.read_bytes()
    keyring().make()
    site_key.write_bytes(bytes(32))
    assert Person.objects.get(pk=helen.pk).email == ""
    site_key.unlink()
    assert Person.objects.get(pk=helen.pk).email == ""
    site_key.write_bytes(kept)
    assert Person.objects.get(pk=helen.pk).email == "helen@example.org"


def test_the_key_of_one_purpose_is_not_that_of_another() -> None:
    assert keyring().derive(b"one") != keyring().derive(b"two")
    assert keyring().derive(b"one") == keyring().derive(b"one")
    assert keyring().derive(b"one") != keyring().site_file.read_bytes()


def test_a_changed_address_in_the_database_reads_as_none(welcome: Welcome) -> None:
    helen = welcome("Helen", email="helen@example.org")
    with connection.cursor() as cursor:
        cursor.execute("update people_person set email = 'helen@evil.example'")
    assert Person.objects.get(pk=helen.pk).email == ""
