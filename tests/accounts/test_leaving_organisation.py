from accounts import actions, inbox
from accounts.models import Notice, User
from accounts.roles import Role
from audit import issuing
from audit.models import Job


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


def move(person, organisation, role, by):
    actions.change_role(person, organisation=organisation, role=role, why="moved", by=by)
