"""The place, its neighbourhoods and rounds: who may change them, and what stays."""

from collections.abc import Callable
from datetime import timedelta

import pytest

from betterstory.people.models import Person
from betterstory.people.verbs import NotYours
from betterstory.places import verbs
from betterstory.places.models import Neighbourhood, Place, Round, Stage
from betterstory.places.verbs import NameTaken, NoController
from conftest import TODAY


def test_there_is_one_place_however_often_it_is_founded(steward: Person) -> None:
    verbs.found(name="Aldermouth", by=steward)
    verbs.found(name="Aldermouth on Sea", by=steward)
    assert [place.name for place in Place.objects.all()] == ["Aldermouth on Sea"]


def test_only_a_steward_sets_the_place_up(organiser: Person) -> None:
    with pytest.raises(NotYours):
        verbs.found(name="Mine", by=organiser)
    assert not Place.objects.exists()


def test_only_a_steward_changes_whom_to_ring(place: Place, organiser: Person, steward: Person) -> None:
    with pytest.raises(NotYours):
        verbs.change_place(place, by=organiser, children_phone="Nobody")
    assert Place.objects.get().children_phone == ""
    verbs.change_place(place, by=steward, children_phone="01632 960 130")
    assert Place.objects.get().children_phone == "01632 960 130"


@pytest.mark.parametrize("controller", ["", "  "])
def test_a_log_needs_somebody_answerable(place: Place, steward: Person, controller: str) -> None:
    with pytest.raises(NoController):
        verbs.change_place(place, by=steward, keeps_a_log=True, log_controller=controller)
    assert not Place.objects.get().keeps_a_log
    verbs.change_place(place, by=steward, keeps_a_log=True, log_controller="The hospital")
    assert Place.objects.get().keeps_a_log


def test_help_is_read_line_by_line(place: Place, steward: Person) -> None:
    verbs.change_place(place, by=steward, help_now="Ring 999\n\n  Ring 111 \n")
    assert Place.objects.get().help_lines == ["Ring 999", "Ring 111"]


def test_a_neighbourhood_has_an_address_of_its_own(organiser: Person) -> None:
    slugs = [
        verbs.name_neighbourhood(name=name, by=organiser).slug
        for name in ("Tanners Row", "Tanners  Row", "Łódź Street", "永和")
    ]
    assert slugs == ["tanners-row", "tanners-row-2", "odz-street", "neighbourhood"]


def test_the_same_name_is_the_same_neighbourhood(organiser: Person) -> None:
    first = verbs.name_neighbourhood(name="Tanners Row", by=organiser)
    assert verbs.name_neighbourhood(name="Tanners Row", by=organiser) == first


def test_a_better_name_leaves_the_address_as_printed(neighbourhood: Neighbourhood, organiser: Person) -> None:
    verbs.rename_neighbourhood(neighbourhood, name="The Row", about="Fourteen streets", by=organiser)
    found = Neighbourhood.objects.get()
    assert (found.name, found.about, found.slug) == ("The Row", "Fourteen streets", "tanners-row")


def test_two_neighbourhoods_have_two_names(neighbourhood: Neighbourhood, organiser: Person) -> None:
    other = verbs.name_neighbourhood(name="Lock Side", by=organiser)
    with pytest.raises(NameTaken):
        verbs.rename_neighbourhood(other, name="tanners row", about="", by=organiser)
    assert Neighbourhood.objects.get(pk=other.pk).name == "Lock Side"


def test_rounds_are_numbered_and_begin_at_the_poolside(
    neighbourhood: Neighbourhood, organiser: Person
) -> None:
    first, second = (
        verbs.begin_round(neighbourhood=neighbourhood, by=organiser, on=TODAY) for _again in range(2)
    )
    assert (first.number, second.number, second.stage) == (1, 2, Stage.POOLSIDE)


def test_a_stage_is_a_guide_and_goes_back_as_well(round_: Round, organiser: Person) -> None:
    for stage in (Stage.LEARNING, Stage.POOLSIDE):
        verbs.move_on(round_, to=stage, by=organiser)
        assert Round.objects.get().stage == stage


def test_a_round_ends_on_its_day(round_: Round, organiser: Person) -> None:
    later = TODAY + timedelta(days=90)
    verbs.end_round(round_, by=organiser, on=later)
    assert Round.objects.get().ended_on == later


@pytest.mark.parametrize(
    "change",
    [
        lambda round_, by: verbs.name_neighbourhood(name="Mine", by=by),
        lambda round_, by: verbs.rename_neighbourhood(round_.neighbourhood, name="Mine", about="", by=by),
        lambda round_, by: verbs.begin_round(neighbourhood=round_.neighbourhood, by=by, on=TODAY),
        lambda round_, by: verbs.move_on(round_, to=Stage.LEARNING, by=by),
        lambda round_, by: verbs.end_round(round_, by=by, on=TODAY),
    ],
    ids=["name", "rename", "begin", "move on", "end"],
)
def test_only_those_who_organise_change_where_we_are(
    change: Callable[[Round, Person], object], round_: Round, partner: Person
) -> None:
    before = list(Neighbourhood.objects.values()), list(Round.objects.values())
    with pytest.raises(NotYours):
        change(round_, partner)
    assert (list(Neighbourhood.objects.values()), list(Round.objects.values())) == before
