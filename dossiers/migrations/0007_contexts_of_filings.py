from django.db import migrations


def write_contexts(apps, schema_editor):
    """Write what each filing so far did with its documents, read from its frozen content."""
    filings = apps.get_model("dossiers", "Filing").objects
    contexts = apps.get_model("dossiers", "ContextOfUse").objects
    versions = apps.get_model("dossiers", "DocumentVersion").objects
    known = {}
    for filing in filings.order_by("dossier", "sequence", "attempt").iterator():
        stand = known.setdefault(filing.dossier_id, {})
        # An attempt that was sent back is filed again as if it had never been: it modifies what was before it.
        before = {pk: held for pk, held in stand.items() if held[0] < filing.sequence}
        found = {
            str(version.pk): version
            for version in versions.filter(document__dossier=filing.dossier_id).select_related("document")
        }
        for listed in filing.content["documents"]:
            version = found.get(listed["id"])
            if version is None:
                continue
            _, earlier = before.get(version.document_id, (None, None))
            if earlier is not None and earlier.version_id == version.pk:
                continue
            context = contexts.create(
                dossier_id=filing.dossier_id,
                section_id=version.document.section_id,
                document_id=version.document_id,
                version_id=version.pk,
                operation="replace" if earlier else "new",
                modified=earlier,
                filing=filing,
                written_by_id=filing.filed_by_id,
                written_at=filing.filed_at,
            )
            stand[version.document_id] = (filing.sequence, context)


def forget_contexts(apps, schema_editor):
    """Empty the table before it goes; the frozen contents of filings stay."""
    apps.get_model("dossiers", "ContextOfUse").objects.all().delete()


class Migration(migrations.Migration):
    """Filings that were made before contexts of use were kept get theirs."""

    dependencies = [("dossiers", "0006_contexts_of_use")]

    operations = [migrations.RunPython(write_contexts, forget_contexts)]
