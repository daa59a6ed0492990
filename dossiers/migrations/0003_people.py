"""Colleagues invited to one dossier until a last day, and owners of sections."""

import django.db.models.deletion
import django.utils.timezone
import uuid
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0002_helper"),
        ("dossiers", "0002_reclassified_structure"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name="section",
            name="due_on",
            field=models.DateField(blank=True, null=True, verbose_name="wanted by"),
        ),
        migrations.AddField(
            model_name="section",
            name="owner",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.CreateModel(
            name="DossierMembership",
            fields=[
                (
                    "id",
                    models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False),
                ),
                (
                    "role",
                    models.CharField(
                        choices=[("owner", "Owner"), ("editor", "Editor"), ("reader", "Reader")],
                        max_length=10,
                    ),
                ),
                ("ends_on", models.DateField(verbose_name="last day")),
                ("invited_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("ended_at", models.DateTimeField(null=True)),
                ("end_reason", models.CharField(blank=True, max_length=300)),
                (
                    "dossier",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="members",
                        to="dossiers.dossier",
                    ),
                ),
                (
                    "ended_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "invitation",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounts.invitation",
                    ),
                ),
                (
                    "invited_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="dossier_memberships",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": ["invited_at"],
                "indexes": [
                    models.Index(
                        condition=models.Q(("ended_at", None)), fields=["ends_on"], name="member_to_end"
                    )
                ],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("ended_at", None)),
                        fields=("dossier", "person"),
                        name="member_once_in_a_dossier",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("ended_at", None)),
                        fields=("dossier", "invitation"),
                        name="member_invited_once_to_a_dossier",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("person__isnull", False), ("invitation__isnull", False), _connector="OR"
                        ),
                        name="member_is_somebody",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("ended_by", None), ("ended_at__isnull", False), _connector="OR"),
                        name="member_ended_by_when",
                    ),
                ],
            },
        ),
    ]
