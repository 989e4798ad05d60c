"""An inbox comes home: everything in it once, the later answer holds, and nothing that no card may say."""

from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from betterstory.conversations import saying_inbox, verbs
from betterstory.conversations.inbox.evening import Evening, inbox_of
from betterstory.conversations.inbox.pack import Sentence, read_pack
from betterstory.conversations.inbox.trouble import NotAnInbox
from betterstory.conversations.inbox.writing import say_goodbye
from betterstory.conversations.models import Arrived, Gathering, Pack, Statement, Voice, Vote
from betterstory.people.models import Person
from betterstory.people.verbs import NotYours
from betterstory.places import verbs as places
from betterstory.stories import consenting
from betterstory.stories.models import Use, Version
from conftest import AT, TODAY

MakeVoice = Callable[..., tuple[Voice, str]]
EVENING = AT + timedelta(hours=6)
HOME_AGAIN = AT + timedelta(hours=10)


def after(minutes: float) -> datetime:
    return EVENING + timedelta(minutes=minutes)


@pytest.fixture
def tonight(gathering: Gathering) -> Gathering:
    gathering.at = EVENING
    gathering.save()
    return gathering


class Laptop:
    """A second laptop, as its web would use it."""

    def __init__(self, folder: Path, pack: str, name: str = "evening") -> None:
        self.file = folder / f"{name}.pack"
        self.file.write_text(pack)
        self.evening = Evening(self.file, at=AT)
        self.pack = read_pack(pack)

    def says(
        self, code: str, number: int, choice: int, *, minutes: float = 0, channel: str = "phone"
    ) -> None:
        sentence = next(each for each in self.pack.sentences if each.number == number)
        self.evening.answer(code, sentence, choice, at=after(minutes), channel=channel)

    def writes(self, code: str, words: str, *, minutes: float = 0) -> None:
        self.evening.write(code, words, at=after(minutes))

    @property
    def inbox(self) -> bytes:
        return inbox_of(self.file).read_bytes()

    def goodbye(self) -> bytes:
        say_goodbye(inbox_of(self.file), self.pack)
        return self.inbox


@pytest.fixture
def laptop(tonight: Gathering, statements: list[Statement], organiser: Person, tmp_path: Path) -> Laptop:
    _made, file, _left = verbs.pack_for_second_laptop(tonight, by=organiser, at=AT)
    return Laptop(tmp_path, file)


def votes() -> list[tuple[int, int, str]]:
    rows = Vote.objects.order_by("statement__number", "voice")
    return list(rows.values_list("statement__number", "choice", "channel"))


# what goes out


def test_a_pack_holds_the_sentences_that_are_asked_and_nothing_of_a_card(
    tonight: Gathering, statements: list[Statement], organiser: Person, voice: MakeVoice
) -> None:
    somebody, code = voice()
    verbs.put_aside(statements[1], because="twice", by=organiser)
    verbs.write_statement(tonight, words="Not read yet.", voice=somebody, at=AT)
    made, file, left = verbs.pack_for_second_laptop(tonight, by=organiser, at=AT)
    pack = read_pack(file)
    assert [each.words for each in pack.sentences] == [statements[0].words, statements[2].words]
    assert (left, pack.place, pack.gathering) == (0, "Aldermouth", tonight.pk)
    assert made.ends_at == pack.ends_at == verbs.night_of(tonight)
    opened = f"{file}{pack.sentences}{pack.title}"
    for secret in (code, somebody.code_hash, str(somebody.uuid)):
        assert secret not in opened


@pytest.mark.parametrize(("days", "goes"), [(90, True), (0.4, False), (None, False)])
def test_a_sentence_of_a_story_goes_along_only_while_the_room_may_see_its_piece_all_night(
    days: float | None,
    goes: bool,
    tonight: Gathering,
    statements: list[Statement],
    version: Version,
    teller: Person,
    organiser: Person,
) -> None:
    consenting.say_yes(
        version, by=teller, use=Use.QUOTE, circle=tonight.circle, at=AT, until=AT + timedelta(days=days or 90)
    )
    piece = version.pieces.get(kind="step", position=2)
    verbs.add_statement(tonight, words="Nobody loses their place.", by=organiser, at=AT, from_piece=piece)
    if days is None:
        consenting.take_back(version.story, by=teller, at=AT)
    _made, file, left = verbs.pack_for_second_laptop(tonight, by=organiser, at=AT)
    words = [each.words for each in read_pack(file).sentences]
    assert ("Nobody loses their place." in words) == goes
    assert left == (0 if goes else 1)
    assert "They took me off the list" not in str(words)


def test_when_a_pack_can_be_made(tonight: Gathering, statements: list[Statement], organiser: Person) -> None:
    night = verbs.night_of(tonight)
    for at, refusal in [
        (EVENING - timedelta(hours=37), verbs.TooEarly),
        (night, verbs.GatheringIsOver),
    ]:
        with pytest.raises(refusal):
            verbs.pack_for_second_laptop(tonight, by=organiser, at=at)
    for at in (EVENING - timedelta(hours=35), night - timedelta(seconds=1)):
        verbs.pack_for_second_laptop(tonight, by=organiser, at=at)
    verbs.close_voting(tonight, by=organiser, at=AT)
    with pytest.raises(verbs.VotingIsClosed):
        verbs.pack_for_second_laptop(tonight, by=organiser, at=AT)


def test_a_pack_without_a_sentence_is_not_made(tonight: Gathering, organiser: Person) -> None:
    with pytest.raises(verbs.NothingToCarry):
        verbs.pack_for_second_laptop(tonight, by=organiser, at=AT)
    assert not Pack.objects.exists()


def test_only_whoever_organises(
    laptop: Laptop, resident: Person, voice: MakeVoice, tonight: Gathering
) -> None:
    laptop.says(voice()[1], 1, 1)
    for does in (
        lambda: verbs.pack_for_second_laptop(tonight, by=resident, at=AT),
        lambda: verbs.look_into(laptop.inbox, by=resident, at=HOME_AGAIN),
        lambda: verbs.take_in(laptop.inbox, by=resident, at=HOME_AGAIN),
        lambda: verbs.lose(Pack.objects.get(), by=resident, at=HOME_AGAIN),
    ):
        with pytest.raises(NotYours):
            does()
    assert not Vote.objects.exists()
    assert Pack.objects.get().lost_at is None


# what comes home


def test_everything_is_there_once_however_often_it_is_taken_in(
    laptop: Laptop, voice: MakeVoice, organiser: Person
) -> None:
    (one, first), (_two, second) = voice(), voice("service")
    laptop.says(first, 1, 1)
    laptop.says(first, 2, -1)
    half = laptop.inbox
    laptop.says(second, 1, 0, channel="paper")
    laptop.writes(first, "Ask about the bus.")
    looked = verbs.look_into(laptop.goodbye(), by=organiser, at=HOME_AGAIN)
    assert saying_inbox.would(looked) == [
        "3 answers of 2 cards.",
        "One sentence that somebody wrote. It waits to be read.",
    ]
    assert not Vote.objects.exists(), "looking writes nothing"
    for raw in (half, laptop.inbox, half, laptop.inbox):
        verbs.take_in(raw, by=organiser, at=HOME_AGAIN)
        assert Vote.objects.count() == (2 if Arrived.objects.count() == 2 else 3)
    assert votes() == [(1, 1, "phone"), (1, 0, "paper"), (2, -1, "phone")]
    [wrote] = Statement.objects.filter(written_by=one)
    assert (wrote.words, wrote.is_read, wrote.added_at) == (
        "Ask about the bus.",
        False,
        after(0).replace(microsecond=4),
    )
    assert Vote.objects.get(channel="paper").entered_by == organiser
    assert not Vote.objects.filter(channel="phone").exclude(entered_by=None).exists()
    again = verbs.look_into(laptop.inbox, by=organiser, at=HOME_AGAIN)
    assert not again.brings_something
    assert saying_inbox.would(again) == ["Nothing new."]
    assert saying_inbox.not_taken(again) == ["4 came in before."]


@pytest.mark.parametrize(
    ("at_home", "on_laptop", "holds"), [(5, 10, -1), (10, 5, 1), (7, 7, 1), (None, 5, -1), (5, None, 1)]
)
def test_the_later_answer_of_a_card_holds_wherever_it_was_given(
    at_home: float | None,
    on_laptop: float | None,
    holds: int,
    laptop: Laptop,
    statements: list[Statement],
    voice: MakeVoice,
    organiser: Person,
) -> None:
    somebody, code = voice()
    laptop.says(voice()[1], 2, 0)  # so that there is a file
    if on_laptop is not None:
        laptop.says(code, 1, -1, minutes=on_laptop)
    if at_home is not None:
        moment = after(at_home) + timedelta(microseconds=5)
        verbs.vote(statements[0], voice=somebody, choice=Vote.Choice.AGREE, at=moment)
    for _twice in range(2):
        verbs.take_in(laptop.inbox, by=organiser, at=HOME_AGAIN)
        assert Vote.objects.get(voice=somebody).choice == holds


def test_who_changed_their_mind_is_taken_at_their_last_word(
    laptop: Laptop, voice: MakeVoice, organiser: Person
) -> None:
    _somebody, code = voice()
    for choice in (1, 0, -1):
        laptop.says(code, 1, choice)
    told = verbs.take_in(laptop.inbox, by=organiser, at=HOME_AGAIN)
    assert votes() == [(1, -1, "phone")]
    assert saying_inbox.not_taken(told) == ["2 were changed by the same card later, and only the last holds."]


def test_a_clock_that_was_ahead_does_not_win_over_what_is_said_at_home_afterwards(
    laptop: Laptop, statements: list[Statement], voice: MakeVoice, organiser: Person
) -> None:
    somebody, code = voice()
    laptop.says(code, 1, -1, minutes=5 * 60)
    verbs.take_in(laptop.inbox, by=organiser, at=after(10))
    assert Vote.objects.get().at == after(10), "it cannot have been later than now"
    verbs.vote(statements[0], voice=somebody, choice=Vote.Choice.AGREE, at=after(20))
    verbs.take_in(laptop.inbox, by=organiser, at=after(30))
    assert Vote.objects.get().choice == 1


@pytest.mark.parametrize(("closed", "comes"), [(30, True), (10, False), (None, False)])
def test_what_was_said_before_the_answers_were_closed_counts(
    closed: float | None,
    comes: bool,
    laptop: Laptop,
    tonight: Gathering,
    voice: MakeVoice,
    organiser: Person,
) -> None:
    _somebody, code = voice()
    laptop.says(code, 1, 1, minutes=20)
    laptop.writes(code, "Ask about the bus.", minutes=20)
    verbs.close_voting(tonight, by=organiser, at=None if closed is None else after(closed))
    told = verbs.take_in(laptop.inbox, by=organiser, at=HOME_AGAIN)
    assert (len(votes()), Statement.objects.exclude(written_by=None).count()) == ((1, 1) if comes else (0, 0))
    assert not Gathering.objects.get().voting_open
    if not comes:
        assert saying_inbox.not_taken(told) == [
            "2 were given after the answers were closed. Open them again to take them in."
        ]
        verbs.open_voting(tonight, by=organiser)
        verbs.take_in(laptop.inbox, by=organiser, at=HOME_AGAIN)
        assert len(votes()) == 1, "what was not taken can be, later"


def test_cards_that_are_not_of_this_round_are_counted_and_said(
    laptop: Laptop, voice: MakeVoice, organiser: Person, tonight: Gathering
) -> None:
    lost, lost_code = voice()
    Voice.objects.filter(pk=lost.pk).update(lost_at=AT)
    elsewhere = places.begin_round(
        neighbourhood=places.name_neighbourhood(name="The Quay", by=organiser), by=organiser, on=TODAY
    )
    [(_other, other_code)] = verbs.make_voices(elsewhere, residents=1, services=0, by=organiser, at=AT)
    for code in (lost_code, other_code, "K7TP4M2X", "nonsense"):
        laptop.says(code, 1, 1)
    laptop.says(voice()[1], 1, -1)
    told = verbs.take_in(laptop.inbox, by=organiser, at=HOME_AGAIN)
    assert votes() == [(1, -1, "phone")]
    assert saying_inbox.not_taken(told) == [
        "4 are from cards we do not know: mistyped, lost, or of another round."
    ]


def test_an_answer_to_other_words_is_no_answer_to_these(
    laptop: Laptop, statements: list[Statement], voice: MakeVoice, organiser: Person
) -> None:
    _somebody, code = voice()
    laptop.says(code, 1, 1)
    laptop.says(code, 2, 1)
    verbs.reword(statements[0], words="If I miss a visit, I should lose my place.", by=organiser)
    verbs.put_aside(statements[1], because="heard enough", by=organiser)
    told = verbs.take_in(laptop.inbox, by=organiser, at=HOME_AGAIN)
    assert votes() == [(2, 1, "phone")], "what was put aside was asked then, and its answer stays"
    assert saying_inbox.not_taken(told) == ["One is about a sentence that has other words now."]


def test_a_sentence_of_another_gathering_cannot_be_answered(
    laptop: Laptop, voice: MakeVoice, organiser: Person, tonight: Gathering
) -> None:
    other = verbs.call_gathering(
        round=tonight.round,
        kind=Gathering.Kind.PLANNING,
        title="Plan",
        when=AT,
        where="hall",
        by=organiser,
        at=AT,
    )
    asked = verbs.add_statement(other, words="We start in May.", by=organiser, at=AT)
    forged = Sentence(asked.pk, asked.number, asked.words)
    laptop.evening.answer(voice()[1], forged, 1, at=EVENING, channel="phone")
    verbs.take_in(laptop.inbox, by=organiser, at=HOME_AGAIN)
    assert votes() == []


def test_a_card_writes_no_more_than_it_may(laptop: Laptop, voice: MakeVoice, organiser: Person) -> None:
    somebody, code = voice()
    for number in range(9):
        laptop.writes(code, f"Sentence {number}.")
    laptop.says(code, 1, 1)
    told = verbs.take_in(laptop.inbox, by=organiser, at=HOME_AGAIN)
    kept = Statement.objects.filter(written_by=somebody).count()
    assert 0 < kept < 9
    assert told.counts["wrote_already"] == 9 - kept
    assert len(votes()) == 1
    verbs.take_in(laptop.inbox, by=organiser, at=HOME_AGAIN)
    assert Statement.objects.filter(written_by=somebody).count() == kept


def test_a_time_that_cannot_be_is_not_taken(laptop: Laptop, voice: MakeVoice, organiser: Person) -> None:
    """Only somebody who writes lines by hand could have these."""
    _somebody, code = voice()
    pack = Pack.objects.get()
    laptop.says(code, 1, 1)
    for made_at, ends_at in [(after(120), pack.ends_at), (pack.made_at, after(0))]:
        Pack.objects.update(made_at=made_at, ends_at=ends_at)
        told = verbs.take_in(laptop.inbox, by=organiser, at=HOME_AGAIN)
        assert saying_inbox.not_taken(told) == ["One has a time that cannot be."]
    assert votes() == []


def test_what_was_changed_is_named_and_the_rest_is_taken(
    laptop: Laptop, voice: MakeVoice, organiser: Person
) -> None:
    codes = [voice()[1] for _n in range(3)]
    for code in codes:
        laptop.says(code, 1, 1)
    lines = laptop.goodbye().splitlines(keepends=True)
    lines[1] = lines[1].replace(b'"sealed":"', b'"sealed":"A', 1)
    told = verbs.take_in(b"".join(lines), by=organiser, at=HOME_AGAIN)
    assert len(votes()) == 2
    assert saying_inbox.not_whole(told.contents) == ["Line 2 was changed or damaged. Nothing of it is taken."]
    verbs.take_in(laptop.inbox, by=organiser, at=HOME_AGAIN)
    assert len(votes()) == 3, "the whole file puts it right"


def test_a_lost_laptop_brings_nothing_any_more(laptop: Laptop, voice: MakeVoice, organiser: Person) -> None:
    laptop.says(voice()[1], 1, 1)
    verbs.lose(Pack.objects.get(), by=organiser, at=HOME_AGAIN)
    with pytest.raises(verbs.PackWasLost):
        verbs.take_in(laptop.inbox, by=organiser, at=HOME_AGAIN)
    assert votes() == []


def test_an_inbox_of_another_place_and_a_file_that_is_none(
    laptop: Laptop, voice: MakeVoice, organiser: Person
) -> None:
    laptop.says(voice()[1], 1, 1)
    Pack.objects.all().delete()
    with pytest.raises(verbs.NotOurPack):
        verbs.take_in(laptop.inbox, by=organiser, at=HOME_AGAIN)
    with pytest.raises(NotAnInbox):
        verbs.take_in(b"hello", by=organiser, at=HOME_AGAIN)
    assert votes() == []


def test_nothing_is_half_taken(
    laptop: Laptop, voice: MakeVoice, organiser: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    _somebody, code = voice()
    laptop.says(code, 1, 1)
    laptop.writes(code, "Ask about the bus.")

    def breaks(*_args: object, **_more: object) -> None:
        raise RuntimeError

    monkeypatch.setattr("betterstory.conversations.verbs.inbox.write_statement", breaks)
    with pytest.raises(RuntimeError):
        verbs.take_in(laptop.inbox, by=organiser, at=HOME_AGAIN)
    assert (votes(), Arrived.objects.count()) == ([], 0)


def test_taken_in_twice_at_once_is_once(
    at_once: Callable[..., list[object]], laptop: Laptop, voice: MakeVoice, organiser: Person
) -> None:
    codes = [voice()[1] for _n in range(5)]
    for code in codes:
        laptop.says(code, 1, 1)
        laptop.writes(code, f"From {code}.")
    raw = laptop.inbox
    ended = at_once(*[lambda: verbs.take_in(raw, by=organiser, at=HOME_AGAIN)] * 4)
    assert not [each for each in ended if isinstance(each, Exception)]
    assert at_once(lambda: (Vote.objects.count(), Arrived.objects.count())) == [(5, 10)]
    assert at_once(lambda: Statement.objects.exclude(written_by=None).count()) == [5]


@settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_in_whatever_order_files_and_answers_at_home_come_the_last_word_holds(
    data: st.DataObject,
    tonight: Gathering,
    statements: list[Statement],
    voice: MakeVoice,
    organiser: Person,
    tmp_path: Path,
) -> None:
    """Two laptops and the one at home, cards that speak at all three, files taken in at any moment."""
    Vote.objects.all().delete()
    Arrived.objects.all().delete()
    cards = [voice() for _n in range(2)]
    folder = tmp_path / str(uuid4())
    folder.mkdir()
    laptops = [
        Laptop(folder, verbs.pack_for_second_laptop(tonight, by=organiser, at=AT)[1], name)
        for name in ("one", "two")
    ]
    last: dict[tuple[int, int], int] = {}
    for minute in range(1, data.draw(st.integers(1, 12)) + 1):
        (who, code), number = data.draw(st.sampled_from(cards)), data.draw(st.integers(1, 2))
        choice, where = data.draw(st.sampled_from([-1, 0, 1])), data.draw(st.sampled_from([0, 1, 2]))
        if where == 2:
            verbs.vote(statements[number - 1], voice=who, choice=Vote.Choice(choice), at=after(minute))
        else:
            laptops[where].says(code, number, choice, minutes=minute)
        last[who.pk, number] = choice
        if data.draw(st.booleans()):
            take(data.draw(st.sampled_from(laptops)), organiser)
    for each in data.draw(st.permutations(laptops * 2)):
        take(each, organiser)
    rows = Vote.objects.values_list("voice", "statement__number", "choice")
    assert {(voice_, number): choice for voice_, number, choice in rows} == last


def take(laptop: Laptop, organiser: Person) -> None:
    if inbox_of(laptop.file).exists():
        verbs.take_in(laptop.inbox, by=organiser, at=HOME_AGAIN)


# the pages


def upload(client: Client, gathering: Gathering, raw: bytes) -> Any:
    file = SimpleUploadedFile("evening.inbox", raw)
    return client.post(f"/conversations/{gathering.pk}/inbox/", {"file": file})


def test_from_the_pack_to_everything_taken_in(
    laptop: Laptop,
    tonight: Gathering,
    voice: MakeVoice,
    organiser: Person,
    signed_in_client: Callable[[Person], Client],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    django_assert_max_num_queries: Any,
) -> None:
    client = signed_in_client(organiser)
    assert (
        f"/conversations/{tonight.pk}/inbox/" in client.get(f"/conversations/{tonight.pk}/").content.decode()
    )
    once = {"once": str(uuid4())}
    answer = client.post(f"/conversations/{tonight.pk}/inbox/pack/", once)
    assert ".pack" in answer["Content-Disposition"]
    assert client.post(f"/conversations/{tonight.pk}/inbox/pack/", once).status_code == 302
    assert Pack.objects.count() == 2, "a second press makes no second file"
    other = Laptop(tmp_path, answer.content.decode(), "other")
    other.says(voice()[1], 1, 1)
    monkeypatch.setattr("django.utils.timezone.now", lambda: HOME_AGAIN)
    looked = upload(client, tonight, other.goodbye())
    with django_assert_max_num_queries(12):
        page = client.get(looked["Location"]).content.decode()
    assert "One answer of one card." in page
    assert votes() == []
    sent = {"once": str(uuid4())}
    for _twice in range(2):
        assert client.post(looked["Location"], sent).status_code == 302
    assert votes() == [(1, 1, "phone")]
    assert client.get(looked["Location"]).status_code == 404, "the file is not kept"
    with django_assert_max_num_queries(12):
        page = client.get(f"/conversations/{tonight.pk}/inbox/").content.decode()
    assert "Made on 6 July" in page


@pytest.mark.parametrize(
    ("raw", "sentence"),
    [
        (b"hello", "This is no inbox file."),
        (b"", "This file is empty: nothing was said on that laptop."),
        (b"\x00" * 1000, "This is no inbox file."),
    ],
)
def test_a_file_that_is_none_is_said_beside_the_field(
    raw: bytes,
    sentence: str,
    tonight: Gathering,
    organiser: Person,
    signed_in_client: Callable[[Person], Client],
) -> None:
    answer = upload(signed_in_client(organiser), tonight, raw)
    assert answer.status_code == 422
    assert sentence in answer.content.decode()


@pytest.mark.parametrize("address", ["", "pack/", "0" * 64 + "/", "../../secret.key/"])
def test_residents_reach_none_of_it(
    address: str, tonight: Gathering, resident: Person, signed_in_client: Callable[[Person], Client]
) -> None:
    client = signed_in_client(resident)
    for answer in (
        client.get(f"/conversations/{tonight.pk}/inbox/{address}"),
        client.post(f"/conversations/{tonight.pk}/inbox/{address}", {"once": str(uuid4())}),
    ):
        assert answer.status_code in (403, 404, 405)


def test_a_lost_laptop_is_said_to_be_lost_on_the_page(
    laptop: Laptop, tonight: Gathering, organiser: Person, signed_in_client: Callable[[Person], Client]
) -> None:
    client, pack = signed_in_client(organiser), Pack.objects.get()
    client.post(f"/conversations/packs/{pack.pk}/lost/", {"once": str(uuid4())})
    assert Pack.objects.get().lost_at == AT
    page = client.get(f"/conversations/{tonight.pk}/inbox/").content.decode()
    assert "Lost. Nothing of it is taken in." in page


def test_closing_from_the_page_says_since_when(
    tonight: Gathering, organiser: Person, send: Callable[..., Any]
) -> None:
    send(organiser, "voting", tonight.pk, voting="close")
    assert Gathering.objects.get().voting_closed_at == AT
    send(organiser, "voting", tonight.pk, voting="open")
    assert Gathering.objects.get().voting_closed_at is None
