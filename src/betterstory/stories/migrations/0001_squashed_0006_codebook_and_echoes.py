"""What 0001_initial to 0006_codebook_and_echoes come to, for a new database. They stay for places that began with them."""

import django.core.validators
import django.db.models.deletion
import uuid
from django.conf import settings
from django.db import migrations, models

from betterstory.people.tables import MakeTables


class Migration(migrations.Migration):

    replaces = [
        ('stories', '0001_initial'),
        ('stories', '0002_telling'),
        ('stories', '0003_consent_that_holds'),
        ('stories', '0004_safeguarding'),
        ('stories', '0005_named_and_read'),
        ('stories', '0006_codebook_and_echoes'),
    ]

    initial = True

    dependencies = [
        ('people', '0001_initial'),
        ('people', '0002_consent_that_holds'),
        ('places', '0001_initial'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        MakeTables([
            migrations.CreateModel(
                name='Piece',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('uuid', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                    ('kind', models.CharField(choices=[('step', 'step'), ('gap', 'gap'), ('wish', 'wish')], max_length=8)),
                    ('position', models.PositiveSmallIntegerField()),
                    ('words_sealed', models.BinaryField()),
                ],
                options={
                    'ordering': ['version', 'position', 'pk'],
                },
            ),
            migrations.CreateModel(
                name='ReadThrough',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('uuid', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                    ('mark', models.CharField(help_text='changes with any word of the version it began with', max_length=64)),
                    ('begun_at', models.DateTimeField()),
                    ('finished_at', models.DateTimeField(blank=True, null=True)),
                    ('result_mark', models.CharField(blank=True, max_length=64)),
                ],
            ),
            migrations.CreateModel(
                name='Asked',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('uuid', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                    ('key', models.UUIDField(editable=False)),
                    ('kind', models.CharField(choices=[('copy', 'a copy of what is kept about me'), ('in_a_story', 'am I in somebody’s story?'), ('put_right', 'put something right'), ('erase', 'take something out')], max_length=12)),
                    ('who_sealed', models.BinaryField(help_text='their name, and how to reach them')),
                    ('asked_on', models.DateField()),
                    ('due_on', models.DateField()),
                    ('checked_sealed', models.BinaryField(default=bytes, help_text='what was looked through, and how')),
                    ('answer', models.CharField(blank=True, choices=[('given', 'we gave what they asked for'), ('in_part', 'we gave a part, and said why not the rest'), ('nothing', 'we found nothing, and said so'), ('neither', 'we could not say without giving away somebody else'), ('not_them', 'they did not show that they are who they say')], max_length=10)),
                    ('answered_on', models.DateField(blank=True, null=True)),
                    ('answered_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('taken_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ],
                options={
                    'ordering': ['answered_on', 'due_on', 'pk'],
                },
            ),
            migrations.CreateModel(
                name='Code',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('uuid', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                    ('name', models.CharField(max_length=120)),
                    ('description', models.TextField(blank=True, max_length=2000)),
                    ('colour', models.CharField(blank=True, max_length=7, validators=[django.core.validators.RegexValidator('^#[0-9A-Fa-f]{6}$')])),
                    ('is_codable', models.BooleanField(default=True, help_text='no: it only holds others together')),
                    ('added_at', models.DateTimeField()),
                    ('under', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='parts', to='stories.code')),
                ],
                options={
                    'ordering': ['name', 'pk'],
                },
            ),
            migrations.CreateModel(
                name='Concern',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('uuid', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                    ('key', models.UUIDField(editable=False)),
                    ('kind', models.CharField(choices=[('adult', 'a grown-up is in danger, or being hurt'), ('child', 'a child is in danger, or being hurt'), ('self_harm', 'somebody may hurt or kill themselves'), ('allegation', 'somebody who helps here did harm')], max_length=10)),
                    ('words_sealed', models.BinaryField()),
                    ('raised_at', models.DateTimeField()),
                    ('outside_only', models.BooleanField(default=False, help_text='accuses somebody not named here: nobody in post that day sees it')),
                    ('forgotten_at', models.DateTimeField(blank=True, null=True)),
                    ('about', models.ForeignKey(blank=True, help_text='who is accused', null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('raised_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('piece', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='stories.piece')),
                ],
                options={
                    'ordering': ['-raised_at', '-pk'],
                    'abstract': False,
                },
            ),
            migrations.CreateModel(
                name='Consent',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('uuid', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                    ('use', models.CharField(choices=[('read', 'read my story'), ('prepare', 'draw the picture of my journey'), ('picture', 'see the picture of my journey'), ('read_aloud', 'read it aloud'), ('in_room', 'print it large for the room'), ('quote', 'quote a line of it'), ('count', 'count who went the same way'), ('campaign', 'use it in a campaign'), ('report', 'use it in a report'), ('elsewhere', 'learn from it somewhere else'), ('teaching', 'teach with it'), ('web', 'put it on the open web')], max_length=12)),
                    ('audience', models.CharField(choices=[('circle', 'one circle'), ('partnership', 'the partnership'), ('neighbours', 'people of all our neighbourhoods'), ('public', 'anyone')], max_length=12)),
                    ('form', models.CharField(choices=[('chosen_name', 'the name I chose'), ('own_name', 'my own name'), ('no_name', 'no name')], default='chosen_name', max_length=12)),
                    ('others_looked_at', models.BooleanField(default=False, help_text='the teller looked at who else is in it, and who would know them')),
                    ('given_at', models.DateTimeField()),
                    ('begins_at', models.DateTimeField()),
                    ('until', models.DateTimeField()),
                    ('ended_at', models.DateTimeField(blank=True, null=True)),
                    ('reminded_at', models.DateTimeField(blank=True, null=True)),
                    ('asked_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('bodies', models.ManyToManyField(blank=True, help_text='of the partnership, those it names; who joins later is not', related_name='+', to='people.body')),
                    ('circle', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='people.circle')),
                    ('waits_for', models.ForeignKey(blank=True, help_text='whose yes is still to come: the other teller, or the teller somebody spoke for', null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('piece', models.ForeignKey(blank=True, help_text='empty: all of it', null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='stories.piece')),
                ],
                options={
                    'ordering': ['given_at', 'pk'],
                },
            ),
            migrations.CreateModel(
                name='CameOf',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('uuid', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                    ('words_sealed', models.BinaryField()),
                    ('at', models.DateTimeField()),
                    ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('yes', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='told', to='stories.consent')),
                ],
                options={
                    'verbose_name_plural': 'what came of it',
                    'ordering': ['-at', '-pk'],
                },
            ),
            migrations.CreateModel(
                name='Entry',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('uuid', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                    ('kind', models.CharField(choices=[('seen', 'read'), ('done', 'something was done'), ('passed_on', 'passed on'), ('no_further', 'nothing further to do'), ('told', 'the teller was told'), ('not_told', 'not safe to tell the teller'), ('closed', 'closed'), ('opened_again', 'taken up again')], max_length=12)),
                    ('words_sealed', models.BinaryField(default=bytes)),
                    ('at', models.DateTimeField()),
                    ('review_on', models.DateField(blank=True, help_text='when to ask again whether it is safe', null=True)),
                    ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('concern', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='entries', to='stories.concern')),
                ],
                options={
                    'verbose_name_plural': 'entries',
                    'ordering': ['concern', 'pk'],
                    'abstract': False,
                },
            ),
            migrations.CreateModel(
                name='Gap',
                fields=[
                    ('piece_ptr', models.OneToOneField(auto_created=True, on_delete=django.db.models.deletion.CASCADE, parent_link=True, primary_key=True, serialize=False, to='stories.piece')),
                    ('shape_sealed', models.BinaryField(default=b'')),
                ],
                bases=('stories.piece',),
            ),
            migrations.CreateModel(
                name='Step',
                fields=[
                    ('piece_ptr', models.OneToOneField(auto_created=True, on_delete=django.db.models.deletion.CASCADE, parent_link=True, primary_key=True, serialize=False, to='stories.piece')),
                    ('when_sealed', models.BinaryField()),
                    ('shape_sealed', models.BinaryField(default=b'')),
                ],
                bases=('stories.piece',),
            ),
            migrations.CreateModel(
                name='Wish',
                fields=[
                    ('piece_ptr', models.OneToOneField(auto_created=True, on_delete=django.db.models.deletion.CASCADE, parent_link=True, primary_key=True, serialize=False, to='stories.piece')),
                    ('wish_kind', models.CharField(choices=[('keeps_me_well', 'what would keep me well'), ('can_give', 'what I can give'), ('hope', 'what I hope for')], max_length=16)),
                ],
                options={
                    'verbose_name_plural': 'wishes',
                },
                bases=('stories.piece',),
            ),
            migrations.CreateModel(
                name='Coding',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('uuid', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                    ('at', models.DateTimeField()),
                    ('by', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('code', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='codings', to='stories.code')),
                    ('piece', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='codings', to='stories.piece')),
                ],
                options={
                    'ordering': ['pk'],
                },
            ),
            migrations.CreateModel(
                name='Lead',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('post', models.CharField(choices=[('lead', 'safety lead'), ('deputy', 'deputy')], max_length=8)),
                    ('said_as', models.CharField(help_text='how tellers read the name', max_length=80)),
                    ('phone', models.CharField(max_length=40)),
                    ('since_at', models.DateTimeField()),
                    ('until_at', models.DateTimeField(blank=True, null=True)),
                    ('named_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ],
                options={
                    'ordering': ['-since_at', '-pk'],
                },
            ),
            migrations.CreateModel(
                name='Leaving',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('how', models.CharField(choices=[('print', 'a print'), ('export', 'a file'), ('letter', 'an e-mail')], max_length=8)),
                    ('use', models.CharField(choices=[('read', 'read my story'), ('prepare', 'draw the picture of my journey'), ('picture', 'see the picture of my journey'), ('read_aloud', 'read it aloud'), ('in_room', 'print it large for the room'), ('quote', 'quote a line of it'), ('count', 'count who went the same way'), ('campaign', 'use it in a campaign'), ('report', 'use it in a report'), ('elsewhere', 'learn from it somewhere else'), ('teaching', 'teach with it'), ('web', 'put it on the open web')], max_length=12)),
                    ('at', models.DateTimeField()),
                    ('pieces', models.ManyToManyField(blank=True, related_name='leavings', to='stories.piece')),
                    ('taken_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ],
                options={
                    'ordering': ['-at', '-pk'],
                },
            ),
            migrations.CreateModel(
                name='Met',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('at', models.DateTimeField()),
                    ('used_at', models.DateTimeField(blank=True, null=True)),
                    ('by', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('teller', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL)),
                ],
                options={
                    'verbose_name_plural': 'met',
                },
            ),
            migrations.CreateModel(
                name='Reading',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('uuid', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                    ('words_sealed', models.BinaryField()),
                    ('written_at', models.DateTimeField()),
                    ('let_in_at', models.DateTimeField(blank=True, null=True)),
                    ('by', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL)),
                ],
                options={
                    'ordering': ['step', 'written_at', 'pk'],
                },
            ),
            migrations.CreateModel(
                name='ReadLine',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('uuid', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                    ('number', models.PositiveIntegerField()),
                    ('words_sealed', models.BinaryField()),
                    ('read_at', models.DateTimeField()),
                    ('read_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('reading', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='lines', to='stories.readthrough')),
                ],
                options={
                    'ordering': ['reading', 'number'],
                },
            ),
            migrations.CreateModel(
                name='SecondWord',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('word_hash', models.CharField(max_length=200)),
                    ('set_at', models.DateTimeField()),
                    ('person', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL)),
                ],
            ),
            migrations.CreateModel(
                name='Story',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('uuid', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                    ('key', models.UUIDField(editable=False)),
                    ('title_sealed', models.BinaryField()),
                    ('name_sealed', models.BinaryField(help_text='the name the teller chose to be called in it')),
                    ('limits_heard_at', models.DateTimeField(help_text='when what must be passed on was said, before the first word')),
                    ('begun_at', models.DateTimeField()),
                    ('paused_at', models.DateTimeField(blank=True, null=True)),
                    ('paused_by_team', models.BooleanField(default=False, help_text='then a card alone does not open it again')),
                    ('opens_on', models.DateField(blank=True, help_text='the day its teller set for it to open again', null=True)),
                    ('held_at', models.DateTimeField(blank=True, help_text="the teller's card may be found: shut to that card too, until checked", null=True)),
                    ('taken_back_at', models.DateTimeField(blank=True, null=True)),
                    ('destroyed_at', models.DateTimeField(blank=True, null=True)),
                    ('leaves_a_mark', models.BooleanField(default=True, help_text='where a piece was taken back, say so; else say nothing')),
                    ('if_lost', models.CharField(choices=[('shut', 'keep it shut'), ('run', 'let what I said yes to run until it ends'), ('take_back', 'take it all back')], default='shut', help_text='what the teller wished beforehand', max_length=10)),
                    ('helpers', models.ForeignKey(blank=True, help_text='who may help the teller write it down', null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='people.circle')),
                    ('neighbourhood', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='places.neighbourhood')),
                    ('paused_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('second_teller', models.ForeignKey(blank=True, help_text='who told it together with the teller: every yes needs both, either can stop', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('shut_for', models.ForeignKey(blank=True, help_text='for which teller the team shut it: that one is checked before it opens', null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('taken_back_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('teller', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ],
                options={
                    'verbose_name_plural': 'stories',
                },
            ),
            migrations.CreateModel(
                name='Speaker',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('chosen_at', models.DateTimeField()),
                    ('ended_at', models.DateTimeField(blank=True, null=True)),
                    ('person', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('story', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='speakers', to='stories.story')),
                ],
            ),
            migrations.CreateModel(
                name='Recall',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('asked_at', models.DateTimeField()),
                    ('answer', models.CharField(blank=True, choices=[('destroyed', 'I destroyed it'), ('given_back', 'I gave it back'), ('not_found', 'I cannot find it'), ('cannot', 'Others have it now, and I cannot get it back')], max_length=12)),
                    ('answered_at', models.DateTimeField(blank=True, null=True)),
                    ('leaving', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='recalls', to='stories.leaving')),
                    ('story', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='stories.story')),
                ],
                options={
                    'ordering': ['asked_at', 'pk'],
                },
            ),
            migrations.CreateModel(
                name='Other',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('uuid', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                    ('name_sealed', models.BinaryField()),
                    ('agreed_on', models.DateField()),
                    ('noted_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('story', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='others', to='stories.story')),
                ],
            ),
            migrations.CreateModel(
                name='NotTheirs',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('where', models.CharField(help_text='the page it was typed on', max_length=40)),
                    ('at', models.DateTimeField()),
                    ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('story', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='stories.story')),
                ],
                options={
                    'verbose_name_plural': 'not theirs',
                    'ordering': ['at', 'pk'],
                },
            ),
            migrations.CreateModel(
                name='Named',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('uuid', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                    ('entry_sealed', models.BinaryField()),
                    ('story', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='named', to='stories.story')),
                ],
                options={
                    'verbose_name_plural': 'named',
                    'ordering': ['story', 'pk'],
                },
            ),
            migrations.CreateModel(
                name='Hold',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('uuid', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                    ('key', models.UUIDField(editable=False, null=True)),
                    ('reason_sealed', models.BinaryField(default=bytes)),
                    ('at', models.DateTimeField()),
                    ('until', models.DateTimeField()),
                    ('ended_at', models.DateTimeField(blank=True, null=True)),
                    ('wanted_gone_at', models.DateTimeField(blank=True, help_text='when the teller asked for it to be gone at once', null=True)),
                    ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('concern', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='holds', to='stories.concern')),
                    ('story', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='holds', to='stories.story')),
                ],
                options={
                    'ordering': ['-at', '-pk'],
                },
            ),
            migrations.AddField(
                model_name='concern',
                name='story',
                field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='stories.story'),
            ),
            migrations.CreateModel(
                name='Care',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('uuid', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                    ('kind', models.CharField(choices=[('practical', 'one practical thing'), ('what_came', 'word of what came of it')], max_length=12)),
                    ('words_sealed', models.BinaryField(blank=True, default=b'', help_text='what it is, once somebody says')),
                    ('owed_since', models.DateTimeField()),
                    ('due_on', models.DateField()),
                    ('late_since', models.DateField(blank=True, help_text='written by the daily round', null=True)),
                    ('done_on', models.DateField(blank=True, null=True)),
                    ('owed_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('story', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='care', to='stories.story')),
                ],
                options={
                    'verbose_name_plural': 'care',
                    'ordering': ['due_on', 'pk'],
                },
            ),
            migrations.CreateModel(
                name='Act',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('kind', models.CharField(choices=[('say_yes', 'said yes to something'), ('stop', 'stopped something'), ('stop_all', 'stopped everything'), ('pause', 'paused everything'), ('take_back', 'took it back')], max_length=10)),
                    ('how', models.CharField(choices=[('phone', 'by phone'), ('face', 'face to face')], max_length=8)),
                    ('at', models.DateTimeField()),
                    ('read_back_at', models.DateTimeField(blank=True, null=True)),
                    ('was_right', models.BooleanField(blank=True, null=True)),
                    ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('read_back_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('teller', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('yes', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='stories.consent')),
                    ('story', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='acts', to='stories.story')),
                ],
                options={
                    'ordering': ['-at', '-pk'],
                },
            ),
            migrations.CreateModel(
                name='Thanks',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('uuid', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                    ('words_sealed', models.BinaryField()),
                    ('agreed_at', models.DateTimeField()),
                    ('given_on', models.DateField(blank=True, null=True)),
                    ('agreed_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('story', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='thanks', to='stories.story')),
                ],
                options={
                    'verbose_name_plural': 'thanks',
                },
            ),
            migrations.CreateModel(
                name='Version',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('uuid', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                    ('number', models.PositiveSmallIntegerField()),
                    ('text_sealed', models.BinaryField()),
                    ('begun_at', models.DateTimeField()),
                    ('agreed_at', models.DateTimeField(blank=True, help_text='read back, and the teller said yes', null=True)),
                    ('story', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='versions', to='stories.story')),
                ],
                options={
                    'ordering': ['story', 'number'],
                },
            ),
            migrations.CreateModel(
                name='Tongue',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('uuid', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                    ('facts_sealed', models.BinaryField(help_text='language, second language, who interpreted and as what')),
                    ('words_sealed', models.BinaryField(help_text='the words in the second language')),
                    ('version', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='tongue', to='stories.version')),
                ],
            ),
            migrations.CreateModel(
                name='Told',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('uuid', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                    ('file', models.UUIDField(editable=False, help_text='the name of its sealed file')),
                    ('kind', models.CharField(choices=[('sound', 'a recording'), ('page', 'a photographed page')], max_length=8)),
                    ('media', models.CharField(help_text='what a browser calls its kind', max_length=40)),
                    ('size', models.PositiveBigIntegerField(help_text='bytes, before sealing')),
                    ('position', models.PositiveSmallIntegerField()),
                    ('told_at', models.DateTimeField()),
                    ('told_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('version', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='told', to='stories.version')),
                ],
                options={
                    'verbose_name_plural': 'told',
                    'ordering': ['version', 'position', 'pk'],
                },
            ),
            migrations.CreateModel(
                name='Seen',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('use', models.CharField(choices=[('read', 'read my story'), ('prepare', 'draw the picture of my journey'), ('picture', 'see the picture of my journey'), ('read_aloud', 'read it aloud'), ('in_room', 'print it large for the room'), ('quote', 'quote a line of it'), ('count', 'count who went the same way'), ('campaign', 'use it in a campaign'), ('report', 'use it in a report'), ('elsewhere', 'learn from it somewhere else'), ('teaching', 'teach with it'), ('web', 'put it on the open web')], max_length=12)),
                    ('on', models.DateField()),
                    ('circle', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='people.circle')),
                    ('person', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('story', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='seen', to='stories.story')),
                    ('version', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='stories.version')),
                ],
                options={
                    'verbose_name_plural': 'seen',
                },
            ),
            migrations.AddField(
                model_name='readthrough',
                name='result',
                field=models.ForeignKey(blank=True, help_text='the version as it reads now; the same one where nothing was to change', null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='stories.version'),
            ),
            migrations.AddField(
                model_name='readthrough',
                name='version',
                field=models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='reading', to='stories.version'),
            ),
            migrations.CreateModel(
                name='ReadBack',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('how', models.CharField(choices=[('myself', 'I read it myself'), ('aloud', 'somebody read it to me'), ('telephone', 'somebody read it to me on the telephone'), ('other_language', 'somebody read it to me in my language')], default='myself', max_length=16)),
                    ('at', models.DateTimeField()),
                    ('version', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='read_back', to='stories.version')),
                ],
            ),
            migrations.AddField(
                model_name='piece',
                name='version',
                field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='pieces', to='stories.version'),
            ),
            migrations.CreateModel(
                name='Opening',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('uuid', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                    ('paragraph', models.PositiveSmallIntegerField(blank=True, help_text='of the teller’s own words', null=True)),
                    ('reason_sealed', models.BinaryField()),
                    ('at', models.DateTimeField()),
                    ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('concern', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='openings', to='stories.concern')),
                    ('piece', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='stories.piece')),
                    ('story', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='openings', to='stories.story')),
                    ('version', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='stories.version')),
                ],
                options={
                    'ordering': ['-at', '-pk'],
                    'abstract': False,
                },
            ),
            migrations.AddField(
                model_name='leaving',
                name='versions',
                field=models.ManyToManyField(blank=True, related_name='leavings', to='stories.version'),
            ),
            migrations.AddField(
                model_name='consent',
                name='version',
                field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='consents', to='stories.version'),
            ),
            migrations.AddConstraint(
                model_name='code',
                constraint=models.UniqueConstraint(fields=('under', 'name'), name='one_code_of_a_name'),
            ),
            migrations.AddConstraint(
                model_name='code',
                constraint=models.UniqueConstraint(condition=models.Q(('under', None)), fields=('name',), name='one_code_of_a_name_at_the_top'),
            ),
            migrations.AddConstraint(
                model_name='entry',
                constraint=models.CheckConstraint(condition=models.Q(models.Q(('kind', 'not_told'), _negated=True), ('review_on__isnull', False), _connector='OR'), name='not_told_until_a_day'),
            ),
            migrations.AddField(
                model_name='reading',
                name='step',
                field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='readings', to='stories.step'),
            ),
            migrations.AddField(
                model_name='gap',
                name='after',
                field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='gaps', to='stories.step'),
            ),
            migrations.AddConstraint(
                model_name='coding',
                constraint=models.UniqueConstraint(fields=('piece', 'code', 'by'), name='one_reading_each'),
            ),
            migrations.AddConstraint(
                model_name='lead',
                constraint=models.UniqueConstraint(condition=models.Q(('until_at', None)), fields=('post',), name='one_holder_of_a_post'),
            ),
            migrations.AddConstraint(
                model_name='lead',
                constraint=models.UniqueConstraint(condition=models.Q(('until_at', None)), fields=('person',), name='one_post_a_person'),
            ),
            migrations.AddConstraint(
                model_name='readline',
                constraint=models.UniqueConstraint(fields=('reading', 'number'), name='a_line_is_read_once'),
            ),
            migrations.AddConstraint(
                model_name='speaker',
                constraint=models.UniqueConstraint(condition=models.Q(('ended_at', None)), fields=('story', 'person'), name='chosen_once_at_a_time'),
            ),
            migrations.AddConstraint(
                model_name='recall',
                constraint=models.UniqueConstraint(fields=('leaving', 'story'), name='asked_back_once'),
            ),
            migrations.AddConstraint(
                model_name='hold',
                constraint=models.CheckConstraint(condition=models.Q(('until__gt', models.F('at'))), name='a_hold_ends_after_it_began'),
            ),
            migrations.AddConstraint(
                model_name='care',
                constraint=models.UniqueConstraint(fields=('story', 'kind'), name='owed_once_a_story'),
            ),
            migrations.AddConstraint(
                model_name='version',
                constraint=models.UniqueConstraint(fields=('story', 'number'), name='one_version_a_number'),
            ),
            migrations.AddConstraint(
                model_name='seen',
                constraint=models.UniqueConstraint(condition=models.Q(('person__isnull', False)), fields=('version', 'use', 'person', 'on'), name='a_person_once_a_day'),
            ),
            migrations.AddConstraint(
                model_name='seen',
                constraint=models.UniqueConstraint(condition=models.Q(('circle__isnull', False)), fields=('version', 'use', 'circle', 'on'), name='a_circle_once_a_day'),
            ),
            migrations.AddConstraint(
                model_name='seen',
                constraint=models.UniqueConstraint(condition=models.Q(('circle', None), ('person', None)), fields=('version', 'use', 'on'), name='the_public_once_a_day'),
            ),
            migrations.AddConstraint(
                model_name='consent',
                constraint=models.CheckConstraint(condition=models.Q(models.Q(('audience', 'circle'), ('circle__isnull', False)), models.Q(models.Q(('audience', 'circle'), _negated=True), ('circle', None)), _connector='OR'), name='a_circle_when_it_is_for_a_circle'),
            ),
            migrations.AddConstraint(
                model_name='reading',
                constraint=models.UniqueConstraint(fields=('step', 'by'), name='one_reading_a_person'),
            ),
        ]),
    ]
