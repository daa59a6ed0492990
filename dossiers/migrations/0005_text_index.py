from django.db import migrations

SQLITE = (
    # `words` are in lower case and without accents already, so that both databases find the same.
    """CREATE VIRTUAL TABLE dossiers_pagetext_fts USING fts5(
        words, content='dossiers_pagetext', content_rowid='id', tokenize='unicode61 remove_diacritics 0')""",
    """CREATE TRIGGER dossiers_pagetext_added AFTER INSERT ON dossiers_pagetext BEGIN
        INSERT INTO dossiers_pagetext_fts(rowid, words) VALUES (new.id, new.words); END""",
    """CREATE TRIGGER dossiers_pagetext_removed AFTER DELETE ON dossiers_pagetext BEGIN
        INSERT INTO dossiers_pagetext_fts(dossiers_pagetext_fts, rowid, words)
        VALUES ('delete', old.id, old.words); END""",
    """CREATE TRIGGER dossiers_pagetext_changed AFTER UPDATE ON dossiers_pagetext BEGIN
        INSERT INTO dossiers_pagetext_fts(dossiers_pagetext_fts, rowid, words)
        VALUES ('delete', old.id, old.words);
        INSERT INTO dossiers_pagetext_fts(rowid, words) VALUES (new.id, new.words); END""",
    "INSERT INTO dossiers_pagetext_fts(dossiers_pagetext_fts) VALUES ('rebuild')",
)
SQLITE_BACK = (
    "DROP TRIGGER dossiers_pagetext_added",
    "DROP TRIGGER dossiers_pagetext_removed",
    "DROP TRIGGER dossiers_pagetext_changed",
    "DROP TABLE dossiers_pagetext_fts",
)
POSTGRESQL = (
    """ALTER TABLE dossiers_pagetext ADD COLUMN found_by tsvector
        GENERATED ALWAYS AS (to_tsvector('simple', words)) STORED""",
    "CREATE INDEX dossiers_pagetext_fts ON dossiers_pagetext USING gin (found_by)",
)
POSTGRESQL_BACK = (
    "DROP INDEX dossiers_pagetext_fts",
    "ALTER TABLE dossiers_pagetext DROP COLUMN found_by",
)
FORWARDS = {"sqlite": SQLITE, "postgresql": POSTGRESQL}
BACKWARDS = {"sqlite": SQLITE_BACK, "postgresql": POSTGRESQL_BACK}


def build(apps, schema_editor):
    for statement in FORWARDS[schema_editor.connection.vendor]:
        schema_editor.execute(statement)


def take_down(apps, schema_editor):
    for statement in BACKWARDS[schema_editor.connection.vendor]:
        schema_editor.execute(statement)


class Migration(migrations.Migration):
    """An index of the words of pages: a table of FTS5 kept by triggers, or a column with a GIN index."""

    dependencies = [("dossiers", "0004_page_texts")]

    operations = [migrations.RunPython(build, take_down)]
