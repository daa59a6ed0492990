"""The parts of a combined product: filled in, counted, frozen, and never overwritten."""

from importlib import import_module

import pytest
from django.apps import apps
from django.urls import reverse

from audit.models import Event
from audit.refusals import Refused
from dossiers import combined, combined_tables, readiness
from dossiers.actions import combined as actions
from dossiers.actions import documents
from dossiers.actions.combined import FieldsOvertaken, Written
from dossiers.models import CombinedField, Conformity, Dossier
from dossiers.queries import combined as queries
from dossiers.statuses import DossierStatus, Procedure
from tests.factories import combined as parts
from tests.factories import dossiers as make
from tests.factories import reviews


@pytest.fixture
def dossier(lead) -> Dossier:
    return make.dossier(organisation=lead.organisation, outcome="combined-TEP")


def url(name: str, of: Dossier, *keys) -> str:
    return reverse(f"dossiers:{name}", args=[of.pk, *keys])


def posted(client, of: Dossier, block: str, **typed: str):
    """Send the form of a block as the page gives it, with what was typed."""
    form = client.get(url("combined_block", of, block)).context["form"]
    data = {name: form[name].value() or "" for name in form.fields}
    return data, client.post(url("combined_block", of, block), {**data, **typed})


def test_the_tables_hold_what_is_known():
    assert len(combined_tables.field_rows()) == 66
    assert [len(combined_tables.fields_of(group.key)) for group in combined_tables.GROUPS] == [
        13, 4, 13, 11, 12, 13,
    ]  # fmt: skip
    assert len(combined_tables.gspr_rows()) == 51
    rare = [row.number for row in combined_tables.gspr_rows() if row.is_rare]
    assert rare == ["9", "15", "16", "17", "18", "19", "21", "22"]
    assert all(row.citation and row.trust in {"V", "K"} for row in combined_tables.field_rows())


def test_the_migration_opens_what_the_table_names():
    migration = import_module("dossiers.migrations.0012_open_combined_parts")
    assert tuple(migration.NUMBERS) == tuple(row.number for row in combined_tables.gspr_rows())


class TestOpening:
    def test_a_combined_dossier_opens_its_parts(self, dossier):
        assert dossier.gsprs.count() == 51
        assert dossier.conformity.status == "unknown"

    @pytest.mark.parametrize(
        ("outcome", "procedure"), [("TEP", Procedure.MAA), ("combined-TEP", Procedure.CLASSIFICATION)]
    )
    def test_others_have_none(self, browser, lead, outcome, procedure):
        made = make.dossier(organisation=lead.organisation, outcome=outcome, procedure=procedure)
        assert (made.gsprs.count(), Conformity.objects.count()) == (0, 0)
        assert browser(lead).get(url("combined", made)).status_code == 404
        assert combined.content_of(made) == {}
        with pytest.raises(Refused, match="is not of a combined product"):
            parts.write(made, device_name="A membrane")

    def test_another_class_of_the_product_opens_them(self, browser, lead):
        product = make.product(lead.organisation, outcome="TEP")
        made = make.dossier(product)
        make.reclassified(product, "combined-TEP")
        browser(lead).post(url("restructure", made))
        assert Dossier.objects.get(pk=made.pk).gsprs.count() == 51

    def test_dossiers_that_were_there_get_them_by_the_migration(self, dossier):
        dossier.gsprs.all().delete()
        Conformity.objects.all().delete()
        import_module("dossiers.migrations.0012_open_combined_parts").open_parts(apps, None)
        assert dossier.gsprs.count() == 51
        assert Conformity.objects.get().dossier == dossier


class TestFields:
    def test_a_block_is_saved_and_leaves_old_and_new(self, browser, contributor, dossier):
        _, response = posted(browser(contributor), dossier, "device-description", device_name="Duolam KM")
        assert response.status_code == 302
        row = CombinedField.objects.get()
        assert (row.name, row.value, row.edition, row.changed_by) == (
            "device_name", "Duolam KM", 1, contributor,
        )  # fmt: skip
        event = Event.objects.get(code="dossiers.combined_written")
        assert event.sentence == "Combined product, written: Device name"
        assert (event.audience, event.data) == (
            "sponsor",
            {"Device name": {"old": "", "new": "Duolam KM"}},
        )

    def test_the_same_again_writes_nothing(self, browser, lead, dossier):
        parts.write(dossier, device_name="Duolam KM")
        _, response = posted(browser(lead), dossier, "device-description")
        assert response.status_code == 302
        assert CombinedField.objects.get().edition == 1
        assert Event.objects.filter(code="dossiers.combined_written").count() == 1

    @pytest.mark.parametrize(
        ("block", "typed", "errors"),
        [
            ("conformity", {"notified_body_number": "12"}, {
                "notified_body_number": ["Write the four digits, as in 0123."],
            }),
            ("conformity", {"issue_date": "soon"}, {"issue_date": ["Write the day as in 14 Aug 2026."]}),
            ("conformity", {"issue_date": "14 Aug 2026", "expiry_date": "1 Aug 2026"}, {
                "expiry_date": ["It ends before it was issued."],
            }),
            ("device-description", {"technical_specifications": "Wide"}, {
                "technical_specifications": ["Put a bar between Property and Value with unit: Wide"],
            }),
            ("device-manufacture", {"label_ifu__page": "3"}, {
                "label_ifu": ["Choose the document of this page."],
            }),
            ("device-description", {"basic_udi_di": "x", "basic_udi_di__reason": "y"}, {
                "basic_udi_di__reason": ["The field is filled in: leave this empty."],
            }),
        ],
    )  # fmt: skip
    def test_a_wrong_answer_is_said_at_its_field(self, browser, lead, dossier, block, typed, errors):
        _, response = posted(browser(lead), dossier, block, **typed)
        assert (response.status_code, response.context["form"].errors) == (422, errors)
        assert not CombinedField.objects.exists()

    def test_a_document_and_page_are_evidence_until_it_is_taken_out(self, browser, lead, dossier):
        document = make.document(dossier, "1.3.1", name="leaflet.pdf")
        typed = {"label_ifu": str(document.pk), "label_ifu__page": "4"}
        posted(browser(lead), dossier, "device-manufacture", **typed)
        standing = combined.standing_of(dossier)
        row = combined_tables.field_named()["label_ifu"]
        assert (standing.fields["label_ifu"]["document"], standing.fields["label_ifu"]["page"]) == (
            "leaflet.pdf", 4,
        )  # fmt: skip
        assert standing.is_filled(row)
        documents.remove(document, why="Wrong file", by=lead)
        assert not combined.standing_of(dossier).is_filled(row)

    def test_a_document_of_another_dossier_is_no_evidence(self, dossier, ostrava):
        other = make.document(make.dossier(organisation=ostrava, outcome="combined-TEP"))
        with pytest.raises(Refused, match="is not in this dossier"):
            actions.write_fields(
                dossier, {"label_ifu": Written(document=other)}, by=make.writer(dossier.organisation)
            )

    def test_the_second_tab_gets_a_choice_and_keeps_what_it_did_not_touch(
        self, browser, lead, contributor, dossier
    ):
        client = browser(lead)
        data, _ = posted(client, dossier, "device-description")
        parts.write(dossier, device_name="Saved first", novel_features="New", by=contributor)
        mine = {**data, "device_name": "Typed second"}
        page = client.post(url("combined_block", dossier, "device-description"), mine)
        text = page.content.decode()
        assert page.status_code == 409
        assert "Saved by Tomasz Wierzba: <strong>Saved first</strong>" in text
        assert "Typed second" in text
        stands = dict(CombinedField.objects.values_list("name", "value"))
        assert stands == {"device_name": "Saved first", "novel_features": "New"}
        form = page.context["form"]
        again = {**mine, "device_name__seen": form["device_name__seen"].value()}
        assert client.post(url("combined_block", dossier, "device-description"), again).status_code == 302
        stands = dict(CombinedField.objects.values_list("name", "value"))
        assert stands == {"device_name": "Typed second", "novel_features": "New"}

    def test_the_page_saves_while_one_writes_all_that_is_right(self, browser, lead, dossier):
        client = browser(lead)
        data, _ = posted(client, dossier, "conformity")
        response = client.post(
            url("combined_block", dossier, "conformity"),
            {**data, "notified_body_name": "Body", "notified_body_number": "12"},
            headers={"HX-Request": "true"},
        )
        text = response.content.decode()
        assert "Not saved yet: Its number" in text
        assert 'name="notified_body_name__seen"' in text
        assert [row.name for row in CombinedField.objects.all()] == ["notified_body_name"]

    def test_the_page_that_saves_itself_overwrites_nobody(self, browser, lead, contributor, dossier):
        client = browser(lead)
        data, _ = posted(client, dossier, "device-description")
        parts.write(dossier, device_name="Saved first", by=contributor)
        typed = {**data, "device_name": "Typed second", "novel_features": "Cells"}
        response = client.post(
            url("combined_block", dossier, "device-description"), typed, headers={"HX-Request": "true"}
        )
        assert "Changed after you opened the page: Device name." in response.content.decode()
        stands = dict(CombinedField.objects.values_list("name", "value"))
        assert stands == {"device_name": "Saved first", "novel_features": "Cells"}

    def test_the_action_itself_refuses_an_edition_that_is_gone(self, lead, dossier):
        parts.write(dossier, device_name="First")
        with pytest.raises(FieldsOvertaken) as overtaken:
            actions.write_fields(dossier, {"device_name": Written("Second", edition=0)}, by=lead)
        assert overtaken.value.names == ["device_name"]

    def test_a_text_that_only_goes_on_overwrites_nothing(self, lead, dossier):
        document = make.document(dossier)
        parts.write(dossier, device_name="A mem", novel_features="Cel")
        actions.write_fields(dossier, {"device_name": Written("A membrane", edition=0)}, by=lead)
        assert dict(CombinedField.objects.values_list("name", "value"))["device_name"] == "A membrane"
        for other in (Written("Cells", document, edition=0), Written("", edition=0)):
            with pytest.raises(FieldsOvertaken):
                actions.write_fields(dossier, {"novel_features": other}, by=lead)

    def test_what_is_filed_is_not_changed(self, browser, lead):
        filed = make.dossier_at(DossierStatus.FILED, lead.organisation, outcome="combined-TEP")
        page = browser(lead).get(url("combined_block", filed, "conformity"))
        assert page.context["form"] is None
        assert browser(lead).post(url("combined_block", filed, "conformity"), {}).status_code == 409


class TestOverview:
    def test_the_task_list_counts_and_names_what_is_missing(self, browser, lead, dossier):
        parts.write(dossier, atmp_class="TEP", viable_cells="yes", gmo="no")
        page = browser(lead).get(url("combined", dossier)).context["page"]
        medicinal = page.tasks[5]
        assert (medicinal.title, medicinal.progress.words) == ("Medicinal part", "3 of 12")
        assert medicinal.missing[0] == (
            "Active substance",
            f"{url('combined_block', dossier, 'medicinal')}#div_id_active_substance_definition",
        )
        assert (len(medicinal.missing), medicinal.more) == (6, 3)

    def test_a_field_that_may_not_apply_is_set_aside_with_a_reason(self, browser, lead, dossier):
        before = queries.overview(dossier, lead).tasks[0].progress.done
        posted(browser(lead), dossier, "device-description", basic_udi_di__reason="Not CE marked")
        assert queries.overview(dossier, lead).tasks[0].progress.done == before + 1

    @pytest.mark.parametrize("number", [1, 3])
    def test_the_pages_take_the_same_queries_for_any_number(
        self, browser, lead, dossier, number, django_assert_num_queries
    ):
        for place in range(number):
            document = make.document(dossier, "3.2.R.MD.3", name=f"file-{place}.pdf")
            parts.applies(dossier, ("1", "2", "3")[place], document)
        client = browser(lead)
        counts = []
        for name in ("combined", "gspr_list", "combined_matrix"):
            with django_assert_num_queries(40, exact=False) as asked:
                client.get(url(name, dossier))
            counts.append(len(asked))
        assert counts == [21, 23, 21]


class TestFiling:
    def test_what_was_checked_stops_and_what_is_known_warns(self, dossier):
        stops = [point.text for point in readiness.stoppers(dossier)]
        warns = [point.text for point in readiness.warnings(dossier)]
        assert "Route is not filled in." in stops
        assert "Device name is not filled in." in warns
        assert sum(text.startswith("GSPR ") for text in stops) == 51

    def test_a_requirement_that_applies_needs_its_evidence(self, dossier):
        parts.applies(dossier, "10.1")
        stops = {point.text: point.url for point in readiness.stoppers(dossier)}
        text = (
            "GSPR 10.1, Choice of materials, compatibility, mechanical properties, surface, has no evidence."
        )
        assert stops[text] == f"{url('gspr_list', dossier)}#gspr-10.1"

    def test_a_certification_is_warned_only(self, lead):
        made = make.dossier(organisation=lead.organisation, outcome="combined-TEP", procedure=Procedure.MAA)
        Dossier.objects.filter(pk=made.pk).update(procedure=Procedure.CERTIFICATION)
        made.refresh_from_db()
        assert not any(point.is_stop for point in combined.points_of(made))

    def test_the_filing_freezes_the_parts_and_the_authority_reads_no_other(
        self, browser, lead, coordinator, reviewer
    ):
        draft = make.dossier(organisation=lead.organisation, outcome="combined-TEP")
        parts.write(draft, device_name="As filed")
        make.make_ready(draft)
        filing = make.file(draft)
        frozen = {row["name"]: row["value"] for row in filing.content["combined"]["fields"]}
        assert (frozen["device_name"], frozen["notified_body_number"]) == ("As filed", "0987")
        assert len(filing.content["combined"]["gsprs"]) == 51
        CombinedField.objects.filter(name="device_name").update(value="Changed since")
        block = url("combined_block", draft, "device-description")
        read = browser(coordinator).get(block).content.decode()
        assert ("As filed" in read, "Changed since" in read) == (True, False)

    def test_a_filing_from_before_says_that_it_holds_no_parts(self, browser, lead, coordinator):
        filed = make.dossier_at(DossierStatus.FILED, lead.organisation, outcome="combined-TEP")
        filing = filed.filings.get()
        content = {name: value for name, value in filing.content.items() if name != "combined"}
        type(filing).objects.filter(pk=filing.pk).update(content=content)
        page = browser(coordinator).get(url("combined", filed)).content.decode()
        assert "The last filing holds no form of the parts" in page


class TestSection:
    @pytest.mark.parametrize(
        ("number", "text"),
        [
            ("3.2.R.MD.1", "From the device part: 1 of 66 fields."),
            ("3.2.R.MD.2", "From the device part: 0 of 51 requirements shown or set aside."),
        ],
    )
    def test_the_sections_of_the_device_say_how_far_it_is(self, browser, lead, dossier, number, text):
        parts.write(dossier, device_name="Duolam KM")
        assert text in browser(lead).get(url("section", dossier, number)).content.decode()

    def test_other_sections_say_nothing(self, browser, lead, dossier):
        assert browser(lead).get(url("section", dossier, "3.2.P.1")).context["page"].device_note is None


def test_the_interface_says_how_the_parts_work_together_before_it_is_signed(in_combined_review):
    part = reviews.write_part(in_combined_review, "interface", together="")
    with pytest.raises(Refused, match="Say how device and medicine work together first"):
        reviews.conclude_part(part)
    part = reviews.write_part(in_combined_review, "interface", together="The cells stay alive on it.")
    assert reviews.conclude_part(part).status == "concluded"


@pytest.fixture
def in_combined_review(lead, coordinator, reviewer) -> Dossier:
    return reviews.dossier_at(DossierStatus.IN_REVIEW, lead.organisation, outcome="combined-TEP")
