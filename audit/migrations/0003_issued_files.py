"""A report can be another file than a PDF: the media type, and no page count where none is known."""

from django.db import migrations, models

TABLE = "audit_issuedreport"


def guard(apps, schema_editor):
    """Set the triggers again: SQLite makes a table anew to change its columns, and loses them."""
    if schema_editor.connection.vendor != "sqlite":
        return
    for verb in ("UPDATE", "DELETE"):
        schema_editor.execute(
            f"CREATE TRIGGER IF NOT EXISTS {TABLE}_no_{verb.lower()} BEFORE {verb} ON {TABLE} "
            f"BEGIN SELECT RAISE(ABORT, '{TABLE} is append-only'); END"
        )


class Migration(migrations.Migration):
    dependencies = [("audit", "0002_append_only")]

    operations = [
        migrations.RunPython(migrations.RunPython.noop, guard),
        migrations.AddField(
            model_name="issuedreport",
            name="media_type",
            field=models.CharField(
                choices=[
                    ("application/pdf", "PDF"),
                    (
                        "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
                        "Word file",
                    ),
                ],
                default="application/pdf",
                max_length=100,
            ),
        ),
        migrations.AlterField(
            model_name="issuedreport",
            name="pages",
            field=models.PositiveIntegerField(null=True),
        ),
        migrations.RunPython(guard, migrations.RunPython.noop),
    ]
