import django.db.models.deletion
import django.utils.timezone
import uuid
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("classification", "0001_initial"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="PrecedentImport",
            fields=[
                (
                    "id",
                    models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False),
                ),
                ("list_name", models.CharField(max_length=120)),
                ("file_name", models.CharField(max_length=200)),
                ("imported_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("rows", models.PositiveIntegerField()),
                ("added", models.PositiveIntegerField()),
                ("known", models.PositiveIntegerField()),
                ("skipped", models.PositiveIntegerField()),
                (
                    "imported_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": ["-imported_at"],
            },
        ),
        migrations.CreateModel(
            name="Precedent",
            fields=[
                (
                    "id",
                    models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False),
                ),
                ("reference", models.CharField(max_length=30, unique=True)),
                ("product", models.CharField(max_length=1000)),
                ("indication", models.CharField(blank=True, max_length=600)),
                (
                    "outcome",
                    models.CharField(
                        choices=[
                            ("GTMP", "GTMP"),
                            ("sCTMP", "sCTMP"),
                            ("TEP", "TEP"),
                            ("combined-GTMP", "Combined GTMP"),
                            ("combined-sCTMP", "Combined sCTMP"),
                            ("combined-TEP", "Combined TEP"),
                            ("not-ATMP", "Not an ATMP"),
                        ],
                        max_length=20,
                    ),
                ),
                ("outcome_words", models.CharField(max_length=300)),
                ("dated", models.CharField(max_length=40)),
                ("year", models.PositiveSmallIntegerField()),
                ("decided_on", models.DateField()),
                ("source", models.CharField(max_length=300)),
                ("source_url", models.CharField(blank=True, max_length=300)),
                ("facts", models.JSONField(default=dict)),
                (
                    "row_kind",
                    models.CharField(
                        choices=[
                            ("cat_recommendation", "Recommendation of the CAT"),
                            ("authorised_product", "Authorised product"),
                            ("maa_not_authorised", "Application without authorisation"),
                            ("guidance_example", "Example in guidance"),
                        ],
                        max_length=30,
                    ),
                ),
                (
                    "verification",
                    models.CharField(
                        choices=[
                            ("verified-primary", "Publication"),
                            ("verified-epar", "Assessment report"),
                            ("verified-secondary", "Secondary source"),
                            ("company-statement", "Company statement"),
                            ("recalled-high", "Well known"),
                            ("class-inferred", "Class inferred"),
                            ("recalled-medium", "From memory"),
                            ("imported", "Imported"),
                        ],
                        max_length=30,
                    ),
                ),
                ("note", models.CharField(blank=True, max_length=300)),
                ("list_name", models.CharField(max_length=120)),
                ("imported_at", models.DateTimeField(db_index=True, default=django.utils.timezone.now)),
                ("fingerprint", models.CharField(max_length=64, unique=True)),
                (
                    "imported_in",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="precedents",
                        to="classification.precedentimport",
                    ),
                ),
            ],
            options={
                "ordering": ["-decided_on", "reference"],
                "indexes": [models.Index(fields=["-decided_on", "reference"], name="precedent_by_date")],
            },
        ),
    ]
