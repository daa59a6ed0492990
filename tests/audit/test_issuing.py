import hashlib
import logging
from uuid import uuid4

import pytest
from celery import current_app
from celery.exceptions import OperationalError
from django.db import DatabaseError, connection, transaction

from accounts.models import Notice
from accounts.roles import Role
from audit import issuing, trail
from audit.models import Event, IssuedReport, Job, JobState, MediaType
from audit.refusals import Refused
from tests.factories import people
from tests.factories.evidence import triggers_lifted
from tests.factories.races import database_on_disk, race
from tests.factories.reports import PDF, TASK, job, report, strand
from tests.factories.reports import made as made_report


def make(thing, **details):
    return lambda _job, _claim: (thing, made_report(**details))


def fail(_job, _claim):
    raise RuntimeError("no fonts")


@pytest.fixture
def sent(monkeypatch):
    """What was handed to the workers."""
    handed = []
    monkeypatch.setattr(current_app, "send_task", lambda task, args: handed.append((task, *args)))
    return handed


def test_asking_queues_a_job_and_sends_it_after_the_commit(lead, sent, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        asked = job(lead.organisation, lead)
        assert sent == []
    assert sent == [(TASK, str(asked.pk))]
    assert (asked.state, asked.object_type, asked.object_label) == (
        JobState.QUEUED,
        "accounts.organisation",
        "Norvia Therapeutics",
    )


def test_asking_twice_while_it_is_under_way_gives_the_same_job(lead, contributor, sent):
    first = job(lead.organisation, lead)
    assert job(lead.organisation, lead) == first
    assert job(lead.organisation, contributor) != first
    assert job(lead.organisation, lead, task="tests.another") != first
    issuing.issue(str(first.pk), make(lead.organisation))
    assert job(lead.organisation, lead) != first


def test_a_job_waits_while_the_broker_is_down(lead, monkeypatch, caplog, django_capture_on_commit_callbacks):
    def down(*_args, **_kwargs):
        raise OperationalError("connection refused")

    monkeypatch.setattr(current_app, "send_task", down)
    with django_capture_on_commit_callbacks(execute=True):
        asked = job(lead.organisation, lead)
    assert Job.objects.get(pk=asked.pk).state == JobState.QUEUED
    assert caplog.messages == [f"The broker is down; job {asked.pk} stays queued."]


def test_a_finished_job_has_one_registered_report(lead):
    issued = report(lead.organisation, lead, title="Certificate of lot")
    done = Job.objects.get()
    assert (done.state, done.attempts, done.report) == (JobState.DONE, 1, issued)
    assert (issued.sha256, issued.size, issued.pages, issued.file_name) == (
        hashlib.sha256(PDF).hexdigest(),
        len(PDF),
        2,
        "rationale.pdf",
    )
    assert (issued.issued_by_name, issued.object_label) == ("Ines Halvorsen", "Norvia Therapeutics")
    assert issuing.intact_bytes(issued) == PDF
    event = Event.objects.get(code="audit.report_issued")
    assert (event.sentence, event.data) == (
        "Report issued: Certificate of lot",
        {"report": str(issued.pk), "sha256": issued.sha256, "media_type": "application/pdf", "pages": 2},
    )


def test_a_report_can_be_a_word_file_whose_pages_nobody_counted(lead):
    issued = report(lead.organisation, lead, file=b"PK words", media_type=MediaType.WORD, pages=None)
    assert (issued.file_name, issued.get_media_type_display(), issued.pages) == (
        "rationale.docx",
        "Word file",
        None,
    )
    assert issued.file.name.endswith(f"/{issued.pk}.docx")
    assert issuing.intact_bytes(issued) == b"PK words"
    assert Event.objects.get(code="audit.report_issued").data == {
        "report": str(issued.pk),
        "sha256": hashlib.sha256(b"PK words").hexdigest(),
        "media_type": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        "pages": None,
    }


def test_an_event_that_names_no_media_type_told_of_a_pdf(lead):
    issued = report(lead.organisation, lead)
    with triggers_lifted():
        event = Event.objects.get(code="audit.report_issued")
        del event.data["media_type"]
        event.save()
        assert list(issuing.breaks_in_reports()) == [None]
        IssuedReport.objects.update(media_type=MediaType.WORD)
    assert list(issuing.breaks_in_reports()) == [
        trail.Break(
            f"report {issued.pk}, Classification rationale", "it differs from the event that recorded it"
        )
    ]


@pytest.mark.parametrize("verb", ["update", "delete"])
def test_the_register_stays_append_only_after_its_columns_changed(lead, verb):
    report(lead.organisation, lead)
    register = IssuedReport.objects.all()
    with pytest.raises(DatabaseError, match="audit_issuedreport is append-only"), transaction.atomic():
        register.update(title="forged") if verb == "update" else register._raw_delete(register.db)


def test_a_job_is_claimed_once(lead):
    waiting = job(lead.organisation, lead)
    assert issuing.claim(str(waiting.pk)) is not None
    assert issuing.claim(str(waiting.pk)) is None
    assert issuing.claim(str(uuid4())) is None
    assert Job.objects.get().attempts == 1


def test_a_finished_job_is_not_done_again(lead):
    report(lead.organisation, lead)
    assert issuing.issue(str(Job.objects.get().pk), make(lead.organisation)) is None
    assert IssuedReport.objects.count() == 1


def test_progress_is_written_at_once_and_keeps_the_lease(lead):
    waiting = job(lead.organisation, lead)
    held = issuing.claim(str(waiting.pk))
    strand(waiting)
    held.tell("Page 4", 4, 6)
    now = Job.objects.get()
    assert (now.step, now.done, now.total) == ("Page 4", 4, 6)
    assert list(issuing.stranded_jobs()) == []
    assert issuing.claim(str(waiting.pk)) is None


def test_a_job_of_a_dead_worker_is_taken_over_and_finished_once(lead):
    waiting = job(lead.organisation, lead)
    dead = issuing.claim(str(waiting.pk))
    strand(waiting)
    assert list(issuing.stranded_jobs()) == [waiting]
    issued = issuing.issue(str(waiting.pk), make(lead.organisation))
    assert issued is not None
    assert Job.objects.get().attempts == 2
    dead.tell("Page 5", 5, 6)
    dead.fail("too late")
    assert dead.finish() is False
    assert Job.objects.get().state == JobState.DONE


def test_a_worker_that_lost_its_job_registers_nothing(lead):
    waiting = job(lead.organisation, lead)

    def slow(_job, _claim):
        strand(waiting)
        assert issuing.claim(str(waiting.pk))
        return lead.organisation, made_report()

    assert issuing.issue(str(waiting.pk), slow) is None
    assert IssuedReport.objects.count() == 0
    assert Event.objects.count() == 0


def test_a_job_that_fails_says_so_to_the_person_and_to_the_log(lead, caplog):
    waiting = job(lead.organisation, lead)
    assert issuing.issue(str(waiting.pk), fail) is None
    failed = Job.objects.get()
    assert (failed.state, failed.failure) == (
        JobState.FAILED,
        "The report could not be made. It was logged; try again, or tell the help desk.",
    )
    assert caplog.record_tuples == [("audit.issuing", logging.ERROR, f"Job {waiting.pk} failed.")]
    notice = Notice.objects.get()
    assert (notice.person, notice.subject, notice.path) == (
        lead,
        "Classification rationale could not be made",
        f"/jobs/{waiting.pk}/",
    )


def test_a_failed_job_can_be_tried_again(lead, sent, django_capture_on_commit_callbacks):
    waiting = job(lead.organisation, lead)
    issuing.issue(str(waiting.pk), fail)
    with django_capture_on_commit_callbacks(execute=True):
        again = issuing.retry(Job.objects.get())
    assert (again.state, again.failure, again.attempts) == (JobState.QUEUED, "", 0)
    assert sent == [(TASK, str(waiting.pk))]
    assert issuing.issue(str(waiting.pk), make(lead.organisation)) is not None


def test_trying_again_what_was_asked_anew_leads_to_the_newer_job(lead):
    failed = job(lead.organisation, lead)
    issuing.issue(str(failed.pk), fail)
    newer = job(lead.organisation, lead)
    assert issuing.retry(failed) == newer
    assert Job.objects.get(pk=failed.pk).state == JobState.FAILED


def test_a_job_that_costs_worker_after_worker_is_given_up(lead):
    waiting = job(lead.organisation, lead)
    strand(waiting, state=JobState.RUNNING, attempts=issuing.MOST_ATTEMPTS - 1)
    assert issuing.give_up_hopeless_jobs() == 0
    strand(waiting, attempts=issuing.MOST_ATTEMPTS)
    assert issuing.give_up_hopeless_jobs() == 1
    assert Job.objects.get().failure == "The worker stopped 5 times during this job. Tell the help desk."
    assert Notice.objects.get().person == lead


def test_a_report_is_registered_whole_or_not_at_all(lead, monkeypatch):
    def broken(*_args, **_kwargs):
        raise RuntimeError("the trail is full")

    waiting = job(lead.organisation, lead)
    monkeypatch.setattr(trail, "record", broken)
    assert issuing.issue(str(waiting.pk), make(lead.organisation)) is None
    assert IssuedReport.objects.count() == 0
    assert Job.objects.get().state == JobState.FAILED


def test_who_asked_for_a_report_is_told_of_it(lead):
    issued = report(lead.organisation, lead)
    notice = Notice.objects.get()
    assert (notice.person, notice.subject, notice.path) == (
        lead,
        "Classification rationale is ready",
        f"/reports/{issued.pk}/",
    )


def test_a_report_of_which_nobody_could_be_told_is_not_there(lead, monkeypatch):
    def broken(_report):
        raise RuntimeError("the inbox is gone")

    waiting = job(lead.organisation, lead)
    monkeypatch.setattr(issuing, "WHEN_ISSUED", [broken])
    assert issuing.issue(str(waiting.pk), make(lead.organisation)) is None
    assert (IssuedReport.objects.count(), Event.objects.count()) == (0, 0)
    assert Job.objects.get().state == JobState.FAILED


def test_reports_are_read_by_their_audience(lead, contributor, reviewer):
    thing = lead.organisation
    report(thing, lead, title="For all")
    report(thing, lead, title="For the sponsor", audience="sponsor")
    report(thing, lead, title="For the authority", audience="authority")
    report(thing, lead, title="For Ines", audience="actor")

    def titles(user):
        return {found.title for found in issuing.reports_on(thing, user)}

    assert titles(lead) == {"For all", "For the sponsor", "For Ines"}
    assert titles(contributor) == {"For all", "For the sponsor"}
    assert titles(reviewer) == {"For all", "For the authority"}


def test_a_file_that_changed_in_the_store_is_not_handed_out(lead, caplog):
    issued = report(lead.organisation, lead)
    with open(issued.file.path, "ab") as stored:  # noqa: PTH123
        stored.write(b"forged")
    with pytest.raises(Refused, match="not the one that was registered"):
        issuing.intact_bytes(issued)
    assert caplog.messages == [f"The file of report {issued.pk} differs from its registered hash."]


def test_a_file_that_is_missing_in_the_store_is_said_to_be_missing(lead, caplog):
    issued = report(lead.organisation, lead)
    issued.file.storage.delete(issued.file.name)
    with pytest.raises(Refused, match="missing from the store"):
        issuing.intact_bytes(issued)


@pytest.mark.django_db(transaction=True)
def test_claims_and_progress_hold_no_transaction(norvia):
    person = people.person("Ines Halvorsen", norvia, Role.REGULATORY_LEAD)
    seen = []

    def watch(_job, claim):
        seen.append(connection.in_atomic_block)
        claim.tell("Page 1", 1, 2)
        return norvia, made_report()

    issuing.issue(str(job(norvia, person).pk), watch)
    assert seen == [False]


@pytest.mark.django_db(transaction=True)
def test_two_workers_at_the_same_moment_issue_one_report(norvia, tmp_path):
    with database_on_disk(tmp_path):
        person = people.person("Ines Halvorsen", norvia, Role.REGULATORY_LEAD)
        waiting = str(job(norvia, person).pk)
        outcomes = race(*[lambda: issuing.issue(waiting, make(norvia))] * 3)
        assert sorted(type(outcome).__name__ for outcome in outcomes) == [
            "IssuedReport",
            "NoneType",
            "NoneType",
        ]
        assert (IssuedReport.objects.count(), Event.objects.count()) == (1, 1)


@pytest.mark.django_db(transaction=True)
def test_a_double_click_asks_once(norvia, tmp_path, sent):
    with database_on_disk(tmp_path):
        person = people.person("Ines Halvorsen", norvia, Role.REGULATORY_LEAD)
        first, second = race(*[lambda: job(norvia, person)] * 2)
        assert first == second
        assert len(sent) == 1
