import re
from hashlib import md5, sha256
from io import StringIO

import pytest
from django.core.files.storage import default_storage
from django.core.management import CommandError, call_command
from django.db import IntegrityError, transaction

from accounts.models import Membership, Notice, Organisation, User
from atmp_portal.load import lives
from atmp_portal.load.sizes import Sizes, shares
from audit import trail
from audit.models import Audience, Event, Signature
from dossiers import readiness, structure
from dossiers.models import Comment, Document, DocumentVersion, Dossier, Filing, Requirement, Section, Thread
from dossiers.statuses import DossierStatus, RequirementState, ThreadAudience
from qc.models import Lot
from tests.factories import people

SIZES = {"sponsors": 2, "dossiers": 8, "documents": 100, "comments": 40, "lots": 3, "big": 30}


@pytest.fixture
def said(db, settings) -> str:
    settings.DEMO_MODE = True
    output = StringIO()
    call_command("seed_load", **SIZES, stdout=output)
    return output.getvalue()


def test_the_load_has_the_sizes_asked_for_and_a_trail_that_holds(said):
    assert [
        Organisation.objects.filter(side="sponsor").count(),
        Dossier.objects.count(),
        Document.objects.count(),
        Comment.objects.count(),
        Lot.objects.count(),
    ] == [2, 8, 100, 40, 3]
    assert Dossier.objects.order_by("number").first().documents.count() == 30
    found = trail.verify()
    assert (found.broken, found.events, found.signatures) == (
        None,
        Event.objects.count(),
        Signature.objects.count(),
    )

    told = {
        code: Event.objects.filter(code=code).count()
        for code in set(Event.objects.values_list("code", flat=True))
    }
    answered = Requirement.objects.exclude(state=RequirementState.OPEN).count()
    assert [
        told["dossiers.created"],
        told["dossiers.document_added"],
        told["dossiers.version_added"],
        told["dossiers.requirement_answered"],
        told["dossiers.filed"],
        told["dossiers.thread_started"] + told["dossiers.commented"],
        told["qc.lot_registered"],
        told["audit.signed"],
    ] == [
        8,
        100,
        DocumentVersion.objects.count() - 100,
        answered,
        Filing.objects.count(),
        40,
        3,
        found.signatures,
    ]


def test_one_document_in_a_hundred_lies_in_one_dossier_unless_asked_otherwise(db, settings):
    settings.DEMO_MODE = True
    sizes = {name: value for name, value in SIZES.items() if name != "big"}
    call_command("seed_load", **{**sizes, "documents": 200}, stdout=StringIO())
    assert Dossier.objects.order_by("number").first().documents.count() == 2


def test_dossiers_have_the_sections_and_requirements_of_their_class(said):
    for dossier in Dossier.objects.select_related("assessment"):
        scope = structure.scope_of(dossier.procedure, dossier.outcome_class, dossier.assessment.answers)
        shape = structure.structure_of(scope)
        assert list(dossier.sections.values_list("number", flat=True)) == [
            row.number for row in shape.sections
        ]
        assert list(dossier.requirements.values_list("code", flat=True)) == [
            placed.row.code for placed in shape.requirements
        ]
    assert not Section.objects.filter(depth__gt=0, parent=None).exists()


def test_what_is_filed_was_ready_and_is_frozen_under_a_true_hash(said):
    filed = Dossier.objects.exclude(filed_at=None)
    assert filed.count() == Filing.objects.count() > 0
    for filing in Filing.objects.select_related("dossier__product__assessment", "dossier__organisation"):
        signature = Signature.objects.get(object_id=filing.pk)
        assert trail.digest(filing.content) == filing.content_hash == signature.shown_hash
        assert readiness.stoppers(filing.dossier) == []
        newest = readiness.newest_versions(filing.dossier)
        assert [row["id"] for row in filing.content["documents"]] == [str(version.pk) for version in newest]
        assert {version.filed_in_id for version in newest} == {filing.pk}


def test_files_are_real_and_differ_within_a_dossier(said):
    stored = set()
    for version in DocumentVersion.objects.select_related("document"):
        with version.file.open() as file:
            content = file.read()
        assert (sha256(content).hexdigest(), len(content)) == (version.sha256, version.size)
        assert md5(content, usedforsecurity=False).hexdigest() == version.md5
        stored.add((version.document.dossier_id, version.sha256))
    assert len(stored) == DocumentVersion.objects.count()
    assert len(default_storage.listdir("documents/load")[1]) == len({digest for _, digest in stored})


def test_threads_are_written_by_those_whom_their_audience_lets_write(said):
    told = {
        "private": Audience.ACTOR, "sponsor_team": Audience.SPONSOR, "review_team": Audience.AUTHORITY,
        "both": Audience.EVERYONE,
    }  # fmt: skip
    for thread in Thread.objects.select_related("dossier", "version"):
        for comment in thread.comments.select_related("author"):
            assert Thread.objects.visible_to(comment.author).filter(pk=thread.pk).exists()
        assert {event.audience for event in Event.objects.filter(object_id=thread.pk)} == {
            told[thread.audience]
        }
        if thread.audience == ThreadAudience.SPONSOR_AND_REVIEW and thread.version:
            assert thread.version.filed_in_id


def test_one_contributor_can_log_in_to_the_demo_and_nobody_else(said, settings):
    found = re.search(r"Log in as (\S+) with (\S+) \(", said)
    person = User.objects.get(email=found[1])
    assert (person.role, person.check_password(found[2])) == ("contributor", True)
    assert [user for user in User.objects.exclude(pk=person.pk) if user.has_usable_password()] == []
    assert not User.objects.filter(is_demo=False).exists()
    assert not Notice.objects.filter(mailed_at=None).exists()


def test_the_same_seed_gives_the_same_spread(said):
    before = list(Dossier.objects.order_by("number").values_list("number", "status", "outcome_class"))
    assert before[0][1] == DossierStatus.RETURNED
    assert len({status for _, status, _ in before}) > 2


@pytest.mark.django_db
def test_a_database_in_use_is_left_alone(settings):
    settings.DEMO_MODE = True
    people.sponsor("Norvia Therapeutics")
    people.administrator()
    with pytest.raises(CommandError, match="has people in it already"):
        call_command("seed_load", **SIZES)
    assert (Dossier.objects.count(), Membership.objects.count()) == (0, 1)


@pytest.mark.django_db
def test_outside_the_demo_it_asks_first(settings):
    settings.DEMO_MODE = False
    with pytest.raises(CommandError, match="Say --yes"):
        call_command("seed_load", **SIZES)
    output = StringIO()
    call_command(
        "seed_load", sponsors=1, dossiers=1, documents=1, comments=1, lots=0, yes=True, stdout=output
    )
    assert "Log in as" not in output.getvalue()
    assert not any(user.has_usable_password() for user in User.objects.all())
    assert trail.verify().broken is None


@pytest.mark.django_db
def test_evidence_stays_append_only_after_the_load(said):
    with pytest.raises(IntegrityError), transaction.atomic():
        Event.objects.filter(seq=1).update(sentence="another")


def test_sizes_that_do_not_fit_are_refused():
    assert Sizes(1, 1, 10, 0, big=11).why_not() == "The big dossier cannot hold 11 of 10 documents."
    assert Sizes(0, 1, 10, 0).why_not() == (
        "There is at least one sponsor with one dossier, and no size is negative."
    )
    assert Sizes(1, 1, 10, 0, big=10).why_not() is None


def test_a_total_is_shared_out_to_the_last_one():
    assert shares(10, [1, 1, 2]) == [2, 3, 5]
    assert shares(7, [0, 0]) == [0, 0]
    assert sum(shares(200_000, [lives.procedure_of(n) == "maa" for n in range(999)])) == 200_000
