"""What 0001_initial to 0002_poolside come to, for a new database. They stay for places that began with them."""

import django.db.models.deletion
import uuid
from django.conf import settings
from django.db import migrations, models

from betterstory.people.tables import MakeTables


class Migration(migrations.Migration):

    replaces = [
        ('poolside', '0001_initial'),
        ('poolside', '0002_poolside'),
    ]

    initial = True

    dependencies = [
        ('people', '0001_initial'),
        ('places', '0001_initial'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        MakeTables([
            migrations.CreateModel(
                name='Poolside',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('uuid', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                    ('key', models.UUIDField(editable=False)),
                    ('begun_on', models.DateField()),
                    ('circle', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.circle')),
                    ('round', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='places.round')),
                ],
                options={
                    'ordering': ['circle__name', 'pk'],
                },
            ),
            migrations.CreateModel(
                name='Agreement',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('uuid', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                    ('number', models.PositiveSmallIntegerField()),
                    ('words_sealed', models.BinaryField()),
                    ('written_on', models.DateField()),
                    ('come_back_on', models.DateField(help_text='when we look at it together; each return sets the next')),
                    ('written_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('poolside', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='agreements', to='poolside.poolside')),
                ],
                options={
                    'ordering': ['poolside', 'number'],
                },
            ),
            migrations.CreateModel(
                name='Question',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('position', models.PositiveSmallIntegerField()),
                    ('words', models.CharField(max_length=300)),
                    ('set_aside_on', models.DateField(blank=True, null=True)),
                    ('poolside', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='questions', to='poolside.poolside')),
                ],
                options={
                    'ordering': ['poolside', models.OrderBy(models.F('set_aside_on'), nulls_first=True), 'position'],
                },
            ),
            migrations.CreateModel(
                name='Answer',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('uuid', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                    ('sharing', models.CharField(choices=[('private', 'only me'), ('shared', 'our circle'), ('aloud', 'I read it out myself')], default='private', max_length=8)),
                    ('words_sealed', models.BinaryField()),
                    ('said_on', models.DateField()),
                    ('by', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('question', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='answers', to='poolside.question')),
                ],
                options={
                    'ordering': ['question', 'pk'],
                },
            ),
            migrations.CreateModel(
                name='Repair',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('uuid', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                    ('talk_sealed', models.BinaryField()),
                    ('poolside', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='repairs', to='poolside.poolside')),
                ],
                options={
                    'ordering': ['pk'],
                },
            ),
            migrations.CreateModel(
                name='Return',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('uuid', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                    ('due_on', models.DateField()),
                    ('on', models.DateField()),
                    ('skipped', models.BooleanField(default=False)),
                    ('held_sealed', models.BinaryField(default=bytes)),
                    ('not_held_sealed', models.BinaryField(default=bytes)),
                    ('changes_sealed', models.BinaryField(default=bytes)),
                    ('why_sealed', models.BinaryField(default=bytes, help_text='why it was skipped')),
                    ('next_on', models.DateField()),
                    ('agreement', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='returns', to='poolside.agreement')),
                    ('written_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ],
                options={
                    'ordering': ['agreement', 'on', 'pk'],
                },
            ),
            migrations.CreateModel(
                name='Goodwill',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('uuid', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                    ('closes_on', models.DateField(help_text='the last day to answer; nothing is shown before it is over')),
                    ('stands', models.CharField(choices=[('open', 'still open'), ('drawn', 'drawn'), ('too_few', 'fewer than five of us answered'), ('waits', 'somebody came or went since the last time')], default='open', max_length=8)),
                    ('urn_sealed', models.BinaryField(default=bytes)),
                    ('middle_sealed', models.BinaryField(default=bytes)),
                    ('back', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='goodwill', to='poolside.return')),
                ],
                options={
                    'verbose_name_plural': 'goodwill',
                    'ordering': ['closes_on', 'pk'],
                },
            ),
            migrations.CreateModel(
                name='Signature',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('on', models.DateField()),
                    ('agreement', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='signatures', to='poolside.agreement')),
                    ('person', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL)),
                ],
                options={
                    'ordering': ['agreement', 'pk'],
                },
            ),
            migrations.CreateModel(
                name='Slip',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('goodwill', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='slips', to='poolside.goodwill')),
                    ('person', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL)),
                ],
            ),
            migrations.CreateModel(
                name='TookPlace',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('uuid', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                    ('month', models.DateField(help_text='its first day')),
                    ('poolside', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='talks', to='poolside.poolside')),
                ],
                options={
                    'verbose_name_plural': 'talks that took place',
                    'ordering': ['month', 'uuid'],
                },
            ),
            migrations.AddConstraint(
                model_name='agreement',
                constraint=models.UniqueConstraint(fields=('poolside', 'number'), name='one_agreement_a_number'),
            ),
            migrations.AddConstraint(
                model_name='question',
                constraint=models.UniqueConstraint(fields=('poolside', 'words'), name='a_question_once'),
            ),
            migrations.AddConstraint(
                model_name='answer',
                constraint=models.UniqueConstraint(fields=('question', 'by'), name='one_answer_a_person'),
            ),
            migrations.AddConstraint(
                model_name='signature',
                constraint=models.UniqueConstraint(fields=('agreement', 'person'), name='signed_once'),
            ),
            migrations.AddConstraint(
                model_name='slip',
                constraint=models.UniqueConstraint(fields=('goodwill', 'person'), name='one_slip_a_person'),
            ),
        ]),
    ]
