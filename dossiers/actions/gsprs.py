"""Answering the safety and performance requirements of a device, and judging them."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from audit import trail
from audit.models import Audience
from audit.refusals import Refused, Stale
from dossiers import permissions
from dossiers.actions.combined import check_documents, editable
from dossiers.combined_tables import gspr_numbered
from dossiers.events import DossierEvent
from dossiers.models import Document, Dossier, Gspr
from dossiers.statuses import Applicability, GsprJudgement


@dataclass(frozen=True)
class GsprAnswer:
    """How the sponsor answers a requirement: it applies, shown by this, or it does not, for this reason."""

    applicability: str
    reason: str = ""
    standard: str = ""
    document: Document | None = None
    page: int | None = None
    place: str = ""
    edition: int = 1


@transaction.atomic
def answer_gsprs(dossier: Dossier, answers: Mapping[str, GsprAnswer], *, by: User) -> list[Gspr]:
    """Answer safety and performance requirements of the device, by number, in one go.

    What does not belong to the answer is left out. Raises Stale when another edition came between.
    """
    dossier = editable(dossier, by)
    check_documents(dossier, (answer.document for answer in answers.values()))
    rows = list(
        Gspr.objects.select_for_update(of=("self",))
        .filter(dossier=dossier, number__in=answers)
        .select_related("document")
    )
    changes: dict[str, Any] = {}
    changed = []
    for row in rows:
        answer = answers[row.number]
        if answer.applicability == Applicability.DOES_NOT_APPLY and not answer.reason.strip():
            raise Refused(f"Say why {row} does not apply.")
        before = _gspr_words(row)
        _take(row, answer)
        found = trail.changes(before, _gspr_words(row))
        if not found:
            continue
        if row.edition != answer.edition:
            raise Stale(f"{row} was changed after you opened it. Nothing was overwritten.")
        row.edition += 1
        row.save(update_fields=[*_GSPR_FIELDS, "edition"])
        changes |= {f"{row.number} {name}": change for name, change in found.items()}
        changed.append(row)
    if changed:
        trail.record(
            DossierEvent.GSPR_ANSWERED,
            dossier,
            by=by,
            sentence=_told(changed),
            data=changes,
            audience=Audience.SPONSOR,
        )
    return changed


_GSPR_FIELDS = ("applicability", "reason", "standard", "document", "page", "place")


def _take(row: Gspr, answer: GsprAnswer) -> None:
    applies = answer.applicability == Applicability.APPLIES
    is_set_aside = answer.applicability == Applicability.DOES_NOT_APPLY
    row.applicability, row.reason = answer.applicability, answer.reason if is_set_aside else ""
    row.standard, row.place = (answer.standard, answer.place) if applies else ("", "")
    row.document = answer.document if applies else None
    row.page = answer.page if applies and answer.document else None


def _gspr_words(row: Gspr) -> dict[str, Any]:
    return {
        "applicability": row.applicability,
        "reason": row.reason,
        "standard": row.standard,
        "document": row.document.file_name if row.document else "",
        "page": row.page,
        "place": row.place,
    }


def _told(rows: Iterable[Gspr]) -> str:
    rows = list(rows)
    if len(rows) == 1:
        return f"{rows[0]}: {rows[0].get_applicability_display().lower()}"
    return f"GSPR {', '.join(row.number for row in rows)}: answered"


@transaction.atomic
def set_aside_rare(dossier: Dossier, *, by: User) -> list[Gspr]:
    """Set aside what is not expected of a scaffold and nobody decided; each can be opened again."""
    open_rows = dossier.gsprs.filter(applicability=Applicability.NOT_DECIDED)
    return answer_gsprs(
        dossier,
        {
            row.number: GsprAnswer(
                Applicability.DOES_NOT_APPLY,
                reason="Not expected of a scaffold, and the device has nothing of the kind.",
                edition=row.edition,
            )
            for row in open_rows
            if gspr_numbered()[row.number].is_rare
        },
        by=by,
    )


@transaction.atomic
def judge_gspr(gspr: Gspr, *, judgement: str, remark: str, edition: int, by: User) -> Gspr:
    """Say for the authority whether the device complies with a requirement; a refusal needs its remark."""
    locked = Gspr.objects.select_for_update(of=("self",)).select_related("dossier").get(pk=gspr.pk)
    refusal = permissions.why_not_judge_gspr(locked, by)
    if refusal:
        raise Refused(refusal)
    if judgement == GsprJudgement.DOES_NOT_COMPLY and not remark.strip():
        raise Refused(f"Say why the device does not comply with {locked}.")
    after = {"judgement": judgement, "remark": remark}
    changes = trail.changes({"judgement": locked.judgement, "remark": locked.remark}, after)
    if not changes:
        return locked
    if locked.judgement_edition != edition:
        raise Stale(f"The judgement on {locked} was changed after you opened it. Nothing was overwritten.")
    locked.judgement, locked.remark = judgement, remark
    locked.judged_by, locked.judged_at = by, timezone.now()
    locked.judgement_edition += 1
    locked.save(update_fields=["judgement", "remark", "judged_by", "judged_at", "judgement_edition"])
    trail.record(
        DossierEvent.GSPR_JUDGED,
        locked,
        by=by,
        sentence=f"{locked}: {locked.get_judgement_display().lower()}",
        why=remark,
        data=changes,
        audience=Audience.AUTHORITY,
    )
    return locked
