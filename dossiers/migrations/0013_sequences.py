import uuid

import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

KINDS = [
    ("application", "Application"),
    ("validation", "Response to the validation"),
    ("responses", "Responses to questions"),
    ("supplement", "Supplementary information"),
]


class Migration(migrations.Migration):
    """A sequence and the attempts to file it are two things: one sent back is sent again under its number."""

    dependencies = [
        ("dossiers", "0012_open_combined_parts"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Sequence",
            fields=[
                (
                    "id",
                    models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False),
                ),
                ("number", models.PositiveSmallIntegerField()),
                ("kind", models.CharField(choices=KINDS, max_length=12)),
                (
                    "answers_to",
                    models.CharField(blank=True, max_length=200, verbose_name="what it answers"),
                ),
                ("opened_at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "dossier",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="sequences",
                        to="dossiers.dossier",
                    ),
                ),
                (
                    "opened_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": ["number"],
                "constraints": [
                    models.UniqueConstraint(fields=["dossier", "number"], name="sequence_number_once")
                ],
            },
        ),
        migrations.AddField(
            model_name="dossier",
            name="next_sequence",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="+",
                to="dossiers.sequence",
            ),
        ),
        migrations.AddField(
            model_name="filing",
            name="belongs_to",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="attempts",
                to="dossiers.sequence",
            ),
        ),
        migrations.AddField(
            model_name="filing", name="document_count", field=models.PositiveIntegerField(default=0)
        ),
        migrations.AddField(
            model_name="filing", name="filed_by_name", field=models.CharField(default="", max_length=200)
        ),
        migrations.AddField(
            model_name="filing",
            name="filed_by_role",
            field=models.CharField(blank=True, default="", max_length=200),
        ),
        migrations.AddField(
            model_name="filing",
            name="result",
            field=models.CharField(
                choices=[
                    ("waiting", "With the agency"),
                    ("accepted", "Accepted"),
                    ("sent_back", "Sent back"),
                ],
                default="waiting",
                max_length=12,
            ),
        ),
        migrations.AddField(
            model_name="filing", name="result_reason", field=models.TextField(blank=True, default="")
        ),
        migrations.AddField(model_name="filing", name="result_at", field=models.DateTimeField(null=True)),
        migrations.AlterField(
            model_name="filing", name="sequence", field=models.PositiveSmallIntegerField(null=True)
        ),
        migrations.AlterField(
            model_name="filing",
            name="kind",
            field=models.CharField(choices=KINDS, max_length=12, null=True),
        ),
    ]
