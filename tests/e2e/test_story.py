"""The whole story in a browser: once from nothing, once on the demo data, played by its people."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests import pdfs
from tests.e2e.acts import classify, finished_report, make_dossier, sign

STROMAL_CELLS = {
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


def start_review(page: Page, dossier: str, *, lead: str) -> None:
    """Validate a filing, assign its lead and start the clock."""
    open_acts(page, dossier, "Validate filing")
    page.get_by_role("button", name="Validate filing").click()
    page.goto(f"{dossier}people/")
    page.locator("select[name=reviewer]").select_option(label=lead)
    page.locator("input[name=duty][value=lead]").check()
    page.locator("select[name=discipline]").select_option(label="Quality")
    page.get_by_role("button", name="Assign").click()
    page.get_by_role("link", name="Start the clock").click()
    page.get_by_role("button", name="Start the clock").click()
    expect(page.get_by_text("Day 1", exact=False).first).to_be_visible()


def send_questions(page: Page, dossier: str) -> None:
    """Send the draft list; the clock stops."""
    page.goto(f"{dossier}questions/")
    page.get_by_role("link", name="Send the list of questions").click()
    page.get_by_role("button", name=re.compile("Send")).click()
    expect(page.get_by_text("Clock stopped").first).to_be_visible()


def questions_in_state(page: Page, dossier: str, state: str) -> list[str]:
    """Return the addresses of the questions that are in a state, as the list shows them."""
    page.goto(f"{dossier}questions/")
    rows = page.get_by_role("row").filter(has_text=state)
    return [link.get_attribute("href") or "" for link in rows.get_by_role("link").all()]


def answer_what_is_asked(page: Page, dossier: str, text: str) -> None:
    """Write the answer to every question that has none."""
    for question in questions_in_state(page, dossier, "Not started"):
        page.goto(question)
        page.get_by_role("link", name="Write the answer").click()
        page.locator("textarea[name=text]").fill(text)
        page.get_by_role("button", name=re.compile("Save")).first.click()


def close_the_condition(page: Page, dossier: str) -> None:
    """Close the condition of the notified body with the document that shows it."""
    page.goto(f"{dossier}combined/conformity/")
    page.get_by_role("link", name=re.compile("Pull test")).click()
    page.locator("input[name=closed_on]").fill("25 Nov 2026")
    report = page.locator("select[name=document] option", has_text="3.2.R.MD.1 ").first
    page.locator("select[name=document]").select_option(report.get_attribute("value"))
    page.get_by_role("button", name="Save the condition").click()
    expect(page.get_by_text("The condition is saved.")).to_be_visible()


def send_responses(page: Page, people, dossier: str) -> None:
    """Sign and send the responses; the clock goes on."""
    page.goto(f"{dossier}questions/")
    page.get_by_role("link", name="Send responses").click()
    sign(page, people, "Ines", "Send responses")
    expect(page.get_by_text("In review").first).to_be_visible()


def accept_answers(page: Page, dossier: str) -> None:
    """Accept every answer that waits to be judged."""
    questions = questions_in_state(page, dossier, "To judge")
    assert questions
    for question in questions:
        page.goto(question)
        page.get_by_role("button", name="Accept the answer").click()
        expect(page.get_by_text("Answer accepted").first).to_be_visible()


def conclude_part(page: Page, people, who: str, dossier: str, part: str) -> None:
    """Write the assessment of a part, read it once more, and sign it."""
    page.goto(f"{dossier}parts/{part}/")
    page.locator("textarea[name=text]").fill(
        "The data are complete for this stage; potency is tied to the claim."
    )
    if part == "interface":
        page.locator("textarea[name=together]").fill(
            "The cells stay alive on the membrane, which keeps its strength."
        )
    page.locator("input[name=recommendation][value=favourable]").check()
    page.get_by_role("button", name="Save the draft").click()
    page.get_by_role("link", name="Read and sign").click()
    sign(page, people, who, "Conclude and sign")
    expect(page.get_by_text("Concluded").first).to_be_visible()


def record_outcome(page: Page, people, dossier: str) -> None:
    """Sign a positive outcome."""
    open_acts(page, dossier, "Record the outcome")
    page.locator("input[name=outcome][value=positive]").check()
    page.locator("textarea[name=grounds]").fill("The data meet the requirements.")
    page.get_by_role("button", name="Go on to sign").click()
    sign(page, people, "Clara", "Record the outcome")
    expect(page.get_by_text("Positive").first).to_be_visible()


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


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("uploads")


def test_a_dossier_from_nothing_to_its_outcome(people, site, folder):
    ines, clara, sofia = people.page("Ines"), people.page("Clara"), people.page("Sofia")

    classify(
        ines,
        people,
        "NV-500",
        STROMAL_CELLS,
        name="Allogeneic stromal cells against lupus",
        indication="Refractory lupus nephritis",
        outcome="Somatic cell therapy medicinal product",
    )
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

    start_review(clara, dossier, lead="Dr Sofia Marques")

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
    send_questions(clara, dossier)

    answer_what_is_asked(ines, dossier, "Three healthy donors, named in section 3.2.P.5.2.")
    send_responses(ines, people, dossier)

    accept_answers(sofia, dossier)
    conclude_part(sofia, people, "Sofia", dossier, "medicinal")
    sofia.goto(f"{dossier}reports/")
    report = finished_report(sofia, sofia.get_by_role("button", name="Make the review report"))
    assert report.startswith(b"%PDF-")

    record_outcome(clara, people, dossier)

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


def dossier_of(page: Page, list_path: str, product: str) -> str:
    """Return the address of a product's dossier, found as the person finds it."""
    page.goto(list_path)
    page.get_by_role("main").get_by_role("link", name=re.compile(product)).first.click()
    page.wait_for_url(re.compile(r"/dossiers/[0-9a-f-]{36}/"))
    found = re.match(r".*/dossiers/[0-9a-f-]{36}/", page.url)
    assert found is not None
    return found[0]


def test_the_questions_of_the_demo_are_answered_and_the_outcome_follows(people, site):
    ines, lena, clara = people.page("Ines"), people.page("Lena"), people.page("Clara")
    nortagen = dossier_of(ines, "/dossiers/", "Nortagen")

    answer_what_is_asked(ines, nortagen, "Please see the section; the data were added there.")
    send_responses(ines, people, nortagen)
    accept_answers(lena, nortagen)
    conclude_part(lena, people, "Lena", nortagen, "medicinal")
    record_outcome(clara, people, nortagen)

    ines.goto(nortagen)
    expect(ines.get_by_text("Positive").first).to_be_visible()
    assert "The trail holds" in site.manage("verify_trail")
    assert people.problems == []


def test_the_combined_product_of_the_demo_needs_three_signatures_for_one_outcome(people, site):
    ines, sofia, eva, clara = (people.page(name) for name in ("Ines", "Sofia", "Eva", "Clara"))
    chondrafix = dossier_of(clara, "/reviews/", "Chondrafix")

    send_questions(clara, chondrafix)
    answer_what_is_asked(ines, chondrafix, "The condition is closed by the report of the pull test.")
    close_the_condition(ines, chondrafix)
    send_responses(ines, people, chondrafix)
    accept_answers(sofia, chondrafix)
    conclude_part(eva, people, "Eva", chondrafix, "device")
    conclude_part(sofia, people, "Sofia", chondrafix, "medicinal")
    clara.goto(chondrafix)
    expect(
        clara.get_by_text("The combined conclusion cannot be signed before all three parts are.")
    ).to_be_visible()
    conclude_part(sofia, people, "Sofia", chondrafix, "interface")
    sofia.goto(f"{chondrafix}combined/conformity/")
    sofia.get_by_role("button", name="Accept the clean opinion").click()
    expect(sofia.get_by_text("Conformity shown").first).to_be_visible()
    record_outcome(clara, people, chondrafix)
    assert "The trail holds" in site.manage("verify_trail")
    assert people.problems == []
