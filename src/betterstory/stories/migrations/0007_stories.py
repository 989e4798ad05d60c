from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('stories', '0006_codebook_and_echoes'),
    ]

    operations = [
        migrations.AlterField(
            model_name='consent',
            name='use',
            field=models.CharField(choices=[('read', 'read my story'), ('prepare', 'draw the picture of my journey'), ('picture', 'see the picture of my journey'), ('read_aloud', 'read it aloud'), ('hear', 'hear my own voice'), ('in_room', 'print it large for the room'), ('quote', 'quote a line of it'), ('count', 'count who went the same way'), ('campaign', 'use it in a campaign'), ('report', 'use it in a report'), ('elsewhere', 'learn from it somewhere else'), ('teaching', 'teach with it'), ('web', 'put it on the open web')], max_length=12),
        ),
        migrations.AlterField(
            model_name='seen',
            name='use',
            field=models.CharField(choices=[('read', 'read my story'), ('prepare', 'draw the picture of my journey'), ('picture', 'see the picture of my journey'), ('read_aloud', 'read it aloud'), ('hear', 'hear my own voice'), ('in_room', 'print it large for the room'), ('quote', 'quote a line of it'), ('count', 'count who went the same way'), ('campaign', 'use it in a campaign'), ('report', 'use it in a report'), ('elsewhere', 'learn from it somewhere else'), ('teaching', 'teach with it'), ('web', 'put it on the open web')], max_length=12),
        ),
        migrations.AlterField(
            model_name='leaving',
            name='use',
            field=models.CharField(choices=[('read', 'read my story'), ('prepare', 'draw the picture of my journey'), ('picture', 'see the picture of my journey'), ('read_aloud', 'read it aloud'), ('hear', 'hear my own voice'), ('in_room', 'print it large for the room'), ('quote', 'quote a line of it'), ('count', 'count who went the same way'), ('campaign', 'use it in a campaign'), ('report', 'use it in a report'), ('elsewhere', 'learn from it somewhere else'), ('teaching', 'teach with it'), ('web', 'put it on the open web')], max_length=12),
        ),
    ]
