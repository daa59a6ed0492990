import pytest
from django.contrib import admin
from django.urls import reverse

from dossiers import models
from tests.factories import dossiers as make

OURS = [model for model in admin.site._registry if model._meta.app_label == "dossiers"]


def _url(model, view, *keys):
    return reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_{view}", args=keys)


def test_every_model_can_be_looked_at():
    assert {model.__name__ for model in OURS} == set(models.__all__)


@pytest.mark.parametrize("model", OURS, ids=lambda model: model.__name__)
def test_records_are_listed_and_nobody_adds_any(browser, administrator, lead, model):
    make.dossier_at("filed", lead.organisation)
    client = browser(administrator)
    listed = client.get(_url(model, "changelist"), {"q": "x"})
    assert (listed.status_code, client.get(_url(model, "add")).status_code) == (200, 403)


@pytest.mark.parametrize(
    "name", ["Product", "Dossier", "Requirement", "Document", "DocumentVersion", "Filing"]
)
def test_a_record_is_shown_without_what_it_says(browser, administrator, lead, name):
    dossier = make.dossier_at("filed", lead.organisation)
    requirement = dossier.requirements.exclude(state="open").first()
    model = getattr(models, name)
    record = requirement if name == "Requirement" else model.objects.first()
    client = browser(administrator)
    page = client.get(_url(model, "change", record.pk))
    assert page.status_code == 200
    for secret in (dossier.product.indication, requirement.reason, "nortagen autoleucel"):
        assert secret.encode() not in page.content
    assert client.post(_url(model, "change", record.pk), {"name": "Other"}).status_code == 403
    assert client.post(_url(model, "delete", record.pk), {"post": "yes"}).status_code == 403


@pytest.mark.parametrize("name", ["Section", "Requirement", "Document", "DocumentVersion"])
def test_a_dossier_number_finds_what_belongs_to_that_dossier_alone(browser, administrator, lead, name):
    ours, other = (make.dossier(organisation=lead.organisation) for _ in range(2))
    for dossier in (ours, other):
        make.document(dossier)
    model = getattr(models, name)
    page = browser(administrator).get(_url(model, "changelist"), {"q": f" {ours.number.lower()} "})
    field = "document__dossier" if name == "DocumentVersion" else "dossier"
    assert page.context["cl"].result_count == model.objects.filter(**{field: ours}).count() > 0
