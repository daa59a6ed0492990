"""Forbids UPDATE and DELETE on evidence in the database itself."""

from django.db import migrations

TABLES = ("audit_event", "audit_signature", "audit_issuedreport")


def guard(apps, schema_editor):
    for statement in guarding_statements(schema_editor.connection.vendor):
        schema_editor.execute(statement)


def guarding_statements(vendor):
    if vendor == "sqlite":
        for table in TABLES:
            for verb in ("UPDATE", "DELETE"):
                yield (
                    f"CREATE TRIGGER {table}_no_{verb.lower()} BEFORE {verb} ON {table} "
                    f"BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END"
                )
    else:
        yield (
            "CREATE OR REPLACE FUNCTION audit_append_only() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
            "RAISE EXCEPTION USING MESSAGE = TG_TABLE_NAME || ' is append-only', "
            "ERRCODE = 'restrict_violation'; END $$"
        )
        for table in TABLES:
            yield (
                f"CREATE TRIGGER {table}_rows BEFORE UPDATE OR DELETE ON {table} "
                "FOR EACH ROW EXECUTE FUNCTION audit_append_only()"
            )
            yield (
                f"CREATE TRIGGER {table}_truncate BEFORE TRUNCATE ON {table} "
                "FOR EACH STATEMENT EXECUTE FUNCTION audit_append_only()"
            )


def lift(apps, schema_editor):
    for statement in lifting_statements(schema_editor.connection.vendor):
        schema_editor.execute(statement)


def lifting_statements(vendor):
    for table in TABLES:
        if vendor == "sqlite":
            yield f"DROP TRIGGER IF EXISTS {table}_no_update"
            yield f"DROP TRIGGER IF EXISTS {table}_no_delete"
        else:
            yield f"DROP TRIGGER IF EXISTS {table}_rows ON {table}"
            yield f"DROP TRIGGER IF EXISTS {table}_truncate ON {table}"


class Migration(migrations.Migration):
    dependencies = [("audit", "0001_initial")]

    operations = [migrations.RunPython(guard, lift)]
