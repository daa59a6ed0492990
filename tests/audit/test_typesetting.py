"""Reports as PDF: archival and accessible, the same bytes twice, and deaf to anything typed into them."""

import json
import re
import time
from datetime import UTC, datetime
from io import BytesIO

import pikepdf
import pypdfium2
import pytest
import typst

from audit import typesetting
from tests import pdfs

AT = datetime(2026, 11, 23, 16, 52, tzinfo=UTC)
REPORTS = ["classification_rationale.typ", "dossier_status.typ", "review_report.typ"]
SIGNATURE = {
    "name": "Ines Halvorsen",
    "role": "regulatory lead",
    "at": "23 Nov 2026, 17:52 CET",
    "utc": "16:52 UTC",
    "meaning": "adopts the classification",
    "hash": "9f2c 41d0 77c2 … e310",
    "statement": "I adopt this classification for Norvia Therapeutics.",
}
RATIONALE = {
    "issuer": "Norvia Therapeutics, Ghent",
    "number": "NV-410, version 2",
    "lead": "Why NV-410 is what it is.",
    "candidate": {
        "code": "NV-410",
        "name": "Expanded stromal cells",
        "indication": "Ischaemic heart failure",
        "description": "Cells of healthy donors.\n\nInjected into the heart muscle.",
    },
    "sponsor": "Norvia Therapeutics",
    "verdict": {"label": "Tissue engineered product", "lead": "Viable cells, engineered."},
    "facts": [{"term": "Answered", "text": "14 of 14, none unknown"}],
    "path": [{"id": "Q09", "question": "A step beyond the list in Annex I?", "answer": "Yes, expansion"}],
    "findings": [{"rule": "ENG-1", "because": "The cells are engineered.", "citation": "Art 2(1)(c)"}],
    "flags": [{"title": "Ask the CAT", "text": "Both actions are claimed."}],
    "changes": [
        {"change": "only signals were claimed", "question": "Q13", "verdict": "sCTMP", "because": "2.2"}
    ],
    "signatures": [SIGNATURE],
}
STATUS = {
    "product": {"name": "Dendrova", "description": "dendritic cells", "number": "H0007130"},
    "class": "sCTMP, autologous",
    "day": {"text": "not started"},
    "modules": [{"module": "3", "title": "Quality", "met": 61, "total": 76}],
    "stops": [{"text": "2 sections are empty", "detail": "3.2.A.2, 5.3.7"}],
    "requirements": [
        {
            "id": "ATMP-07",
            "requirement": "Traceability of everything that touches the cells",
            "section": "3.2.S.2.3",
            "state": "Met",
            "evidence": "traceability-system.pdf, version 2",
        }
    ],
    "documents": [
        {
            "section": "3.2.S.2.3",
            "file": "donor-testing-summary.pdf",
            "version": "3",
            "pages": 18,
            "sha256": "5b1e 09fa 77c2",
            "by": "T. Wierzba",
            "at": "20 Nov 2026, 16:20 CET",
            "utc": "15:20 UTC",
        }
    ],
}
QUESTION = {
    "number": "Q-004",
    "kind": "Major objection",
    "discipline": "Quality",
    "section": "3.2.P.5.6",
    "text": "The potency assay measures release of IFN-γ, not killing.",
    "answer": "A killing assay has been added.",
    "state": "Answered",
    "asked_on": {"file": "justification.pdf", "version": "1", "page": 4},
    "answered_by": {"file": "justification.pdf", "version": "2", "page": 5},
}
REVIEW = {
    "dossier": {"product": "Nortagen", "number": "H0006412", "class": "GTMP, autologous"},
    "day": {"day": 120, "of": 210},
    "outcome": {"label": "List of questions", "text": "The clock stops."},
    "parts": [
        {
            "part": "Quality",
            "assessor": "Dr Lena Okafor",
            "recommendation": "Not approvable yet",
            "text": "The assay is not tied to the claim.",
            "signed": {"at": "10 Sep 2026, 11:00 CEST", "utc": "09:00 UTC"},
        }
    ],
    "questions": [QUESTION],
    "comments": [{"discipline": "Quality", "total": 46, "open": 12, "resolved": 30, "promoted": 4}],
    "signatures": [SIGNATURE],
}
CONTENTS = dict(zip(REPORTS, [RATIONALE, STATUS, REVIEW], strict=True))


def made(template: str, content: dict, title: str = "A report") -> bytes:
    return typesetting.render(template, content, title=title, made_at=AT)


def text_of(pdf: bytes) -> str:
    """The words of all pages, with line breaks as spaces."""
    pages = pypdfium2.PdfDocument(pdf)
    return " ".join(" ".join(page.get_textpage().get_text_bounded() for page in pages).split())


def every_word(content: object):
    if isinstance(content, dict):
        content = list(content.values())
    if isinstance(content, list):
        for value in content:
            yield from every_word(value)
    elif content is not None:
        yield " ".join(str(content).split())


def changed(content: object, change) -> object:
    if isinstance(content, dict):
        return {key: changed(value, change) for key, value in content.items()}
    if isinstance(content, list):
        return [changed(value, change) for value in content]
    return change(content)


@pytest.mark.parametrize("template", REPORTS)
def test_every_word_of_the_content_is_printed(template):
    printed = text_of(made(template, CONTENTS[template]))

    assert [word for word in every_word(CONTENTS[template]) if word not in printed] == []


@pytest.mark.parametrize("template", REPORTS)
def test_render_twice_gives_the_same_bytes(template):
    assert made(template, CONTENTS[template]) == made(template, CONTENTS[template])


def test_render_is_pdf_a_2a_and_pdf_ua_1_with_title_language_and_time():
    with pikepdf.open(BytesIO(made("review_report.typ", REVIEW, "Review report, Nortagen"))) as pdf:
        metadata = pdf.open_metadata()

        assert (metadata.get("pdfaid:part"), metadata.get("pdfaid:conformance")) == ("2", "A")
        assert metadata.get("pdfuaid:part") == "1"
        assert metadata.get("dc:title") == "Review report, Nortagen"
        assert metadata.get("xmp:CreateDate").startswith("2026-11-23T16:52:00")
        assert str(pdf.Root.Lang) == "en-GB"
        assert bool(pdf.Root.MarkInfo.Marked) is True


def test_render_embeds_its_fonts():
    with pikepdf.open(BytesIO(made("classification_rationale.typ", RATIONALE))) as pdf:
        fonts = [obj for obj in pdf.objects if isinstance(obj, pikepdf.Dictionary) and "/FontName" in obj]
        names = {str(font.FontName).split("+")[-1] for font in fonts}

        assert {"IBMPlexSans-Regular", "IBMPlexSans-SemiBold", "IBMPlexMono-Regular"} <= names
        assert all({"/FontFile2", "/FontFile3"} & set(font.keys()) for font in fonts)


def test_render_bookmarks_headings():
    with pikepdf.open(BytesIO(made("review_report.typ", REVIEW))) as pdf, pdf.open_outline() as outline:
        top = outline.root[0]

        assert top.title == "A report"
        assert [item.title for item in top.children] == [
            "Outcome",
            "Conclusions by part",
            "Questions",
            "Comments",
            "Signatures",
        ]


@pytest.mark.parametrize("template", REPORTS)
@pytest.mark.parametrize(
    "change",
    [lambda value: None, lambda value: "" if isinstance(value, str) else value],
    ids=["null", "empty"],
)
def test_render_takes_values_that_are_missing(template, change):
    assert typesetting.pages_of(made(template, changed(CONTENTS[template], change))) >= 1


@pytest.mark.parametrize(
    ("template", "sentences"),
    [
        (
            "classification_rationale.typ",
            [
                "No question has been answered.",
                "No rule has led to a finding.",
                "The verdict raises no flag.",
                "No single answer would change the verdict.",
                "Nobody has signed this yet.",
            ],
        ),
        (
            "dossier_status.typ",
            [
                "Nothing stops filing.",
                "The dossier has no requirements yet.",
                "No document has been added yet.",
            ],
        ),
        (
            "review_report.typ",
            [
                "There is no outcome yet.",
                "No part has been assessed yet.",
                "No question was put to the sponsor.",
                "Nobody has commented on the documents.",
                "Nobody has signed this yet.",
            ],
        ),
    ],
)
def test_empty_parts_say_so_in_a_sentence(template, sentences):
    bare = text_of(made(template, {}))
    emptied = text_of(made(template, {key: [] for key in CONTENTS[template]}))

    assert [sentence for sentence in sentences if sentence not in bare] == []
    assert emptied == bare


@pytest.mark.parametrize("template", REPORTS)
@pytest.mark.parametrize(
    "typed",
    [
        '#panic() #read("_report.typ") #import "@preview/x:1.0.0"',
        "<script>alert(1)</script> &amp; {{ title }}",
        "*bold* _it_ $x$ `code` = heading - list @ref <label> // comment /* c */ \\ ~ -- ---",
        "µ ≥ ≤ ± × ⁺ ⁻ ⁸ ₂ γ α β ß ő ž Ж ☐ → …",
    ],
)
def test_what_a_person_typed_comes_out_as_typed(template, typed):
    content = changed(
        CONTENTS[template], lambda value: f"{value} {typed}" if isinstance(value, str) else value
    )
    content.pop("number", None)

    printed = text_of(made(template, content, title=f"A report {typed}"))

    assert "#panic() #read" in printed or "#panic" not in typed
    assert printed.count(typed) >= 5


def test_a_sign_no_font_can_show_is_printed_as_its_code():
    typed = "heart 漢字 😀 \x00 \ud800 \ue000 \u202egnorw\u202c \ufeff end"

    printed = text_of(made("review_report.typ", {"outcome": {"label": typed}}))

    assert (
        "heart [U+6F22][U+5B57] [U+1F600] [U+0000] [U+D800] [U+E000] [U+202E]gnorw[U+202C] [U+FEFF] end"
        in printed
    )


def test_accents_apart_and_foreign_line_ends_are_brought_together():
    printed = text_of(
        made("review_report.typ", {"outcome": {"label": "Dvor\u030ca\u0301k", "text": "a\r\n\r\nb\rc"}})
    )

    assert "Dvořák" in printed
    assert "a b c" in printed


def test_a_long_name_without_a_space_stays_in_its_column():
    name = "donor_testing_summary_of_the_contract_laboratory_final_" * 3
    content = {"documents": [{**STATUS["documents"][0], "file": name}]}

    page = pypdfium2.PdfDocument(made("dossier_status.typ", content))[0].get_textpage()
    boxes = [page.get_charbox(index) for index in range(page.count_chars())]

    assert name in page.get_text_bounded().replace("\r\n", "")
    assert max(right for _, _, right, _ in boxes) <= 595 - 18 / 25.4 * 72 + 1


def test_table_heads_repeat_and_pages_are_counted():
    content = {"requirements": STATUS["requirements"] * 120}

    pdf = pypdfium2.PdfDocument(made("dossier_status.typ", content))
    pages = [" ".join(page.get_textpage().get_text_bounded().split()) for page in pdf]

    assert len(pages) > 3
    assert all(f"Page {number} of {len(pages)}" in page for number, page in enumerate(pages, 1))
    assert all("Id Requirement Section State Evidence" in page for page in pages[:-1])


@pytest.mark.parametrize("filler", range(0, 60, 3))
def test_a_signature_is_never_alone_on_a_page(filler):
    content = {**RATIONALE, "path": RATIONALE["path"] * filler}

    pdf = pypdfium2.PdfDocument(made("classification_rationale.typ", content))
    last = pdf[len(pdf) - 1].get_textpage().get_text_bounded()

    assert "Ines Halvorsen" in last
    assert "Signatures" in last
    assert "NV-410, version 2" in last


def test_a_signature_shows_name_role_both_times_meaning_hash_and_what_is_signed():
    printed = text_of(made("review_report.typ", REVIEW, "Review report, Nortagen"))

    assert (
        "I adopt this classification for Norvia Therapeutics. Ines Halvorsen, regulatory lead · "
        "signed 23 Nov 2026, 17:52 CET 16:52 UTC Meaning: adopts the classification. "
        "Signed: Review report, Nortagen. Binds content sha256 9f2c 41d0 77c2 … e310."
    ) in printed


def test_a_very_long_answer_is_printed_to_its_last_word():
    answer = "\n\n".join(f"Paragraph {number} of the answer." for number in range(400))

    printed = text_of(made("review_report.typ", {"questions": [{**QUESTION, "answer": answer}]}))

    assert "Paragraph 399 of the answer." in printed


def test_a_report_of_29_pages_takes_a_moment():
    content = {**REVIEW, "questions": [{**QUESTION, "number": f"Q-{number:03}"} for number in range(160)]}
    made("review_report.typ", REVIEW)

    started = time.perf_counter()
    pdf = made("review_report.typ", content)
    taken = time.perf_counter() - started

    assert typesetting.pages_of(pdf) >= 29
    assert taken < 2, "0.2 s on two quiet cores; the margin is for a busy machine"


def test_pages_of_counts_pages():
    assert typesetting.pages_of(pdfs.small_pdf(pages=7)) == 7


def test_pages_of_a_broken_file_is_an_error():
    with pytest.raises(pikepdf.PdfError):
        typesetting.pages_of(pdfs.broken_pdf())


def test_fonts_that_are_missing_are_named(monkeypatch, tmp_path):
    monkeypatch.setattr(typesetting, "FONTS", tmp_path)

    with pytest.raises(typesetting.FontsMissing) as caught:
        made("review_report.typ", REVIEW)

    assert str(caught.value) == (
        "No report without its fonts: IBM Plex Mono 400, IBM Plex Sans 400, IBM Plex Sans 600 "
        f"not found in {tmp_path}."
    )


def test_a_time_without_a_zone_is_refused():
    with pytest.raises(ValueError, match="time zone"):
        typesetting.render(
            "review_report.typ",
            REVIEW,
            title="A report",
            made_at=datetime(2026, 11, 23),  # noqa: DTZ001
        )


@pytest.mark.parametrize("name", ["nothing.typ", "../reports/review_report.typ", "/etc/passwd"])
def test_a_template_outside_the_folder_is_refused(name):
    with pytest.raises(LookupError):
        made(name, {})


def test_a_template_cannot_read_outside_its_folder(tmp_path):
    (tmp_path / "secret.txt").write_text("secret")
    folder = tmp_path / "templates"
    folder.mkdir()
    (folder / "nosy.typ").write_text('#read("../secret.txt")')

    with pytest.raises(typst.TypstError):
        typesetting.render("nosy.typ", {}, title="A report", made_at=AT, folder=folder)


def test_an_error_that_is_no_missing_sign_is_not_swallowed(tmp_path):
    (tmp_path / "wrong.typ").write_text("#undefined-thing")

    with pytest.raises(typst.TypstError, match="unknown variable"):
        typesetting.render("wrong.typ", {}, title="A report", made_at=AT, folder=tmp_path)


def test_content_that_is_not_plain_is_refused():
    with pytest.raises(TypeError):
        made("review_report.typ", {"outcome": {"label": AT}})


def test_templates_import_nothing_from_the_network():
    imports = [
        name
        for template in typesetting.REPORTS.glob("*.typ")
        for name in re.findall(r'#(?:import|include)\s+"([^"]+)"', template.read_text())
    ]

    assert imports.count("_report.typ") == len(imports) >= len(REPORTS)


def test_contract_names_of_the_contents_are_plain_json():
    assert json.loads(json.dumps(CONTENTS)) == CONTENTS
