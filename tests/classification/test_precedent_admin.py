from datetime import timedelta

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from audit.models import Event
from classification.models import Precedent, PrecedentImport
from classification.published.upload import unsealed
from tests.factories.lists import CARDIAC, HEADINGS, VECTOR, csv_file, many, with_part, xlsx_file

pytestmark = pytest.mark.django_db
URL = "/admin/classification/precedent/import/"
NAME = "EMA/140033/2021"
BAD = ("Cells", "Heart", "pending", "2021")


@pytest.fixture
def admin(administrator, browser):
    return browser(administrator)


def upload(admin, content, name="list.csv", list_name=NAME):
    return admin.post(URL, {"list_name": list_name, "file": SimpleUploadedFile(name, content)})


def seal_of(response):
    return response.context["seal"]


def test_the_list_of_precedents_leads_to_the_import(admin):
    text = admin.get(reverse("admin:classification_precedent_changelist")).content.decode()
    assert f'<a href="{URL}" class="addlink">Import a list</a>' in text
    assert "Show what it would add" in admin.get(URL).content.decode()


def test_a_list_is_shown_first_and_nothing_is_stored(admin):
    response = upload(admin, csv_file(CARDIAC, BAD, VECTOR))
    text = response.content.decode()
    assert response.status_code == 200
    assert "3 rows read. 2 would be added, 0 are here already, 1 would be skipped." in text
    assert "Row 3: the outcome names no class" in text
    assert (Precedent.objects.count(), PrecedentImport.objects.count()) == (65, 0)


def test_what_was_shown_is_brought_in_and_recorded_once(admin, administrator):
    shown = upload(admin, xlsx_file([HEADINGS, CARDIAC, BAD, VECTOR]), "list.xlsx")
    response = admin.post(URL, {"seal": seal_of(shown)}, follow=True)
    assert f"{NAME} was brought in: 2 added, 0 already here, 1 skipped." in response.content.decode()
    imported = PrecedentImport.objects.get()
    kept = (imported.list_name, imported.file_name, imported.imported_by, imported.rows, imported.added)
    assert kept == (NAME, "list.xlsx", administrator, 3, 2)
    (event,) = Event.objects.filter(code="classification.precedents_imported")
    assert (event.object_id, event.actor_name) == (imported.pk, administrator.full_name)


def test_a_list_that_is_there_is_not_offered_again(admin):
    admin.post(URL, {"seal": seal_of(upload(admin, csv_file(CARDIAC)))})
    text = upload(admin, csv_file(CARDIAC)).content.decode()
    assert "1 rows read. 0 would be added, 1 are here already" in text
    assert 'name="seal"' not in text


def test_a_thousand_rows_pass_the_form(admin):
    shown = upload(admin, csv_file(*many(1000)))
    assert admin.post(URL, {"seal": seal_of(shown)}).status_code == 302
    assert PrecedentImport.objects.get().added == 1000


@pytest.mark.parametrize(
    ("content", "error"),
    [
        (b"\xff\xfe", "It is not UTF-8."),
        (b"PK\x03\x04", "It is not a spreadsheet that can be read, or it is damaged."),
        (
            with_part(xlsx_file([HEADINGS]), "xl/worksheets/sheet1.xml", b" " * 60_000_000),
            "larger than 30 MB",
        ),
        (b" " * 20_971_521, "The file is larger than 20 MB"),
        (b"", "The submitted file is empty."),
    ],
)
def test_a_file_that_cannot_be_read_says_why(admin, content, error):
    response = upload(admin, content)
    assert response.status_code == 422
    assert error in response.content.decode()
    assert PrecedentImport.objects.count() == 0


def test_the_name_and_the_file_are_asked_for(admin):
    response = admin.post(URL, {"list_name": ""})
    assert response.status_code == 422
    assert response.context["form"].errors == {
        "list_name": ["This field is required."],
        "file": ["This field is required."],
    }


def test_a_seal_that_is_not_ours_brings_nothing_in(admin):
    seal = seal_of(upload(admin, csv_file(CARDIAC)))
    for forged in ("", "abc", seal[:-2] + "xx"):
        response = admin.post(URL, {"seal": forged})
        assert response.status_code == 409
        assert "Upload the list again; nothing was stored." in response.content.decode()
    assert Precedent.objects.count() == 65


def test_a_seal_holds_for_an_hour(admin):
    seal = seal_of(upload(admin, csv_file(CARDIAC)))
    assert unsealed(seal).list_name == NAME
    with time_machine.travel(timezone.now() + timedelta(minutes=61)):
        assert unsealed(seal) is None


@pytest.mark.parametrize("who", ["lead", "coordinator"])
def test_nobody_else_reaches_the_import(who, request, browser):
    response = browser(request.getfixturevalue(who)).post(URL, {"seal": "x"})
    assert response.status_code in {302, 404}
    assert PrecedentImport.objects.count() == 0


def test_precedents_and_imports_are_read_only(admin):
    admin.post(URL, {"seal": seal_of(upload(admin, csv_file(CARDIAC)))})
    added = Precedent.objects.get(product=CARDIAC[0])
    for thing in (added, added.imported_in):
        base = f"admin:classification_{thing._meta.model_name}"
        assert admin.get(reverse(f"{base}_change", args=[thing.pk])).status_code == 200
        assert admin.post(reverse(f"{base}_change", args=[thing.pk]), {"note": "x"}).status_code == 403
        assert admin.post(reverse(f"{base}_delete", args=[thing.pk]), {"post": "yes"}).status_code == 403
        assert admin.get(reverse(f"{base}_add")).status_code == 403


def test_the_trail_of_an_import_shows_its_counts(admin):
    admin.post(URL, {"seal": seal_of(upload(admin, csv_file(CARDIAC)))})
    imported = PrecedentImport.objects.get()
    text = admin.get(
        reverse("admin:classification_precedentimport_history", args=[imported.pk])
    ).content.decode()
    assert "Published list brought in: EMA/140033/2021, 1 added" in text
    assert "added: 1" in text
