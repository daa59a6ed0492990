"""Reports, packages and page texts of a dossier, made in the background."""

from collections.abc import Callable
from typing import Any
from urllib.parse import parse_qsl
from uuid import UUID

from celery import shared_task
from django.utils import timezone

from accounts.models import User
from accounts.roles import Side
from audit import issuing, spreadsheets, typesetting
from audit.actors import Recorded
from audit.issuing import Claim, Made
from audit.models import Audience, Job, MediaType
from audit.refusals import Refused
from dossiers import package, pagetexts, receipts, reports, sheets
from dossiers.models import DocumentVersion, Dossier, Filing
from dossiers.queries import packages
from dossiers.queries.checklist import Asked
from dossiers.queries.content import content_of
from dossiers.queries.filings import coming_place


@shared_task
def make_status_report(job_id: str) -> None:
    """Make the status report of a dossier for the side of the person who asked."""
    issuing.issue(job_id, _make_status)


@shared_task
def make_review_report(job_id: str) -> None:
    """Make the review report of a dossier for the authority."""
    issuing.issue(job_id, _make_review)


@shared_task
def make_requirements(job_id: str) -> None:
    """Make the check list or the matrix of requirements as a spreadsheet or as CSV."""
    issuing.issue(job_id, _make_requirements)


def _make_requirements(job: Job, claim: Claim) -> tuple[Recorded, Made]:
    user, asked, made_at = (
        User.objects.get(pk=job.requested_by_id),
        dict(parse_qsl(job.asked)),
        timezone.now(),
    )
    claim.tell("Gathering the content", 1, 4)
    dossier = Dossier.objects.visible_to(user).with_product().get(pk=job.object_id)
    gather = {"checklist": sheets.checklist, "matrix": sheets.matrix}[asked["what"]]
    content = gather(dossier, user, Asked.of(asked), made_at=made_at)
    claim.tell("Writing the file", 2, 4)
    is_csv = asked["format"] == "csv"
    file = (
        spreadsheets.comma_separated(content)
        if is_csv
        else spreadsheets.workbook(content, title=job.title, made_at=made_at)
    )
    made = Made(
        kind=f"dossiers.requirements_{asked['what']}",
        title=job.title,
        name=f"{dossier.number}-requirements-{asked['what']}",
        audience=Audience.AUTHORITY if user.side == Side.AUTHORITY else Audience.SPONSOR,
        content=content,
        file=file,
        media_type=MediaType.CSV if is_csv else MediaType.SPREADSHEET,
    )
    return dossier, made


@shared_task
def read_text(version_id: str) -> None:
    """Read the text of a document version; a version that was removed meanwhile is nobody's loss."""
    if DocumentVersion.objects.filter(pk=version_id).exists():
        pagetexts.read(UUID(version_id))


@shared_task
def make_filing_receipt(job_id: str) -> None:
    """Make the receipt of a filing for both sides."""
    issuing.issue(job_id, _make_receipt)


@shared_task
def make_filing_package(job_id: str) -> None:
    """Pack what was filed, for both sides."""
    issuing.issue(job_id, _pack_filing)


@shared_task
def make_draft_package(job_id: str) -> None:
    """Pack the dossier as it stands, for its sponsor."""
    issuing.issue(job_id, _pack_draft)


def _make_receipt(job: Job, claim: Claim) -> tuple[Recorded, Made]:
    user = User.objects.get(pk=job.requested_by_id)
    claim.tell("Gathering the content", 1, 4)
    filing = Filing.objects.visible_to(user).select_related("dossier__product").get(pk=job.object_id)
    content = receipts.receipt_content(filing)
    claim.tell("Typesetting", 2, 4)
    pdf = typesetting.render("filing_receipt.typ", content, title=job.title, made_at=filing.filed_at)
    made = Made(
        kind="dossiers.filing_receipt",
        title=job.title,
        name=f"{filing.dossier.number}-{filing.sequence_number}-{filing.attempt}-receipt",
        audience=Audience.EVERYONE,
        content=content,
        file=pdf,
        pages=typesetting.pages_of(pdf),
    )
    return filing, made


def _pack_filing(job: Job, claim: Claim) -> tuple[Recorded, Made]:
    user = User.objects.get(pk=job.requested_by_id)
    filing = Filing.objects.visible_to(user).select_related("dossier__product").get(pk=job.object_id)
    name = f"{filing.dossier.number}-{filing.sequence_number}-{filing.attempt}"
    return filing, _packed(job, claim, filing.content, name, Audience.EVERYONE)


def _pack_draft(job: Job, claim: Claim) -> tuple[Recorded, Made]:
    user = User.objects.get(pk=job.requested_by_id)
    dossier = Dossier.objects.visible_to(user).with_product().get(pk=job.object_id)
    if user.organisation_id != dossier.organisation_id:
        raise PermissionError("What is not filed is packed for its sponsor only.")
    content = content_of(dossier, coming_place(dossier))
    return dossier, _packed(job, claim, content, f"{dossier.number}-draft", Audience.SPONSOR)


def _packed(job: Job, claim: Claim, content: dict[str, Any], name: str, audience: str) -> Made:
    entries = package.entries_of(content)
    wrong = package.findings_in(entries)
    if wrong:
        raise Refused(wrong[0].text)
    target = packages.half_made(job.pk, claim.token)
    operations = package.operations_in(content)
    file = package.write(entries, target, packages.opener(entries), claim.tell, operations)
    listed = [{"path": entry.path, "sha256": entry.sha256, "size": entry.size} for entry in entries]
    return Made(
        kind=packages.KIND,
        title=job.title,
        name=name,
        audience=audience,
        content={"files": listed},
        file=file,
        media_type=MediaType.ZIP,
    )


def _make_status(job: Job, claim: Claim) -> tuple[Recorded, Made]:
    user = User.objects.get(pk=job.requested_by_id)
    audience = Audience.AUTHORITY if user.side == Side.AUTHORITY else Audience.SPONSOR
    return _typeset(
        job, claim, user, reports.status_report, "dossier_status", file_name="status", audience=audience
    )


def _make_review(job: Job, claim: Claim) -> tuple[Recorded, Made]:
    user = User.objects.get(pk=job.requested_by_id)
    if user.side != Side.AUTHORITY:
        raise PermissionError("The review report is made for the authority only.")
    return _typeset(
        job, claim, user, reports.review_report, "review_report", file_name="review",
        audience=Audience.AUTHORITY,
    )  # fmt: skip


def _typeset(
    job: Job,
    claim: Claim,
    user: User,
    gather: Callable[[Dossier, User], Any],
    template: str,
    *,
    file_name: str,
    audience: str,
) -> tuple[Recorded, Made]:
    claim.tell("Gathering the content", 1, 4)
    dossier = Dossier.objects.visible_to(user).with_product().get(pk=job.object_id)
    content = gather(dossier, user).content
    claim.tell("Typesetting", 2, 4)
    pdf = typesetting.render(f"{template}.typ", content, title=job.title, made_at=timezone.now())
    made = Made(
        kind=f"dossiers.{template}",
        title=job.title,
        name=f"{dossier.number}-{file_name}",
        audience=audience,
        content=content,
        file=pdf,
        pages=typesetting.pages_of(pdf),
    )
    return dossier, made
