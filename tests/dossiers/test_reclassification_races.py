"""Two people bring one dossier to its new class in the same moment."""

import pytest

from audit.models import Event
from dossiers.actions import dossiers
from dossiers.models import Dossier
from tests.factories import dossiers as make
from tests.factories.races import database_on_disk, race


@pytest.mark.django_db(transaction=True)
def test_a_dossier_is_brought_to_the_class_once(lead, contributor, tmp_path):
    with database_on_disk(tmp_path):
        dossier = make.dossier(make.product(lead.organisation, outcome="TEP", name="Chondrafix"))
        make.reclassified(dossier.product, "combined-TEP")
        outcomes = race(
            lambda: dossiers.restructure(Dossier.objects.get(pk=dossier.pk), by=lead),
            lambda: dossiers.restructure(Dossier.objects.get(pk=dossier.pk), by=contributor),
        )
        assert [type(outcome).__name__ for outcome in outcomes] == ["Dossier", "Dossier"]
        assert Event.objects.filter(code="dossiers.restructured").count() == 1
        assert dossier.sections.filter(number="3.2.R.MD").count() == 1
