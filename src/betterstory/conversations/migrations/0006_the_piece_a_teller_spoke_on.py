import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('conversations', '0005_gathering'),
        ('stories', '0008_leaves'),
    ]

    operations = [
        migrations.AddField(
            model_name='change',
            name='piece',
            field=models.ForeignKey(blank=True, help_text="what the teller's word hangs on, where the teller spoke", null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='stories.piece'),
        ),
    ]
