"""A speaker who was chosen before each of two could choose one was chosen by the first teller."""

import pytest
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from betterstory.people.models import Person
from betterstory.stories.models import Speaker, Story
from conftest import AT

pytestmark = pytest.mark.django_db(transaction=True)


def test_earlier_speakers_were_chosen_by_the_first_teller(
    story: Story, teller: Person, partner: Person, resident: Person
) -> None:
    Story.objects.update(second_teller=partner)
    newest = MigrationExecutor(connection).loader.graph.leaf_nodes()
    MigrationExecutor(connection).migrate([("stories", "0008_leaves")])
    try:
        earlier = MigrationExecutor(connection).loader.project_state([("stories", "0008_leaves")]).apps
        earlier.get_model("stories", "Speaker").objects.create(
            story_id=story.pk, person_id=resident.pk, chosen_at=AT
        )
    finally:
        MigrationExecutor(connection).migrate(newest)
    speaker = Speaker.objects.get()
    assert (speaker.chosen_by, speaker.person) == (teller, resident)
