"""Choosing what the next sequence does with a document, and recording what a sequence did."""

from uuid import uuid4

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from audit import trail
from audit.models import Audience
from audit.refusals import Refused
from dossiers import contexts, permissions
from dossiers.actions import requirements as answering
from dossiers.events import DossierEvent
from dossiers.models import ContextOfUse, Document, Dossier, Filing
from dossiers.statuses import Operation, RequirementState


@transaction.atomic
def delete(document: Document, *, why: str, by: User) -> ContextOfUse:
    """Have the next filing delete a filed document; until then it stays, and the authority sees it.

    One that only an attempt that came back held is left out of the next attempt, as if it had never been.
    The requirements that it answered are open again.
    """
    document = _to_edit(document, by)
    stands = _standing(document)
    what = "is deleted with the next filing"
    if stands is None:
        stands, what = (
            document.contexts.filter(filing__isnull=False).last(),
            "is left out of the next attempt",
        )
    if stands is None:
        raise Refused(f"{document} was never filed; it can simply be removed.")
    context = _choose(document, Operation.DELETE, modified=stands, why=why, by=by)
    trail.record(
        DossierEvent.DELETION_CHOSEN,
        document,
        by=by,
        sentence=f"{document.file_name} in {document.section.number} {what}",
        why=why,
        audience=Audience.SPONSOR,
    )
    for requirement in document.answers.all():
        answering.answer(requirement, state=RequirementState.OPEN, edition=requirement.edition, by=by)
    return context


@transaction.atomic
def keep(document: Document, *, by: User) -> Operation:
    """Take back what was chosen for the next filing; requirements that were opened stay open."""
    document = _to_edit(document, by)
    chosen = ContextOfUse.objects.filter(document=document, filing=None).first()
    if chosen is None:
        raise Refused(f"Nothing was chosen for {document}.")
    chosen.delete()
    trail.record(
        DossierEvent.OPERATION_TAKEN_BACK,
        document,
        by=by,
        sentence=f"Took back what was chosen for {document.file_name} in {document.section.number}",
        audience=Audience.SPONSOR,
    )
    return Operation(chosen.operation)


@transaction.atomic
def append(document: Document, to: Document, *, why: str, by: User) -> ContextOfUse:
    """Have the next filing add a document that the agency does not have to a filed one of its section.

    Source: EU criteria 11.5 to 11.9: what is modified stands in the same section.
    """
    document = _to_edit(document, by)
    if _standing(document):
        raise Refused(f"{document} was filed already; its newer version replaces it.")
    if to.section_id != document.section_id or to.dossier_id != document.dossier_id:
        raise Refused(f"{to} is in another section; a document is added to one of its own section.")
    stands = _standing(to)
    if stands is None:
        raise Refused(f"{to} does not stand in a filing; nothing can be added to it.")
    if to.contexts.filter(filing=None).exists():
        raise Refused(f"{to} is deleted with the next filing; nothing can be added to it.")
    context = _choose(document, Operation.APPEND, modified=stands, why=why, by=by)
    trail.record(
        DossierEvent.APPENDING_CHOSEN,
        document,
        by=by,
        sentence=f"{document.file_name} is filed as an addition to {to.file_name}",
        why=why,
        audience=Audience.SPONSOR,
    )
    return context


def record(filing: Filing) -> list[ContextOfUse]:
    """Write what a filing just made does with each document, and take out what it deletes.

    It belongs to the transaction of the filing, whose own event says in the trail what was filed.
    """
    dossier = filing.dossier
    operations = contexts.operations_of(dossier, contexts.filing_before(filing))
    chosen = {context.document_id: context for context in dossier.contexts.filter(filing=None)}
    written = []
    for each in operations:
        if each.operation is None or (each.operation == Operation.DELETE and each.modified is None):
            continue
        context = chosen.get(each.document.pk) or ContextOfUse(
            dossier=dossier, section=each.document.section, document=each.document
        )
        context.operation, context.version, context.modified = each.operation, each.version, each.modified
        context.filing, context.written_by, context.written_at = filing, filing.filed_by, filing.filed_at
        context.save()
        written.append(context)
    deleted = [each.document.pk for each in operations if each.operation == Operation.DELETE]
    Document.objects.filter(pk__in=deleted).update(removed_at=timezone.now(), deleted_in=filing)
    dossier.contexts.filter(filing=None).delete()
    return written


def choose_again(filing: Filing) -> None:
    """Choose for the next attempt what one that came back had chosen; what it deleted is in place again."""
    chosen = filing.contexts.filter(operation__in=[Operation.APPEND, Operation.DELETE])
    for context in chosen:
        context.pk, context.version, context.filing = uuid4(), None, None
        context.save(force_insert=True)
    deleted = chosen.filter(operation=Operation.DELETE).values("document")
    Document.objects.filter(pk__in=deleted).update(removed_at=None, deleted_in=None)


def _to_edit(document: Document, by: User) -> Document:
    dossier = Dossier.objects.select_for_update().get(pk=document.dossier_id)
    document = Document.objects.select_for_update(of=("self",)).select_related("section").get(pk=document.pk)
    refusal = permissions.why_not_edit_documents(dossier, by)
    if refusal is None and document.removed_at:
        refusal = f"{document} was removed already."
    if refusal:
        raise Refused(refusal)
    document.dossier = dossier
    return document


def _standing(document: Document) -> ContextOfUse | None:
    return contexts.standing_after(contexts.last_filing(document.dossier), [document]).get(document.pk)


def _choose(
    document: Document, operation: Operation, *, modified: ContextOfUse, why: str, by: User
) -> ContextOfUse:
    if not why.strip():
        raise Refused("Say why, in a sentence.")
    if ContextOfUse.objects.filter(document=document, filing=None).exists():
        raise Refused(f"Something was chosen for {document} already; take that back first.")
    return ContextOfUse.objects.create(
        dossier=document.dossier,
        section=document.section,
        document=document,
        operation=operation,
        modified=modified,
        why=why,
        written_by=by,
    )
