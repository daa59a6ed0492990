"""How fast a dossier of a gigabyte is packed, against md5sum plus zip -0, and in how much memory.

Usage: python benchmarks/package.py [--megabytes 1024] [--files 200] [--rounds 3]
It works in a temporary folder with a database of its own, and removes both.
"""

import argparse
import hashlib
import os
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from statistics import median
from typing import Any
from uuid import uuid4

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))
MB = 1 << 20


def main() -> None:
    """Make the files and let both ways take turns; with --job, pack in this process and tell its memory."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--megabytes", type=int, default=1024)
    parser.add_argument("--files", type=int, default=200)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--job")
    given = parser.parse_args()
    if given.job:
        _pack_here(given.job)
        return
    with tempfile.TemporaryDirectory() as folder:
        _measure(Path(folder), given)


def _measure(folder: Path, given: argparse.Namespace) -> None:
    os.environ["DATABASE_URL"] = f"sqlite:///{folder}/bench.sqlite3"
    os.environ["STATE_DIR"] = str(folder)
    os.environ.setdefault("DEBUG", "1")
    os.environ.pop("REDIS_URL", None)
    _start_django()
    from django.core.management import call_command

    call_command("migrate", verbosity=0)
    dossier, lead = _dossier()
    files = _documents(dossier, lead, given.megabytes * MB // given.files, given.files)
    ours, theirs, memory = [], [], 0.0
    for _ in range(given.rounds):
        theirs.append(_by_hand(files, folder / "by-hand.zip"))
        seconds, peak = _by_the_portal(dossier, lead)
        ours.append(seconds)
        memory = max(memory, peak)
    size = given.megabytes
    print(f"{given.files} files, {size} MB, median of {given.rounds} rounds")
    print(f"md5sum + zip -0   {median(theirs):6.2f} s   {size / median(theirs):6.0f} MB/s")
    print(f"the portal        {median(ours):6.2f} s   {size / median(ours):6.0f} MB/s")
    print(f"ratio             {median(theirs) / median(ours):6.0%}")
    print(f"peak memory       {memory:6.0f} MB")


def _start_django() -> None:
    os.environ["DJANGO_SETTINGS_MODULE"] = "atmp_portal.settings"
    import django

    django.setup()


def _dossier() -> tuple[Any, Any]:
    from accounts.models import Membership, Organisation, User
    from accounts.roles import Role
    from classification.models import Assessment
    from dossiers.models import Dossier, Product

    sponsor = Organisation.objects.create(name="Bench Sponsor", side="sponsor")
    lead = User.objects.create(email="lead@example.org", full_name="Bench Lead")
    Membership.objects.create(user=lead, organisation=sponsor, role=Role.REGULATORY_LEAD)
    assessment = Assessment.objects.create(organisation=sponsor, name="Bench", created_by=lead)
    product = Product.objects.create(
        organisation=sponsor, name="Bench", assessment=assessment, created_by=lead
    )
    dossier = Dossier.objects.create(
        number="H0000001",
        product=product,
        organisation=sponsor,
        assessment=assessment,
        procedure="maa",
        outcome_class="GTMP",
        created_by=lead,
    )
    return dossier, lead


def _documents(dossier: Any, lead: Any, size: int, count: int) -> list[Path]:
    """Write files that cannot be compressed, and their rows."""
    from django.conf import settings

    from dossiers.models import Document, DocumentVersion, Section
    from dossiers.structure import section_rows

    rows = [row for row in section_rows() if row.holds_documents and row.module == 3][:20]
    sections = Section.objects.bulk_create(
        Section(
            dossier=dossier, number=row.number, title=row.title, module=row.module, position=row.position,
            depth=row.depth, holds_documents=True, is_expected=False, folder=row.folder,
        )
        for row in rows
    )  # fmt: skip
    documents, versions, paths = [], [], []
    for number in range(count):
        document = Document(
            dossier=dossier, section=sections[number % len(sections)], file_name=f"report-{number:04}.pdf",
            title=f"Report {number}",
        )  # fmt: skip
        key = uuid4()
        name = f"documents/{key.hex[:2]}/{key}.pdf"
        path = Path(settings.MEDIA_ROOT) / name
        path.parent.mkdir(parents=True, exist_ok=True)
        content = b"%PDF-1.7\n" + os.urandom(size - 9)
        path.write_bytes(content)
        documents.append(document)
        paths.append(path)
        versions.append(
            DocumentVersion(
                id=key, document=document, number=1, file=name, original_name=document.file_name,
                sha256=hashlib.sha256(content).hexdigest(), md5=hashlib.md5(content).hexdigest(),  # noqa: S324  # a checksum
                size=size, pages=1, pdf_version="1.7", uploaded_by=lead,
            )
        )  # fmt: skip
    Document.objects.bulk_create(documents)
    DocumentVersion.objects.bulk_create(versions)
    return paths


def _by_hand(files: list[Path], target: Path) -> float:
    names = [str(path) for path in files]
    started = time.perf_counter()
    subprocess.run(["md5sum", *names], check=True, stdout=subprocess.DEVNULL)  # noqa: S603, S607  # what we compare with
    subprocess.run(["zip", "-0", "-q", str(target), *names], check=True)  # noqa: S603, S607  # what we compare with
    seconds = time.perf_counter() - started
    target.unlink()
    return seconds


def _by_the_portal(dossier: Any, lead: Any) -> tuple[float, float]:
    from audit.models import Job

    job = Job.objects.create(
        title="Package", task="dossiers.tasks.make_draft_package", requested_by=lead, object_id=dossier.pk,
        object_type="dossiers.dossier", object_label="Bench",
    )  # fmt: skip
    asked = [sys.executable, __file__, "--job", str(job.pk)]
    said = subprocess.run(asked, check=True, capture_output=True, text=True).stdout.split()  # noqa: S603  # this very file
    job.refresh_from_db()
    if job.state != "done":
        sys.exit(f"The job failed: {job.failure}")
    job.report.file.storage.delete(str(job.report.file.name))
    return float(said[-2]), float(said[-1])


def _pack_here(job: str) -> None:
    _start_django()
    from dossiers import tasks

    started = time.perf_counter()
    tasks.make_draft_package(job)
    seconds = time.perf_counter() - started
    print(seconds, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)


if __name__ == "__main__":
    main()
