"""What 0001_initial to 0002_safeguarding come to, for a new database. They stay for places that began with them."""

import django.db.models.deletion
from django.db import migrations, models

from betterstory.people.tables import MakeTables


class Migration(migrations.Migration):

    replaces = [
        ('places', '0001_initial'),
        ('places', '0002_safeguarding'),
    ]

    initial = True

    dependencies = [
    ]

    operations = [
        MakeTables([
            migrations.CreateModel(
                name='Neighbourhood',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('name', models.CharField(max_length=80, unique=True)),
                    ('slug', models.SlugField(max_length=80, unique=True)),
                    ('about', models.CharField(blank=True, max_length=300)),
                ],
                options={
                    'ordering': ['name'],
                },
            ),
            migrations.CreateModel(
                name='Place',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('name', models.CharField(max_length=80)),
                    ('organiser_phone', models.CharField(blank=True, max_length=40)),
                    ('help_now', models.TextField(blank=True, help_text='where to find help at any hour; one line each, as it should be read')),
                    ('safeguarding_lead', models.CharField(blank=True, max_length=80)),
                    ('safeguarding_phone', models.CharField(blank=True, max_length=40)),
                    ('safeguarding_deputy', models.CharField(blank=True, max_length=80)),
                    ('children_phone', models.CharField(blank=True, help_text='children’s services, as it is read', max_length=120)),
                    ('adults_phone', models.CharField(blank=True, help_text='adult social care, as it is read', max_length=120)),
                    ('night_phone', models.CharField(blank=True, help_text='both, when offices are shut', max_length=120)),
                    ('outside_contact', models.CharField(blank=True, help_text='who hears what is said against somebody here; not one of us', max_length=120)),
                    ('outside_phone', models.CharField(blank=True, max_length=40)),
                    ('telling_controller', models.CharField(blank=True, max_length=120)),
                    ('counting_controller', models.CharField(blank=True, max_length=120)),
                    ('safeguarding_controller', models.CharField(blank=True, max_length=120)),
                    ('privacy_contact', models.CharField(blank=True, help_text='who answers for what is kept', max_length=200)),
                    ('keeps_a_log', models.BooleanField(default=False)),
                    ('log_controller', models.CharField(blank=True, max_length=120)),
                ],
            ),
            migrations.CreateModel(
                name='Round',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('number', models.PositiveSmallIntegerField()),
                    ('stage', models.CharField(choices=[('poolside', 'poolside'), ('diving_in', 'diving in'), ('hearing', 'hearing'), ('making_sense', 'making sense'), ('planning', 'planning'), ('keeping_our_word', 'keeping our word'), ('learning', 'learning')], default='poolside', max_length=20)),
                    ('began_on', models.DateField()),
                    ('ended_on', models.DateField(blank=True, null=True)),
                    ('neighbourhood', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='rounds', to='places.neighbourhood')),
                ],
                options={
                    'ordering': ['neighbourhood', 'number'],
                    'constraints': [models.UniqueConstraint(fields=('neighbourhood', 'number'), name='one_round_a_number')],
                },
            ),
        ]),
    ]
