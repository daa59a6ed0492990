from django.db import migrations, models


class Migration(migrations.Migration):
    """A package of a whole dossier is a ZIP; only the choices change, so no table is made anew."""

    dependencies = [("audit", "0004_job_asked")]

    operations = [
        migrations.AlterField(
            model_name="issuedreport",
            name="media_type",
            field=models.CharField(
                choices=[
                    ("application/pdf", "PDF"),
                    (
                        "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
                        "Word file",
                    ),
                    (
                        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
                        "Spreadsheet",
                    ),
                    ("text/csv", "CSV file"),
                    ("application/zip", "ZIP archive"),
                ],
                default="application/pdf",
                max_length=100,
            ),
        ),
    ]
