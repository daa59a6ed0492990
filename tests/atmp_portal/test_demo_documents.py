"""The documents of the demo story: fit for an eCTD, consistent, and the same on every machine."""

import csv
import re
from io import BytesIO

import pikepdf
import pypdfium2
import pytest

from atmp_portal.demo import chondrafix, filing, immunord, nortagen
from atmp_portal.demo.chondrafix import facts as chondrafix_facts
from atmp_portal.demo.chondrafix import lots as chondrafix_lots
from atmp_portal.demo.content import table
from atmp_portal.demo.documents import DEMO_DOCUMENTS, pdf
from atmp_portal.demo.immunord import facts as immunord_facts
from atmp_portal.demo.nortagen import facts as nortagen_facts
from atmp_portal.demo.nortagen import lots as nortagen_lots
from atmp_portal.demo.nortagen.environmental_risk import UNITS_IN_BAG
from audit import typesetting
from dossiers.structure import minimum_rows

BY_NAME = [pytest.param(demo, id=f"{demo.file_name}-{demo.version}") for demo in DEMO_DOCUMENTS]


def pages(demo) -> list[str]:
    """The words of each page, with line breaks as spaces."""
    document = pypdfium2.PdfDocument(demo.build())
    return [" ".join(page.get_textpage().get_text_bounded().split()) for page in document]


def words(demo) -> str:
    return " ".join(pages(demo))


def only(file_name: str, version: int = 1):
    return next(demo for demo in DEMO_DOCUMENTS if (demo.file_name, demo.version) == (file_name, version))


def test_the_story_has_the_sections_that_it_tells_of():
    filed = {}
    for demo in DEMO_DOCUMENTS:
        filed.setdefault(demo.product_key, set()).add((demo.section_number, demo.version))

    assert filed == {
        "nortagen": {
            ("1.0", 1), ("1.2", 1), ("1.3.1", 1), ("1.6.2", 1), ("1.8.2", 1), ("2.3", 1), ("2.3", 2),
            ("2.4", 1), ("2.5", 1), ("3.2.S.2.2", 1), ("3.2.S.2.3", 1), ("3.2.P.5.1", 1), ("3.2.P.5.1", 2),
            ("3.2.P.5.4", 1), ("3.2.P.5.6", 1), ("3.2.P.5.6", 2), ("3.2.P.8.3", 1), ("4.2.3.7.7", 1),
            ("5.3.5.1", 1),
        },
        "chondrafix": {
            ("1.0", 1), ("1.2", 1), ("1.3.1", 1), ("1.8.2", 1), ("2.3", 1), ("2.3", 2), ("2.4", 1),
            ("2.5", 1), ("3.2.S.2.3", 1), ("3.2.P.1", 1), ("3.2.P.5.1", 1), ("3.2.P.5.1", 2),
            ("3.2.P.5.6", 1), ("3.2.P.5.6", 2), ("3.2.P.8.3", 1), ("3.2.R.MD", 1), ("3.2.R.MD.1", 1),
            ("3.2.R.MD.2", 1), ("5.3.5.1", 1),
        },
        "immunord": {("1.0", 1), ("1.2", 1), ("2.3", 1), ("3.2.S.2.3", 1), ("3.2.P.5.1", 1)},
        "immunord, classification": {("1.0", 1), ("1.2", 1)},
    }  # fmt: skip


@pytest.mark.parametrize(
    ("product", "procedure", "fits"),
    [
        (nortagen, "maa", {"all", "gmo"}),
        (chondrafix, "maa", {"all", "combined"}),
        (immunord, "certification", {"all"}),
    ],
)
def test_a_product_has_every_document_without_which_it_cannot_be_filed(product, procedure, fits):
    expected = {
        row.section for row in minimum_rows() if row.procedure == procedure and row.applies_to in fits
    }

    assert expected - {demo.section_number for demo in product.DOCUMENTS} == set()


def test_file_names_are_fit_for_an_ectd_and_unique():
    names = [(demo.file_name, demo.version) for demo in DEMO_DOCUMENTS]

    assert [name for name, _ in names if not re.fullmatch(r"[a-z0-9][a-z0-9-]*\.pdf", name)] == []
    assert max(len(name) for name, _ in names) <= 64
    assert len(set(names)) == len(names)
    assert len({demo.file_name for demo in DEMO_DOCUMENTS}) == len(
        {(demo.product_key, demo.section_number) for demo in DEMO_DOCUMENTS}
    )


@pytest.mark.parametrize("demo", BY_NAME)
def test_a_document_is_fit_for_an_ectd(demo):
    content = demo.build()

    with pikepdf.open(BytesIO(content)) as file:
        fonts = [obj for obj in file.objects if isinstance(obj, pikepdf.Dictionary) and "/FontName" in obj]

        assert content.startswith(b"%PDF-1.7")
        assert not file.is_encrypted
        assert file.is_linearized
        assert "/OpenAction" not in file.Root
        assert "/Names" not in file.Root or "/JavaScript" not in file.Root.Names
        assert file.Root.PageMode == pikepdf.Name.UseOutlines
        assert fonts
        assert all({"/FontFile2", "/FontFile3"} & set(font.keys()) for font in fonts)
        assert 2 <= len(file.pages) <= 14


@pytest.mark.parametrize("demo", BY_NAME)
def test_a_document_has_a_bookmark_for_each_section(demo):
    titles = [section.title for section in demo.write().sections]

    with pikepdf.open(BytesIO(demo.build())) as file, file.open_outline() as outline:
        bookmarks = [item.title for item in outline.root if item.title != "Contents"]

    assert [re.sub(r"^\d+ ?", "", mark) if mark not in titles else mark for mark in bookmarks] == titles


@pytest.mark.parametrize("demo", BY_NAME)
def test_every_page_names_sponsor_product_section_version_and_page(demo):
    document = demo.write()
    found = pages(demo)

    for number, page in enumerate(found, 1):
        assert document.sponsor.name in page
        assert f"{document.product}, {demo.section_number}" in page
        assert f"Version {demo.version}.0" in page
        assert f"Page {number} of {len(found)}" in page


@pytest.mark.parametrize("demo", BY_NAME)
def test_the_document_speaks_of_its_own_product_only(demo):
    products = {"nortagen": "Nortagen", "chondrafix": "Chondrafix", "immunord": "Immunord"}
    text = words(demo)

    assert {key for key, name in products.items() if name in text} == {demo.product_key.partition(",")[0]}
    assert demo.write().version == demo.version
    assert demo.write().section == demo.section_number
    assert demo.title in text
    assert "lorem" not in text.lower()
    assert "{" not in text


def test_the_sections_exist_in_the_ctd():
    table_of_sections = typesetting.PROJECT / "dossiers" / "data" / "ctd_sections.csv"
    with table_of_sections.open(newline="") as file:
        numbers = {row["number"] for row in csv.DictReader(file)}

    assert {demo.section_number for demo in DEMO_DOCUMENTS} <= numbers


def test_every_document_is_built_alike_and_kept():
    first = [demo.build() for demo in DEMO_DOCUMENTS]
    filing._typeset.cache_clear()
    again = [demo.build() for demo in DEMO_DOCUMENTS]

    assert first == again
    assert DEMO_DOCUMENTS[0].build() is DEMO_DOCUMENTS[0].build()


def test_pdf_finds_a_document_by_name_and_version():
    assert pdf("medical-device.pdf") == only("medical-device.pdf").build()
    assert pdf("justification-of-specifications.pdf", 2) != pdf("justification-of-specifications.pdf", 1)
    with pytest.raises(LookupError):
        pdf("medical-device.pdf", 2)


def limits_in(text: str, specification) -> list[str]:
    return [test.key for test in specification.tests if test.limit not in text]


@pytest.mark.parametrize(
    ("names", "specification"),
    [
        (
            [("specifications-nortagen.pdf", 1), ("quality-overall-summary-nortagen.pdf", 1)],
            nortagen_facts.SPECIFICATION_3,
        ),
        (
            [("specifications-nortagen.pdf", 2), ("quality-overall-summary-nortagen.pdf", 2)],
            nortagen_facts.SPECIFICATION_4,
        ),
        (
            [("specifications-chondrafix.pdf", 1), ("quality-overall-summary-chondrafix.pdf", 1)],
            chondrafix_facts.SPECIFICATION_2,
        ),
        (
            [("specifications-chondrafix.pdf", 2), ("quality-overall-summary-chondrafix.pdf", 2)],
            chondrafix_facts.SPECIFICATION_3,
        ),
        (
            [("specifications-immunord.pdf", 1), ("quality-overall-summary-immunord.pdf", 1)],
            immunord_facts.SPECIFICATION,
        ),
    ],
)
def test_specification_and_summary_state_every_limit(names, specification):
    assert [limits_in(words(only(*name)), specification) for name in names] == [[], []]


def test_nortagen_changes_its_potency_test_from_interferon_to_killing():
    before = words(only("justification-of-specifications-nortagen.pdf", 1))
    after = words(only("justification-of-specifications-nortagen.pdf", 2))

    assert "Release of IFN-γ after 24 hours of co-culture with CD19+ target cells, > 50 pg/mL" in before
    assert "killing of CD19+ target cells after 18 hours of co-culture" in after
    assert "> 50 pg/mL" not in after


def test_chondrafix_keeps_changes_moves_and_drops_words_between_versions():
    before = pages(only("justification-of-specifications.pdf", 1))
    after = pages(only("justification-of-specifications.pdf", 2))

    def page(found, quote):
        return next((number for number, text in enumerate(found, 1) if quote in text), None)

    moved = "because a punch is taken from the surrogate graft"
    kept = "potency is read on a surrogate graft seeded from the same cell suspension"
    assert (page(before, moved), page(after, moved)) == (2, 3)
    assert page(before, kept)
    assert page(after, kept)
    assert page(before, "at least 1.5 µg per µg of DNA")
    assert page(after, "at least 2.0 µg per µg of DNA")
    assert page(before, "Lots 1 to 6 were excluded")
    assert page(after, "Lots 1 to 6") is None


def test_lots_support_what_is_told_of_them():
    complete = sum(lot.responded for lot in nortagen_lots.GHENT)

    assert (len(nortagen_lots.LUND), len(nortagen_lots.GHENT), complete) == (14, 38, 30)
    assert len(nortagen_lots.OUT_OF_SPECIFICATION) == 6
    assert "30 of 38, 78.9 %" in words(only("ntg-301-synopsis.pdf"))
    assert len(chondrafix_lots.LOTS) == 31
    assert min(lot.matrix for lot in chondrafix_lots.LOTS) >= 2.0


@pytest.mark.parametrize("file_name", ["ema-combined-nortagen.pdf", "ema-combined-chondrafix.pdf"])
def test_the_label_of_an_autologous_product_names_the_patient(file_name):
    text = words(only(file_name))

    assert "FOR AUTOLOGOUS USE ONLY" in text
    assert "Patient identifier [chain of identity number]" in text
    assert "[donation number and product code]" in text


def test_both_device_documents_count_the_same_requirements_and_gaps():
    file, listed = words(only("medical-device.pdf")), words(only("medical-device-requirements.pdf"))

    assert "31 requirements apply, 22 do not" in file
    assert "31 requirements apply, 22 do not" in listed
    assert len(re.findall(r"\bGap\b", file)) == len(re.findall(r"\bGap\b", listed)) == 3


def test_the_open_condition_is_the_same_wherever_it_stands():
    names = ("ema-cover-chondrafix.pdf", "medical-device.pdf", "medical-device-conformity.pdf")

    assert [name for name in names if "1 December 2026" not in words(only(name))] == []


def test_vector_left_in_a_bag_stays_below_one_unit():
    assert 0 < UNITS_IN_BAG < 1
    assert "Less than one unit is expected in a bag" in words(only("gmo-nortagen.pdf"))


@pytest.mark.parametrize("product", [nortagen, chondrafix, immunord])
def test_a_product_files_under_its_own_key(product):
    assert len({demo.product_key.partition(",")[0] for demo in product.DOCUMENTS}) == 1


def test_a_table_with_a_cell_too_few_is_a_mistake():
    with pytest.raises(ValueError, match="does not fit"):
        table("Wrong", "a | b\n1 | 2\n3")
