"""Files made to harm: each gets a clear answer, and the next file is checked as ever."""

import zipfile
import zlib
from io import BytesIO

import pikepdf
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from dossiers import findings, inspector, uploads
from dossiers.findings import BadFile
from tests import pdfs
from tests.factories import dossiers as make

LEAVE_OUT = "Print it to a new PDF, which leaves that out."
HEAVY = (
    "Opening it takes more memory or time than any document needs. "
    "Print it to a new PDF, in parts if it is large."
)
NOT_PDF = "It is not a PDF, whatever its name says. Save the document as PDF 1.7."


def _zip() -> bytes:
    made = BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        archive.writestr("macro.exe", b"MZ" * 40)
    return made.getvalue()


def _bomb_in_a_stream() -> bytes:
    packer = zlib.compressobj(9)
    packed = b"".join([*(packer.compress(bytes(1024**2)) for _ in range(300)), packer.flush()])

    def add(pdf):
        page = pdf.pages[0]
        page.Contents = pikepdf.Stream(pdf, b"")
        page.Contents.write(packed, filter=pikepdf.Name.FlateDecode)

    return pdfs.changed(add)


def _bomb_behind_other_filters() -> bytes:
    packed = zlib.compress(bytes(300 * 1024**2), 9)

    def add(pdf):
        page = pdf.pages[0]
        page.Contents = pikepdf.Stream(pdf, b"")
        filters = pikepdf.Array([pikepdf.Name.ASCIIHexDecode, pikepdf.Name.FlateDecode])
        page.Contents.write(packed.hex().encode() + b">", filter=filters)

    return pdfs.changed(add)


def _form_of_xfa() -> bytes:
    def add(pdf):
        template = pikepdf.Array(["template", pdf.make_stream(b"<template/>")])
        pdf.Root.AcroForm = pikepdf.Dictionary(Fields=pikepdf.Array([]), XFA=template)

    return pdfs.changed(add)


def _script_in_the_trailer() -> bytes:
    """A root that is no object of its own; written by hand, for no library writes it."""
    pages = b"<< /Type /Pages /Kids [2 0 R] /Count 1 >>"
    page = b"<< /Type /Page /Parent 1 0 R /MediaBox [0 0 595 842] >>"
    root = b"<< /Type /Catalog /Pages 1 0 R /OpenAction << /S /Jav#61Script /JS (app.alert\\(1\\)) >> >>"
    made, places = b"%PDF-1.7\n", []
    for number, thing in enumerate((pages, page), start=1):
        places.append(len(made))
        made += b"%d 0 obj\n%s\nendobj\n" % (number, thing)
    lines = b"".join(b"%010d 00000 n \n" % place for place in places)
    table = b"xref\n0 3\n0000000000 65535 f \n" + lines
    end = b"trailer\n<< /Size 3 /Root %s >>\nstartxref\n%d\n%%%%EOF\n" % (root, len(made))
    return made + table + end


def _action(kind: str, where: str) -> bytes:
    action = pikepdf.Dictionary(S=pikepdf.Name(kind), F="target", JS="app.alert(1)")

    def add(pdf):
        match where:
            case "opening":
                pdf.Root.OpenAction = action
            case "names":
                names = pikepdf.Array(["start", pdf.make_indirect(action)])
                pdf.Root.Names = pikepdf.Dictionary(JavaScript=pikepdf.Dictionary(Names=names))
            case "annotation":
                link = pikepdf.Dictionary(Type=pikepdf.Name.Annot, Subtype=pikepdf.Name.Link, A=action)
                pdf.pages[0].Annots = pikepdf.Array([link])
            case "form":
                box = pikepdf.Dictionary(FT=pikepdf.Name.Tx, AA=pikepdf.Dictionary(K=action))
                pdf.Root.AcroForm = pikepdf.Dictionary(Fields=pikepdf.Array([pdf.make_indirect(box)]))

    return pdfs.changed(add)


def _check(content: bytes, section: str = "3.2.P.5.1") -> uploads.Checked:
    return uploads.check(SimpleUploadedFile("report.pdf", content), section)


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (pdfs.junk_before_pdf, NOT_PDF),
        (lambda: _zip() + pdfs.small_pdf(), NOT_PDF),
        (lambda: b"<html><script>alert(1)</script>" + pdfs.small_pdf(), NOT_PDF),
        (_zip, NOT_PDF),
        (lambda: pdfs.small_pdf() + _zip(), "It is a PDF and a ZIP archive at once. Print it to a new PDF."),
        (
            lambda: pdfs.small_pdf() + b"<html><script>alert(1)</script></html>",
            "It is a PDF and a web page at once. Print it to a new PDF.",
        ),
        (
            lambda: pdfs.small_pdf() + b"MZ\x90\0 anything else",
            "It is a PDF and something behind its end at once. Print it to a new PDF.",
        ),
        (_bomb_in_a_stream, HEAVY),
        (_bomb_behind_other_filters, HEAVY),
        (
            lambda: make.pdf(10_000),
            "It has 10,000 pages; a file may have up to 5,000. Split the document.",
        ),
        (lambda: _action("/JavaScript", "opening"), f"It contains a script. {LEAVE_OUT}"),
        (lambda: _action("/JavaScript", "names"), f"It contains a script. {LEAVE_OUT}"),
        (lambda: _action("/JavaScript", "annotation"), f"It contains a script. {LEAVE_OUT}"),
        (lambda: _action("/JavaScript", "form"), f"It contains a script. {LEAVE_OUT}"),
        (_script_in_the_trailer, f"It contains a script. {LEAVE_OUT}"),
        (
            _form_of_xfa,
            f"It contains a form of XFA, which builds its own pages and runs scripts. {LEAVE_OUT}",
        ),
        (
            lambda: _action("/Launch", "annotation"),
            f"It contains an action that starts another program. {LEAVE_OUT}",
        ),
        (
            lambda: _action("/SubmitForm", "form"),
            f"It contains an action that sends data to an address. {LEAVE_OUT}",
        ),
    ],
    ids=[
        "junk before", "ZIP before", "HTML before", "ZIP behind the name", "ZIP after", "HTML after",
        "program after",
        "bomb in a stream", "bomb in hexadecimal", "too many pages", "script on opening",
        "script in the names", "script in a link", "script in a form", "script in the trailer",
        "XFA", "launch", "submit",
    ],
)  # fmt: skip
def test_a_hostile_file_gets_a_clear_answer_and_the_next_one_is_checked(content, words):
    with pytest.raises(BadFile) as refused:
        _check(content())
    assert str(refused.value) == words
    assert _check(pdfs.small_pdf(pages=1)).pages == 1


def test_signs_that_no_database_keeps_are_left_out_of_a_title_and_a_font(tmp_path):
    def change(pdf):
        pdf.docinfo.Title = pikepdf.String(bytes.fromhex("feff0041000000420000d8000043202e0044"))
        font = pikepdf.Dictionary(
            Type=pikepdf.Name.Font, Subtype=pikepdf.Name.TrueType, BaseFont=pikepdf.Name("/Cal\u202eibri")
        )
        pdf.pages[0].Resources.Font.F2 = pdf.make_indirect(font)

    path = tmp_path / "report.pdf"
    path.write_bytes(pdfs.changed(change))
    facts = inspector.facts_of(path)
    assert (facts["fonts"], all(map(str.isprintable, facts["title"]))) == (["Calibri"], True)
    assert facts["title"].startswith("AB")


def test_a_reader_that_is_killed_costs_one_answer_only(tmp_path):
    path = tmp_path / "report.pdf"
    path.write_bytes(pdfs.small_pdf())
    inspector.end_all()
    assert inspector.facts_of(path)["pages"] == 2
    inspector._idle[0].kill()
    inspector._idle[0].wait()
    assert inspector.facts_of(path)["pages"] == 2


def test_a_file_that_takes_too_long_is_given_up(tmp_path, monkeypatch):
    path = tmp_path / "report.pdf"
    path.write_bytes(pdfs.small_pdf())
    monkeypatch.setattr(inspector, "SECONDS", 0)
    assert inspector.facts_of(path) == {"wrong": "heavy"}


def _with_links(pdf):
    action = pikepdf.Dictionary(S=pikepdf.Name.URI, URI="https://example.org")
    pdf.pages[0].Annots = pikepdf.Array([pikepdf.Dictionary(Subtype=pikepdf.Name.Link, A=action)])


def _with_a_file(pdf):
    pdf.attachments["data.csv"] = b"1;2"


def _with_a_font(pdf):
    font = pikepdf.Dictionary(
        Type=pikepdf.Name.Font, Subtype=pikepdf.Name.TrueType, BaseFont=pikepdf.Name("/Calibri")
    )
    pdf.pages[0].Resources.Font.F2 = pdf.make_indirect(font)


def _on_odd_paper(pdf):
    pdf.pages[0].MediaBox = pikepdf.Array([0, 0, 300, 300])


def _scanned(pdf):
    image = pikepdf.Stream(
        pdf, b"\0", Type=pikepdf.Name.XObject, Subtype=pikepdf.Name.Image, Width=1, Height=1,
        ColorSpace=pikepdf.Name.DeviceGray, BitsPerComponent=8,
    )  # fmt: skip
    pdf.pages[0].Resources.XObject = pikepdf.Dictionary(Im=image)
    pdf.pages[0].Contents = pdf.make_stream(b"q 500 0 0 700 0 0 cm /Im Do Q")


@pytest.mark.parametrize(
    ("change", "rule", "text"),
    [
        (_with_a_font, "A7.1", "fonts are not embedded: Calibri."),
        (_scanned, "A7.2", "page 1 is a picture without text; nobody can search or copy it."),
        (_on_odd_paper, "A7.4", "page 1 is not A4, Letter, A3 or Tabloid."),
        (_with_links, "A7.5", "1 link to addresses outside the dossier."),
        (_with_a_file, "A7.6", "1 file inside the file."),
    ],
)
def test_what_should_be_put_right_is_said_with_its_rule(change, rule, text):
    (found,) = _check(pdfs.changed(change)).findings
    assert (found["level"], found["rule"], found["text"]) == ("warn", rule, text)
    assert findings.criteria()[rule].citation == "ICH eCTD specification v3.2.2, Appendix 7"


@pytest.mark.parametrize(("pages", "rules"), [(5, []), (6, ["A7.3"])])
def test_bookmarks_are_asked_for_from_six_pages_on(pages, rules):
    def without(pdf):
        del pdf.Root.Outlines

    found = _check(pdfs.changed(without, pages=pages)).findings
    assert [finding["rule"] for finding in found] == rules


def test_the_criteria_of_the_union_are_those_of_the_table():
    union = [row for row in findings.criteria().values() if row.trust == "V"]
    assert {row.number for row in union} >= {
        "16.1",
        "16.2",
        "16.3",
        "16.5",
        "16.BP1",
        "15.BP1",
        "15.4",
        "15.6",
    }
    assert {row.citation for row in union} == {
        f"EU eCTD validation criteria v8.2, {row.number}" for row in union
    }
