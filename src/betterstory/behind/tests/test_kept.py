"""What is kept of each release to hold the next one against: sealed, for the place alone, gone in time."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from betterstory.behind import counting, verbs
from betterstory.behind.counting import Records, apart
from betterstory.behind.counting.keeping import ROUND_TO, Kept
from betterstory.behind.models import ContactLog, Draft, Pattern, Release
from betterstory.behind.tests._records import files_of
from betterstory.behind.tests.conftest import ELSEWHERE, KEYS, NOW, ON_THE_LAST_DAY, TOML, TWIN, WHOLE, LetOut
from betterstory.people.models import Person


def test_what_is_kept_says_nothing_without_its_key_and_its_length_hardly_anything(tmp_path: Path) -> None:
    lengths = set()
    for many in (8, 60):
        records = Records(*files_of(tmp_path / str(many), ((many, WHOLE), (500, ELSEWHERE))))
        sealed = counting.ask(TOML, records, keys=KEYS).kept
        assert b"level" not in sealed
        assert b"First visit" not in sealed
        lengths.add(len(sealed))
        (tmp_path / "kept").write_bytes(sealed)
        assert Kept.read(tmp_path / "kept", counting.Keys(KEYS.people, b"x" * 32)) is None
        (tmp_path / "kept").write_bytes(sealed[:-1] + bytes([sealed[-1] ^ 1]))
        assert Kept.read(tmp_path / "kept", KEYS) is None
    assert len(lengths) == 1
    assert lengths.pop() > ROUND_TO


def test_nothing_but_what_is_sealed_and_shown_crosses_over(tmp_path: Path, monkeypatch: Any) -> None:
    """The web is handed rounded figures and sealed bytes; true counts and the sets are in neither."""
    records = Records(*files_of(tmp_path / "there", ((43, WHOLE), (557, ELSEWHERE))))
    heard: list[Any] = []
    answer = apart.answer

    def listen(question: Any) -> Any:
        heard.append(answer(question))
        return heard[-1]

    monkeypatch.setattr(apart, "answer", listen)
    said = counting.ask(TOML, records, keys=KEYS)
    figures = json.dumps(said.figures)
    assert "43" not in figures
    assert "557" not in figures
    assert set(heard[0]) == {"figures", "kept"}


def lines_of(release: Release) -> dict[tuple[int, int], Any]:
    return {(group["first"], group["last"]): group for group in release.figures["groups"]}


def test_newer_records_of_the_same_are_released_with_no_clear_change(
    plain_pattern: Pattern, bring: Callable[..., ContactLog], let_out: LetOut, client: Any
) -> None:
    first = bring(((40, WHOLE), (500, ELSEWHERE)))
    let_out(plain_pattern, log=first)
    second = bring(((43, WHOLE), (497, ELSEWHERE)), in_place_of=first)
    release = let_out(plain_pattern, log=second)
    assert release.number == 2
    assert lines_of(release)[3, 3]["people"] == 40
    page = client.get(release.get_absolute_url()).content.decode()
    assert "No clear change since release 1" in page
    third = bring(((48, WHOLE), (492, ELSEWHERE)), in_place_of=second)
    now = let_out(plain_pattern, log=third)
    assert lines_of(now)[3, 3]["people"] == 50, "eight more than the figure that was shown"


def test_a_figure_creeps_nowhere_a_few_people_at_a_time(
    plain_pattern: Pattern, bring: Callable[..., ContactLog], let_out: LetOut
) -> None:
    """Each morning three more: held against the people it was shown of, it moves once they are eight."""
    log, shown = None, []
    for many in (40, 43, 46, 49):
        log = bring(((many, WHOLE), (600 - many, ELSEWHERE)), in_place_of=log)
        shown.append(lines_of(let_out(plain_pattern, log=log))[3, 3]["people"])
    assert shown == [40, 40, 40, 50]


@pytest.mark.django_db(transaction=True)
def test_what_is_kept_goes_with_the_last_log_of_its_line(
    plain_pattern: Pattern, bring: Callable[..., ContactLog], let_out: LetOut, analyst: Person, settings: Any
) -> None:
    first = bring(((40, WHOLE), (500, ELSEWHERE)))
    let_out(plain_pattern, log=first)
    second = bring(((43, WHOLE), (497, ELSEWHERE)), in_place_of=first)
    verbs.throw_away(first, by=analyst)
    released = Release.objects.get()
    assert (released.kept_with, released.log) == (second, None)
    assert released.kept_path is not None
    assert released.kept_path.exists()
    assert lines_of(let_out(plain_pattern, log=second))[3, 3]["people"] == 40, "held, though the log is gone"
    verbs.throw_away(second, by=analyst)
    assert not [path for path in (Path(settings.HOME) / "logs").rglob("*") if path.is_file()]


def test_where_what_was_kept_is_lost_it_is_counted_again(
    plain_pattern: Pattern, bring: Callable[..., ContactLog], analyst: Person, let_out: LetOut
) -> None:
    """So it is with releases from before anything was kept, too."""
    log = bring(((40, WHOLE), (3, ON_THE_LAST_DAY), (500, ELSEWHERE)))
    release = let_out(plain_pattern, log=log)
    assert release.kept_path is not None
    release.kept_path.unlink()
    twin = verbs.make_pattern(toml=TWIN, by=analyst, at=NOW)
    with pytest.raises(verbs.NotCounted, match="not-counted"):
        verbs.count(twin, log=log, by=analyst, at=NOW)


def test_a_draft_whose_kept_file_is_lost_is_counted_again_before_it_goes_out(
    plain_pattern: Pattern,
    bring: Callable[..., ContactLog],
    analyst: Person,
    other_body: Person,
    let_out: LetOut,
) -> None:
    log = bring()
    verbs.count(plain_pattern, log=log, by=analyst, at=NOW)
    draft = Draft.objects.get()
    let_out(verbs.make_pattern(toml=TWIN, by=analyst, at=NOW), log=bring(prefix="Z"))
    assert draft.kept_path is not None
    draft.kept_path.unlink()
    with pytest.raises(verbs.NotHeldAgainst) as told:
        verbs.approve(draft, by=other_body, at=NOW, looked_at=list(verbs.CHECKS))
    assert "Count it again" in told.value.sentence


def test_kept_files_are_for_the_place_alone(log: ContactLog, plain_pattern: Pattern, let_out: LetOut) -> None:
    release = let_out(plain_pattern, log=log)
    assert release.kept_path is not None
    assert release.kept_path.stat().st_mode & 0o777 == 0o600
