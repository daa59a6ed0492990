import uuid

import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    """Sections repeat, carry notes of the sponsor, and say who is editing them."""

    dependencies = [
        ("dossiers", "0008_uploads"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name="section",
            name="attributes",
            field=models.JSONField(blank=True, default=dict),
        ),
        migrations.AddField(
            model_name="section",
            name="repetition",
            field=models.PositiveSmallIntegerField(default=1),
        ),
        migrations.AlterField(
            model_name="section",
            name="folder",
            field=models.CharField(blank=True, max_length=160),
        ),
        migrations.CreateModel(
            name="SectionNote",
            fields=[
                (
                    "id",
                    models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False),
                ),
                ("text", models.TextField(blank=True)),
                ("edition", models.PositiveIntegerField(default=0)),
                ("written_at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "section",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="note",
                        to="dossiers.section",
                    ),
                ),
                (
                    "written_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Editing",
            fields=[
                (
                    "id",
                    models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False),
                ),
                ("since", models.DateTimeField(default=django.utils.timezone.now)),
                ("seen_at", models.DateTimeField(db_index=True, default=django.utils.timezone.now)),
                (
                    "dossier",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="dossiers.dossier"
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "requirement",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="dossiers.requirement",
                    ),
                ),
                (
                    "section",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="dossiers.section",
                    ),
                ),
            ],
            options={
                "ordering": ["since"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("requirement__isnull", False), ("section", None)),
                            models.Q(("requirement", None), ("section__isnull", False)),
                            _connector="OR",
                        ),
                        name="editing_of_one_thing",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("requirement", None)),
                        fields=("section", "person"),
                        name="editing_section_once",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("section", None)),
                        fields=("requirement", "person"),
                        name="editing_requirement_once",
                    ),
                ],
            },
        ),
    ]
