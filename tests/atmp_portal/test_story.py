"""The demo story as the first visitor finds it: every state, reports made, evidence whole."""

from django.core.management import call_command

from audit.models import IssuedReport, JobState
from classification.models import Assessment
from dossiers.models import Dossier
from qc.models import Lot
from qc.statuses import LotStatus


def test_the_story_shows_every_state_and_leaves_whole_evidence(db, capsys):
    call_command("seed_demo")
    call_command("verify_trail")

    assert set(Lot.objects.values_list("status", flat=True)) == set(LotStatus)
    assert sorted(Dossier.objects.values_list("status", flat=True)) == [
        "clock_stopped", "concluded", "draft", "filed", "in_review",
    ]  # fmt: skip
    assert set(Assessment.objects.values_list("status", flat=True)) == {"draft", "finalised"}
    assert sorted(IssuedReport.objects.values_list("kind", "job__state")) == [
        ("classification.rationale", JobState.DONE),
        ("classification.rationale", JobState.DONE),
        ("dossiers.dossier_status", JobState.DONE),
        ("dossiers.review_report", JobState.DONE),
        ("qc.lot_certificate", JobState.DONE),
    ]
    assert "and 5 reports verified." in capsys.readouterr().out
