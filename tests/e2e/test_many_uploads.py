"""Many files in one drop: progress, a broken line, a wrong file, a copy; and the same without JavaScript."""

import os
import re
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from tests import pdfs

DENDROVA = "H0006404"
NUMBERS = (
    "2.4",
    "2.5",
    "3.2.S.1.1",
    "3.2.S.2.1",
    "3.2.S.2.3",
    "3.2.S.4.1",
    "3.2.P.1",
    "3.2.P.5.1",
    "3.2.P.5.4",
)


def dossier_of(page: Page) -> str:
    page.goto(f"/search/?q={DENDROVA}")
    return str(page.get_by_role("main").get_by_role("link", name=DENDROVA).first.get_attribute("href"))


def write(folder: Path, name: str, content: bytes) -> Path:
    path = folder / name
    path.write_bytes(content)
    return path


@pytest.fixture
def adding(people):
    """The page of a draft dossier on which files come in; what was added is removed afterwards."""
    page = people.page("Ines Halvorsen")
    dossier = dossier_of(page)
    page.goto(f"{dossier}documents/add/")
    yield page, dossier
    page.goto(f"{dossier}documents/")
    while page.get_by_role("link", name=re.compile("^Remove ")).count():
        page.get_by_role("link", name=re.compile("^Remove ")).first.click()
        page.get_by_label("Why it is removed").fill("It was a trial.")
        page.get_by_role("button", name="Remove the document").click()
        page.goto(f"{dossier}documents/")


def test_twelve_files_in_one_drop_go_on_after_a_broken_line(adding, tmp_path, people):
    page, dossier = adding
    files = [
        write(tmp_path, f"File {number}.pdf", pdfs.small_pdf(text=f"{number} is the section"))
        for number in NUMBERS
    ]
    files.append(write(tmp_path, "Copy of the first.pdf", files[0].read_bytes()))
    files.append(write(tmp_path, "Script.pdf", pdfs.javascript_pdf()))
    large = pdfs.changed(lambda pdf: pdf.Root.__setitem__("/Blob", pdf.make_stream(os.urandom(3_000_000))))
    files.append(write(tmp_path, "Large 3.2.P.8.3.pdf", large))
    assert len(files) == 12
    # Pieces after the first of the large file are lost until the line is back.
    page.route(
        "**/uploads/*/",
        lambda route: (
            route.abort() if route.request.headers.get("upload-offset", "0") != "0" else route.continue_()
        ),
    )
    page.get_by_label("Files", exact=True).set_input_files(files)
    summary = page.get_by_text(re.compile("of 12 files ready to be placed"))
    expect(summary).to_have_text("10 of 12 files ready to be placed, 1 not taken.", timeout=60_000)
    waiting = page.get_by_role("listitem").filter(has_text="Large 3.2.P.8.3.pdf")
    expect(waiting.get_by_text(re.compile("Broken off at [1-9][0-9]? %"))).to_be_visible(timeout=30_000)
    script = page.get_by_role("listitem").filter(has_text="Script.pdf")
    expect(script).to_contain_text("Not taken: It contains a script.")

    page.unroute("**/uploads/*/")
    page.reload()
    expect(page.get_by_role("heading", name="One upload waits: go on or throw away")).to_be_visible()
    page.get_by_label("Files", exact=True).set_input_files(files[-1:])
    row = page.get_by_role("row").filter(has_text="Large 3.2.P.8.3.pdf")
    expect(row.get_by_label("Section")).to_have_value("3.2.P.8.3", timeout=30_000)
    expect(page.get_by_text("The same bytes as File 2.4.pdf in this table.")).to_be_visible()
    assert [v["id"] for v in Axe().run(page).response["violations"]] == []
    page.get_by_role("button", name="Add to the dossier").click()
    problem = page.get_by_role("row").filter(has_text="Copy of the first.pdf")
    expect(problem).to_contain_text(re.compile("already", re.IGNORECASE))
    problem.get_by_label("Skip it").check()
    page.get_by_role("button", name="Add to the dossier").click()
    page.goto(f"{dossier}documents/")
    expect(page.get_by_text("10 documents, 10 versions")).to_be_visible()
    assert people.problems == [line for line in people.problems if "ERR_FAILED" in line]
    people.problems.clear()


def test_without_javascript_one_form_takes_them(people, adding, tmp_path):
    page, dossier = adding
    context = people.browser.new_context(
        java_script_enabled=False, base_url=people.site.url, storage_state=page.context.storage_state()
    )
    plain = context.new_page()
    plain.goto(f"{dossier}documents/add/")
    good = write(tmp_path, "Plain.pdf", pdfs.small_pdf(text="3.2.P.5.1 without a script"))
    bad = write(tmp_path, "Plain script.pdf", pdfs.javascript_pdf())
    plain.get_by_label("Files", exact=True).set_input_files([good, bad])
    plain.get_by_role("button", name="Send the files").click()
    expect(plain.get_by_role("listitem").filter(has_text="Plain script.pdf")).to_contain_text(
        "It contains a script."
    )
    expect(plain.get_by_text("Suggested: names 3.2.P.5.1 on page 1")).to_be_visible()
    plain.get_by_role("button", name="Add to the dossier").click()
    expect(plain.get_by_text("Added 1: specifications.pdf in 3.2.P.5.1.")).to_be_visible()
    context.close()
