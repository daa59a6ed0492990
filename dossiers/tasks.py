"""Reports of a dossier and the text of its documents, made in the background."""

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
from dossiers import pagetexts, reports, sheets
from dossiers.models import DocumentVersion, Dossier
from dossiers.queries.checklist import Asked


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
