"""Reports of the classification, made in the background."""

import re

from celery import shared_task
from django.utils import timezone

from audit import issuing, typesetting
from audit.actors import Recorded
from audit.issuing import Claim, Made
from audit.models import Audience, Job
from classification import reports
from classification.models import Assessment


@shared_task
def make_rationale(job_id: str) -> None:
    """Make the rationale of a classification."""
    issuing.issue(job_id, _make)


def _make(job: Job, claim: Claim) -> tuple[Recorded, Made]:
    claim.tell("Gathering answers and findings", 1, 4)
    assessment = Assessment.objects.select_related("organisation").get(pk=job.object_id)
    rationale = reports.rationale(assessment)
    claim.tell("Typesetting", 2, 4)
    pdf = typesetting.render(
        "classification_rationale.typ", rationale.content, title=job.title, made_at=timezone.now()
    )
    return assessment, Made(
        kind="classification.rationale",
        title=job.title,
        name=f"{_file_name(assessment)}",
        audience=Audience.SPONSOR,
        content=rationale.content,
        file=pdf,
        pages=typesetting.pages_of(pdf),
    )


def _file_name(assessment: Assessment) -> str:
    code = re.sub(r"[^A-Za-z0-9]+", "-", assessment.code).strip("-")
    return f"{code}-v{assessment.version}-classification-rationale"
