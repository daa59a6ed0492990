"""Reports of quality control, made in the background."""

import re

from celery import shared_task
from django.utils import timezone

from audit import issuing, typesetting
from audit.actors import Recorded
from audit.issuing import Claim, Made
from audit.models import Audience, Job
from qc import reports
from qc.models import Lot


@shared_task
def lot_certificate(job_id: str) -> None:
    """Make the certificate of a lot."""
    issuing.issue(job_id, _make)


def _make(job: Job, claim: Claim) -> tuple[Recorded, Made]:
    claim.tell("Gathering results and signatures", 1, 4)
    lot = Lot.objects.get(pk=job.object_id)
    certificate = reports.certificate(lot)
    claim.tell("Typesetting", 2, 4)
    pdf = typesetting.render(
        "lot_certificate.typ", certificate.content, title=job.title, made_at=timezone.now()
    )
    name = re.sub(r"[^A-Za-z0-9]+", "-", lot.number).strip("-")
    return lot, Made(
        kind="qc.lot_certificate",
        title=job.title,
        name=f"{name}-certificate",
        audience=Audience.SPONSOR,
        content=certificate.content,
        file=pdf,
        pages=typesetting.pages_of(pdf),
    )
