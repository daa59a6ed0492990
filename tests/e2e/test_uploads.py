"""Files that cannot be taken: each is named at its field with what to do, and nothing typed is lost."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import FilePayload, Page, Response, expect

from tests import pdfs

DENDROVA, SECTION, REQUIREMENT = "H0006404", "2.3", "ATMP-03"
TITLE, NOTE = "Quality overall summary", "The departures from Annex I are in chapter 4"
MEGABYTE = 1024 * 1024
BAD = {
    "Summary from Word.pdf": (
        pdfs.not_a_pdf(),
        "It is not a PDF, whatever its name says. Save the document as PDF 1.7.",
    ),
    "Summary, locked.pdf": (
        pdfs.encrypted_pdf(),
        "It asks for a password. Take the password off, or ask its author for an open copy. Criterion 16.2.",
    ),
    "Summary, nothing in it.pdf": (
        b"",
        "The file is empty. Save it again from the program that wrote it.",
    ),
    "Summary, damaged.pdf": (
        pdfs.broken_pdf(),
        "It is damaged and does not open. Save it again as PDF 1.7. Criterion 16.5.",
    ),
    "Summary with a script.pdf": (
        pdfs.javascript_pdf(),
        "It contains a script. Print it to a new PDF, which leaves that out.",
    ),
}


class Drawer:
    """A section of a draft dossier, as the person sees it who puts files into it."""

    def __init__(self, page: Page, files: Path) -> None:
        self.page, self.files = page, files
        page.goto(f"/search/?q={DENDROVA}")
        link = page.get_by_role("main").get_by_role("link", name=DENDROVA).first
        self.dossier = link.get_attribute("href")

    def open(self, section: str = SECTION) -> None:
        self.page.goto(f"{self.dossier}sections/{section}/")

    def fill_in(self) -> None:
        """Type a title and a note, and tick the requirement."""
        self.page.get_by_label("Title").fill(TITLE)
        self.page.get_by_role("textbox", name="Note (optional)").fill(NOTE)
        self.page.get_by_label(re.compile(f"^{REQUIREMENT}:")).check()

    def send(self, *files: FilePayload | Path, section: str = SECTION) -> Response:
        """Choose the files, press the button, and return the answer of the server."""
        self.page.get_by_label("Files").set_input_files(list(files))
        with self.page.expect_response(lambda answer: answer.request.method == "POST", timeout=60_000) as it:
            self.page.get_by_role("button", name=f"Add to {section}").click(timeout=60_000)
        self.page.wait_for_load_state()
        return it.value

    def refusals(self) -> list[str]:
        """Return what is said at the field of the files."""
        field = self.page.get_by_label("Files")
        expect(field).to_have_attribute("aria-invalid", "true")
        expect(field).to_have_attribute("aria-describedby", re.compile("id_documents_error"))
        said = self.page.locator("#id_documents_error p").all_inner_texts()
        return [words.removeprefix("Error:").strip() for words in said]

    def expect_all_typed_is_kept(self) -> None:
        expect(self.page.get_by_label("Title")).to_have_value(TITLE)
        expect(self.page.get_by_role("textbox", name="Note (optional)")).to_have_value(NOTE)
        expect(self.page.get_by_label(re.compile(f"^{REQUIREMENT}:"))).to_be_checked()

    def documents(self) -> list[str]:
        """Return the names in the list of the dossier's documents."""
        self.page.goto(f"{self.dossier}documents/")
        expect(self.page.get_by_role("heading", name="Documents")).to_be_visible()
        return self.page.locator("tbody th > a").all_inner_texts()

    def stored(self) -> list[Path]:
        """Return the files in the store."""
        return sorted(path for path in self.files.rglob("*") if path.is_file())

    def empty(self) -> None:
        """Remove what was added."""
        for name in self.documents():
            self.page.goto(f"{self.dossier}documents/")
            self.page.get_by_role("link", name=f"Remove {name}").first.click()
            self.page.get_by_label("Why it is removed").fill("It was a trial.")
            self.page.get_by_role("button", name="Remove the document").click()
            expect(self.page.get_by_text(f"{name} was removed")).to_be_visible()


@pytest.fixture
def drawer(people, site) -> Iterator[Drawer]:
    drawer = Drawer(people.page("Ines Halvorsen"), Path(site.environment["STATE_DIR"]) / "files")
    assert drawer.documents() == []
    drawer.open()
    yield drawer
    drawer.empty()


def pdf(name: str, content: bytes | None = None) -> FilePayload:
    content = pdfs.small_pdf(text=name) if content is None else content
    return {"name": name, "mimeType": "application/pdf", "buffer": content}


@pytest.mark.parametrize("name", BAD)
def test_a_bad_file_is_named_with_what_to_do_and_nothing_is_stored(name, drawer):
    content, words = BAD[name]
    before = drawer.stored()
    drawer.fill_in()
    assert drawer.send(pdf(name, content)).status == 422
    assert drawer.refusals() == [f"{name}: {words}"]
    drawer.expect_all_typed_is_kept()
    assert drawer.documents() == []
    assert drawer.stored() == before


def test_a_file_over_the_limit_is_named_with_its_size_and_nothing_is_stored(drawer, tmp_path):
    path, before = tmp_path / "Summary with scans.pdf", drawer.stored()
    sizes = "It is 300.0\N{NO-BREAK SPACE}MB; a file may have up to 200.0\N{NO-BREAK SPACE}MB."
    remedy = "Split the document, or lower the resolution of its scanned pages."
    with path.open("wb") as file:
        file.write(b"%PDF-1.7\n")
        file.truncate(300 * MEGABYTE)
    drawer.fill_in()
    assert drawer.send(path).status == 422
    assert drawer.refusals() == [f"{path.name}: {sizes} {remedy}"]
    drawer.expect_all_typed_is_kept()
    assert drawer.documents() == []
    assert drawer.stored() == before


def test_the_same_file_twice_in_one_go_is_kept_once(drawer):
    content, before = pdfs.small_pdf(text="Sent twice"), drawer.stored()
    assert drawer.send(pdf("Summary.pdf", content), pdf("Summary (1).pdf", content)).status == 422
    assert drawer.refusals() == ["Summary (1).pdf: The same file was sent twice. One of them was kept."]
    expect(drawer.page.get_by_text(f"Added to {SECTION}: summary.pdf.")).to_be_visible()
    assert drawer.documents() == ["summary.pdf"]
    assert len(drawer.stored()) == len(before) + 1


def test_a_file_that_is_here_already_is_not_stored_again_and_can_be_opened(drawer):
    content = pdfs.small_pdf(text="Here already")
    drawer.send(pdf("Summary.pdf", content))
    expect(drawer.page.get_by_text(f"Added to {SECTION}: summary.pdf.")).to_be_visible()
    stored = drawer.stored()
    drawer.open("1.0")
    drawer.page.get_by_label("Title").fill(TITLE)
    drawer.page.get_by_role("textbox", name="Note (optional)").fill(NOTE)
    assert drawer.send(pdf("Cover letter.pdf", content), section="1.0").status == 422
    place = f"{SECTION}, summary.pdf, version 1"
    assert drawer.refusals() == [f"Cover letter.pdf: Already here: {place}. It was not stored again."]
    expect(drawer.page.get_by_label("Title")).to_have_value(TITLE)
    expect(drawer.page.get_by_role("textbox", name="Note (optional)")).to_have_value(NOTE)
    drawer.page.get_by_role("link", name=f"Open the copy that is here: {place}").click()
    expect(drawer.page.get_by_role("heading", level=1, name="Summary")).to_be_visible()
    expect(drawer.page.get_by_role("region", name="Document").get_by_text("summary.pdf")).to_be_visible()
    assert drawer.documents() == ["summary.pdf"]
    assert drawer.stored() == stored


def test_good_files_are_kept_beside_a_bad_one_which_goes_through_once_it_is_right(drawer):
    before = drawer.stored()
    drawer.page.get_by_role("textbox", name="Note (optional)").fill(NOTE)
    drawer.page.get_by_label(re.compile(f"^{REQUIREMENT}:")).check()
    locked = "Introduction, locked.pdf"
    sent = drawer.send(pdf("Introduction.pdf"), pdf(locked, pdfs.encrypted_pdf()), pdf("Drug product.pdf"))
    assert sent.status == 422
    assert drawer.refusals() == [f"{locked}: {BAD['Summary, locked.pdf'][1]}"]
    added = f"Added to {SECTION}: introduction.pdf, drug-product.pdf."
    expect(drawer.page.get_by_text(added)).to_be_visible()
    expect(drawer.page.get_by_role("textbox", name="Note (optional)")).to_have_value(NOTE)
    expect(drawer.page.get_by_label(re.compile(f"^{REQUIREMENT}:"))).to_have_count(0)
    assert len(drawer.stored()) == len(before) + 2

    assert drawer.send(pdf("Introduction, open.pdf")).status == 302
    expect(drawer.page.get_by_text(f"Added to {SECTION}: introduction-open.pdf.")).to_be_visible()
    assert sorted(drawer.documents()) == ["drug-product.pdf", "introduction-open.pdf", "introduction.pdf"]
