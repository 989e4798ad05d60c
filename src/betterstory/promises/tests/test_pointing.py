"""What we can point to: counts of one pattern, a photograph made again, a witness, a teller's own line."""

import uuid
from collections.abc import Callable
from io import BytesIO
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone
from PIL import Image

from betterstory.behind.models import Pattern, Release
from betterstory.people.models import Person
from betterstory.promises import verbs
from betterstory.promises.models import Pointer, Promise
from betterstory.promises.tests.conftest import NOW, say_yes
from betterstory.stories import consenting
from betterstory.stories.models import Audience, Gap, Story, Use, Version

SignIn = Callable[[Person], Client]
HIDDEN = b"taken at 12 Lime Walk"


def page_of(promise: Promise) -> str:
    return str(Client().get(f"/promises/{promise.pk}/").content.decode())


def photograph() -> bytes:
    exif, out = Image.Exif(), BytesIO()
    exif[0x010E] = HIDDEN.decode()
    Image.new("RGB", (80, 60), "gold").save(out, "JPEG", exif=exif)
    return out.getvalue()


def count(pattern: Pattern, number: int, words: str) -> Release:
    return Release.objects.create(
        number=number,
        pattern=pattern,
        figures={"headline": words},
        source="An invented log.",
        cannot_see="Whoever never asked.",
        data_mark=f"data {number}",
        released_at=timezone.now(),
    )


def test_a_count_asked_again_stands_beside_the_one_before_and_elsewhere(
    tied: Promise, release: Release, lynda: Person
) -> None:
    elsewhere = count(release.pattern, 4, "About 90 people at the lock.")
    newer = count(release.pattern, 5, "About 40 people went the same way.")
    verbs.point_to_count(
        tied,
        release=newer,
        earlier=release,
        elsewhere=elsewhere,
        also="The winter was mild.",
        by=lynda,
        on=NOW,
    )
    page = page_of(tied)
    for words in ("About 120 people", "About 40 people", "About 90 people", "The winter was mild."):
        assert words in page


@pytest.mark.parametrize("mark", [True, False])
def test_a_count_goes_with_the_yes_to_counting_and_its_mark_where_none_is_to_stay(
    mark: bool, tied: Promise, release: Release, version: Version, gap: Gap, lynda: Person, teller: Person
) -> None:
    release.pattern.pieces.add(gap)
    Pattern.objects.update(from_a_story=True, made_from=version)
    yes = say_yes(version, gap, audience=Audience.PARTNERSHIP, use=Use.COUNT)
    newer = count(release.pattern, 5, "About 40 people went the same way.")
    verbs.point_to_count(tied, release=newer, earlier=release, also="The winter was mild.", by=lynda, on=NOW)
    assert "About 40 people" in page_of(tied)
    consenting.stop(yes, by=teller, at=timezone.now())
    Story.objects.update(leaves_a_mark=mark)
    page = page_of(tied)
    assert "About 40 people" not in page
    pointed = page.split("Why we promised it")[0]
    assert ("Its teller keeps it to themselves, or took it back." in pointed) == mark


@pytest.mark.parametrize("mark", [True, False])
def test_that_a_tellers_word_stood_there_is_said_only_where_its_teller_lets_a_mark_stay(
    mark: bool, tied: Promise, version: Version, gap: Gap, organiser: Person, teller: Person
) -> None:
    say_yes(version, gap, audience=Audience.PUBLIC)
    pointer = verbs.point_to_teller(tied, piece=gap, by=organiser, at=timezone.now(), on=NOW)
    verbs.take_away(pointer, by=organiser, on=NOW)
    assert "Here stood a teller’s word." in page_of(tied)
    consenting.take_back(version.story, by=teller, at=timezone.now())
    Story.objects.update(leaves_a_mark=mark)
    pointed = page_of(tied).split("Why we promised it")[0]
    assert ("Here stood a teller’s word." in pointed) == mark


def test_a_number_alone_shows_nothing(tied: Promise, release: Release, lynda: Person) -> None:
    newer = count(release.pattern, 5, "About 40 people.")
    with pytest.raises(verbs.SayWhatElse):
        verbs.point_to_count(tied, release=newer, earlier=release, also="  ", by=lynda, on=NOW)
    other = count(Pattern.objects.create(name="Other", toml="", made_at=timezone.now()), 6, "About 10.")
    with pytest.raises(verbs.NotTheSamePattern):
        verbs.point_to_count(tied, release=other, earlier=release, also="Rain.", by=lynda, on=NOW)
    with pytest.raises(verbs.NotNewer):
        verbs.point_to_count(tied, release=release, earlier=newer, also="Rain.", by=lynda, on=NOW)
    assert not Pointer.objects.exists()


def test_a_photograph_is_made_again_sealed_and_open_until_it_is_taken_away(
    tied: Promise, helen: Person, signed_in_client: SignIn
) -> None:
    her = signed_in_client(helen)
    sent = {
        "file": SimpleUploadedFile("wall.jpg", photograph(), "image/jpeg"),
        "words": "The new ramp.",
        "their_yes": "on",
        "once": str(uuid.uuid4()),
    }
    assert her.post(f"/promises/{tied.pk}/point/photograph/", sent).status_code == 302
    pointer = Pointer.objects.get()
    assert Image.open(BytesIO(bytes(verbs.opened(pointer)))).size == (80, 60)
    picture = Client().get(f"/promises/pointed-to/{pointer.pk}/")
    assert HIDDEN not in picture.content
    assert picture.content not in bytes(pointer.sealed), "it lies there sealed"
    assert "Only whoever promised it supplied this." in page_of(tied)
    key = pointer.key
    her.post(f"/promises/pointed-to/{pointer.pk}/away/", {"once": str(uuid.uuid4())})
    assert Client().get(f"/promises/pointed-to/{pointer.pk}/").status_code == 404
    assert "The new ramp." not in page_of(tied)
    assert "It was taken away on" in page_of(tied)
    assert key is not None
    assert not Pointer.objects.get().sealed


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"file": SimpleUploadedFile("a.jpg", b"GIF89a not a picture")}, "cannot open this"),
        ({"their_yes": ""}, "Anyone can see this."),
        ({"words": ""}, "Write a few words."),
    ],
)
def test_what_is_no_photograph_leaves_nothing(
    change: dict[str, Any], sentence: str, tied: Promise, helen: Person, signed_in_client: SignIn
) -> None:
    good = {"file": SimpleUploadedFile("a.jpg", photograph()), "words": "The ramp.", "their_yes": "on"}
    sent = {**good, **change, "once": str(uuid.uuid4())}
    answer = signed_in_client(helen).post(f"/promises/{tied.pk}/point/photograph/", sent)
    assert answer.status_code == 422
    assert sentence in answer.content.decode()
    assert not Pointer.objects.exists()


def test_a_witness_stands_there_by_their_yes(tied: Promise, lynda: Person) -> None:
    told: dict[str, Any] = {
        "who": "Tom from the shed",
        "words": "I saw three of them ring.",
        "by": lynda,
        "on": NOW,
    }
    with pytest.raises(verbs.NeedsTheirYes):
        verbs.point_to_witness(tied, their_yes=False, **told)
    verbs.point_to_witness(tied, their_yes=True, **told)
    assert "Said by Tom from the shed, who saw it." in page_of(tied)
    assert "Only whoever promised it supplied this." not in page_of(tied)


def test_a_tellers_line_shows_while_they_say_yes_and_is_never_copied(
    tied: Promise, version: Version, gap: Gap, teller: Person, lynda: Person
) -> None:
    with pytest.raises(verbs.NotYoursToQuote):
        verbs.point_to_teller(tied, piece=gap.after, by=lynda, at=timezone.now(), on=NOW)
    yes = say_yes(version, gap.after, audience=Audience.PUBLIC)
    verbs.point_to_teller(tied, piece=gap.after, by=lynda, at=timezone.now(), on=NOW)
    shown = page_of(tied).split('id="pointed-to"')[1].split("Why we promised it")[0]
    assert "They took me off the list." in shown
    consenting.stop(yes, by=teller, at=timezone.now())
    quiet = page_of(tied).split('id="pointed-to"')[1].split("Why we promised it")[0]
    assert "They took me off the list." not in quiet
    assert "Its teller keeps it to themselves, or took it back." in quiet
    assert "took me off" not in str(Pointer.objects.values())
    Story.objects.update(leaves_a_mark=False)
    assert "keeps it to themselves" not in page_of(tied), "nothing says that a moment was pointed to"


@pytest.mark.parametrize("what", ["count", "witness", "teller", "photograph"])
def test_nobody_from_elsewhere_points(
    what: str, tied: Promise, femi: Person, signed_in_client: SignIn
) -> None:
    sent = {"once": str(uuid.uuid4()), "words": "Mine.", "who": "me", "their_yes": "on"}
    answer = signed_in_client(femi).post(f"/promises/{tied.pk}/point/{what}/", sent)
    assert (answer.status_code, Pointer.objects.exists()) == (403, False)
