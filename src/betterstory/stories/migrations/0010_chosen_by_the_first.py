from typing import Any

from django.db import migrations, models


def chosen_by_the_first_teller(apps: Any, schema_editor: Any) -> None:
    """Until now every act of a speaker was noted as done for the first teller."""
    speaker, story = apps.get_model('stories', 'Speaker'), apps.get_model('stories', 'Story')
    first = story.objects.filter(pk=models.OuterRef('story')).values('teller')
    speaker.objects.filter(chosen_by=None).update(chosen_by=models.Subquery(first))


class Migration(migrations.Migration):

    dependencies = [
        ('stories', '0009_who_chose_a_speaker'),
    ]

    operations = [
        migrations.RunPython(chosen_by_the_first_teller, migrations.RunPython.noop),
    ]
