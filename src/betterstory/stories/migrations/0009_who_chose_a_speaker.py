import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
        ('stories', '0008_leaves'),
    ]

    operations = [
        migrations.AddField(
            model_name='speaker',
            name='chosen_by',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.RemoveConstraint(model_name='speaker', name='chosen_once_at_a_time'),
        migrations.AddConstraint(
            model_name='speaker',
            constraint=models.UniqueConstraint(condition=models.Q(('ended_at', None)), fields=('story', 'chosen_by', 'person'), name='chosen_once_at_a_time'),
        ),
    ]
