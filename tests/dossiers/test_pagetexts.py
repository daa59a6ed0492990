from datetime import timedelta
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import call_command
from django.utils import timezone

from dossiers import jobs, pagetexts, tasks
from dossiers.models import PageText, TextReading
from tests.factories import dossiers as make
from tests.pdfs import small_pdf


@pytest.fixture
def version(lead):
    dossier = make.dossier(organisation=lead.organisation)
    return make.document(dossier, content=small_pdf(3, "Viable T cells")).versions.get()


def pages_of(version):
    return list(version.page_texts.values_list("page", "text", "words"))


READ = [
    (1, "Viable T cells, page 1", "viable t cells page 1"),
    (2, "Viable T cells, page 2", "viable t cells page 2"),
    (3, "Viable T cells, page 3", "viable t cells page 3"),
]


def test_the_text_of_each_page_is_kept(version):
    assert pagetexts.read(version.pk) == 3
    assert pages_of(version) == READ
    reading = version.reading
    assert (reading.pages_with_words, reading.problem, reading.attempts) == (3, "", 1)
    assert reading.read_at is not None


def test_reading_again_changes_nothing_unless_asked_for(version):
    pagetexts.read(version.pk)
    kept = list(PageText.objects.values_list("pk", flat=True))
    assert pagetexts.read(version.pk) is None
    assert list(PageText.objects.values_list("pk", flat=True)) == kept
    assert pagetexts.read(version.pk, again=True) == 3
    assert pages_of(version) == READ


def test_the_task_reads_and_leaves_a_removed_version_alone(version):
    tasks.read_text(str(version.pk))
    assert pages_of(version) == READ
    pk = str(version.pk)
    version.document.delete()
    tasks.read_text(pk)
    assert not PageText.objects.exists()


def test_a_new_version_is_sent_to_the_workers_after_commit(lead, django_capture_on_commit_callbacks):
    dossier = make.dossier(organisation=lead.organisation)
    with django_capture_on_commit_callbacks() as waiting:
        document = make.document(dossier)
    sent = [(call.func, call.args) for call in waiting if getattr(call, "func", None) is pagetexts.send]
    assert sent == [(pagetexts.send, (document.versions.get().pk,))]


def test_a_scan_has_pages_without_words(lead):
    version = make.document(make.dossier(organisation=lead.organisation), content=make.pdf(2)).versions.get()
    assert pagetexts.read(version.pk) == 0
    assert pages_of(version) == [(1, "", ""), (2, "", "")]
    assert version.reading.problem == ""


def test_a_file_that_the_program_cannot_read_is_told_of(version):
    Path(version.file.path).write_bytes(b"%PDF-1.7 and nothing else")
    assert pagetexts.read(version.pk) == 0
    assert pages_of(version) == []
    assert version.reading.problem == "Its text cannot be read."


def test_a_reading_that_ends_early_keeps_what_it_has(version):
    type(version).objects.filter(pk=version.pk).update(pages=9)
    pagetexts.read(version.pk)
    assert pages_of(version) == READ
    assert version.reading.problem == "Its text was read to page 3 of 9 only."


def _killed(version, *, ago, attempts=1):
    TextReading.objects.create(version=version, attempts=attempts, started_at=timezone.now() - ago)


def test_the_sweep_finds_what_no_living_worker_has(version):
    assert list(pagetexts.unread()) == [version]
    _killed(version, ago=timedelta(seconds=1))
    assert list(pagetexts.unread()) == []
    assert pagetexts.read(version.pk) is None
    TextReading.objects.update(started_at=timezone.now() - pagetexts.LEASE - timedelta(seconds=1))
    assert list(pagetexts.unread()) == [version]
    assert jobs.read_unread_texts() == 1
    assert pagetexts.read(version.pk) == 3
    assert TextReading.objects.get().attempts == 2
    assert jobs.read_unread_texts() == 0


def test_what_kills_its_readers_is_given_up(version):
    _killed(version, ago=pagetexts.LEASE + timedelta(seconds=1), attempts=pagetexts.MOST_ATTEMPTS)
    assert pagetexts.read(version.pk) == 0
    assert pages_of(version) == []
    assert (
        TextReading.objects.get().problem
        == "Its text could not be read: the reading ended early several times."
    )
    assert list(pagetexts.unread()) == []


def test_the_command_reads_what_is_there_already(version):
    first, again, all_of_it = StringIO(), StringIO(), StringIO()
    call_command("index_texts", stdout=first)
    call_command("index_texts", stdout=again)
    call_command("index_texts", "--again", stdout=all_of_it)
    assert first.getvalue() == "1 versions read, 3 pages with words.\n"
    assert again.getvalue() == "0 versions read, 0 pages with words.\n"
    assert all_of_it.getvalue() == "1 versions read, 3 pages with words.\n"
    assert pages_of(version) == READ


def test_many_pages_are_kept_in_batches(version, monkeypatch):
    monkeypatch.setattr(pagetexts, "BATCH", 2)
    pagetexts.read(version.pk)
    assert pages_of(version) == READ
