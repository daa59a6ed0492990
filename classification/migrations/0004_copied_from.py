from django.db import migrations, models
import django.db.models.deletion


class Migration(migrations.Migration):
    """A candidate can start with the answers of another one, which it names."""

    dependencies = [
        ("classification", "0003_classification_request"),
    ]

    operations = [
        migrations.AddField(
            model_name="assessment",
            name="copied_from",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="copies",
                to="classification.assessment",
            ),
        ),
    ]
