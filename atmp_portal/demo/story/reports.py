"""Reports that the people of the story have asked for; the worker's part is played at once."""

from collections.abc import Callable
from functools import partial
from typing import Any

from atmp_portal.demo.story.stage import Chapter, Stage, days
from audit import issuing
from audit.actors import Recorded
from classification.models import Assessment
from classification.tasks import make_rationale
from dossiers.tasks import make_review_report, make_status_report
from qc.models import Lot
from qc.tasks import lot_certificate


def _make(task: Any, who: str, title: str, about: Callable[[Stage], Recorded], stage: Stage) -> None:
    thing = about(stage)
    job = issuing.ask(title.format(thing), thing, task=task.name, by=stage.who(who))
    task(str(job.pk))


def _rationale(code: str) -> partial[None]:
    signed = partial(Assessment.objects.get, code=code, version=1)
    return partial(_make, make_rationale, "Ines", "Classification rationale of {}", lambda _: signed())


def _certificate(number: str) -> partial[None]:
    lot = partial(Lot.objects.get, number=number)
    return partial(_make, lot_certificate, "Jun", "Certificate of lot {}", lambda _: lot())


def _of_nortagen(task: Any, who: str, title: str) -> partial[None]:
    return partial(_make, task, who, title, lambda stage: stage.dossier("nortagen"))


CHAPTERS = (
    Chapter(days(195), _rationale("NV-201")),
    Chapter(days(122), _rationale("NV-305")),
    Chapter(days(14.7), _certificate("NTG-26-0388")),
    Chapter(days(10.9), _of_nortagen(make_review_report, "Clara", "Review of {}")),
    Chapter(days(3.9), _of_nortagen(make_status_report, "Ines", "Status of {}")),
)
