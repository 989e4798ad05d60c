"""What 0001_initial to 0004_clocks come to, for a new database. They stay for places that began with them."""

import betterstory.people.addresses
import django.db.models.deletion
import uuid
from django.conf import settings
from django.db import migrations, models

from betterstory.people.tables import MakeTables


class Migration(migrations.Migration):

    replaces = [
        ('people', '0001_initial'),
        ('people', '0002_consent_that_holds'),
        ('people', '0003_safeguarding'),
        ('people', '0004_clocks'),
    ]

    initial = True

    dependencies = [
    ]

    operations = [
        MakeTables([
            migrations.CreateModel(
                name='Circle',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('name', models.CharField(max_length=120)),
                    ('kind', models.CharField(choices=[('poolside', 'poolside circle'), ('gathering', 'people of a gathering'), ('helpers', "a teller's helpers"), ('named', 'named people')], default='named', max_length=20)),
                    ('ends_on', models.DateField(blank=True, null=True)),
                    ('meets_on', models.DateField(blank=True, help_text='of a gathering: the day it meets', null=True)),
                ],
                options={
                    'ordering': ['name'],
                },
            ),
            migrations.CreateModel(
                name='Once',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('key', models.UUIDField(unique=True)),
                    ('who', models.CharField(max_length=60)),
                    ('path', models.CharField(max_length=300)),
                    ('answer', models.CharField(blank=True, max_length=500)),
                    ('sent_at', models.DateTimeField()),
                ],
            ),
            migrations.CreateModel(
                name='Tries',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('key', models.CharField(max_length=100, unique=True)),
                    ('since', models.DateTimeField()),
                    ('count', models.PositiveIntegerField(default=0)),
                ],
                options={
                    'verbose_name_plural': 'tries',
                },
            ),
            migrations.CreateModel(
                name='Person',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('password', models.CharField(max_length=128, verbose_name='password')),
                    ('last_login', models.DateTimeField(blank=True, null=True, verbose_name='last login')),
                    ('uuid', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                    ('name', models.CharField(max_length=80)),
                    ('email', betterstory.people.addresses.AddressField(blank=True, default='', max_length=400)),
                    ('is_active', models.BooleanField(default=True)),
                ],
                options={
                    'constraints': [models.UniqueConstraint(condition=models.Q(('email', ''), _negated=True), fields=('email',), name='one_person_per_email')],
                },
            ),
            migrations.CreateModel(
                name='Body',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('name', models.CharField(max_length=120, unique=True)),
                    ('ring', models.CharField(choices=[('me', 'me'), ('family', 'family'), ('friends_and_neighbours', 'friends and neighbours'), ('community', 'community'), ('businesses', 'shops and work'), ('local_services', 'local services'), ('hospital_and_crisis', 'hospital and crisis')], default='local_services', max_length=30)),
                    ('followed_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.body')),
                    ('today', models.ForeignKey(blank=True, help_text='the last of those that followed it, if any', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='before', to='people.body')),
                ],
                options={
                    'verbose_name_plural': 'bodies',
                    'ordering': ['name'],
                },
            ),
            migrations.CreateModel(
                name='Post',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('title', models.CharField(max_length=120)),
                    ('body', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='posts', to='people.body')),
                    ('followed_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.post')),
                    ('holder', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='posts', to=settings.AUTH_USER_MODEL)),
                    ('today', models.ForeignKey(blank=True, help_text='the last of those that followed it, if any', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='before', to='people.post')),
                ],
                options={
                    'ordering': ['body__name', 'title'],
                },
            ),
            migrations.CreateModel(
                name='Holding',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('from_on', models.DateField(blank=True, null=True)),
                    ('until_on', models.DateField(blank=True, help_text='the day they left', null=True)),
                    ('is_over', models.BooleanField(default=False, help_text='they left; the day may be unknown')),
                    ('person', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('post', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='holdings', to='people.post')),
                ],
                options={
                    'ordering': ['pk'],
                },
            ),
            migrations.CreateModel(
                name='Invitation',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('selector', models.CharField(max_length=3)),
                    ('verifier_hash', models.CharField(max_length=200)),
                    ('greeting', models.CharField(help_text='what we call them on the card', max_length=80)),
                    ('role', models.CharField(choices=[('resident', 'resident'), ('organiser', 'organiser'), ('partner', 'partner'), ('analyst', 'analyst'), ('steward', 'steward'), ('safety', 'safety lead')], default='resident', max_length=20)),
                    ('made_at', models.DateTimeField()),
                    ('expires_at', models.DateTimeField()),
                    ('used_at', models.DateTimeField(blank=True, null=True)),
                    ('used_form', models.UUIDField(blank=True, help_text='the form it was used with, for a second press', null=True)),
                    ('withdrawn_at', models.DateTimeField(blank=True, null=True)),
                    ('circle', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='people.circle')),
                    ('invited_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('person', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL)),
                ],
                options={
                    'indexes': [models.Index(fields=['selector'], name='people_invi_selecto_301c09_idx')],
                },
            ),
            migrations.CreateModel(
                name='Membership',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('joined_at', models.DateTimeField()),
                    ('left_at', models.DateTimeField(blank=True, null=True)),
                    ('circle', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='memberships', to='people.circle')),
                    ('person', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='memberships', to=settings.AUTH_USER_MODEL)),
                ],
                options={
                    'constraints': [models.UniqueConstraint(condition=models.Q(('left_at', None)), fields=('circle', 'person'), name='once_in_a_circle')],
                },
            ),
            migrations.CreateModel(
                name='Part',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('role', models.CharField(choices=[('resident', 'resident'), ('organiser', 'organiser'), ('partner', 'partner'), ('analyst', 'analyst'), ('steward', 'steward'), ('safety', 'safety lead')], max_length=20)),
                    ('joined_on', models.DateField()),
                    ('left_on', models.DateField(blank=True, null=True)),
                    ('person', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='parts', to=settings.AUTH_USER_MODEL)),
                ],
                options={
                    'constraints': [models.UniqueConstraint(condition=models.Q(('left_on', None)), fields=('person', 'role'), name='one_part_of_a_kind')],
                },
            ),
            migrations.AddConstraint(
                model_name='post',
                constraint=models.UniqueConstraint(fields=('body', 'title'), name='one_post_of_a_title'),
            ),
            migrations.AddConstraint(
                model_name='holding',
                constraint=models.UniqueConstraint(condition=models.Q(('is_over', False)), fields=('post',), name='one_holding_of_a_post'),
            ),
        ]),
    ]
