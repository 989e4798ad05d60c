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
        migrations.CreateModel(
            name='Shut',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('paused_at', models.DateTimeField(blank=True, null=True)),
                ('paused_by_team', models.BooleanField(default=False, help_text='then a card alone does not open it again')),
                ('opens_on', models.DateField(blank=True, help_text='the day they set for it to open again', null=True)),
                ('held_at', models.DateTimeField(blank=True, help_text='their card may be found: shut to both tellers, until this one was checked', null=True)),
                ('taken_back_at', models.DateTimeField(blank=True, null=True)),
                ('paused_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('story', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='shut', to='stories.story')),
                ('teller', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name_plural': 'shut',
                'constraints': [models.UniqueConstraint(fields=('story', 'teller'), name='shut_once_for_each_teller'), models.CheckConstraint(condition=models.Q(('paused_by_team', False), models.Q(('opens_on', None), ('paused_at__isnull', False)), _connector='OR'), name='the_teams_pause_opens_by_no_day')],
            },
        ),
    ]
