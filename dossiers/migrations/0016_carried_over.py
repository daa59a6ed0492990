import django.db.models.deletion
import uuid
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    """What a next sequence takes over is looked at again, line by line."""

    dependencies = [
        ("dossiers", "0015_filing_is_an_attempt"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Carried",
            fields=[
                (
                    "id",
                    models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[("document", "Document"), ("answer", "Answer to a requirement")],
                        max_length=12,
                    ),
                ),
                ("edition", models.PositiveIntegerField()),
                ("why", models.CharField(max_length=300)),
                ("looked_at", models.DateTimeField(null=True)),
                (
                    "document",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="carried",
                        to="dossiers.document",
                    ),
                ),
                (
                    "looked_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "requirement",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="carried",
                        to="dossiers.requirement",
                    ),
                ),
                (
                    "section",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="dossiers.section"
                    ),
                ),
                (
                    "sequence",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="carried",
                        to="dossiers.sequence",
                    ),
                ),
            ],
            options={
                "ordering": ["section__position", "kind", "pk"],
                "constraints": [
                    models.UniqueConstraint(fields=("sequence", "document"), name="carried_document_once"),
                    models.UniqueConstraint(fields=("sequence", "requirement"), name="carried_answer_once"),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("document__isnull", False), ("kind", "document"), ("requirement", None)
                            ),
                            models.Q(("document", None), ("kind", "answer"), ("requirement__isnull", False)),
                            _connector="OR",
                        ),
                        name="carried_is_one_thing",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("looked_at", None), ("looked_by", None)),
                            models.Q(("looked_at__isnull", False), ("looked_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="carried_looked_by_and_at",
                    ),
                ],
            },
        ),
    ]
