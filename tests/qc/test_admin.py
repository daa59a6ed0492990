import pytest
from django.urls import reverse

from tests.factories import qc

pytestmark = pytest.mark.django_db


def test_administrators_read_who_and_when_but_no_patient_and_no_result(browser, norvia, administrator):
    lot = qc.lot(organisation=norvia, number="NTG-1", patient_pseudonym="NX-SECRET-1")
    qc.result(lot, lot.specification.tests.get(name="Viability"), raw="91.7")
    client = browser(administrator)
    for name, pk in [("lot", lot.pk), ("specification", lot.specification.pk)]:
        listed = client.get(reverse(f"admin:qc_{name}_changelist")).content.decode()
        shown = client.get(reverse(f"admin:qc_{name}_change", args=[pk])).content.decode()
        assert str(pk) in listed
        for secret in ("NX-SECRET-1", "91.7", "Dr M. Vos", "2.7.29"):
            assert secret not in listed + shown
    assert "NTG-1" in client.get(reverse("admin:qc_lot_changelist")).content.decode()


@pytest.mark.parametrize("name", ["lot", "specification"])
def test_nobody_adds_changes_or_deletes(browser, norvia, administrator, name):
    lot = qc.lot(organisation=norvia)
    pk = lot.pk if name == "lot" else lot.specification.pk
    client = browser(administrator)
    assert client.get(reverse(f"admin:qc_{name}_add")).status_code == 403
    assert client.post(reverse(f"admin:qc_{name}_change", args=[pk]), {"number": "X"}).status_code == 403
    assert client.post(reverse(f"admin:qc_{name}_delete", args=[pk])).status_code == 403
