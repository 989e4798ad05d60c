"""The site key at the command line: nobody sees more of it than they asked for."""

import io
from argparse import Namespace
from pathlib import Path
from typing import Any

import pytest

from betterstory.people.keys import Locked, keyring, paper
from betterstory.people.keys.site_key import SiteKey
from betterstory.website.keeping import key_commands, record
from betterstory.website.keeping.doctor_of_copies import PAPER_RIGHT
from betterstory.website.keeping.trouble import CannotKeep

pytestmark = pytest.mark.django_db(transaction=True)
ASKED = Namespace()


@pytest.fixture
def site_key() -> SiteKey:
    keyring().make()
    key = keyring().files.read()
    assert key is not None
    return key


@pytest.fixture
def type_in(monkeypatch: pytest.MonkeyPatch) -> Any:
    return lambda words: monkeypatch.setattr("sys.stdin", io.StringIO(words))


def test_the_paper_shows_the_key_once_in_groups(
    site_key: SiteKey, capsys: pytest.CaptureFixture[str]
) -> None:
    assert key_commands.show_paper(ASKED) == 0
    said = capsys.readouterr().out
    shown = [word for line in said.splitlines() if line.startswith("    ") for word in line.split()[1::2]]
    assert shown == paper.write(site_key)


@pytest.mark.parametrize("right", [True, False])
def test_the_paper_is_checked_without_showing_it(
    right: bool, site_key: SiteKey, type_in: Any, capsys: pytest.CaptureFixture[str]
) -> None:
    groups = paper.write(site_key if right else SiteKey(bytes(32)))
    type_in("\n".join(groups).lower())
    assert key_commands.verify_paper(ASKED) == (0 if right else 1)
    said = capsys.readouterr().out
    assert said.startswith("Yes" if right else "No")
    assert not any(group in said for group in [*groups, *paper.write(site_key)])
    assert (record.last(PAPER_RIGHT) is not None) is right


def test_a_slip_is_said_where_it_is(site_key: SiteKey, type_in: Any) -> None:
    groups = paper.write(site_key)
    groups[4] = groups[4][:-1] + ("2" if groups[4][-1] != "2" else "3")
    type_in(" ".join(groups))
    with pytest.raises(CannotKeep, match="Group 5 is not right"):
        key_commands.verify_paper(ASKED)


def test_at_a_terminal_each_group_is_asked_for_and_asked_again(
    site_key: SiteKey, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    groups = paper.write(site_key)
    typed = iter([groups[0], "AAAAB", *groups[1:]])
    asked: list[str] = []
    monkeypatch.setattr("sys.stdin", type("Terminal", (io.StringIO,), {"isatty": lambda self: True})())

    def ask(words: str) -> str:
        asked.append(words)
        return next(typed)

    monkeypatch.setattr("getpass.getpass", ask)
    assert key_commands.verify_paper(ASKED) == 0
    assert asked[:4] == [f"Group {n} of 14: " for n in (1, 2, 2, 3)]
    assert "Group 2 is not right" in capsys.readouterr().out


@pytest.mark.parametrize("was", ["missing", "wrong"])
def test_put_back_from_paper_everything_opens_again(was: str, site_key: SiteKey, type_in: Any) -> None:
    ring = keyring()
    ring.site_file.unlink()
    if was == "wrong":
        ring.site_file.write_bytes(bytes(32))
    with pytest.raises(Locked):
        ring.make()
    with pytest.raises(CannotKeep, match="put-back"):
        key_commands.show_paper(ASKED)
    type_in(" ".join(paper.write(site_key)))
    assert key_commands.put_back(ASKED) == 0
    assert ring.make()
    assert ring.site_file.stat().st_mode & 0o077 == 0
    aside = [file.read_bytes() for file in ring.folder.glob("site.key.wrong-*")]
    assert aside == ([bytes(32)] if was == "wrong" else []), "nothing is thrown away"


def test_another_key_is_not_put_over_the_right_one(site_key: SiteKey, type_in: Any) -> None:
    other = SiteKey.make()
    type_in(" ".join(paper.write(other)))
    with pytest.raises(CannotKeep, match=f"the keys here need {site_key.name}"):
        key_commands.put_back(ASKED)
    assert keyring().site_file.read_bytes() == site_key.value
    type_in(" ".join(paper.write(site_key)))
    assert key_commands.put_back(ASKED) == 0
    assert not list(keyring().folder.glob("site.key.wrong-*"))


def test_on_a_new_machine_it_is_put_where_nothing_is(type_in: Any, home: Path) -> None:
    key = SiteKey.make()
    type_in(" ".join(paper.write(key)))
    assert key_commands.put_back(ASKED) == 0
    assert (home / "keys" / "site.key").read_bytes() == key.value
    assert keyring().make()
    assert keyring().files.read() == key


def test_a_file_that_a_setting_names_is_not_written(settings: Any, tmp_path: Path) -> None:
    settings.SITE_KEY_FILE = tmp_path / "credential"
    keyring.cache_clear()
    with pytest.raises(CannotKeep, match="A setting says"):
        key_commands.put_back(ASKED)
    assert not settings.SITE_KEY_FILE.exists()


def test_rotating_says_which_paper_is_needed_and_copies_the_keys_anew(
    site_key: SiteKey, identity: Any, home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert key_commands.rotate(ASKED) == 0
    said = capsys.readouterr().out
    now = keyring().files.read()
    assert now is not None
    assert now.name != site_key.name
    assert now.name in said
    assert not any(group in said for group in paper.write(now))
    assert len(list((home / "copies" / "keys").iterdir())) == 1


def test_rotating_where_the_site_key_is_gone_is_one_sentence(site_key: SiteKey) -> None:
    keyring().site_file.unlink()
    with pytest.raises(CannotKeep, match="put-back"):
        key_commands.rotate(ASKED)


def test_rotating_where_a_setting_names_it_says_what_to_do(
    settings: Any, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    settings.SITE_KEY_FILE = tmp_path / "credential"
    settings.SITE_KEY_FILE.write_bytes(b"k" * 32)
    keyring.cache_clear()
    keyring().make()
    assert key_commands.rotate(ASKED) == 0
    assert "site.key.next" in capsys.readouterr().out
    assert settings.SITE_KEY_FILE.read_bytes() == b"k" * 32
