from accounts import inbox
from accounts.models import Notice, User
from tests.factories.reports import report


def test_each_person_is_told_once(lead, contributor):
    inbox.tell([lead, contributor, lead], subject="Filed", text="Nortagen was filed.", path="/dossiers/")
    assert sorted(Notice.objects.values_list("person__full_name", "subject", "path", "is_action_needed")) == [
        ("Ines Halvorsen", "Filed", "/dossiers/", False),
        ("Tomasz Wierzba", "Filed", "/dossiers/", False),
    ]


def test_who_left_is_not_told(lead):
    User.objects.update(is_active=False)
    inbox.tell([User.objects.get()], subject="Filed", text="", path="/", is_action_needed=True)
    assert Notice.objects.count() == 0


def test_a_person_sees_their_own_notices_only(lead, contributor):
    inbox.tell([lead], subject="For Ines", text="", path="/")
    inbox.tell([contributor], subject="For Tomasz", text="", path="/")
    assert [notice.subject for notice in Notice.objects.visible_to(lead)] == ["For Ines"]


def test_who_asked_for_a_report_is_told_when_it_is_there(lead, norvia):
    issued = report(norvia, lead, title="Status of Nortagen")
    notice = Notice.objects.get()
    assert (notice.person, notice.subject, notice.path) == (
        lead,
        "Status of Nortagen is ready",
        f"/reports/{issued.pk}/",
    )


def test_a_subject_is_one_line_that_fits(lead):
    inbox.tell([lead], subject=f"Nor\r\ntagen {'x' * 300}", text="", path="/")
    subject = Notice.objects.get().subject
    assert (subject[:10], len(subject)) == ("Nor tagen ", 200)
