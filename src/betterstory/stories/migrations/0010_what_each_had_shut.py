from typing import Any

from django.db import migrations, models


def chosen_by_the_first_teller(apps: Any, schema_editor: Any) -> None:
    """Until now every act of a speaker was noted as done for the first teller."""
    speaker, story = apps.get_model('stories', 'Speaker'), apps.get_model('stories', 'Story')
    first = story.objects.filter(pk=models.OuterRef('story')).values('teller')
    speaker.objects.filter(chosen_by=None).update(chosen_by=models.Subquery(first))


def shut_for_whom(apps: Any, schema_editor: Any) -> None:
    """Until now a story was shut once, for one of its tellers."""
    story, shut = apps.get_model('stories', 'Story'), apps.get_model('stories', 'Shut')
    for each in story.objects.exclude(paused_at=None, held_at=None, taken_back_at=None):
        tellers = {each.teller_id, each.second_teller_id}
        whose = each.shut_for_id if each.shut_for_id in tellers else each.teller_id
        by = each.paused_by_id
        pauses = by if by in tellers and not each.paused_by_team else whose
        if each.paused_at:
            row, _new = shut.objects.get_or_create(story=each, teller_id=pauses)
            row.paused_at, row.paused_by_id, row.paused_by_team = each.paused_at, by, each.paused_by_team
            row.opens_on = None if each.paused_by_team else each.opens_on
            row.save()
        if each.held_at:
            row, _new = shut.objects.get_or_create(story=each, teller_id=whose)
            row.held_at = each.held_at
            row.save()
        if each.taken_back_at:
            took = each.taken_back_by_id if each.taken_back_by_id in tellers else each.teller_id
            row, _new = shut.objects.get_or_create(story=each, teller_id=took)
            row.taken_back_at = each.taken_back_at
            row.save()


class Migration(migrations.Migration):

    dependencies = [
        ('stories', '0009_each_teller_alone'),
    ]

    operations = [
        migrations.RunPython(chosen_by_the_first_teller, migrations.RunPython.noop),
        migrations.RunPython(shut_for_whom, migrations.RunPython.noop),
    ]
