"""The whole story in a browser: once from nothing, once on the demo data, played by its people."""

import re
import time
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect

from tests import pdfs

ANSWERS = {
    "is_medicine": ["yes"],
    "active_part": ["viable_cells_or_tissue"],
    "viable_cells": ["yes"],
    "process_steps": ["expansion", "cryopreservation"],
    "property_altered": ["yes"],
    "same_location": ["no"],
    "same_function": ["no"],
    "claimed_action": ["pim"],
    "integral_device": ["no"],
    "source": ["allogeneic"],
    "hospital_custom_made": ["no"],
    "sme": ["yes"],
}
WORDS = "Potency is the inhibition of T cells"


def sign(page: Page, people, who: str, button: str) -> None:
    """Enter the password again and press the button that names the act."""
    page.get_by_label("Your password, again").fill(people.password(who))
    page.get_by_role("button", name=button).click()


def answer_questions(page: Page) -> None:
    """Answer one question a page until the answers are to be checked."""
    while key := re.search(r"/questions/(\w+)/", page.url):
        for value in ANSWERS[key[1]]:
            page.locator(f"input[name=answer][value={value}]").check(force=True)
        before = page.url
        page.get_by_role("button", name="Save and continue").click()
        page.wait_for_url(lambda url, before=before: url != before)


def classify(page: Page, people, code: str) -> None:
    """Classify a candidate and sign the rationale."""
    page.goto("/candidates/")
    page.get_by_role("link", name="Classify a candidate").first.click()
    page.get_by_label("Code").fill(code)
    page.get_by_label("Name").fill("Allogeneic stromal cells against lupus")
    page.get_by_label("Indication").fill("Refractory lupus nephritis")
    page.get_by_role("button", name="Save and start the questions").click()
    answer_questions(page)
    page.get_by_role("link", name="See the verdict").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Somatic cell therapy medicinal product")
    sign(page, people, "Ines", f"Sign rationale for {code}")
    expect(page.get_by_role("heading", name="Signed", exact=True)).to_be_visible()


def make_dossier(page: Page, name: str) -> str:
    """Make the product and its dossier; return the dossier's address."""
    page.get_by_role("link", name="Create the product").click()
    page.get_by_label("Name of the product").fill(name)
    page.get_by_label("Short descriptor").fill("allogeneic stromal cells")
    page.get_by_role("button", name="Make the product").click()
    page.get_by_role("link", name="New dossier").click()
    page.get_by_label(re.compile("Certification for SMEs, Article 18")).check()
    page.get_by_role("button", name="Make the dossier").click()
    page.wait_for_url(re.compile(r"/dossiers/[0-9a-f-]{36}/$"))
    return page.url


def upload(page: Page, dossier: str, number: str, folder: Path) -> None:
    """Add a PDF to a section, and tick the requirements that it answers."""
    path = folder / f"Section {number} final.pdf"
    path.write_bytes(pdfs.small_pdf(pages=3, text=f"{WORDS}, section {number}"))
    page.goto(f"{dossier}sections/{number}/")
    page.get_by_label("Files").set_input_files(path)
    for box in page.locator("input[name=answers]").all():
        box.check()
    page.get_by_role("button", name=f"Add to {number}").click()
    expect(page.get_by_role("link", name=re.compile("section-.*pdf")).first).to_be_visible()


def answer_requirements(page: Page, dossier: str) -> None:
    """Follow what stops filing until nothing does."""
    for _ in range(60):
        page.goto(f"{dossier}file/")
        stoppers = page.get_by_role("region", name="What stops filing")
        if not stoppers.count():
            return
        stoppers.get_by_role("link").first.click()
        page.locator("input[name=state][value=met]").check(force=True)
        page.locator("select[name=document]").select_option(index=1)
        page.get_by_role("button", name="Save the answer").click()
        page.wait_for_load_state()
    raise AssertionError("Something stops filing for ever.")


def open_acts(page: Page, dossier: str, link: str) -> None:
    """Open a dossier and follow one of the acts offered."""
    page.goto(dossier)
    page.get_by_role("link", name=link, exact=True).first.click()


def select_words(page: Page) -> None:
    """Select a passage in the page that is read, as a person does with the mouse."""
    page.wait_for_selector("[data-reader][data-ready]")
    line = page.locator(".textLayer span", has_text="Potency").first
    line.wait_for()
    box = line.bounding_box()
    assert box is not None
    page.mouse.move(box["x"] + 1, box["y"] + box["height"] / 2)
    page.mouse.down()
    page.mouse.move(box["x"] + box["width"] - 1, box["y"] + box["height"] / 2, steps=8)
    page.mouse.up()


def finished_report(page: Page, ask: Locator) -> bytes:
    """Ask for a report, see its progress to the end, and download it."""
    started = time.monotonic()
    ask.click()
    page.wait_for_url(re.compile("/jobs/"))
    assert time.monotonic() - started < 5
    with page.expect_download() as waiting:
        page.get_by_role("link", name=re.compile("Open|PDF")).click(timeout=60_000)
    return Path(waiting.value.path()).read_bytes()


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("uploads")


def test_a_dossier_from_nothing_to_its_outcome(people, site, folder):
    ines, clara, sofia = people.page("Ines"), people.page("Clara"), people.page("Sofia")

    classify(ines, people, "NV-500")
    rationale = finished_report(ines, ines.get_by_role("button", name=re.compile("PDF")))
    assert rationale.startswith(b"%PDF-")

    ines.go_back()
    ines.go_back()
    ines.get_by_role("link", name="Create the product").wait_for()
    dossier = make_dossier(ines, "Lupstroma")
    for number in ("1.0", "1.2", "2.3", "3.2.S.2.3", "3.2.P.5.1"):
        upload(ines, dossier, number, folder)
    answer_requirements(ines, dossier)
    sign(ines, people, "Ines", "File dossier")
    expect(ines.get_by_text(re.compile("hash", re.IGNORECASE)).first).to_be_visible()
    assert "/filings/" in ines.url

    open_acts(clara, dossier, "Validate filing")
    clara.get_by_role("button", name="Validate filing").click()
    clara.goto(f"{dossier}people/")
    clara.locator("select[name=reviewer]").select_option(label="Dr Sofia Marques")
    clara.locator("input[name=duty][value=lead]").check()
    clara.locator("select[name=discipline]").select_option(label="Quality")
    clara.get_by_role("button", name="Assign").click()
    clara.get_by_role("link", name="Start the clock").click()
    clara.get_by_role("button", name="Start the clock").click()
    expect(clara.get_by_text("Day 1", exact=False).first).to_be_visible()

    sofia.goto(f"{dossier}sections/3.2.P.5.1/")
    sofia.get_by_role("link", name=re.compile("section-.*pdf")).first.click()
    select_words(sofia)
    sofia.get_by_role("button", name="Comment on selection").click()
    sofia.locator("#comment-form textarea[name=text]").fill("Which donor's T cells are inhibited?")
    sofia.get_by_role("button", name="Comment to the review team").click()
    thread = sofia.locator("article.thread", has_text="Which donor's T cells")
    expect(thread.locator(".quote")).to_contain_text("Potency")
    thread.get_by_role("link", name="Raise a question").click()
    sofia.locator("input[name=kind][value=major_objection]").check()
    sofia.locator("select[name=discipline]").select_option(label="Quality")
    sofia.locator("textarea[name=text]").fill("Please name the donors of the T cells in the assay.")
    sofia.get_by_role("button", name="Add to the draft list").click()

    ines.goto(f"{dossier}questions/")
    expect(ines.get_by_text("donors of the T cells")).to_have_count(0)
    clara.goto(f"{dossier}questions/")
    clara.get_by_role("link", name="Send the list of questions").click()
    clara.get_by_role("button", name=re.compile("Send")).click()
    expect(clara.get_by_text("Clock stopped").first).to_be_visible()

    ines.goto(f"{dossier}questions/")
    ines.get_by_role("link", name=re.compile("donors of the T cells")).click()
    ines.get_by_role("link", name="Write the answer").click()
    ines.locator("textarea[name=text]").fill("Three healthy donors, named in section 3.2.P.5.2.")
    ines.get_by_role("button", name=re.compile("Save")).first.click()
    ines.goto(f"{dossier}questions/")
    ines.get_by_role("link", name="Send responses").click()
    sign(ines, people, "Ines", "Send responses")
    expect(ines.get_by_text("In review").first).to_be_visible()

    sofia.goto(f"{dossier}questions/")
    sofia.get_by_role("link", name=re.compile("donors of the T cells")).click()
    sofia.get_by_role("button", name="Accept the answer").click()
    expect(sofia.get_by_text("Answer accepted").first).to_be_visible()
    sofia.goto(f"{dossier}parts/medicinal/")
    sofia.locator("textarea[name=text]").fill(
        "The data are complete for this stage; potency is tied to the claim."
    )
    sofia.locator("input[name=recommendation][value=favourable]").check()
    sofia.get_by_role("button", name="Save the draft").click()
    sofia.get_by_role("link", name="Read and sign").click()
    sign(sofia, people, "Sofia", "Conclude and sign")
    expect(sofia.get_by_text("Concluded").first).to_be_visible()
    sofia.goto(f"{dossier}reports/")
    report = finished_report(sofia, sofia.get_by_role("button", name="Make the review report"))
    assert report.startswith(b"%PDF-")

    open_acts(clara, dossier, "Record the outcome")
    clara.locator("input[name=outcome][value=positive]").check()
    clara.locator("textarea[name=grounds]").fill("The quality data meet the requirements.")
    clara.get_by_role("button", name="Go on to sign").click()
    sign(clara, people, "Clara", "Record the outcome")

    ines.goto(dossier)
    expect(ines.get_by_text("Positive").first).to_be_visible()
    ines.goto("/account/inbox/")
    expect(ines.get_by_text("outcome").first).to_be_visible()
    assert "The trail holds" in site.manage("verify_trail")
    assert people.problems == []


def test_the_demo_story_goes_on(people, site):
    aoife, petra, lena = people.page("Aoife"), people.page("Petra"), people.page("Lena")

    aoife.goto("/quality/lots/")
    aoife.get_by_role("link", name="NTG-26-0417").click()
    lot = aoife.url
    sign(aoife, people, "Aoife", "Certify and release NTG-26-0417")
    expect(aoife.get_by_text("Released, results pending").first).to_be_visible()

    answer = petra.goto(lot)
    assert answer is not None
    assert answer.status == 404
    lena.goto("/reviews/")
    lena.get_by_role("link", name=re.compile("Nortagen")).first.click()
    expect(lena.get_by_text("Day 120").first).to_be_visible()
    assert lena.goto(lot).status == 404
    people.problems[:] = [problem for problem in people.problems if "404" not in problem]
    assert people.problems == []
