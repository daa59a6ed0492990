"""Reports of a dossier and the text of its documents, made in the background."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from celery import shared_task
from django.utils import timezone

from accounts.models import User
from accounts.roles import Side
from audit import issuing, typesetting
from audit.actors import Recorded
from audit.issuing import Claim, Made
from audit.models import Audience, Job
from dossiers import pagetexts, reports
from dossiers.models import DocumentVersion, Dossier


@shared_task
def make_status_report(job_id: str) -> None:
    """Make the status report of a dossier for the side of the person who asked."""
    issuing.issue(job_id, _make_status)


@shared_task
def make_review_report(job_id: str) -> None:
    """Make the review report of a dossier for the authority."""
    issuing.issue(job_id, _make_review)


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
