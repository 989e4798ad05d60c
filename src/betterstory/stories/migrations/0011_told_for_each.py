import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
        ('stories', '0010_what_each_had_shut'),
    ]

    operations = [
        migrations.RemoveField(model_name='story', name='shut_for'),
        migrations.AlterField(
            model_name='speaker',
            name='chosen_by',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
    ]
