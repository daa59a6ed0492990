from django.db import migrations, models


class Migration(migrations.Migration):
    """A dossier can follow another class of its product: nothing in it is deleted, so it is set aside."""

    dependencies = [
        ("dossiers", "0001_initial"),
    ]

    operations = [
        migrations.AddField(
            model_name="requirement",
            name="earlier_answer",
            field=models.JSONField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name="section",
            name="is_left_out",
            field=models.BooleanField(default=False, verbose_name="taken out of the tree with another class"),
        ),
    ]
