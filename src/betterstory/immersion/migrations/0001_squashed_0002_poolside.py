"""What 0001_initial to 0002_poolside come to, for a new database. They stay for places that began with them."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from betterstory.people.tables import MakeTables


class Migration(migrations.Migration):

    replaces = [
        ('immersion', '0001_initial'),
        ('immersion', '0002_poolside'),
    ]

    initial = True

    dependencies = [
        ('places', '0001_initial'),
        ('places', '0002_safeguarding'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        MakeTables([
            migrations.CreateModel(
                name='Act',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('on', models.DateField()),
                    ('what', models.CharField(max_length=200)),
                    ('where', models.CharField(blank=True, max_length=120)),
                    ('groups', models.CharField(blank=True, max_length=160)),
                    ('minutes', models.PositiveSmallIntegerField(blank=True, choices=[(10, 'a few minutes'), (30, 'half an hour'), (60, 'an hour'), (120, 'two hours'), (240, 'half a day'), (480, 'a day')], null=True)),
                    ('hours', models.CharField(blank=True, choices=[('morning', 'in the morning'), ('afternoon', 'in the afternoon'), ('evening', 'in the evening'), ('night', 'at night')], max_length=10)),
                    ('rings', models.JSONField(blank=True, default=list, help_text='the rings that met in it')),
                    ('neighbourhood', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='places.neighbourhood')),
                    ('noted_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('who', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ],
                options={
                    'ordering': ['-on', '-pk'],
                },
            ),
            migrations.CreateModel(
                name='Group',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('name', models.CharField(max_length=80)),
                    ('ring', models.CharField(choices=[('me', 'me'), ('family', 'family'), ('friends_and_neighbours', 'friends and neighbours'), ('community', 'community'), ('businesses', 'shops and work'), ('local_services', 'local services'), ('hospital_and_crisis', 'hospital and crisis')], default='community', max_length=30)),
                    ('neighbourhood', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='places.neighbourhood')),
                ],
                options={
                    'ordering': ['neighbourhood', 'name'],
                },
            ),
            migrations.CreateModel(
                name='Notice',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('on', models.DateField()),
                    ('where', models.CharField(max_length=120)),
                    ('words', models.CharField(max_length=600)),
                    ('became', models.CharField(blank=True, choices=[('statement', 'a sentence for a gathering'), ('ask', 'an ask'), ('campaign', 'a campaign')], max_length=10)),
                    ('became_on', models.DateField(blank=True, null=True)),
                    ('neighbourhood', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='places.neighbourhood')),
                    ('noted_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ],
                options={
                    'ordering': ['-on', '-pk'],
                },
            ),
            migrations.CreateModel(
                name='OwnName',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('on', models.DateField()),
                    ('act', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='own_names', to='immersion.act')),
                    ('person', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL)),
                ],
                options={
                    'ordering': ['act', 'pk'],
                },
            ),
            migrations.CreateModel(
                name='Street',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('name', models.CharField(max_length=80)),
                    ('neighbourhood', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='places.neighbourhood')),
                ],
                options={
                    'ordering': ['neighbourhood', 'name'],
                },
            ),
            migrations.AddIndex(
                model_name='act',
                index=models.Index(fields=['neighbourhood', '-on'], name='immersion_a_neighbo_47cdfe_idx'),
            ),
            migrations.AddConstraint(
                model_name='group',
                constraint=models.UniqueConstraint(fields=('neighbourhood', 'name'), name='a_group_once'),
            ),
            migrations.AddIndex(
                model_name='notice',
                index=models.Index(fields=['neighbourhood', '-on'], name='immersion_n_neighbo_c54fbc_idx'),
            ),
            migrations.AddConstraint(
                model_name='ownname',
                constraint=models.UniqueConstraint(fields=('act', 'person'), name='one_own_name'),
            ),
            migrations.AddConstraint(
                model_name='street',
                constraint=models.UniqueConstraint(fields=('neighbourhood', 'name'), name='a_street_once'),
            ),
        ]),
    ]
