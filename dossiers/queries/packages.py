"""The packages of a dossier: what can be packed, what its names would be refused for, what was packed."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any, BinaryIO, cast
from uuid import UUID

from django.conf import settings
from django.core.files.base import File
from django.urls import reverse

from accounts.models import User
from accounts.roles import Side
from audit import issuing
from audit.models import IssuedReport
from dossiers import package
from dossiers.models import DocumentVersion, Dossier
from dossiers.package import Entry, Finding
from dossiers.queries.content import content_of
from dossiers.queries.filings import coming_place
from dossiers.queries.plate import Plate, plate

KIND = "dossiers.package"
AT_ONCE = 500


@dataclass(frozen=True)
class Packable:
    """A state of the dossier that can be packed: its name, its files, and what is wrong with their names."""

    name: str
    url: str
    files: int
    size: int
    findings: list[Finding]

    @property
    def refusal(self) -> str:
        """Why it cannot be packed."""
        if not self.files:
            return "It holds no document."
        count = len(self.findings)
        return f"{count} name{'s' if count > 1 else ''} would not be taken." if count else ""


@dataclass(frozen=True)
class Packed:
    """A package made earlier, and whether its file is still there."""

    report: IssuedReport
    is_expired: bool


@dataclass(frozen=True)
class PackagePage:
    """What of a dossier can be packed, and what was."""

    plate: Plate
    dossier: Dossier
    packables: list[Packable]
    packed: list[Packed]


def package_page(dossier: Dossier, user: User) -> PackagePage:
    """Gather the states that the person may pack, the newest first, and the packages they may read."""
    packables = []
    if user.side == Side.SPONSOR:
        draft = content_of(dossier, coming_place(dossier))
        packables.append(
            _packable("As it stands now", reverse("dossiers:package_draft", args=[dossier.pk]), draft)
        )
    for filing in dossier.filings.with_content().order_by("-sequence__number", "-attempt"):
        url = reverse("dossiers:filing_package", args=[dossier.pk, filing.pk])
        packables.append(_packable(filing.place.capitalize(), url, filing.content))
    keys = [dossier.pk, *dossier.filings.values_list("pk", flat=True)]
    made = IssuedReport.objects.filter(object_id__in=keys, kind=KIND).readable_by(user)
    expired = issuing.expired_reports(dossier)
    return PackagePage(
        plate=plate(dossier, user),
        dossier=dossier,
        packables=packables,
        packed=[Packed(report, str(report.pk) in expired) for report in made.defer("content")],
    )


def _packable(name: str, url: str, content: dict[str, Any]) -> Packable:
    entries = package.entries_of(content)
    return Packable(
        name, url, len(entries), sum(entry.size for entry in entries), package.findings_in(entries)
    )


def opener(entries: Sequence[Entry]) -> Callable[[Entry], BinaryIO]:
    """Return how the files of a package are opened, their places read in few queries."""
    files: dict[UUID, File[bytes]] = {}
    for start in range(0, len(entries), AT_ONCE):
        wanted = [entry.version for entry in entries[start : start + AT_ONCE]]
        files |= {
            version.pk: version.file for version in DocumentVersion.objects.filter(pk__in=wanted).only("file")
        }
    return partial(_opened, files)


def _opened(files: "Mapping[UUID, File[bytes]]", entry: Entry) -> BinaryIO:
    if entry.version not in files:
        raise FileNotFoundError(entry.name)
    return cast("BinaryIO", files[entry.version].open("rb"))


def half_made(job: UUID, claim: UUID) -> Path:
    """Return where a package is written until it is whole; what an earlier worker left there is removed."""
    folder = Path(settings.MEDIA_ROOT) / "making"
    folder.mkdir(parents=True, exist_ok=True)
    for left in folder.glob(f"{job}-*"):
        left.unlink(missing_ok=True)
    return folder / f"{job}-{claim}.zip"
