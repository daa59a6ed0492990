from django.db import migrations


def flush(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute("ALTER INDEX dossiers_pagetext_fts SET (fastupdate = off)")
        schema_editor.execute("SELECT gin_clean_pending_list('dossiers_pagetext_fts')")


def gather_again(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute("ALTER INDEX dossiers_pagetext_fts RESET (fastupdate)")


class Migration(migrations.Migration):
    """Put the words of new pages into the index at once.

    PostgreSQL gathers them in a list beside the index; while that list is long it reads every page instead.
    Workers write the pages, people wait for the search.
    """

    dependencies = [("dossiers", "0020_upload_typed")]

    operations = [migrations.RunPython(flush, gather_again)]
