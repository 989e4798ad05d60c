"""What 0001_initial to 0005_judging come to, for a new database. They stay for places that began with them."""

import betterstory.people.addresses
import django.db.models.deletion
import uuid
from django.conf import settings
from django.db import migrations, models

from betterstory.people.tables import MakeTables
from betterstory.promises import guard


def put_up(_apps: object, _editor: object) -> None:
    guard.put_up()


class Migration(migrations.Migration):

    replaces = [
        ('promises', '0001_initial'),
        ('promises', '0002_iceberg'),
        ('promises', '0003_ledger'),
        ('promises', '0004_clocks'),
        ('promises', '0005_judging'),
    ]

    initial = True

    dependencies = [
        ('behind', '0001_initial'),
        ('behind', '0003_answers'),
        ('conversations', '0001_initial'),
        ('conversations', '0005_gathering'),
        ('people', '0001_initial'),
        ('people', '0003_safeguarding'),
        ('people', '0004_clocks'),
        ('places', '0001_initial'),
        ('places', '0002_safeguarding'),
        ('stories', '0001_initial'),
        ('stories', '0006_codebook_and_echoes'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        MakeTables([
            migrations.CreateModel(
                name='Entry',
                fields=[
                    ('seq', models.PositiveBigIntegerField(primary_key=True, serialize=False)),
                    ('kind', models.CharField(max_length=24)),
                    ('about', models.CharField(db_index=True, help_text='an ask or a promise: “promise 12”', max_length=40)),
                    ('who', models.CharField(help_text='a post, a body, a circle or a kind of person; never a name', max_length=60)),
                    ('day', models.DateField()),
                    ('commitment', models.CharField(max_length=64)),
                    ('prev', models.CharField(default='0000000000000000000000000000000000000000000000000000000000000000', max_length=64)),
                    ('hash', models.CharField(max_length=64, unique=True)),
                ],
                options={
                    'verbose_name_plural': 'entries',
                    'ordering': ['seq'],
                },
            ),
            migrations.CreateModel(
                name='Ask',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('words', models.CharField(max_length=300)),
                    ('asked_by_words', models.CharField(help_text='who asks, as it stands on the wall: a room, a street', max_length=120)),
                    ('asked_on', models.DateField()),
                    ('size', models.CharField(blank=True, choices=[('base', 'what we take for granted'), ('structure', 'a rule or habit'), ('small_act', 'one small act this week')], max_length=10)),
                    ('later_by', models.DateField(blank=True, help_text='they said: later, and by this day', null=True)),
                    ('uuid', models.UUIDField(default=uuid.uuid4, editable=False, help_text='its name in calendars, for ever')),
                    ('answer_by', models.DateField(blank=True, help_text='the last day an answer is in time', null=True)),
                    ('asked_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.circle')),
                    ('asker', models.ForeignKey(blank=True, help_text='for themselves', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('asking_body', models.ForeignKey(blank=True, help_text='a body asks', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.body')),
                    ('gathering', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='conversations.gathering')),
                    ('insight', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='conversations.insight')),
                    ('of', models.ForeignKey(blank=True, help_text='whose answer is awaited now', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.body')),
                    ('of_circle', models.ForeignKey(blank=True, help_text='residents, where it is asked of them', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.circle')),
                    ('piece', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='stories.piece')),
                    ('release', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='behind.release')),
                    ('round', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='places.round')),
                    ('written_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ],
                options={
                    'ordering': ['asked_on', 'pk'],
                },
            ),
            migrations.CreateModel(
                name='Answer',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('kind', models.CharField(choices=[('yes', 'yes'), ('no_because', 'no, because'), ('not_ours', 'not ours')], max_length=12)),
                    ('words', models.CharField(blank=True, help_text='the reason, or a word with it', max_length=500)),
                    ('in_the_room', models.BooleanField(default=False, help_text='said in the room; an organiser wrote it down')),
                    ('on', models.DateField()),
                    ('answered_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('body', models.ForeignKey(blank=True, help_text='who answered', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.body')),
                    ('circle', models.ForeignKey(blank=True, help_text='or residents', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.circle')),
                    ('passed_to', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.body')),
                    ('ask', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='answers', to='promises.ask')),
                ],
                options={
                    'ordering': ['on', 'pk'],
                },
            ),
            migrations.CreateModel(
                name='CalendarAddress',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('turn', models.PositiveIntegerField(default=1)),
                    ('is_on', models.BooleanField(default=True)),
                    ('person', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='calendar_address', to=settings.AUTH_USER_MODEL)),
                ],
            ),
            migrations.CreateModel(
                name='Said',
                fields=[
                    ('entry', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, primary_key=True, related_name='said', serialize=False, to='promises.entry')),
                    ('salt', models.BinaryField(max_length=16)),
                    ('text', models.TextField(help_text='in its canonical form')),
                ],
                options={
                    'verbose_name_plural': 'said',
                },
            ),
            migrations.CreateModel(
                name='Hold',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('from_on', models.DateField()),
                    ('until_on', models.DateField(help_text='the last day of it')),
                    ('body', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='people.body')),
                    ('posts', models.ManyToManyField(related_name='+', to='people.post')),
                    ('set_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ],
                options={
                    'ordering': ['from_on', 'pk'],
                },
            ),
            migrations.CreateModel(
                name='HowReminded',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('channel', models.CharField(choices=[('email', 'by e-mail'), ('text', 'by text message'), ('print', 'on paper, put into my hand')], max_length=8)),
                    ('number', betterstory.people.addresses.AddressField(blank=True, default='', max_length=400)),
                    ('person', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='how_reminded', to=settings.AUTH_USER_MODEL)),
                ],
            ),
            migrations.CreateModel(
                name='Judgement',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('verdict', models.CharField(choices=[('kept', 'Yes, it is kept'), ('partly', 'In part'), ('not_kept', 'No, it is not kept'), ('released', 'We let it go')], max_length=12)),
                    ('note', models.CharField(blank=True, max_length=300)),
                    ('face_to_face', models.BooleanField(blank=True, help_text='did they tell us face to face?', null=True)),
                    ('on', models.DateField()),
                    ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ],
                options={
                    'ordering': ['on', 'pk'],
                },
            ),
            migrations.CreateModel(
                name='Judging',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('kind', models.CharField(choices=[('turned_out', 'how it turned out'), ('four_weeks', 'four weeks after it was said done')], default='turned_out', max_length=12)),
                    ('opened_on', models.DateField()),
                    ('closes_on', models.DateField(help_text='its last day')),
                    ('closed_on', models.DateField(blank=True, null=True)),
                    ('counted', models.JSONField(blank=True, default=dict, help_text='how many said what, once it is closed')),
                    ('closed_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('judgement', models.OneToOneField(blank=True, help_text='the word it became; empty where the count stands beside another word', null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='counted_in', to='promises.judgement')),
                    ('opened_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ],
                options={
                    'ordering': ['opened_on', 'pk'],
                },
            ),
            migrations.CreateModel(
                name='Door',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('door_hash', models.CharField(max_length=64)),
                    ('kept', models.PositiveSmallIntegerField(default=0)),
                    ('half', models.PositiveSmallIntegerField(default=0)),
                    ('no', models.PositiveSmallIntegerField(default=0)),
                    ('dont_know', models.PositiveSmallIntegerField(default=0)),
                    ('typed_on', models.DateField()),
                    ('typed_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('judging', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='doors', to='promises.judging')),
                ],
            ),
            migrations.CreateModel(
                name='Keeper',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('email', betterstory.people.addresses.AddressField(max_length=400)),
                    ('since', models.DateField()),
                    ('left_on', models.DateField(blank=True, null=True)),
                    ('body', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.body')),
                    ('named_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ],
                options={
                    'ordering': ['body__name'],
                },
            ),
            migrations.CreateModel(
                name='HeadLetter',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('month', models.CharField(help_text='2026-07', max_length=7)),
                    ('seq', models.PositiveBigIntegerField()),
                    ('letters', models.CharField(max_length=16)),
                    ('begun_at', models.DateTimeField()),
                    ('sent_at', models.DateTimeField(blank=True, null=True)),
                    ('keeper', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='letters', to='promises.keeper')),
                ],
                options={
                    'ordering': ['month', 'pk'],
                },
            ),
            migrations.CreateModel(
                name='Opinion',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('said', models.CharField(choices=[('kept', 'Yes, it is kept'), ('half', 'Half'), ('no', 'No, it is not kept'), ('dont_know', 'I don’t know')], max_length=10)),
                    ('channel', models.CharField(choices=[('phone', 'by phone'), ('card', 'on a card that was typed in'), ('door', 'at the door')], max_length=6)),
                    ('at', models.DateTimeField()),
                    ('judging', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='opinions', to='promises.judging')),
                    ('typed_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('voice', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='conversations.voice')),
                ],
            ),
            migrations.CreateModel(
                name='Promise',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('words', models.CharField(max_length=300)),
                    ('by_words', models.CharField(blank=True, help_text='what a person who promises for themselves is called on the wall', max_length=120)),
                    ('to_words', models.CharField(help_text='to whom, as it stands on the wall', max_length=120)),
                    ('made_on', models.DateField()),
                    ('due_on', models.DateField()),
                    ('witness', models.CharField(blank=True, max_length=80)),
                    ('state', models.CharField(choices=[('made', 'still to come'), ('made_again', 'made again'), ('kept', 'kept'), ('partly', 'partly'), ('not_kept', 'not kept'), ('released', 'let go'), ('taken_back', 'taken back'), ('waits', 'waits until after the election')], default='made', max_length=12)),
                    ('in_the_room', models.BooleanField(default=False, help_text='said in the room; an organiser wrote it down')),
                    ('size', models.CharField(blank=True, choices=[('base', 'what we take for granted'), ('structure', 'a rule or habit'), ('small_act', 'one small act this week')], max_length=10)),
                    ('uuid', models.UUIDField(default=uuid.uuid4, editable=False, help_text='its name in calendars, for ever')),
                    ('overdue_on', models.DateField(blank=True, db_index=True, help_text='the first day it counts as late: worked out', null=True)),
                    ('said_with_it', models.CharField(blank=True, help_text='kept with a yes that waits', max_length=500)),
                    ('when_we_meet', models.BooleanField(default=False, help_text='due when the round next meets')),
                    ('ask', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='promises', to='promises.ask')),
                    ('insight', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='conversations.insight')),
                    ('made_by', models.ForeignKey(help_text='whose word it was', null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('meets', models.ForeignKey(blank=True, help_text='that gathering', null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='conversations.gathering')),
                    ('person', models.ForeignKey(blank=True, help_text='for themselves', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('post', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.post')),
                    ('round', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='places.round')),
                    ('to_body', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.body')),
                    ('to_circle', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.circle')),
                    ('to_person', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('written_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ],
                options={
                    'ordering': ['due_on', 'pk'],
                },
            ),
            migrations.CreateModel(
                name='Pointer',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('uuid', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                    ('kind', models.CharField(choices=[('count', 'a count, asked again'), ('photograph', 'a photograph'), ('witness', 'a witness’s word'), ('teller', 'a teller’s word')], max_length=10)),
                    ('words', models.CharField(blank=True, help_text='what a witness said, or a picture shows', max_length=300)),
                    ('who', models.CharField(blank=True, help_text='what a witness is called on the wall', max_length=120)),
                    ('also', models.CharField(blank=True, help_text='what could also explain it', max_length=300)),
                    ('key', models.UUIDField(editable=False, null=True)),
                    ('sealed', models.BinaryField(default=b'', help_text='a photograph, made again and sealed')),
                    ('supplied_on', models.DateField()),
                    ('by_promiser', models.BooleanField(help_text='only whoever promised supplied it')),
                    ('taken_away_on', models.DateField(blank=True, null=True)),
                    ('earlier', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='behind.release')),
                    ('elsewhere', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='behind.release')),
                    ('piece', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='stories.piece')),
                    ('release', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='behind.release')),
                    ('supplied_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('promise', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='pointers', to='promises.promise')),
                ],
                options={
                    'ordering': ['supplied_on', 'pk'],
                },
            ),
            migrations.CreateModel(
                name='OwnView',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('view', models.CharField(choices=[('kept', 'We think it is kept'), ('partly', 'We think it is half kept'), ('not_kept', 'We did not keep it'), ('under_way', 'We are still at it')], max_length=10)),
                    ('words', models.CharField(blank=True, max_length=300)),
                    ('on', models.DateField()),
                    ('number', models.PositiveSmallIntegerField()),
                    ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('promise', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='own_views', to='promises.promise')),
                ],
                options={
                    'ordering': ['number'],
                },
            ),
            migrations.AddField(
                model_name='judging',
                name='promise',
                field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='judgings', to='promises.promise'),
            ),
            migrations.AddField(
                model_name='judgement',
                name='promise',
                field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='judgements', to='promises.promise'),
            ),
            migrations.CreateModel(
                name='Confirmation',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('kind', models.CharField(choices=[('confirmed', 'confirmed'), ('other_words', 'confirmed, in other words'), ('taken_back', 'taken back')], max_length=12)),
                    ('because', models.CharField(blank=True, help_text='why it was taken back', max_length=300)),
                    ('on', models.DateField()),
                    ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('promise', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='confirmation', to='promises.promise')),
                ],
            ),
            migrations.CreateModel(
                name='Again',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('words', models.CharField(max_length=300)),
                    ('due_on', models.DateField()),
                    ('because', models.CharField(max_length=300)),
                    ('asked_on', models.DateField()),
                    ('agreed_on', models.DateField(blank=True, null=True)),
                    ('was_words', models.CharField(help_text='what was promised before', max_length=300)),
                    ('was_due_on', models.DateField()),
                    ('face_to_face', models.BooleanField(blank=True, help_text='was the reason told face to face?', null=True)),
                    ('when_we_meet', models.BooleanField(default=False, help_text='the new day is that of the next gathering')),
                    ('agreed_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('asked_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('promise', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='agains', to='promises.promise')),
                ],
                options={
                    'ordering': ['pk'],
                },
            ),
            migrations.CreateModel(
                name='Reminder',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('step', models.CharField(choices=[('confirm', 'please say whether it stands as it was written down'), ('soon', 'its day comes'), ('today', 'its day is here'), ('grace', 'its day is past; it is not called late yet')], max_length=8)),
                    ('due_on', models.DateField(help_text='the day the promise was due by then')),
                    ('channel', models.CharField(choices=[('email', 'by e-mail'), ('text', 'by text message'), ('print', 'on paper, put into my hand')], max_length=8)),
                    ('from_on', models.DateField()),
                    ('until_on', models.DateField()),
                    ('given_at', models.DateTimeField(blank=True, null=True)),
                    ('given_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('person', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('promise', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='reminders', to='promises.promise')),
                ],
                options={
                    'ordering': ['from_on', 'pk'],
                },
            ),
            migrations.CreateModel(
                name='Reply',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('words', models.CharField(max_length=500)),
                    ('on', models.DateField()),
                    ('number', models.PositiveSmallIntegerField()),
                    ('ask', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='replies', to='promises.ask')),
                    ('body', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.body')),
                    ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('promise', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='replies', to='promises.promise')),
                ],
                options={
                    'verbose_name_plural': 'replies',
                    'ordering': ['number'],
                },
            ),
            migrations.AddIndex(
                model_name='ask',
                index=models.Index(fields=['-asked_on', '-id'], name='asks_newest_first'),
            ),
            migrations.AddConstraint(
                model_name='ask',
                constraint=models.CheckConstraint(condition=models.Q(models.Q(('asked_by__isnull', False), ('asker__isnull', True), ('asking_body__isnull', True)), models.Q(('asked_by__isnull', True), ('asker__isnull', False), ('asking_body__isnull', True)), models.Q(('asked_by__isnull', True), ('asker__isnull', True), ('asking_body__isnull', False)), _connector='OR'), name='one_of_three_asks'),
            ),
            migrations.AddConstraint(
                model_name='ask',
                constraint=models.CheckConstraint(condition=models.Q(models.Q(('of__isnull', False), ('of_circle__isnull', True)), models.Q(('of__isnull', True), ('of_circle__isnull', False)), _connector='OR'), name='one_is_asked'),
            ),
            migrations.AddConstraint(
                model_name='answer',
                constraint=models.CheckConstraint(condition=models.Q(models.Q(('kind', 'not_ours'), _negated=True), ('passed_to__isnull', False), _connector='OR'), name='not_ours_names_whose'),
            ),
            migrations.AddConstraint(
                model_name='answer',
                constraint=models.CheckConstraint(condition=models.Q(models.Q(('kind', 'no_because'), _negated=True), models.Q(('words', ''), _negated=True), _connector='OR'), name='no_says_why'),
            ),
            migrations.AddConstraint(
                model_name='answer',
                constraint=models.UniqueConstraint(condition=models.Q(('kind', 'yes')), fields=('ask',), name='one_yes_an_ask'),
            ),
            migrations.AddConstraint(
                model_name='answer',
                constraint=models.CheckConstraint(condition=models.Q(models.Q(('body__isnull', False), ('circle__isnull', True)), models.Q(('body__isnull', True), ('circle__isnull', False)), _connector='OR'), name='one_answers'),
            ),
            migrations.AddField(
                model_name='said',
                name='ask',
                field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='promises.ask'),
            ),
            migrations.AddField(
                model_name='said',
                name='promise',
                field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='promises.promise'),
            ),
            migrations.AddConstraint(
                model_name='hold',
                constraint=models.CheckConstraint(condition=models.Q(('until_on__gte', models.F('from_on'))), name='a_hold_ends_after_it_begins'),
            ),
            migrations.AddConstraint(
                model_name='door',
                constraint=models.UniqueConstraint(fields=('judging', 'door_hash'), name='each_door_once'),
            ),
            migrations.AddConstraint(
                model_name='keeper',
                constraint=models.UniqueConstraint(condition=models.Q(('left_on', None)), fields=('body',), name='one_address_a_body'),
            ),
            migrations.AddConstraint(
                model_name='headletter',
                constraint=models.UniqueConstraint(fields=('keeper', 'month'), name='one_letter_a_month'),
            ),
            migrations.AddConstraint(
                model_name='opinion',
                constraint=models.UniqueConstraint(fields=('judging', 'voice'), name='one_opinion_a_voice'),
            ),
            migrations.AddIndex(
                model_name='promise',
                index=models.Index(fields=['-due_on', '-id'], name='promises_last_due_first'),
            ),
            migrations.AddConstraint(
                model_name='promise',
                constraint=models.CheckConstraint(condition=models.Q(('post__isnull', False), ('person__isnull', False), _connector='XOR'), name='a_post_or_a_person_promises'),
            ),
            migrations.AddConstraint(
                model_name='promise',
                constraint=models.CheckConstraint(condition=models.Q(models.Q(('to_body__isnull', True), ('to_circle__isnull', False), ('to_person__isnull', True)), models.Q(('to_body__isnull', True), ('to_circle__isnull', True), ('to_person__isnull', False)), models.Q(('to_body__isnull', False), ('to_circle__isnull', True), ('to_person__isnull', True)), _connector='OR'), name='one_of_three_is_promised'),
            ),
            migrations.AddConstraint(
                model_name='pointer',
                constraint=models.CheckConstraint(condition=models.Q(models.Q(('kind', 'count'), _negated=True), models.Q(('release__isnull', False), models.Q(('also', ''), _negated=True)), _connector='OR'), name='a_count_says_what_could_also_explain_it'),
            ),
            migrations.AddConstraint(
                model_name='pointer',
                constraint=models.CheckConstraint(condition=models.Q(('kind', 'photograph'), ('key__isnull', True), _connector='OR'), name='only_a_photograph_is_sealed'),
            ),
            migrations.AddConstraint(
                model_name='ownview',
                constraint=models.UniqueConstraint(fields=('promise', 'number'), name='one_own_view_a_number'),
            ),
            migrations.AddConstraint(
                model_name='judging',
                constraint=models.UniqueConstraint(condition=models.Q(('closed_on', None)), fields=('promise',), name='residents_are_asked_once_at_a_time'),
            ),
            migrations.AddConstraint(
                model_name='judging',
                constraint=models.CheckConstraint(condition=models.Q(('closes_on__gte', models.F('opened_on'))), name='asked_until_a_day_to_come'),
            ),
            migrations.AddConstraint(
                model_name='judgement',
                constraint=models.UniqueConstraint(fields=('promise', 'on'), name='said_once_a_day'),
            ),
            migrations.AddConstraint(
                model_name='confirmation',
                constraint=models.CheckConstraint(condition=models.Q(models.Q(('kind', 'taken_back'), _negated=True), models.Q(('because', ''), _negated=True), _connector='OR'), name='taken_back_says_why'),
            ),
            migrations.AddConstraint(
                model_name='again',
                constraint=models.UniqueConstraint(condition=models.Q(('agreed_on', None)), fields=('promise',), name='one_new_day_asked_for_at_a_time'),
            ),
            migrations.AddConstraint(
                model_name='reminder',
                constraint=models.UniqueConstraint(fields=('promise', 'step', 'due_on', 'person'), name='one_reminder_a_step_and_day'),
            ),
            migrations.AddConstraint(
                model_name='reminder',
                constraint=models.CheckConstraint(condition=models.Q(('until_on__gte', models.F('from_on'))), name='a_reminder_has_an_end'),
            ),
            migrations.AddConstraint(
                model_name='reply',
                constraint=models.CheckConstraint(condition=models.Q(('ask__isnull', False), ('promise__isnull', False), _connector='XOR'), name='a_reply_is_about_one_entry'),
            ),
            migrations.AddConstraint(
                model_name='reply',
                constraint=models.UniqueConstraint(fields=('promise', 'body', 'number'), name='one_reply_a_number'),
            ),
            migrations.AddConstraint(
                model_name='reply',
                constraint=models.UniqueConstraint(fields=('ask', 'body', 'number'), name='one_reply_to_an_ask_a_number'),
            ),
        ]),
        migrations.RunPython(put_up, migrations.RunPython.noop),
    ]
