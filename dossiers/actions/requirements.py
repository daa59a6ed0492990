"""Answering requirements: met by a document, not applicable for a reason, or open again."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.db import transaction

from accounts.models import User
from audit import trail
from audit.models import Audience
from audit.refusals import Refused, Stale
from dossiers import permissions
from dossiers.events import DossierEvent
from dossiers.models import Document, Dossier, Requirement
from dossiers.statuses import RequirementState
from dossiers.wording import goes_on


@transaction.atomic
def answer(
    requirement: Requirement,
    *,
    state: str,
    document: Document | None = None,
    page: int | None = None,
    reason: str = "",
    edition: int,
    by: User,
) -> Requirement:
    """Answer a requirement by a document and page, by the reason why it does not apply, or not any more.

    What does not belong to the answer is left out, and the same answer sent again changes nothing.
    Raises Stale when another edition came between, of which something would be lost.
    """
    dossier = Dossier.objects.select_for_update().get(pk=requirement.dossier_id)
    locked = Requirement.objects.select_for_update().get(pk=requirement.pk)
    refusal = permissions.why_not_edit_documents(dossier, by)
    if refusal:
        raise Refused(refusal)
    if state == RequirementState.MET and not document:
        raise Refused("Choose the document that answers it.")
    if state == RequirementState.NOT_APPLICABLE and not reason:
        raise Refused("Say why it does not apply.")
    if document and not Document.objects.to_stay().filter(pk=document.pk, dossier=dossier).exists():
        raise Refused(f"{document} is not in this dossier, or leaves it with the next filing.")
    is_met, is_set_aside = state == RequirementState.MET, state == RequirementState.NOT_APPLICABLE
    before = in_answer(locked)
    locked.state, locked.document = state, document if is_met else None
    locked.page, locked.reason = page if is_met else None, reason if is_set_aside else ""
    locked.earlier_answer = None
    after = in_answer(locked)
    if before == after:
        return locked
    if locked.edition != edition and not _goes_on(before, after):
        raise Stale(f"The answer to {locked} was changed after you opened it. Nothing was overwritten.")
    locked.edition += 1
    locked.save(update_fields=["state", "document", "page", "reason", "earlier_answer", "edition"])
    trail.record(
        DossierEvent.REQUIREMENT_ANSWERED,
        locked,
        by=by,
        sentence=f"{locked.code}: {locked.get_state_display().lower()}",
        why=locked.reason,
        data=trail.changes(before, after),
        audience=Audience.SPONSOR,
    )
    return locked


@transaction.atomic
def answer_many(
    dossier: Dossier, editions: Mapping[UUID, int], *, document: Document, page: int | None = None, by: User
) -> list[Requirement]:
    """Answer several open requirements by one document, each with its own event; all of them or none.

    `editions` holds, by the key of each requirement, the edition that the person saw.
    """
    dossier = Dossier.objects.select_for_update().get(pk=dossier.pk)
    refusal = permissions.why_not_edit_documents(dossier, by)
    if refusal:
        raise Refused(refusal)
    found = list(dossier.requirements.filter(pk__in=editions))
    if not found:
        raise Refused("Tick the open requirements that the document answers.")
    if len(found) < len(editions) or any(each.state != RequirementState.OPEN for each in found):
        raise Stale("A requirement was answered after you opened the list. Nothing was changed.")
    state = RequirementState.MET
    return [
        answer(each, state=state, document=document, page=page, edition=editions[each.pk], by=by)
        for each in found
    ]


def _goes_on(before: Mapping[str, Any], after: Mapping[str, Any]) -> bool:
    """Whether the reason only goes on where the saved one ends."""
    return before["state"] == after["state"] and goes_on(after["reason"], before["reason"])


def in_answer(requirement: Requirement) -> dict[str, Any]:
    """Return what the trail keeps of an answer."""
    document = requirement.document
    return {
        "state": requirement.state,
        "document": document.file_name if document else "",
        "page": requirement.page,
        "reason": requirement.reason,
    }
