"""Indexes for the lists of the administration, newest first."""

from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("dossiers", "0016_carried_over"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddIndex(
            model_name="comment",
            index=models.Index(fields=["-written_at"], name="comment_by_date"),
        ),
        migrations.AddIndex(
            model_name="document",
            index=models.Index(fields=["-created_at"], name="document_by_date"),
        ),
        migrations.AddIndex(
            model_name="documentversion",
            index=models.Index(fields=["-uploaded_at"], name="document_version_by_date"),
        ),
        migrations.AddIndex(
            model_name="thread",
            index=models.Index(fields=["-started_at"], name="thread_by_date"),
        ),
    ]
