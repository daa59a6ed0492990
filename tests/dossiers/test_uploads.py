import pikepdf
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from dossiers import uploads
from dossiers.uploads import BadFile
from tests.factories import dossiers as make

WITH_PASSWORD = pikepdf.Encryption(user="open sesame", owner="owner")
LEAVE_OUT = "Print it to a new PDF, which leaves that out."
PASSWORD_OFF = "Take the password off, or ask its author for an open copy. Criterion 16.2."
BROKEN = (
    "Its table of contents for readers is broken; they would have to repair it to open it. "
    "Save it again as PDF 1.7. Criterion 16.5."
)
RESTRICTED = pikepdf.Encryption(user="", owner="owner", allow=pikepdf.Permissions(extract=False))


def _pdf(change) -> bytes:
    with pikepdf.new() as pdf:
        pdf.add_blank_page()
        change(pdf)
        upload = make.BytesIO()
        pdf.save(upload, min_version="1.7")
    return upload.getvalue()


def _script_on_opening(pdf):
    pdf.Root.OpenAction = pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS="app.alert(1)")


def _script_by_name(pdf):
    script = pdf.make_indirect(pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS="app.alert(1)"))
    names = pikepdf.Dictionary(Names=pikepdf.Array(["start", script]))
    pdf.Root.Names = pikepdf.Dictionary(JavaScript=names)


def _script_in_a_stream(pdf):
    action = pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS=pdf.make_stream(b"app.alert(1)"))
    pdf.pages[0].AA = pikepdf.Dictionary(O=action)


def _launch(pdf):
    action = pikepdf.Dictionary(S=pikepdf.Name.Launch, F="calc.exe")
    pdf.pages[0].Annots = pikepdf.Array([pikepdf.Dictionary(Type=pikepdf.Name.Annot, A=action)])


def _check(content, section="3.2.S.2.3", name="report.pdf"):
    return uploads.check(SimpleUploadedFile(name, content), section)


def test_a_good_file_is_measured():
    content = make.pdf(3, text="Stability")
    checked = _check(content, name="C:\\Reports\\Stability FINAL.pdf")
    assert (checked.name, checked.pages, checked.pdf_version) == ("Stability FINAL.pdf", 3, "1.7")
    assert (checked.size, checked.findings) == (len(content), [])
    assert checked.sha256 == uploads.sha256(content).hexdigest()
    assert checked.md5 == uploads.md5(content).hexdigest()
    assert checked.file.read() == content


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"", "The file is empty. Save it again from the program that wrote it."),
        (b"PK\x03\x04 a document", "It is not a PDF, whatever its name says. Save the document as PDF 1.7."),
        (
            b"  " + make.pdf(),
            "It is not a PDF, whatever its name says. Save the document as PDF 1.7.",
        ),
        (
            b"%PDF-1.7\n",
            "It is damaged and does not open. Save it again as PDF 1.7. Criterion 16.5.",
        ),
        (
            make.pdf(3)[:400],
            BROKEN,
        ),
        (
            make.pdf().replace(b"startxref\n", b"startxref\n9"),
            BROKEN,
        ),
        (make.pdf(0), "It has no pages. Save it again from the program that wrote it. Criterion 16.5."),
        (
            make.pdf(force_version="1.3"),
            "It is PDF 1.3; the agency takes 1.4 to 1.7. Save it as PDF 1.7. Criterion 16.1.",
        ),
        (
            make.pdf(encryption=WITH_PASSWORD),
            f"It asks for a password. {PASSWORD_OFF}",
        ),
        (_pdf(_script_on_opening), f"It contains a script. {LEAVE_OUT}"),
        (_pdf(_script_by_name), f"It contains a script. {LEAVE_OUT}"),
        (_pdf(_script_in_a_stream), f"It contains a script. {LEAVE_OUT}"),
        (
            _pdf(_launch),
            f"It contains an action that starts another program. {LEAVE_OUT}",
        ),
    ],
    ids=[
        "empty", "not a PDF", "not at its start", "only a head", "cut off", "wrong table of contents",
        "no pages", "too old", "password", "script on opening", "script by name", "script in a stream",
        "launch",
    ],
)  # fmt: skip
def test_a_bad_file_is_refused_with_what_to_do(content, message):
    with pytest.raises(BadFile) as refused:
        _check(content)
    assert str(refused.value) == message


def test_a_version_in_the_catalogue_counts_before_that_of_the_head():
    content = make.pdf(force_version="1.3").replace(b"%PDF-1.3", b"%PDF-1.4")
    assert _check(content).pdf_version == "1.4"

    def newer(pdf):
        pdf.Root.Version = pikepdf.Name("/1.8")

    assert _check(_pdf(newer)).pdf_version == "1.8"


def test_a_file_too_new_is_kept_with_a_warning():
    checked = _check(make.pdf(force_version="2.0"))
    assert [(f["level"], f["rule"]) for f in checked.findings] == [("warn", "16.BP1")]


@pytest.mark.parametrize(
    ("section", "levels"),
    [
        ("3.2.S.2.3", ["stop"]),
        ("1.3.1", ["stop"]),
        ("1.0", []),
        ("1.2", []),
        ("3.3", []),
        ("4.3", []),
        ("5.4", []),
    ],
)
def test_restrictions_stop_filing_except_in_forms_and_literature(section, levels):
    checked = _check(make.pdf(encryption=RESTRICTED), section)
    assert [finding["level"] for finding in checked.findings] == levels


def test_a_file_over_the_limit_is_refused(settings):
    settings.MAX_UPLOAD_BYTES = 400
    with pytest.raises(BadFile) as refused:
        _check(make.pdf(9))
    assert "a file may have up to 400" in str(refused.value)
    assert refused.value.remedy == "Split the document, or lower the resolution of its scanned pages."


@pytest.mark.parametrize(
    ("original", "taken", "name"),
    [
        ("Donor tests FINAL 2.PDF", set(), "donor-tests-final-2.pdf"),
        ("Übersicht_Zellen (neu).pdf", set(), "ubersicht-zellen-neu.pdf"),
        ("実験.pdf", set(), "document.pdf"),
        ("report.pdf", {"report.pdf", "report-2.pdf"}, "report-3.pdf"),
        ("x" * 80 + ".pdf", set(), "x" * 60 + ".pdf"),
        ("x" * 80 + ".pdf", {"x" * 60 + ".pdf"}, "x" * 58 + "-2.pdf"),
    ],
)
def test_names_fit_the_folder_of_a_sequence(original, taken, name):
    assert uploads.file_name(original, taken) == name
    assert len(name) <= 64


@pytest.mark.parametrize(
    ("original", "title"),
    [("donor-tests_FINAL.pdf", "Donor tests FINAL"), (".pdf", "Document")],
)
def test_titles_come_from_names(original, title):
    assert uploads.title_from(original) == title


@pytest.mark.parametrize("declared", [pikepdf.Name("/1.7 or so"), pikepdf.String("1.9\0"), 17])
def test_a_version_that_is_none_does_not_count(declared):
    def odd(pdf):
        pdf.Root.Version = declared

    checked = _check(_pdf(odd))
    assert (len(checked.pdf_version), checked.findings) == (3, [])
