import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    """The number and the kind now stand at the sequence alone, and every filing belongs to one."""

    dependencies = [("dossiers", "0014_sequences_of_filings")]

    operations = [
        migrations.AlterModelOptions(name="filing", options={}),
        migrations.RemoveConstraint(model_name="filing", name="filing_sequence_attempt"),
        migrations.RemoveField(model_name="filing", name="sequence"),
        migrations.RemoveField(model_name="filing", name="kind"),
        migrations.RenameField(model_name="filing", old_name="belongs_to", new_name="sequence"),
        migrations.AlterField(
            model_name="filing",
            name="sequence",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="attempts",
                to="dossiers.sequence",
            ),
        ),
        migrations.AlterField(
            model_name="filing", name="filed_by_name", field=models.CharField(max_length=200)
        ),
        migrations.AlterField(
            model_name="filing", name="filed_by_role", field=models.CharField(blank=True, max_length=200)
        ),
        migrations.AlterField(model_name="filing", name="result_reason", field=models.TextField(blank=True)),
        migrations.AlterModelOptions(name="filing", options={"ordering": ["sequence__number", "attempt"]}),
        migrations.AddConstraint(
            model_name="filing",
            constraint=models.UniqueConstraint(fields=["sequence", "attempt"], name="filing_attempt_once"),
        ),
        migrations.AddConstraint(
            model_name="filing",
            constraint=models.CheckConstraint(
                condition=models.Q(("result", "waiting"), ("result_at", None))
                | models.Q(models.Q(("result", "waiting"), _negated=True), ("result_at__isnull", False)),
                name="filing_result_when",
            ),
        ),
    ]
