"""What 0001_initial to 0003_answers come to, for a new database. They stay for places that began with them."""

import django.db.models.deletion
import uuid
from django.conf import settings
from django.db import migrations, models

from betterstory.people.tables import MakeTables


class Migration(migrations.Migration):

    replaces = [
        ('behind', '0001_initial'),
        ('behind', '0002_drafts_and_lines'),
        ('behind', '0003_answers'),
    ]

    initial = True

    dependencies = [
        ('stories', '0001_initial'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        MakeTables([
            migrations.CreateModel(
                name='Arrival',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('uuid', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                    ('has_people', models.BooleanField(default=False, help_text='a list of everybody came with it')),
                    ('columns', models.JSONField(default=list)),
                    ('people_columns', models.JSONField(default=list)),
                    ('came_at', models.DateTimeField()),
                    ('brought_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ],
                options={
                    'ordering': ['-came_at'],
                },
            ),
            migrations.CreateModel(
                name='ContactLog',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('uuid', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                    ('has_people', models.BooleanField(default=False, help_text='a list of everybody came with it')),
                    ('name', models.CharField(max_length=120)),
                    ('columns', models.JSONField(default=dict, help_text='which column is the person, activity, time, order')),
                    ('source', models.CharField(help_text='where it comes from, in words', max_length=300)),
                    ('cannot_see', models.CharField(help_text='whom these records cannot see', max_length=300)),
                    ('controller', models.CharField(help_text='who answered for it when it came', max_length=120)),
                    ('period', models.CharField(blank=True, max_length=120)),
                    ('people_count', models.PositiveIntegerField(help_text='as released: rounded, never exact', null=True)),
                    ('activities', models.JSONField(default=list)),
                    ('log_columns', models.JSONField(default=list, help_text='the columns of the log itself')),
                    ('people_columns', models.JSONField(default=list, help_text='the columns of the list of everybody')),
                    ('set_aside', models.JSONField(default=list, help_text='what could not be used, in protected sentences')),
                    ('data_mark', models.CharField(help_text='the same for the same data, read the same way', max_length=64)),
                    ('is_invented', models.BooleanField(default=False)),
                    ('line', models.UUIDField(default=uuid.uuid4, help_text='the same for a log and those brought in its place')),
                    ('brought_at', models.DateTimeField()),
                    ('brought_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('in_place_of', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='newer', to='behind.contactlog')),
                ],
                options={
                    'ordering': ['-brought_at'],
                },
            ),
            migrations.CreateModel(
                name='Pattern',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('name', models.CharField(max_length=120)),
                    ('toml', models.TextField()),
                    ('from_a_story', models.BooleanField(default=False, help_text='stays true when the story is gone: then it is asked no more')),
                    ('made_at', models.DateTimeField()),
                    ('made_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('made_from', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='stories.version')),
                    ('pieces', models.ManyToManyField(blank=True, help_text='the steps and gaps it is about', related_name='+', to='stories.piece')),
                ],
                options={
                    'ordering': ['-made_at'],
                },
            ),
            migrations.CreateModel(
                name='Estimate',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('words', models.CharField(help_text='the figure in words', max_length=200)),
                    ('source', models.CharField(max_length=300)),
                    ('year', models.PositiveSmallIntegerField(blank=True, null=True)),
                    ('cannot_see', models.CharField(max_length=300)),
                    ('added_at', models.DateTimeField()),
                    ('added_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('pattern', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='estimates', to='behind.pattern')),
                ],
                options={
                    'ordering': ['added_at'],
                },
            ),
            migrations.CreateModel(
                name='Release',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('figures', models.JSONField(help_text='protected figures only, format 1')),
                    ('rule', models.CharField(default='default', max_length=40)),
                    ('source', models.CharField(max_length=300)),
                    ('period', models.CharField(blank=True, max_length=120)),
                    ('cannot_see', models.CharField(help_text='whom these records cannot see', max_length=300)),
                    ('data_mark', models.CharField(help_text='which data it was counted on', max_length=64)),
                    ('by_column', models.CharField(blank=True, default='', help_text='the column of whole neighbourhoods looked over by', max_length=200)),
                    ('kept_as', models.UUIDField(null=True)),
                    ('number', models.PositiveIntegerField(unique=True)),
                    ('released_at', models.DateTimeField()),
                    ('approved_as', models.CharField(blank=True, help_text='a post of a body, or a trustee', max_length=260)),
                    ('approved_by', models.ForeignKey(help_text='empty where it was released before approvals were asked for', null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('counted_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('kept_with', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='behind.contactlog')),
                    ('log', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='%(class)ss', to='behind.contactlog')),
                    ('pattern', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='%(class)ss', to='behind.pattern')),
                ],
                options={
                    'ordering': ['-number'],
                },
            ),
            migrations.CreateModel(
                name='Draft',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('figures', models.JSONField(help_text='protected figures only, format 1')),
                    ('rule', models.CharField(default='default', max_length=40)),
                    ('source', models.CharField(max_length=300)),
                    ('period', models.CharField(blank=True, max_length=120)),
                    ('cannot_see', models.CharField(help_text='whom these records cannot see', max_length=300)),
                    ('data_mark', models.CharField(help_text='which data it was counted on', max_length=64)),
                    ('by_column', models.CharField(blank=True, default='', help_text='the column of whole neighbourhoods looked over by', max_length=200)),
                    ('kept_as', models.UUIDField(null=True)),
                    ('counted_at', models.DateTimeField()),
                    ('held_against', models.PositiveIntegerField(help_text='the last release that it was held against')),
                    ('refused_at', models.DateTimeField(null=True)),
                    ('refusal', models.CharField(blank=True, help_text='why it stays in', max_length=500)),
                    ('counted_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('kept_with', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='behind.contactlog')),
                    ('log', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='%(class)ss', to='behind.contactlog')),
                    ('refused_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('pattern', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='%(class)ss', to='behind.pattern')),
                    ('release', models.OneToOneField(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='draft', to='behind.release')),
                ],
                options={
                    'ordering': ['-counted_at'],
                },
            ),
            migrations.CreateModel(
                name='Trustee',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('named_on', models.DateField()),
                    ('ended_on', models.DateField(blank=True, null=True)),
                    ('named_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('person', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL)),
                ],
                options={
                    'ordering': ['person__name'],
                },
            ),
            migrations.CreateModel(
                name='Answer',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('body', models.CharField(max_length=200)),
                    ('source', models.CharField(max_length=1000)),
                    ('period_from', models.DateField(null=True)),
                    ('period_to', models.DateField(null=True)),
                    ('complete_until', models.DateField(null=True)),
                    ('rule', models.CharField(max_length=40)),
                    ('checked_by', models.CharField(help_text='who checked it there, as the file says', max_length=200)),
                    ('checked_on', models.DateField(null=True)),
                    ('notes', models.TextField(blank=True)),
                    ('figures', models.JSONField(help_text='protected figures only, format 1')),
                    ('cannot_see', models.CharField(help_text='whom these records cannot see', max_length=300)),
                    ('mark', models.CharField(help_text='the same for the same file', max_length=64)),
                    ('brought_at', models.DateTimeField()),
                    ('approved_as', models.CharField(blank=True, help_text='a post of a body, or a trustee', max_length=260)),
                    ('approved_at', models.DateTimeField(null=True)),
                    ('refused_at', models.DateTimeField(null=True)),
                    ('refusal', models.CharField(blank=True, help_text='why it stays in', max_length=500)),
                    ('approved_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('brought_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('refused_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('pattern', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='answers', to='behind.pattern')),
                ],
                options={
                    'ordering': ['body', '-brought_at'],
                    'constraints': [models.UniqueConstraint(fields=('pattern', 'mark'), name='an_answer_file_once')],
                },
            ),
            migrations.AddConstraint(
                model_name='release',
                constraint=models.UniqueConstraint(fields=('pattern', 'data_mark', 'by_column'), name='one_release_of_a_pattern_on_data'),
            ),
            migrations.AddConstraint(
                model_name='draft',
                constraint=models.UniqueConstraint(condition=models.Q(('refused_at', None), ('release', None)), fields=('pattern', 'data_mark', 'by_column'), name='one_draft_waits'),
            ),
            migrations.AddConstraint(
                model_name='trustee',
                constraint=models.UniqueConstraint(condition=models.Q(('ended_on', None)), fields=('person',), name='once_a_trustee'),
            ),
        ]),
    ]
