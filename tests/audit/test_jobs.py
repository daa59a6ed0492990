import pytest
from celery import current_app

from audit import issuing
from audit.jobs import resend_stranded_jobs
from audit.models import Job, JobState
from tests.factories.reports import TASK, job, strand


@pytest.fixture
def sent(monkeypatch):
    handed = []
    monkeypatch.setattr(current_app, "send_task", lambda task, args: handed.append((task, *args)))
    return handed


def test_stranded_jobs_are_sent_again(lead, contributor, sent):
    lost, fresh = job(lead.organisation, lead), job(lead.organisation, contributor)
    strand(lost)
    assert resend_stranded_jobs() == 1
    assert sent == [(TASK, str(lost.pk))]
    assert Job.objects.get(pk=fresh.pk).state == JobState.QUEUED


def test_a_hopeless_job_is_not_sent_again(lead, sent):
    hopeless = job(lead.organisation, lead)
    strand(hopeless, state=JobState.RUNNING, attempts=issuing.MOST_ATTEMPTS)
    assert resend_stranded_jobs() == 0
    assert sent == []
    assert Job.objects.get().state == JobState.FAILED
