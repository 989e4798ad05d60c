"""The shape of steps and gaps goes under seal; recordings, languages, readings and care get their tables."""

import json
import uuid
from typing import Any

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from betterstory.people.keys import keyring

STEP, GAP = ("stories.step.shape", ("rings", "feeling", "moment", "told_again", "source")), ("stories.gap.shape", ("gap_kind", "ring"))
NOT_SAID = {"feeling_words": "", "size": "", "helped": ""}


def seal_shapes(apps: Any, schema_editor: Any) -> None:
    """What lay open is sealed under its story's key, row by row. Of a destroyed story nothing is left to seal."""
    for model, (name, parts), more in (("Step", STEP, NOT_SAID), ("Gap", GAP, {})):
        rows = apps.get_model("stories", model).objects.select_related("version__story")
        for row in rows.filter(version__story__destroyed_at=None).iterator():
            shape = {"format": 1, **{part: getattr(row, part) for part in parts}, **more}
            row.shape_sealed = keyring().seal(
                json.dumps(shape), key=row.version.story.key, name=name, row=row.uuid
            )
            row.save(update_fields=["shape_sealed"])


def open_shapes(apps: Any, schema_editor: Any) -> None:
    """The way back, for an older release: what it has columns for."""
    for model, (name, parts) in (("Step", STEP), ("Gap", GAP)):
        for row in apps.get_model("stories", model).objects.exclude(shape_sealed=b"").iterator():
            shape = json.loads(keyring().open(row.shape_sealed, name=name, row=row.uuid))
            for part in parts:
                setattr(row, part, shape[part])
            row.save(update_fields=parts)


class Migration(migrations.Migration):

    dependencies = [
        ('stories', '0001_initial'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name='gap',
            name='shape_sealed',
            field=models.BinaryField(default=b''),
        ),
        migrations.AddField(
            model_name='step',
            name='shape_sealed',
            field=models.BinaryField(default=b''),
        ),
        migrations.RunPython(seal_shapes, open_shapes),
        migrations.RemoveConstraint(
            model_name='step',
            name='five_point_feeling',
        ),
        migrations.RemoveField(
            model_name='gap',
            name='gap_kind',
        ),
        migrations.RemoveField(
            model_name='gap',
            name='ring',
        ),
        migrations.RemoveField(
            model_name='step',
            name='feeling',
        ),
        migrations.RemoveField(
            model_name='step',
            name='moment',
        ),
        migrations.RemoveField(
            model_name='step',
            name='rings',
        ),
        migrations.RemoveField(
            model_name='step',
            name='source',
        ),
        migrations.RemoveField(
            model_name='step',
            name='told_again',
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
            ],
            options={
                'verbose_name_plural': 'care',
                'ordering': ['due_on', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='ReadBack',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('how', models.CharField(choices=[('myself', 'I read it myself'), ('aloud', 'somebody read it to me'), ('telephone', 'somebody read it to me on the telephone'), ('other_language', 'somebody read it to me in my language')], default='myself', max_length=16)),
                ('at', models.DateTimeField()),
            ],
        ),
        migrations.CreateModel(
            name='Reading',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('uuid', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('words_sealed', models.BinaryField()),
                ('written_at', models.DateTimeField()),
                ('let_in_at', models.DateTimeField(blank=True, null=True)),
            ],
            options={
                'ordering': ['step', 'written_at', 'pk'],
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
            ],
            options={
                'verbose_name_plural': 'thanks',
            },
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
            ],
            options={
                'verbose_name_plural': 'told',
                'ordering': ['version', 'position', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='Tongue',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('uuid', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('facts_sealed', models.BinaryField(help_text='language, second language, who interpreted and as what')),
                ('words_sealed', models.BinaryField(help_text='the words in the second language')),
            ],
        ),
        migrations.AddField(
            model_name='care',
            name='owed_by',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='care',
            name='story',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='care', to='stories.story'),
        ),
        migrations.AddField(
            model_name='readback',
            name='version',
            field=models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='read_back', to='stories.version'),
        ),
        migrations.AddField(
            model_name='reading',
            name='by',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='reading',
            name='step',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='readings', to='stories.step'),
        ),
        migrations.AddField(
            model_name='thanks',
            name='agreed_by',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='thanks',
            name='story',
            field=models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='thanks', to='stories.story'),
        ),
        migrations.AddField(
            model_name='told',
            name='told_by',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='told',
            name='version',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='told', to='stories.version'),
        ),
        migrations.AddField(
            model_name='tongue',
            name='version',
            field=models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='tongue', to='stories.version'),
        ),
        migrations.AddConstraint(
            model_name='care',
            constraint=models.UniqueConstraint(fields=('story', 'kind'), name='owed_once_a_story'),
        ),
        migrations.AddConstraint(
            model_name='reading',
            constraint=models.UniqueConstraint(fields=('step', 'by'), name='one_reading_a_person'),
        ),
    ]
