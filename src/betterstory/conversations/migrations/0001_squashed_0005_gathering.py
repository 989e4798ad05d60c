"""What 0001_initial to 0005_gathering come to, for a new database. They stay for places that began with them."""

import django.core.validators
import django.db.models.deletion
import uuid
from django.conf import settings
from django.db import migrations, models

from betterstory.people.tables import MakeTables


class Migration(migrations.Migration):

    replaces = [
        ('conversations', '0001_initial'),
        ('conversations', '0002_iceberg'),
        ('conversations', '0003_voices'),
        ('conversations', '0004_inbox'),
        ('conversations', '0005_gathering'),
    ]

    initial = True

    dependencies = [
        ('behind', '0001_initial'),
        ('people', '0001_initial'),
        ('places', '0001_initial'),
        ('places', '0002_safeguarding'),
        ('poolside', '0001_initial'),
        ('stories', '0001_initial'),
        ('stories', '0006_codebook_and_echoes'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        MakeTables([
            migrations.CreateModel(
                name='BetterStory',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('number', models.PositiveSmallIntegerField()),
                    ('text', models.TextField()),
                    ('written_at', models.DateTimeField()),
                    ('round', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='places.round')),
                    ('written_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ],
                options={
                    'verbose_name_plural': 'better stories',
                    'ordering': ['round', 'number'],
                },
            ),
            migrations.CreateModel(
                name='Gathering',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('kind', models.CharField(choices=[('hearing', 'hearing the story'), ('making_sense', 'making sense'), ('planning', 'making the plan')], default='hearing', max_length=14)),
                    ('title', models.CharField(max_length=120)),
                    ('at', models.DateTimeField()),
                    ('where', models.CharField(max_length=200)),
                    ('check_in', models.CharField(blank=True, help_text='the question everybody answers first', max_length=200)),
                    ('voting_open', models.BooleanField(default=True)),
                    ('voting_closed_at', models.DateTimeField(blank=True, help_text='while it is closed: since when', null=True)),
                    ('called_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('circle', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.circle')),
                    ('round', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='places.round')),
                ],
                options={
                    'ordering': ['at'],
                },
            ),
            migrations.CreateModel(
                name='GapAsked',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('words', models.CharField(max_length=200)),
                    ('asked_at', models.DateTimeField()),
                    ('asked_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('piece', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='stories.piece')),
                    ('gathering', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='gaps_asked', to='conversations.gathering')),
                ],
                options={
                    'verbose_name_plural': 'gaps asked',
                    'ordering': ['gathering', 'pk'],
                },
            ),
            migrations.CreateModel(
                name='Finding',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('mark', models.CharField(max_length=64)),
                    ('said', models.JSONField()),
                    ('made_at', models.DateTimeField()),
                    ('gathering', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='finding', to='conversations.gathering')),
                ],
            ),
            migrations.CreateModel(
                name='Guest',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('first_name', models.CharField(max_length=40)),
                    ('side', models.CharField(choices=[('resident', 'lives here'), ('service', 'comes from a service')], max_length=10)),
                    ('ring', models.CharField(choices=[('me', 'me'), ('family', 'family'), ('friends_and_neighbours', 'friends and neighbours'), ('community', 'community'), ('businesses', 'shops and work'), ('local_services', 'local services'), ('hospital_and_crisis', 'hospital and crisis')], max_length=30)),
                    ('reply', models.CharField(choices=[('waiting', 'not answered yet'), ('coming', 'coming'), ('not_coming', 'not coming')], default='waiting', max_length=12)),
                    ('asked_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('gathering', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='guests', to='conversations.gathering')),
                    ('invitation', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='people.invitation')),
                    ('person', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ],
                options={
                    'ordering': ['first_name', 'pk'],
                },
            ),
            migrations.CreateModel(
                name='Doing',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('duty', models.CharField(choices=[('host', 'host'), ('facilitator', 'facilitator'), ('note_taker', 'note taker'), ('table_host', 'table host'), ('companion', 'the teller’s companion')], max_length=12)),
                    ('gathering', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='doings', to='conversations.gathering')),
                    ('guest', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='doings', to='conversations.guest')),
                ],
                options={
                    'ordering': ['gathering', 'pk'],
                },
            ),
            migrations.CreateModel(
                name='GuestCare',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('uuid', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                    ('needs_sealed', models.BinaryField(default=b'')),
                    ('fare_sealed', models.BinaryField(default=b'', help_text='how much was paid, in pounds')),
                    ('fare_paid_on', models.DateField(blank=True, null=True)),
                    ('thanked_on', models.DateField(blank=True, null=True)),
                    ('guest', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='care', to='conversations.guest')),
                    ('thanked_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ],
            ),
            migrations.CreateModel(
                name='Insight',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('level', models.CharField(choices=[('event', 'What happened'), ('trend', 'What keeps happening'), ('structure', 'Rules and habits'), ('mental_model', 'What we take for granted')], max_length=14)),
                    ('number', models.PositiveSmallIntegerField()),
                    ('words', models.CharField(blank=True, help_text="empty where it stands in the teller's words", max_length=240)),
                    ('basis', models.CharField(choices=[('lived', 'lived'), ('record', 'in the record'), ('room', 'said in the room'), ('hunch', 'a hunch')], default='room', max_length=8)),
                    ('held_by', models.CharField(blank=True, help_text='who said: I have acted as if', max_length=80)),
                    ('added_at', models.DateTimeField()),
                    ('turned_over', models.CharField(blank=True, help_text='its opposite in the better story', max_length=240)),
                    ('standing', models.CharField(choices=[('kept', 'on the iceberg'), ('suggested', 'suggested'), ('not_kept', 'not kept')], default='kept', max_length=10)),
                    ('because', models.CharField(blank=True, help_text='why it is not kept', max_length=200)),
                    ('version', models.PositiveSmallIntegerField(default=1, help_text='one more with each change of its words')),
                    ('added_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('gathering', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='conversations.gathering')),
                    ('owner', models.ForeignKey(blank=True, help_text='who can change the rule', null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='people.body')),
                    ('pieces', models.ManyToManyField(blank=True, related_name='+', to='stories.piece')),
                    ('release', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='behind.release')),
                    ('round', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='places.round')),
                ],
                options={
                    'ordering': ['round', 'number'],
                },
            ),
            migrations.CreateModel(
                name='Change',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('number', models.PositiveSmallIntegerField(help_text='of the card; 0 where a whole level is meant')),
                    ('other', models.PositiveSmallIntegerField(blank=True, help_text='the card it is tied to', null=True)),
                    ('what', models.CharField(choices=[('added', 'put on the iceberg'), ('suggested', 'suggested'), ('kept', 'kept by the room'), ('not_kept', 'not kept'), ('reworded', 'said in other words'), ('owner', 'who could change it'), ('turned_over', 'turned over'), ('tied', 'tied to a card'), ('untied', 'untied from a card'), ('asked', 'asked of a room'), ('taken_away', 'taken away'), ('teller', 'the teller spoke')], max_length=12)),
                    ('words', models.CharField(blank=True, max_length=260)),
                    ('at', models.DateTimeField()),
                    ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('round', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='places.round')),
                    ('card', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='changes', to='conversations.insight')),
                ],
                options={
                    'ordering': ['pk'],
                },
            ),
            migrations.CreateModel(
                name='Pack',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('uuid', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                    ('made_at', models.DateTimeField()),
                    ('ends_at', models.DateTimeField(help_text='when its key is destroyed on the second laptop')),
                    ('lost_at', models.DateTimeField(blank=True, help_text='it is in strange hands: nothing more is taken', null=True)),
                    ('gathering', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='packs', to='conversations.gathering')),
                    ('made_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ],
                options={
                    'ordering': ['-made_at'],
                },
            ),
            migrations.CreateModel(
                name='Arrived',
                fields=[
                    ('uuid', models.UUIDField(primary_key=True, serialize=False)),
                    ('at', models.DateTimeField(help_text='when it came home')),
                    ('pack', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='arrived', to='conversations.pack')),
                ],
            ),
            migrations.CreateModel(
                name='Pile',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('number', models.PositiveSmallIntegerField()),
                    ('source', models.CharField(choices=[('hall_paper', 'on paper, in the hall'), ('home_paper', 'on paper, filled in elsewhere'), ('hall_said', 'said to me, in the hall'), ('home_said', 'said to me, by telephone')], default='hall_paper', max_length=12)),
                    ('typed_at', models.DateTimeField()),
                    ('undone_at', models.DateTimeField(blank=True, null=True)),
                    ('gathering', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='piles', to='conversations.gathering')),
                    ('typed_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('undone_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ],
                options={
                    'ordering': ['gathering', 'number'],
                },
            ),
            migrations.CreateModel(
                name='RunSheet',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('uuid', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                    ('edition', models.PositiveIntegerField(default=1)),
                    ('changed_at', models.DateTimeField()),
                    ('access', models.CharField(blank=True, help_text='how people get in, and what is there', max_length=300)),
                    ('interpreters', models.CharField(blank=True, max_length=200)),
                    ('fares', models.CharField(blank=True, max_length=200)),
                    ('text_message', models.CharField(blank=True, max_length=160)),
                    ('key', models.UUIDField(editable=False, help_text='seals what guests need; made when first needed', null=True)),
                    ('stopped_at', models.DateTimeField(blank=True, help_text='its teller stopped their story here', null=True)),
                    ('step', models.PositiveSmallIntegerField(default=0, help_text='which piece or sentence of the turn')),
                    ('turn_began_at', models.DateTimeField(blank=True, null=True)),
                    ('moves', models.PositiveIntegerField(default=0, help_text='how often the screen was moved on or back')),
                    ('gathering', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='run_sheet', to='conversations.gathering')),
                    ('poolside', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='poolside.poolside')),
                    ('stopped_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('story', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='stories.story')),
                ],
            ),
            migrations.CreateModel(
                name='Approval',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('edition', models.PositiveIntegerField()),
                    ('at', models.DateTimeField()),
                    ('teller', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('sheet', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='approvals', to='conversations.runsheet')),
                ],
            ),
            migrations.CreateModel(
                name='Statement',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('number', models.PositiveSmallIntegerField()),
                    ('words', models.CharField(max_length=200)),
                    ('is_read', models.BooleanField(default=True, help_text='one that a voice wrote waits until it is read')),
                    ('put_aside', models.CharField(blank=True, help_text='why it is not asked; empty: it is', max_length=200)),
                    ('added_at', models.DateTimeField()),
                    ('from_piece', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='stories.piece')),
                    ('gathering', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='statements', to='conversations.gathering')),
                ],
                options={
                    'ordering': ['gathering', 'number'],
                },
            ),
            migrations.CreateModel(
                name='Sheet',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('number', models.PositiveSmallIntegerField()),
                    ('drawn_at', models.DateTimeField()),
                    ('gathering', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='sheets', to='conversations.gathering')),
                    ('statements', models.ManyToManyField(related_name='sheets', to='conversations.statement')),
                ],
                options={
                    'ordering': ['gathering', 'number'],
                },
            ),
            migrations.CreateModel(
                name='Opposites',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('marked_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('one', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='conversations.statement')),
                    ('other', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='conversations.statement')),
                ],
                options={
                    'verbose_name_plural': 'opposites',
                },
            ),
            migrations.CreateModel(
                name='Link',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('kind', models.CharField(choices=[('causes', 'causes'), ('keeps_in_place', 'keeps in place'), ('softens', 'softens'), ('seen_differently', 'is seen differently from')], max_length=20)),
                    ('end', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='links_in', to='conversations.insight')),
                    ('start', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='links_out', to='conversations.insight')),
                    ('asked', models.ManyToManyField(blank=True, help_text='two that are seen differently, asked of a room', related_name='+', to='conversations.statement')),
                ],
            ),
            migrations.AddField(
                model_name='insight',
                name='statements',
                field=models.ManyToManyField(blank=True, related_name='+', to='conversations.statement'),
            ),
            migrations.CreateModel(
                name='TellersWord',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('uuid', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                    ('level', models.CharField(choices=[('event', 'What happened'), ('trend', 'What keeps happening'), ('structure', 'Rules and habits'), ('mental_model', 'What we take for granted')], max_length=14)),
                    ('place', models.CharField(choices=[('first', 'the first word'), ('last', 'the last word')], max_length=6)),
                    ('how', models.CharField(choices=[('said', 'said it'), ('read', 'let somebody read it'), ('handed_over', 'handed it over'), ('passed', 'passed')], max_length=12)),
                    ('words_sealed', models.BinaryField(default=b'', help_text='empty where the piece itself is the word')),
                    ('reader', models.CharField(blank=True, help_text='whom the teller named: a first name', max_length=40)),
                    ('by_teller', models.BooleanField(help_text="done by the teller; else noted at the teller's word")),
                    ('at', models.DateTimeField()),
                    ('noted_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('piece', models.ForeignKey(help_text='what it hangs on, and is shown with', on_delete=django.db.models.deletion.CASCADE, related_name='+', to='stories.piece')),
                    ('round', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='places.round')),
                    ('story', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='stories.story')),
                ],
                options={
                    'ordering': ['round', 'pk'],
                },
            ),
            migrations.CreateModel(
                name='Turn',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('number', models.PositiveSmallIntegerField()),
                    ('kind', models.CharField(choices=[('check_in', 'our check-in question'), ('agreements', 'what we agreed at the poolside'), ('story', 'the story'), ('mask', 'drop the mask'), ('tables', 'talk at the tables'), ('round', 'everybody speaks once'), ('statements', 'sentences to answer'), ('iceberg', 'what lies beneath'), ('break', 'tea'), ('promises', 'asks and promises'), ('next', 'what comes next')], max_length=12)),
                    ('words', models.CharField(blank=True, help_text='as it stands on the big screen', max_length=200)),
                    ('minutes', models.PositiveSmallIntegerField(validators=[django.core.validators.MinValueValidator(1), django.core.validators.MaxValueValidator(120)])),
                    ('led_by', models.CharField(choices=[('host', 'host'), ('facilitator', 'facilitator'), ('note_taker', 'note taker'), ('table_host', 'table host'), ('companion', 'the teller’s companion')], default='facilitator', max_length=12)),
                    ('services_first', models.BooleanField(default=False)),
                    ('gathering', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='turns', to='conversations.gathering')),
                ],
                options={
                    'ordering': ['gathering', 'number', 'pk'],
                },
            ),
            migrations.AddField(
                model_name='runsheet',
                name='turn',
                field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='conversations.turn'),
            ),
            migrations.CreateModel(
                name='Typed',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('place', models.PositiveSmallIntegerField(help_text='where it lies in its pile, from the top')),
                    ('is_picked', models.BooleanField(default=False)),
                    ('again_at', models.DateTimeField(blank=True, null=True)),
                    ('settled_at', models.DateTimeField(blank=True, null=True)),
                    ('again_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('pile', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='cards', to='conversations.pile')),
                    ('settled_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('sheet', models.ForeignKey(blank=True, help_text='empty: the whole', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='conversations.sheet')),
                ],
                options={
                    'ordering': ['pile', 'place'],
                },
            ),
            migrations.CreateModel(
                name='Line',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('first', models.SmallIntegerField(blank=True, choices=[(-1, 'I do not agree'), (0, 'I am not sure'), (1, 'I agree')], null=True)),
                    ('second', models.SmallIntegerField(blank=True, choices=[(-1, 'I do not agree'), (0, 'I am not sure'), (1, 'I agree')], null=True)),
                    ('stands', models.SmallIntegerField(blank=True, choices=[(-1, 'I do not agree'), (0, 'I am not sure'), (1, 'I agree')], null=True)),
                    ('statement', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='conversations.statement')),
                    ('typed', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='lines', to='conversations.typed')),
                ],
                options={
                    'ordering': ['typed', 'statement__number'],
                },
            ),
            migrations.CreateModel(
                name='Voice',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('uuid', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                    ('code_hash', models.CharField(max_length=64, unique=True)),
                    ('side', models.CharField(choices=[('resident', 'lives here'), ('service', 'comes from a service')], max_length=10)),
                    ('made_at', models.DateTimeField()),
                    ('lost_at', models.DateTimeField(blank=True, null=True)),
                    ('begun_as', models.CharField(blank=True, help_text='the last page its code was typed on, to tell two phones apart', max_length=16)),
                    ('round', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='places.round')),
                ],
            ),
            migrations.AddField(
                model_name='typed',
                name='voice',
                field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='conversations.voice'),
            ),
            migrations.AddField(
                model_name='statement',
                name='written_by',
                field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='statements', to='conversations.voice'),
            ),
            migrations.CreateModel(
                name='MeToo',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('uuid', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                    ('said_at', models.DateTimeField()),
                    ('key', models.UUIDField(blank=True, null=True)),
                    ('words_sealed', models.BinaryField(blank=True, default=b'')),
                    ('reach_sealed', models.BinaryField(blank=True, default=b'')),
                    ('wipe_on', models.DateField(blank=True, help_text='when its words and the way go', null=True)),
                    ('asked', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='me_toos', to='conversations.gapasked')),
                    ('voice', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='conversations.voice')),
                ],
            ),
            migrations.AddField(
                model_name='insight',
                name='from_voice',
                field=models.ForeignKey(blank=True, help_text='whose card wrote it', null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='conversations.voice'),
            ),
            migrations.CreateModel(
                name='Adoption',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('at', models.DateTimeField()),
                    ('person', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('better_story', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='adoptions', to='conversations.betterstory')),
                    ('voice', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='conversations.voice')),
                ],
            ),
            migrations.CreateModel(
                name='Vote',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('choice', models.SmallIntegerField(choices=[(-1, 'I do not agree'), (0, 'I am not sure'), (1, 'I agree')])),
                    ('channel', models.CharField(choices=[('phone', 'by phone'), ('paper', 'on paper'), ('helper', 'said to a helper')], max_length=8)),
                    ('in_room', models.BooleanField(default=False, help_text='given in the hall; else from somewhere else')),
                    ('at', models.DateTimeField()),
                    ('entered_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('statement', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='votes', to='conversations.statement')),
                    ('typed', models.ForeignKey(blank=True, help_text='the card it was typed in from, last', null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='conversations.typed')),
                    ('voice', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='votes', to='conversations.voice')),
                ],
            ),
            migrations.CreateModel(
                name='WallPhotograph',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('uuid', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                    ('key', models.UUIDField(editable=False)),
                    ('kept_at', models.DateTimeField()),
                    ('gathering', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='photographs', to='conversations.gathering')),
                    ('kept_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ],
                options={
                    'ordering': ['kept_at', 'pk'],
                },
            ),
            migrations.CreateModel(
                name='WritingUp',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('typed_at', models.DateTimeField()),
                    ('read_back_on', models.DateField(blank=True, null=True)),
                    ('gathering', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='writing_up', to='conversations.gathering')),
                    ('read_back_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('typed_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ],
            ),
            migrations.AddConstraint(
                model_name='betterstory',
                constraint=models.UniqueConstraint(fields=('round', 'number'), name='one_text_a_number'),
            ),
            migrations.AddConstraint(
                model_name='gapasked',
                constraint=models.UniqueConstraint(fields=('gathering', 'piece'), name='a_gap_is_asked_once'),
            ),
            migrations.AddConstraint(
                model_name='doing',
                constraint=models.UniqueConstraint(fields=('duty', 'guest'), name='a_duty_once_a_guest'),
            ),
            migrations.AddIndex(
                model_name='change',
                index=models.Index(fields=['round', 'id'], name='conversatio_round_i_e21aea_idx'),
            ),
            migrations.AddConstraint(
                model_name='pile',
                constraint=models.UniqueConstraint(fields=('gathering', 'number'), name='one_pile_a_number'),
            ),
            migrations.AddConstraint(
                model_name='approval',
                constraint=models.UniqueConstraint(fields=('sheet', 'teller', 'edition'), name='approved_once_an_edition'),
            ),
            migrations.AddConstraint(
                model_name='sheet',
                constraint=models.UniqueConstraint(fields=('gathering', 'number'), name='one_sheet_a_number'),
            ),
            migrations.AddConstraint(
                model_name='opposites',
                constraint=models.UniqueConstraint(fields=('one', 'other'), name='opposites_once'),
            ),
            migrations.AddConstraint(
                model_name='opposites',
                constraint=models.CheckConstraint(condition=models.Q(('one__lt', models.F('other'))), name='opposites_in_order'),
            ),
            migrations.AddConstraint(
                model_name='link',
                constraint=models.UniqueConstraint(fields=('start', 'end'), name='one_link_between_two'),
            ),
            migrations.AddConstraint(
                model_name='link',
                constraint=models.CheckConstraint(condition=models.Q(('start', models.F('end')), _negated=True), name='no_link_to_itself'),
            ),
            migrations.AddConstraint(
                model_name='tellersword',
                constraint=models.UniqueConstraint(fields=('round', 'level', 'place', 'story'), name='one_first_and_one_last_word_a_level'),
            ),
            migrations.AddConstraint(
                model_name='line',
                constraint=models.UniqueConstraint(fields=('typed', 'statement'), name='one_line_a_statement'),
            ),
            migrations.AddConstraint(
                model_name='typed',
                constraint=models.UniqueConstraint(fields=('pile', 'place'), name='one_card_a_place'),
            ),
            migrations.AddConstraint(
                model_name='statement',
                constraint=models.UniqueConstraint(fields=('gathering', 'number'), name='one_statement_a_number'),
            ),
            migrations.AddConstraint(
                model_name='metoo',
                constraint=models.UniqueConstraint(fields=('asked', 'voice'), name='me_too_once_a_voice'),
            ),
            migrations.AddConstraint(
                model_name='insight',
                constraint=models.UniqueConstraint(fields=('round', 'number'), name='one_card_a_number'),
            ),
            migrations.AddConstraint(
                model_name='adoption',
                constraint=models.UniqueConstraint(fields=('better_story', 'person'), name='adopted_once'),
            ),
            migrations.AddConstraint(
                model_name='adoption',
                constraint=models.UniqueConstraint(fields=('better_story', 'voice'), name='adopted_once_a_card'),
            ),
            migrations.AddConstraint(
                model_name='adoption',
                constraint=models.CheckConstraint(condition=models.Q(('person__isnull', False), ('voice__isnull', False), _connector='XOR'), name='a_person_or_a_voice_adopts'),
            ),
            migrations.AddConstraint(
                model_name='vote',
                constraint=models.UniqueConstraint(fields=('statement', 'voice'), name='one_vote_a_voice'),
            ),
        ]),
    ]
