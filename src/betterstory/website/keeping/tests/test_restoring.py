"""A copy put back opens every story but the destroyed one, and nothing that was ended."""

import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from django.contrib.sessions.models import Session

from betterstory.people import keys
from betterstory.people.keys import KeyGone, Keyring
from betterstory.people.models import Circle, Person
from betterstory.stories import consenting, ended
from betterstory.stories.models import Story, Use, Version
from betterstory.stories.sealing import TEXT
from betterstory.website import alone
from betterstory.website.keeping import copying, opening, record, restoring, staging
from betterstory.website.keeping.trouble import CannotKeep
from conftest import AT

pytestmark = pytest.mark.django_db(transaction=True)
MONTH = AT + timedelta(days=30)
SEALED = "select text_sealed, uuid from stories_version order by story_id"
OPEN_STILL = "select use from stories_consent where ended_at is null"
Tell = Callable[[str], Story]


def asked(database: Path, question: str) -> list[Any]:
    with closing(sqlite3.connect(database)) as book:
        return book.execute(question).fetchall()


def test_an_old_copy_opens_every_story_but_the_destroyed_one(
    home: Path, identity: Any, tell: Tell, teller: Person
) -> None:
    stories = [tell(f"words {n}") for n in range(50)]
    made = copying.make_copies(at=AT)
    consenting.take_back(stories[7], by=teller, at=AT, for_good_now=True)
    # the words as the copy holds them, tried with the keys of today
    (home / "look").mkdir()
    opened = opening.open_copy(made.story, identity=identity, folder=home / "look", kind=copying.STORY)
    rows = asked(
        opening.check_database(opened), "select text_sealed, uuid from stories_version order by story_id"
    )
    became = []
    for sealed, row in rows:
        try:
            became.append(keys.keyring().open(sealed, name=TEXT, row=UUID(row)))
        except KeyGone:
            became.append("gone")
    assert became == ["gone" if n == 7 else f"words {n}" for n in range(50)]
    # and put back whole, from the copied keys alone
    shutil.rmtree(home / "keys" / "keys.sqlite3", ignore_errors=True)
    (home / "keys" / "keys.sqlite3").unlink()
    tried = restoring.restore(made.story, at=AT, identity=identity, keys=made.keys)
    assert (tried.told["tried"], tried.told["open"], tried.told["destroyed"]) == (49, 49, 1)
    ring = Keyring(home / "keys")
    assert not ring.holds(stories[7].key)
    assert ring.holds(stories[8].key)
    assert stories[7].key.bytes not in ring.file.read_bytes(), "not even in its free pages"
    with pytest.raises(KeyGone):
        ring.open(rows[7][0], name=TEXT, row=UUID(rows[7][1]))
    left = asked(home / "story.sqlite3", "select length(text_sealed) from stories_version order by story_id")
    assert [n for n, (length,) in enumerate(left) if not length] == [7], "wiped again, too"


def test_what_was_ended_since_is_ended_in_the_copy_before_a_page_is_served(
    home: Path, identity: Any, version: Version, story: Story, teller: Person, circle: Circle
) -> None:
    yes = consenting.say_yes(version, by=teller, use=Use.READ, circle=circle, at=AT, until=MONTH)
    consenting.say_yes(version, by=teller, use=Use.PICTURE, circle=circle, at=AT, until=MONTH)
    Session.objects.create(session_key="old", session_data="", expire_date=AT + timedelta(days=999))
    made = copying.make_copies(at=AT)
    consenting.stop(yes, by=teller, at=AT)
    consenting.pause(story, by=teller, at=AT)
    before = ended.file().read_text()
    tried = restoring.restore(made.story, at=AT, identity=identity)
    assert tried.told["ended_again"] == 2
    database = home / "story.sqlite3"
    assert asked(database, OPEN_STILL) == [("picture",)]
    assert asked(database, "select paused_at is null from stories_story") == [(0,)]
    assert asked(database, "select count(*) from django_session") == [(0,)], "nobody is let in who went out"
    assert ended.file().read_text().startswith(before), "the file of ended things only grows"


def test_on_a_new_machine_the_ended_come_back_with_the_copy(
    home: Path, identity: Any, version: Version, story: Story, teller: Person, circle: Circle
) -> None:
    yes = consenting.say_yes(version, by=teller, use=Use.READ, circle=circle, at=AT, until=MONTH)
    made = copying.make_copies(at=AT)
    consenting.stop(yes, by=teller, at=AT)
    assert copying.copy_ended(), "each hour in which something was ended, that is copied too"
    assert not copying.copy_ended()
    ended.file().unlink()  # the machine is lost
    restoring.restore(made.story, at=AT, identity=identity)
    assert str(yes.uuid) in ended.file().read_text()
    assert asked(home / "story.sqlite3", "select count(*) from stories_consent where ended_at is null") == [
        (0,)
    ]


def test_no_line_of_what_was_ended_is_lost_and_older_ones_go_first() -> None:
    assert ended.together("c\nd\n", "a\nb\nc\n") == "a\nb\nc\nd\n"
    assert ended.together("a\nb\n", "a\n") == "a\nb\n"
    assert ended.together("", "a\n") == "a\n"


def test_what_was_here_before_stays_beside_it_for_a_month(home: Path, identity: Any, tell: Tell) -> None:
    tell("first")
    made = copying.make_copies(at=AT)
    with closing(sqlite3.connect(home / "story.sqlite3")) as book:
        book.execute("pragma journal_mode = wal")
        book.execute("create table mine (words text)")
        book.execute("insert into mine values ('written since')")
        book.commit()
    (home / "kept").mkdir()
    (home / "kept" / "picture").write_bytes(b"sealed")
    restoring.restore(made.story, at=AT, identity=identity)
    [before] = home.glob("before-restore-*")
    assert asked(before / "story.sqlite3", "select words from mine") == [("written since",)]
    assert asked(home / "story.sqlite3", "select count(*) from stories_story") == [(1,)]
    assert not list(home.glob("story.sqlite3-*")), "no log of the old is taken for the new one's"
    restoring.throw_away_before(at=AT + timedelta(days=29))
    assert before.exists()
    restoring.throw_away_before(at=AT + timedelta(days=30))
    assert not before.exists()


def test_kept_files_come_back(home: Path, identity: Any, tell: Tell) -> None:
    tell("first")
    (home / "kept" / "sub").mkdir(parents=True)
    (home / "kept" / "sub" / "picture").write_bytes(b"sealed")
    made = copying.make_copies(at=AT)
    shutil.rmtree(home / "kept")
    restoring.restore(made.story, at=AT, identity=identity)
    assert (home / "kept" / "sub" / "picture").read_bytes() == b"sealed"


def test_while_it_runs_nothing_is_put_back(home: Path, identity: Any, tell: Tell) -> None:
    tell("first")
    made = copying.make_copies(at=AT)
    with alone.holding(home, alone.RUNNING), pytest.raises(CannotKeep, match="Stop it first"):
        restoring.restore(made.story, at=AT, identity=identity)
    assert not (home / "story.sqlite3").exists()


def test_a_drill_changes_nothing_and_is_written_down(home: Path, identity: Any, tell: Tell) -> None:
    tell("first")
    copying.make_copies(at=AT)
    before = {file: file.read_bytes() for file in (home / "keys").iterdir()}
    tried = restoring.drill(at=AT, identity=identity)
    assert tried.all_open
    assert (tried.told["tried"], tried.told["open"]) == (1, 1)
    assert {file: file.read_bytes() for file in (home / "keys").iterdir()} == before
    assert not (home / ".opening").exists(), "what was opened aside is gone"
    done = record.last(record.DRILLED)
    assert done is not None
    assert (done.at, done.about["open"]) == (AT, 1)


def test_a_drill_fails_where_the_copied_keys_do_not_open_the_copied_stories(
    home: Path, identity: Any, tell: Tell
) -> None:
    tell("first")
    early = copying.make_copies(at=AT)
    tell("second")
    late = copying.make_copies(at=AT + timedelta(days=1))
    tried = restoring.drill(at=AT, identity=identity, story=late.story, keys=early.keys)
    assert (tried.told["open"], tried.told["key_gone"]) == (1, 1)
    assert record.last(record.DRILLED) is None
    assert record.last(record.DRILL_FAILED) is not None


def test_without_the_site_key_a_copy_of_the_keys_says_which_paper_it_needs(
    home: Path, identity: Any, tell: Tell
) -> None:
    tell("first")
    made = copying.make_copies(at=AT)
    name = keys.keyring().files.read()
    assert name is not None
    keys.keyring().site_file.unlink()
    with pytest.raises(CannotKeep, match=f"needs the site key {name.name}"):
        restoring.drill(at=AT, identity=identity, story=made.story, keys=made.keys)
    failed = record.last(record.DRILL_FAILED)
    assert failed is not None
    assert name.name in str(failed.about["why"])


@pytest.mark.parametrize(
    "how", ["cut short", "one byte", "another key", "not ours", "keys for story", "gone"]
)
def test_a_copy_that_does_not_open_says_so_in_a_sentence_and_changes_nothing(
    how: str, home: Path, identity: Any, tell: Tell
) -> None:
    from pyrage import encrypt, x25519  # noqa: PLC0415 - this test alone makes copies of its own

    tell("first")
    made = copying.make_copies(at=AT)
    file, opens = made.story, identity
    whole = file.read_bytes()
    match how:
        case "cut short":
            file.write_bytes(whole[:-100])
        case "one byte":
            file.write_bytes(whole[:-50] + bytes([whole[-50] ^ 1]) + whole[-49:])
        case "another key":
            opens = x25519.Identity.generate()
        case "not ours":
            file.write_bytes(encrypt(b"some letter", [identity.to_public()]))
        case "keys for story":
            file = made.keys
        case _:
            file.unlink()
    with pytest.raises(CannotKeep) as why:
        restoring.restore(file, at=AT, identity=opens)
    assert str(why.value).endswith(".")
    assert not (home / "story.sqlite3").exists()
    assert not (home / ".opening").exists()


def test_a_packed_file_outside_the_folder_is_not_written(home: Path, identity: Any) -> None:
    import io  # noqa: PLC0415 - this test alone packs by hand
    import tarfile  # noqa: PLC0415 - likewise

    from pyrage import encrypt  # noqa: PLC0415 - likewise

    for name in ("../outside", "kept/../../outside", "other.txt"):
        packed = io.BytesIO()
        with tarfile.open(fileobj=packed, mode="w") as tar:
            about = tarfile.TarInfo(name)
            about.size = 4
            tar.addfile(about, io.BytesIO(b"evil"))
        (home / "evil.age").write_bytes(encrypt(packed.getvalue(), [identity.to_public()]))
        with staging.aside() as folder:
            with pytest.raises(CannotKeep, match="no copy"):
                opening.open_copy(home / "evil.age", identity=identity, folder=folder, kind=copying.STORY)
            assert list(folder.iterdir()) == [], "nothing of it was unpacked"
        assert not list(home.rglob("outside"))


def test_a_copy_of_a_newer_version_is_not_put_back(home: Path, identity: Any, tell: Tell) -> None:
    from django.db import connection  # noqa: PLC0415 - this test alone asks

    tell("first")
    with connection.cursor() as cursor:
        cursor.execute(
            "insert into django_migrations (app, name, applied) values ('stories', '9999', '2027-01-01')"
        )
    try:
        made = copying.make_copies(at=AT)
    finally:
        with connection.cursor() as cursor:
            cursor.execute("delete from django_migrations where name = '9999'")
    with pytest.raises(CannotKeep, match="newer Better Story"):
        restoring.restore(made.story, at=AT, identity=identity)
    assert not (home / "story.sqlite3").exists()


def test_taking_out_only_the_database(home: Path, identity: Any, tell: Tell) -> None:
    tell("first")
    made = copying.make_copies(at=AT)
    taken = restoring.take_out(made.story, identity=identity, to=home / "out")
    assert asked(taken, "select count(*) from stories_story") == [(1,)]
    with pytest.raises(CannotKeep, match="not empty"):
        restoring.take_out(made.story, identity=identity, to=home / "out")
