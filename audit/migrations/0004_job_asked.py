"""A job says which of several answers is asked for; reports may be spreadsheets and CSV."""

from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("audit", "0003_issued_files"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name="job",
            name="job_under_way_once",
        ),
        migrations.AddField(
            model_name="job",
            name="asked",
            field=models.CharField(blank=True, max_length=300),
        ),
        migrations.AlterField(
            model_name="issuedreport",
            name="media_type",
            field=models.CharField(
                choices=[
                    ("application/pdf", "PDF"),
                    ("application/vnd.openxmlformats-officedocument.wordprocessingml.document", "Word file"),
                    ("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "Spreadsheet"),
                    ("text/csv", "CSV file"),
                ],
                default="application/pdf",
                max_length=100,
            ),
        ),
        migrations.AddConstraint(
            model_name="job",
            constraint=models.UniqueConstraint(
                condition=models.Q(("state__in", ["queued", "running"])),
                fields=("task", "object_id", "requested_by", "asked"),
                name="job_under_way_once",
            ),
        ),
    ]
