"""Outside helpers: a role on the sponsor side that sees only what it is invited to."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0001_initial"),
    ]

    operations = [
        migrations.AlterField(
            model_name="invitation",
            name="role",
            field=models.CharField(
                choices=[
                    ("regulatory_lead", "Regulatory lead"),
                    ("contributor", "Contributor"),
                    ("reader", "Reader"),
                    ("qc_analyst", "QC analyst"),
                    ("quality_assurance", "Quality assurance"),
                    ("qualified_person", "Qualified Person"),
                    ("helper", "Outside helper"),
                    ("reviewer", "Reviewer"),
                    ("coordinator", "Coordinator"),
                    ("administrator", "Administrator"),
                ],
                max_length=30,
            ),
        ),
        migrations.AlterField(
            model_name="membership",
            name="role",
            field=models.CharField(
                choices=[
                    ("regulatory_lead", "Regulatory lead"),
                    ("contributor", "Contributor"),
                    ("reader", "Reader"),
                    ("qc_analyst", "QC analyst"),
                    ("quality_assurance", "Quality assurance"),
                    ("qualified_person", "Qualified Person"),
                    ("helper", "Outside helper"),
                    ("reviewer", "Reviewer"),
                    ("coordinator", "Coordinator"),
                    ("administrator", "Administrator"),
                ],
                max_length=30,
            ),
        ),
    ]
