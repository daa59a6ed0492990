"""Gives every filing its sequence, its person as text and its result; and takes them back."""

from django.db import migrations

TAKEN_IN = {"validated", "in_review", "clock_stopped", "concluded"}


def divide(apps, schema_editor):
    sequences = apps.get_model("dossiers", "Sequence")
    events = apps.get_model("audit", "Event")
    signatures = apps.get_model("audit", "Signature")
    filings = apps.get_model("dossiers", "Filing").objects.select_related("dossier", "filed_by")
    for filing in filings.order_by("dossier_id", "sequence", "attempt"):
        filing.belongs_to, _ = sequences.objects.get_or_create(
            dossier=filing.dossier,
            number=filing.sequence,
            defaults={"kind": filing.kind, "opened_by": filing.filed_by, "opened_at": filing.filed_at},
        )
        signature = signatures.objects.filter(object_id=filing.pk, meaning="filed").first()
        filing.filed_by_name = signature.actor_name if signature else filing.filed_by.full_name
        filing.filed_by_role = signature.actor_role if signature else ""
        filing.document_count = len(filing.content["documents"])
        answer = _answer_to(filing, events)
        if filing.kind == "responses":
            filing.result, filing.result_at = "accepted", filing.filed_at
        elif answer is not None:
            is_back = answer.code == "dossiers.sent_back"
            filing.result = "sent_back" if is_back else "accepted"
            filing.result_reason, filing.result_at = answer.why if is_back else "", answer.at
        elif filing.dossier.status in TAKEN_IN:
            filing.result, filing.result_at = "accepted", filing.dossier.changed_at
        filing.save()


def _answer_to(filing, events):
    """The first thing that the authority said of an application after it was filed."""
    said = events.objects.filter(
        root_id=filing.dossier_id,
        code__in=["dossiers.sent_back", "dossiers.validated"],
        at__gte=filing.filed_at,
    )
    return said.order_by("seq").first()


def join(apps, schema_editor):
    for filing in apps.get_model("dossiers", "Filing").objects.select_related("belongs_to"):
        filing.sequence = filing.belongs_to.number
        # What was filed beside an application had no kind of its own before.
        filing.kind = "responses" if filing.belongs_to.kind != "application" else "application"
        filing.belongs_to = None
        filing.save()
    apps.get_model("dossiers", "Dossier").objects.update(next_sequence=None)
    apps.get_model("dossiers", "Sequence").objects.all().delete()


class Migration(migrations.Migration):
    dependencies = [("dossiers", "0013_sequences"), ("audit", "0003_issued_files")]

    operations = [migrations.RunPython(divide, join)]
