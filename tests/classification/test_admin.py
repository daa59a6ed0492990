import pytest
from django.urls import reverse

from tests.factories import classification as cases

pytestmark = pytest.mark.django_db


@pytest.fixture
def final(lead):
    return cases.finalised(cases.CAR_T, lead, code="NV-300", name="Secret name", indication="Secret use")


def test_the_administrator_sees_that_it_exists_and_not_what_it_says(final, administrator, browser):
    admin = browser(administrator)
    page = admin.get(reverse("admin:classification_assessment_change", args=[final.pk]))
    text = page.content.decode()
    assert "NV-300" in text
    for secret in ("Secret", "GTMP", "gm_cells"):
        assert secret not in text
    changelist = admin.get(reverse("admin:classification_assessment_changelist"), {"q": "NV-300"})
    assert "NV-300" in changelist.content.decode()


def test_the_administrator_changes_and_deletes_nothing(final, administrator, browser):
    admin = browser(administrator)
    change = admin.post(reverse("admin:classification_assessment_change", args=[final.pk]), {"code": "X"})
    delete = admin.post(reverse("admin:classification_assessment_delete", args=[final.pk]), {"post": "yes"})
    add = admin.get(reverse("admin:classification_assessment_add"))
    assert [change.status_code, delete.status_code, add.status_code] == [403, 403, 403]
    final.refresh_from_db()
    assert final.code == "NV-300"
