from accounts import actions, inbox
from accounts.models import Notice, User
from accounts.roles import Role
from audit import issuing
from audit.models import Job
from tests.factories import reports


def test_what_was_told_for_one_organisation_stays_with_it(contributor, norvia, ostrava, administrator):
    inbox.tell([contributor], subject="Nortagen: list of questions", text="Due soon.", path="/")
    issuing.ask("Status report of Nortagen", norvia, task="dossiers.tasks.make_status_report", by=contributor)
    assert (Notice.objects.visible_to(contributor).count(), Job.objects.visible_to(contributor).count()) == (
        1,
        1,
    )

    move(contributor, norvia, Role.REGULATORY_LEAD, administrator)
    promoted = User.objects.get(pk=contributor.pk)
    assert (Notice.objects.visible_to(promoted).count(), Job.objects.visible_to(promoted).count()) == (1, 1)

    move(contributor, ostrava, Role.CONTRIBUTOR, administrator)
    moved = User.objects.get(pk=contributor.pk)
    assert (Notice.objects.visible_to(moved).count(), Job.objects.visible_to(moved).count()) == (0, 0)


def test_who_moved_on_is_not_told_of_a_report_or_its_failure(contributor, norvia, ostrava, administrator):
    made, failing = (
        reports.job(norvia, contributor, title=f"Status of Nortagen {n}", task=f"tests.{n}") for n in "ab"
    )
    move(contributor, ostrava, Role.CONTRIBUTOR, administrator)
    assert issuing.issue(str(made.pk), lambda _job, _claim: (norvia, reports.made(title=made.title)))
    issuing.claim(str(failing.pk)).fail("No fonts.")
    assert list(contributor.notices.filter(subject__contains="Nortagen")) == []


def move(person, organisation, role, by):
    actions.change_role(person, organisation=organisation, role=role, why="moved", by=by)
