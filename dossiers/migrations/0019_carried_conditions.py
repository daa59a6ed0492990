import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    """Open conditions of a notified body are looked at again with the next sequence."""

    dependencies = [
        ("dossiers", "0018_plain_names"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name="carried",
            name="carried_is_one_thing",
        ),
        migrations.AddField(
            model_name="carried",
            name="condition",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="carried",
                to="dossiers.condition",
            ),
        ),
        migrations.AlterField(
            model_name="carried",
            name="kind",
            field=models.CharField(
                choices=[
                    ("document", "Document"),
                    ("answer", "Answer to a requirement"),
                    ("condition", "Condition of a notified body"),
                ],
                max_length=12,
            ),
        ),
        migrations.AddConstraint(
            model_name="carried",
            constraint=models.UniqueConstraint(
                fields=("sequence", "condition"), name="carried_condition_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="carried",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("condition", None),
                        ("document__isnull", False),
                        ("kind", "document"),
                        ("requirement", None),
                    ),
                    models.Q(
                        ("condition", None),
                        ("document", None),
                        ("kind", "answer"),
                        ("requirement__isnull", False),
                    ),
                    models.Q(
                        ("condition__isnull", False),
                        ("document", None),
                        ("kind", "condition"),
                        ("requirement", None),
                    ),
                    _connector="OR",
                ),
                name="carried_is_one_thing",
            ),
        ),
    ]
