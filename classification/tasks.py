"""Reports of the classification, made in the background."""

import re
from typing import Any

from celery import shared_task
from django.utils import timezone

from audit import issuing, typesetting, wordfiles
from audit.actors import Recorded
from audit.issuing import Claim, Made
from audit.models import Audience, Job, MediaType
from classification import reports
from classification.models import Assessment


@shared_task
def make_rationale(job_id: str) -> None:
    """Make the rationale of a classification."""
    issuing.issue(job_id, _make_rationale)


@shared_task
def make_request_pdf(job_id: str) -> None:
    """Make the request to the CAT as PDF."""
    issuing.issue(job_id, _make_request_pdf)


@shared_task
def make_request_word(job_id: str) -> None:
    """Make the request to the CAT as Word file."""
    issuing.issue(job_id, _make_request_word)


def _make_rationale(job: Job, claim: Claim) -> tuple[Recorded, Made]:
    claim.tell("Gathering answers and findings", 1, 4)
    assessment = Assessment.objects.select_related("organisation").get(pk=job.object_id)
    rationale = reports.rationale(assessment, job.requested_by)
    claim.tell("Typesetting", 2, 4)
    pdf = typesetting.render(
        "classification_rationale.typ", rationale.content, title=job.title, made_at=timezone.now()
    )
    return assessment, Made(
        kind="classification.rationale",
        title=job.title,
        name=_file_name(assessment, "classification-rationale"),
        audience=Audience.SPONSOR,
        content=rationale.content,
        file=pdf,
        pages=typesetting.pages_of(pdf),
    )


def _make_request_pdf(job: Job, claim: Claim) -> tuple[Recorded, Made]:
    assessment, content = _request(job, claim)
    pdf = typesetting.render("classification_request.typ", content, title=job.title, made_at=timezone.now())
    return assessment, Made(
        kind="classification.request_pdf",
        title=job.title,
        name=_file_name(assessment, "request-to-the-CAT"),
        audience=Audience.SPONSOR,
        content=content,
        file=pdf,
        pages=typesetting.pages_of(pdf),
    )


def _make_request_word(job: Job, claim: Claim) -> tuple[Recorded, Made]:
    assessment, content = _request(job, claim)
    return assessment, Made(
        kind="classification.request_word",
        title=job.title,
        name=_file_name(assessment, "request-to-the-CAT"),
        audience=Audience.SPONSOR,
        content=content,
        file=wordfiles.render(content, title=job.title, made_at=timezone.now()),
        media_type=MediaType.WORD,
    )


def _request(job: Job, claim: Claim) -> tuple[Assessment, dict[str, Any]]:
    claim.tell("Gathering what was written", 1, 4)
    assessment = Assessment.objects.select_related("organisation", "created_by", "finalised_by").get(
        pk=job.object_id
    )
    content = reports.request(assessment).content
    claim.tell("Typesetting", 2, 4)
    return assessment, content


def _file_name(assessment: Assessment, what: str) -> str:
    code = re.sub(r"[^A-Za-z0-9]+", "-", assessment.code).strip("-")
    return f"{code}-v{assessment.version}-{what}"
