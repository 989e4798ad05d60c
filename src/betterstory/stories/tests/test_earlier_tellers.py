"""What a place knew before each of two tellers shut alone: it is the first one's, or the named one's."""

import pytest
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from betterstory.people.models import Person
from betterstory.stories.models import Shut, Speaker, Story
from conftest import AT

pytestmark = pytest.mark.django_db(transaction=True)


def test_what_was_there_before_is_the_first_tellers_or_the_named_ones(
    story: Story, teller: Person, partner: Person, resident: Person, organiser: Person
) -> None:
    Story.objects.update(second_teller=partner, held_at=AT, paused_at=AT, paused_by=organiser)
    Story.objects.update(paused_by_team=True, taken_back_at=AT, taken_back_by=partner)
    newest = MigrationExecutor(connection).loader.graph.leaf_nodes()
    MigrationExecutor(connection).migrate([("stories", "0008_leaves")])
    try:
        earlier = MigrationExecutor(connection).loader.project_state([("stories", "0008_leaves")]).apps
        earlier.get_model("stories", "Speaker").objects.create(
            story_id=story.pk, person_id=resident.pk, chosen_at=AT
        )
        earlier.get_model("stories", "Story").objects.update(shut_for=partner.pk)
    finally:
        MigrationExecutor(connection).migrate(newest)
    speaker = Speaker.objects.get()
    assert (speaker.chosen_by, speaker.person) == (teller, resident)
    shut = Shut.objects.get()
    assert (shut.teller, shut.paused_by, shut.paused_by_team) == (partner, organiser, True)
    assert (shut.paused_at, shut.held_at, shut.taken_back_at) == (AT, AT, AT)
