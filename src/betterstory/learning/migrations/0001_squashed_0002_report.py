"""What 0001_learning to 0002_report come to, for a new database. They stay for places that began with them."""

import django.db.models.deletion
import uuid
from decimal import Decimal
from django.conf import settings
from django.db import migrations, models

from betterstory.people.tables import MakeTables


class Migration(migrations.Migration):

    replaces = [
        ('learning', '0001_learning'),
        ('learning', '0002_report'),
    ]

    initial = True

    dependencies = [
        ('behind', '0003_answers'),
        ('conversations', '0005_gathering'),
        ('immersion', '0001_initial'),
        ('people', '0004_clocks'),
        ('places', '0002_safeguarding'),
        ('promises', '0002_iceberg'),
        ('stories', '0006_codebook_and_echoes'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        MakeTables([
            migrations.CreateModel(
                name='Beginning',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('differently', models.CharField(max_length=600)),
                    ('on', models.DateField()),
                    ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('round', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='places.round')),
                ],
                options={
                    'ordering': ['-on', '-pk'],
                },
            ),
            migrations.CreateModel(
                name='Lesson',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('version', models.PositiveSmallIntegerField(default=1, help_text='the number of the words that stand')),
                    ('about', models.CharField(choices=[('poolside', 'poolside'), ('diving_in', 'diving in'), ('hearing', 'hearing'), ('making_sense', 'making sense'), ('planning', 'planning'), ('keeping_our_word', 'keeping our word'), ('learning', 'learning')], default='learning', help_text='which part of a round', max_length=20)),
                    ('reach', models.CharField(choices=[('partnership', 'the people of the round, and the partnership'), ('anyone', 'anyone')], default='partnership', max_length=12)),
                    ('offered_on', models.DateField(blank=True, null=True)),
                    ('written_on', models.DateField()),
                    ('offered_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('round', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='places.round')),
                ],
                options={
                    'ordering': ['-written_on', '-pk'],
                },
            ),
            migrations.CreateModel(
                name='Outcome',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('who', models.CharField(help_text='a body, a street, a group; never a person by name', max_length=160)),
                    ('what', models.CharField(max_length=400)),
                    ('matters', models.CharField(max_length=400)),
                    ('our_part', models.CharField(max_length=400)),
                    ('on', models.DateField()),
                    ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('lesson', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='outcomes', to='learning.lesson')),
                ],
                options={
                    'ordering': ['lesson', 'pk'],
                },
            ),
            migrations.CreateModel(
                name='Report',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('key', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                    ('number', models.PositiveSmallIntegerField()),
                    ('title', models.CharField(max_length=120)),
                    ('as_of', models.DateField(help_text='figures are counted as things stood at the end of this day')),
                    ('made_on', models.DateField()),
                    ('open_since', models.DateField(blank=True, help_text='anyone with the address may read it; empty: the partnership alone', null=True)),
                    ('made_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('round', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='places.round')),
                ],
                options={
                    'ordering': ['round', '-number'],
                },
            ),
            migrations.CreateModel(
                name='ReportPart',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('part', models.CharField(choices=[('dates', 'When we met'), ('asked', 'What we asked, and what was answered'), ('promised', 'What we promised, and how it stands'), ('not_done', 'What we promised and did not do, and what we asked and was refused'), ('left_out', 'What got worse, and who was left out'), ('behind', 'How many people the records show'), ('in_words', 'In people’s own words'), ('spent', 'Hours and money'), ('outside', 'What changed around us')], max_length=10)),
                    ('words', models.TextField(blank=True, max_length=1200)),
                    ('report', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='parts', to='learning.report')),
                ],
                options={
                    'ordering': ['report', 'pk'],
                },
            ),
            migrations.CreateModel(
                name='SaysSo',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('called', models.CharField(blank=True, help_text='by their own yes; else: somebody here', max_length=120)),
                    ('words', models.CharField(blank=True, max_length=300)),
                    ('on', models.DateField()),
                    ('ended_on', models.DateField(blank=True, null=True)),
                    ('by', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('outcome', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='sayings', to='learning.outcome')),
                ],
                options={
                    'ordering': ['outcome', 'pk'],
                },
            ),
            migrations.CreateModel(
                name='Spent',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('on', models.DateField(help_text='when it was; of a month, its first day')),
                    ('written_as', models.CharField(choices=[('resident', 'resident'), ('organiser', 'organiser'), ('partner', 'partner'), ('analyst', 'analyst'), ('steward', 'steward'), ('safety', 'safety lead')], help_text='said in place of a name', max_length=20)),
                    ('written_on', models.DateField()),
                    ('because', models.CharField(blank=True, help_text='why the earlier row was put right', max_length=300)),
                    ('is_out', models.BooleanField(default=False, help_text='it puts right by taking out: nothing stands')),
                    ('is_month', models.BooleanField(default=False, help_text='of the whole month, not of a day')),
                    ('sector', models.CharField(choices=[('public', 'public bodies'), ('voluntary', 'voluntary groups'), ('residents', 'residents'), ('business', 'businesses')], max_length=10)),
                    ('hours', models.DecimalField(decimal_places=2, default=Decimal('0'), max_digits=9)),
                    ('pounds', models.DecimalField(decimal_places=2, default=Decimal('0'), max_digits=12)),
                    ('what_for', models.CharField(max_length=200)),
                    ('puts_right', models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='put_right_by', to='learning.spent')),
                    ('round', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='places.round')),
                    ('written_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ],
                options={
                    'verbose_name_plural': 'spent',
                    'ordering': ['on', 'pk'],
                },
            ),
            migrations.CreateModel(
                name='Trial',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('standing', models.CharField(choices=[('trying', 'we are trying it'), ('tried', 'we tried it as it is'), ('adapted', 'we tried it with a change'), ('not_for_here', 'not for here')], default='trying', max_length=12)),
                    ('version', models.PositiveSmallIntegerField(default=1, help_text='the number of what was said last')),
                    ('began_on', models.DateField()),
                    ('lesson', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='trials', to='learning.lesson')),
                    ('round', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='places.round')),
                ],
                options={
                    'ordering': ['began_on', 'pk'],
                },
            ),
            migrations.AddField(
                model_name='lesson',
                name='came_from',
                field=models.ForeignKey(blank=True, help_text='the lesson of another round that was tried in this one', null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='became', to='learning.trial'),
            ),
            migrations.CreateModel(
                name='TrialWords',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('number', models.PositiveSmallIntegerField()),
                    ('standing', models.CharField(choices=[('trying', 'we are trying it'), ('tried', 'we tried it as it is'), ('adapted', 'we tried it with a change'), ('not_for_here', 'not for here')], max_length=12)),
                    ('reason', models.CharField(max_length=400)),
                    ('changed', models.CharField(blank=True, help_text='what they did another way', max_length=400)),
                    ('came_of', models.CharField(blank=True, max_length=600)),
                    ('of_version', models.PositiveSmallIntegerField(help_text='which words of the lesson they read')),
                    ('on', models.DateField()),
                    ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('trial', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='sayings', to='learning.trial')),
                ],
                options={
                    'ordering': ['trial', '-number'],
                },
            ),
            migrations.CreateModel(
                name='Wording',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('number', models.PositiveSmallIntegerField()),
                    ('tried', models.CharField(max_length=600)),
                    ('saw', models.CharField(max_length=600)),
                    ('surprised', models.CharField(blank=True, max_length=600)),
                    ('worse', models.CharField(help_text='what got worse, or who was left out', max_length=600)),
                    ('now', models.CharField(help_text='what we do now', max_length=600)),
                    ('because', models.CharField(blank=True, help_text='why it was written again', max_length=300)),
                    ('on', models.DateField()),
                    ('taken_out_on', models.DateField(blank=True, help_text='its words are gone, and why is said', null=True)),
                    ('taken_out_because', models.CharField(blank=True, max_length=300)),
                    ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('lesson', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='wordings', to='learning.lesson')),
                ],
                options={
                    'ordering': ['lesson', '-number'],
                },
            ),
            migrations.CreateModel(
                name='Points',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('act', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='immersion.act')),
                    ('ask', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='promises.ask')),
                    ('card', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='conversations.insight')),
                    ('gathering', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='conversations.gathering')),
                    ('piece', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='stories.piece')),
                    ('promise', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='promises.promise')),
                    ('release', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='behind.release')),
                    ('wording', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='points', to='learning.wording')),
                ],
                options={
                    'ordering': ['wording', 'pk'],
                },
            ),
            migrations.CreateModel(
                name='Chosen',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('because', models.CharField(max_length=300)),
                    ('of_version', models.PositiveSmallIntegerField(help_text='which words of the lesson they read')),
                    ('beginning', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='chosen', to='learning.beginning')),
                    ('lesson', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='chosen_in', to='learning.lesson')),
                ],
                options={
                    'ordering': ['beginning', 'pk'],
                    'constraints': [models.UniqueConstraint(fields=('beginning', 'lesson'), name='a_lesson_once_in_a_beginning'), models.CheckConstraint(condition=models.Q(('because', ''), _negated=True), name='chosen_says_why')],
                },
            ),
            migrations.CreateModel(
                name='OutsideEvent',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('on', models.DateField(help_text='when it was; of a month, its first day')),
                    ('written_as', models.CharField(choices=[('resident', 'resident'), ('organiser', 'organiser'), ('partner', 'partner'), ('analyst', 'analyst'), ('steward', 'steward'), ('safety', 'safety lead')], help_text='said in place of a name', max_length=20)),
                    ('written_on', models.DateField()),
                    ('because', models.CharField(blank=True, help_text='why the earlier row was put right', max_length=300)),
                    ('is_out', models.BooleanField(default=False, help_text='it puts right by taking out: nothing stands')),
                    ('words', models.CharField(max_length=300)),
                    ('bodies', models.ManyToManyField(blank=True, help_text='which bodies it touched', related_name='+', to='people.body')),
                    ('puts_right', models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='put_right_by', to='learning.outsideevent')),
                    ('round', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='places.round')),
                    ('written_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ],
                options={
                    'ordering': ['on', 'pk'],
                    'indexes': [models.Index(fields=['round', 'on'], name='learning_ou_round_i_f2121f_idx')],
                },
            ),
            migrations.AddConstraint(
                model_name='report',
                constraint=models.UniqueConstraint(fields=('round', 'number'), name='one_report_a_number'),
            ),
            migrations.AddConstraint(
                model_name='reportpart',
                constraint=models.UniqueConstraint(fields=('report', 'part'), name='a_part_once'),
            ),
            migrations.AddConstraint(
                model_name='saysso',
                constraint=models.UniqueConstraint(condition=models.Q(('ended_on', None)), fields=('outcome', 'by'), name='says_so_once'),
            ),
            migrations.AddIndex(
                model_name='spent',
                index=models.Index(fields=['round', 'on'], name='learning_sp_round_i_c220a3_idx'),
            ),
            migrations.AddConstraint(
                model_name='spent',
                constraint=models.CheckConstraint(condition=models.Q(('hours__gte', 0), ('pounds__gte', 0)), name='nothing_spent_below_zero'),
            ),
            migrations.AddConstraint(
                model_name='spent',
                constraint=models.CheckConstraint(condition=models.Q(('is_out', True), ('hours__gt', 0), ('pounds__gt', 0), _connector='OR'), name='hours_or_pounds'),
            ),
            migrations.AddConstraint(
                model_name='trial',
                constraint=models.UniqueConstraint(fields=('lesson', 'round'), name='a_lesson_once_in_a_round'),
            ),
            migrations.AddConstraint(
                model_name='trialwords',
                constraint=models.UniqueConstraint(fields=('trial', 'number'), name='one_saying_a_number'),
            ),
            migrations.AddConstraint(
                model_name='trialwords',
                constraint=models.CheckConstraint(condition=models.Q(('reason', ''), _negated=True), name='a_trial_says_why'),
            ),
            migrations.AddConstraint(
                model_name='trialwords',
                constraint=models.CheckConstraint(condition=models.Q(models.Q(('standing', 'adapted'), _negated=True), models.Q(('changed', ''), _negated=True), _connector='OR'), name='adapted_says_what_changed'),
            ),
            migrations.AddConstraint(
                model_name='wording',
                constraint=models.UniqueConstraint(fields=('lesson', 'number'), name='one_wording_a_number'),
            ),
            migrations.AddConstraint(
                model_name='wording',
                constraint=models.CheckConstraint(condition=models.Q(models.Q(('worse', ''), _negated=True), ('taken_out_on__isnull', False), _connector='OR'), name='what_got_worse_is_answered'),
            ),
            migrations.AddConstraint(
                model_name='points',
                constraint=models.CheckConstraint(condition=models.Q(models.Q(('act__isnull', True), ('ask__isnull', True), ('card__isnull', True), ('gathering__isnull', True), ('piece__isnull', True), ('promise__isnull', False), ('release__isnull', True)), models.Q(('act__isnull', True), ('ask__isnull', False), ('card__isnull', True), ('gathering__isnull', True), ('piece__isnull', True), ('promise__isnull', True), ('release__isnull', True)), models.Q(('act__isnull', True), ('ask__isnull', True), ('card__isnull', True), ('gathering__isnull', True), ('piece__isnull', True), ('promise__isnull', True), ('release__isnull', False)), models.Q(('act__isnull', True), ('ask__isnull', True), ('card__isnull', True), ('gathering__isnull', False), ('piece__isnull', True), ('promise__isnull', True), ('release__isnull', True)), models.Q(('act__isnull', False), ('ask__isnull', True), ('card__isnull', True), ('gathering__isnull', True), ('piece__isnull', True), ('promise__isnull', True), ('release__isnull', True)), models.Q(('act__isnull', True), ('ask__isnull', True), ('card__isnull', False), ('gathering__isnull', True), ('piece__isnull', True), ('promise__isnull', True), ('release__isnull', True)), models.Q(('act__isnull', True), ('ask__isnull', True), ('card__isnull', True), ('gathering__isnull', True), ('piece__isnull', False), ('promise__isnull', True), ('release__isnull', True)), _connector='OR'), name='points_to_one_thing'),
            ),
        ]),
    ]
