from django.db import migrations, models


class Migration(migrations.Migration):
    """What was typed about a file stays with it when another one is thrown away."""

    dependencies = [
        ("dossiers", "0019_carried_conditions"),
    ]

    operations = [
        migrations.AddField(
            model_name="upload",
            name="typed",
            field=models.JSONField(default=dict, verbose_name="what was typed about it"),
        ),
    ]
