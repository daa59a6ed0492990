"""A combined product from nothing to its receipt; on the way tabs are closed and opened twice."""

import base64
import re
from hashlib import sha256
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect

from dossiers.combined_tables import CONDITIONAL, GROUPS, FieldRow, fields_of
from tests import pdfs
from tests.e2e.acts import ON_MEMBRANE, classify, finished_report, make_dossier, sign
from tests.e2e.desk import Desk, outlives_its_tab
from tests.e2e.test_every_page import SCREENSHOTS, look

SECTIONS = (
    "1.0", "1.2", "1.3.1", "1.8.2",
    "2.2", "2.3", "2.4", "2.5", "2.7.1",
    "3.2.S.1.1", "3.2.S.1.2", "3.2.S.1.3", "3.2.S.2.1", "3.2.S.2.2", "3.2.S.2.3", "3.2.S.2.4", "3.2.S.4.1",
    "3.2.S.5", "3.2.S.6", "3.2.P.1", "3.2.P.3.1", "3.2.P.3.3", "3.2.P.5.1", "3.2.P.5.4", "3.2.P.5.6",
    "3.2.P.7", "3.2.P.8.1", "3.2.A.1", "3.2.A.2", "3.2.R.MD.1", "3.2.R.MD.2", "3.2.R.MD.3",
    "4.2.1.1", "4.2.3.1", "4.2.3.7.7",
    "5.3.5.1", "5.4",
)  # fmt: skip
WRONG = {
    "2.6.1 Locked.pdf": (pdfs.encrypted_pdf(), "It asks for a password."),
    "2.6.2 Notes of a meeting.pdf": (b"Present: Ines, Tomasz. Next meeting on Monday.", "It is not a PDF"),
    "2.6.3 Nothing in it.pdf": (b"", "The file is empty."),
}
VALUES = {
    "route": "nb_opinion",
    "notified_body_number": "0987",
    "issue_date": "14 Aug 2026",
    "conditions_open": "none",
    "atmp_class": "TEP",
    "gmo": "no",
}
DROP = """files => {
    const carried = new DataTransfer();
    for (const [name, content] of files) {
        const bytes = Uint8Array.from(atob(content), letter => letter.charCodeAt(0));
        carried.items.add(new File([bytes], name, { type: "application/pdf" }));
    }
    return carried;
}"""


def drop(page: Page, files: dict[str, bytes]) -> None:
    """Drop all files at once, as from a folder of the desktop."""
    given = [[name, base64.b64encode(content).decode()] for name, content in files.items()]
    page.dispatch_event(".drop", "drop", {"dataTransfer": page.evaluate_handle(DROP, given)})


def looked_at(people, page: Page, name: str, *, checked: bool = False) -> None:
    """Take pictures for a desk and a phone where they are asked for, or see if all is sound."""
    if not (SCREENSHOTS or checked):
        return
    found: list[str] = []
    for width, height in ((390, 844), (1440, 900)):
        page.set_viewport_size({"width": width, "height": height})
        found += look(people, page, f"/{name}", "combined filing", width)
    assert found == []


@pytest.fixture
def desk(people):
    desk = Desk(people)
    yield desk
    desk.page.context.close()


def stored(site) -> set[str]:
    """Return the hashes of the files in the store."""
    files = (Path(site.environment["STATE_DIR"]) / "files").rglob("*")
    return {sha256(path.read_bytes()).hexdigest() for path in files if path.is_file()}


def add_documents(desk: Desk, dossier: str) -> None:
    """Drop forty files at once; three are named and kept out, the others go where they say."""
    page, site = desk.page, desk.people.site
    page.goto(f"{dossier}documents/add/")
    good = {f"{number} Report.pdf": pdfs.small_pdf(text=f"Chapter for {number}") for number in SECTIONS}
    drop(page, {**good, **{name: content for name, (content, _) in WRONG.items()}})
    summary = page.get_by_text(re.compile("of 40 files ready to be placed"))
    expect(summary).to_have_text("37 of 40 files ready to be placed, 3 not taken.", timeout=60_000)
    for name, (content, words) in WRONG.items():
        expect(page.get_by_role("listitem").filter(has_text=name)).to_contain_text(f"Not taken: {words}")
        assert sha256(content).hexdigest() not in stored(site)
    for number in SECTIONS:
        expect(page.get_by_label(f"Section: {number} Report.pdf", exact=True)).to_have_value(number)
    looked_at(desk.people, page, "placing")
    page.get_by_role("button", name="Add to the dossier").click()
    expect(page.get_by_text("37 documents, 37 versions")).to_be_visible()
    for name in WRONG:
        expect(page.get_by_text(name)).to_have_count(0)


def answer_requirements(desk: Desk, dossier: str) -> None:
    """Answer all open requirements of a module by one document, module by module."""
    page = desk.page
    for section in ("1.0", "2.3", "3.2.P.5.1", "4.2.1.1", "5.3.5.1"):
        module = section[0]
        page.goto(f"{dossier}requirements/?show=open")
        every = page.get_by_label(f"Tick all open ones of module {module}")
        if not every.is_visible():
            continue
        if module == "1":
            looked_at(desk.people, page, "requirements")
        every.check()
        choose(page.get_by_label("Document", exact=True), section)
        page.get_by_role("button", name="Look at what would change").click()
        page.get_by_role("button", name=re.compile(r"^Answer \d+ requirement")).click()
        expect(page.get_by_text(re.compile(r"\d+ requirements? answered by"))).to_be_visible()
    page.goto(f"{dossier}requirements/?show=open")
    expect(page.get_by_text("No requirement is open: each is answered")).to_be_visible()


def choose(select: Locator, section: str) -> None:
    """Choose the document of a section."""
    option = select.locator("option", has_text=re.compile(rf"^{re.escape(section)} "))
    select.select_option(option.first.get_attribute("value"))


def set_one_aside(desk: Desk, dossier: str) -> None:
    """Answer one requirement, with the tab closed in the middle of the reason and a second tab in between."""
    page = desk.page
    page.goto(f"{dossier}requirements/?show=open")
    url = str(page.get_by_role("link", name=re.compile("^Answer ")).last.get_attribute("href"))
    page.goto(url)
    page.get_by_label("It does not apply to this product").check()
    expect(page.get_by_text("Not saved yet. Say why it does not apply.")).to_be_visible()
    page.get_by_label("Why it does not apply").press_sequentially("The product holds nothing of")
    desk.reopen(url, typed="The product holds nothing of")
    page, reason = desk.page, desk.page.get_by_label("Why it does not apply")
    expect(reason).to_have_value("The product holds nothing of")
    expect(page.get_by_label("It does not apply to this product")).to_be_checked()
    reason.fill("The product holds nothing of the kind.")
    reason.blur()
    expect(page.get_by_text(re.compile(r"Saved \d\d:\d\d.*does not apply"))).to_be_visible()

    other = desk.second_tab(url)
    other.get_by_label("Why it does not apply").fill("Written in the second tab.")
    other.get_by_label("Why it does not apply").blur()
    expect(other.get_by_text(re.compile(r"Saved \d\d:\d\d"))).to_be_visible()
    reason.fill("Written in the first tab.")
    reason.blur()
    choice = page.locator("[data-refused]")
    expect(choice).to_contain_text("Saved is: Does not apply: Written in the second tab.")
    expect(reason).to_have_value("Written in the first tab.")
    looked_at(desk.people, page, "requirement-choice", checked=True)
    page.get_by_role("button", name="Save mine instead").click()
    page.goto(url)
    expect(page.get_by_label("Why it does not apply")).to_have_value("Written in the first tab.")
    other.close()


def write_in_two_tabs(desk: Desk, dossier: str) -> None:
    """Begin the device part: a closed tab loses nothing, a second one is asked, not overwritten."""
    url = f"{dossier}combined/device-description/"
    desk.page.goto(url)
    desk.page.get_by_label("Device name").fill("Collagen membrane")
    works = desk.page.get_by_label("How it works")
    works.press_sequentially("It holds the cells in the def")
    desk.reopen(url, typed="It holds the cells in the def")
    page = desk.page
    expect(page.get_by_label("Device name")).to_have_value("Collagen membrane")
    expect(page.get_by_label("How it works")).to_have_value("It holds the cells in the def")
    page.get_by_label("How it works").fill("It holds the cells in the defect.")
    page.get_by_label("How it works").blur()
    expect(page.locator("#saved")).to_contain_text("Saved ")

    other = desk.second_tab(url)
    other.get_by_label("How it works").fill("It carries the cells.")
    other.get_by_label("How it works").blur()
    expect(other.locator("#saved")).to_contain_text("Saved ")
    other.close()
    page.get_by_label("How it works").fill("It holds the cells for weeks.")
    page.get_by_label("How it works").blur()
    expect(page.locator("#saved")).to_contain_text("Changed after you opened the page: How it works.")
    looked_at(desk.people, page, "device-told")
    page.get_by_role("button", name="See both and choose").click()
    expect(page.locator("[data-refused]")).to_contain_text("It carries the cells. Ines Halvorsen")
    expect(page.get_by_label("How it works")).to_have_value("It holds the cells for weeks.")
    looked_at(desk.people, page, "device-choice", checked=True)
    page.get_by_role("button", name="Save mine instead").first.click()
    expect(page.get_by_text("Device: description: saved.")).to_be_visible()


def fill_in(page: Page, row: FieldRow) -> None:
    """Fill in a field as its kind asks, or say why it does not apply."""
    reason = page.locator(f"[name={row.name}__reason]")
    field = page.locator(f"[name={row.name}]")
    if row.required == CONDITIONAL and row.block != "conformity":
        reason.fill("Nothing of the kind in this device.")
    elif row.kind == "file":
        choose(field, "3.2.R.MD.3")
        page.locator(f"[name={row.name}__page]").fill("1")
    elif row.kind in {"choice", "yesno", "conditions"}:
        field.select_option(VALUES.get(row.name) or ("yes" if row.kind == "yesno" else row.choices[0][0]))
    elif not field.input_value():
        words = "Membrane | porcine collagen" if row.kind == "table" else f"{row.label} of Chondroflex"
        field.fill(VALUES.get(row.name, words))


def fill_in_parts(desk: Desk, dossier: str) -> None:
    """Fill in device, conformity, medicine and interface, block by block; declare the opinion."""
    page = desk.page
    page.goto(f"{dossier}combined/{GROUPS[0].key}/")
    for group in GROUPS:
        expect(page.get_by_role("heading", name=group.title, exact=True)).to_be_visible()
        for row in fields_of(group.key):
            if row.is_asked and row.name not in {"gspr_checklist", "expiry_date", "cat_decision_no_nb"}:
                fill_in(page, row)
        if group.key == "conformity":
            page.locator("[name=expiry_date__reason]").fill("The opinion has no end.")
            page.locator("[name=cat_decision_no_nb__reason]").fill("A notified body gave its opinion.")
            looked_at(desk.people, page, "conformity")
        label = "Save" if group is GROUPS[-1] else "Save and go on"
        page.get_by_role("button", name=label, exact=True).click()
    expect(page.get_by_text("Interface: saved.")).to_be_visible()
    page.goto(f"{dossier}combined/conformity/")
    page.get_by_role("button", name="Declare the opinion").click()
    expect(page.get_by_text(re.compile("Conformity of the device: "))).to_be_visible()


def set_one_device_requirement_aside(desk: Desk, dossier: str) -> None:
    page = desk.page
    page.get_by_role("link", name="Fire and explosion").click()
    page.wait_for_url(re.compile(r"/gspr/[0-9a-f-]{36}/"))
    page.get_by_role("radio", name="It does not apply").check()
    outlives_its_tab(desk, page.url, "[name=reason]", "Save")


def answer_device_requirements(desk: Desk, dossier: str) -> None:
    """Set aside what is rare, and show the rest chapter by chapter with one document."""
    page = desk.page
    page.goto(f"{dossier}combined/gspr/")
    page.get_by_role("button", name="Set aside what is not expected of a scaffold").click()
    expect(page.get_by_text("8 requirements set aside")).to_be_visible()
    looked_at(desk.people, page, "device-requirements", checked=True)
    set_one_device_requirement_aside(desk, dossier)
    page = desk.page
    page.goto(f"{dossier}combined/gspr/")
    while page.get_by_role("checkbox", name=re.compile("^Tick all open ones of chapter")).count():
        every = page.get_by_role("checkbox", name=re.compile("^Tick all open ones of chapter")).first
        every.check()
        choose(page.get_by_label(re.compile("^Evidence")), "3.2.R.MD.2")
        page.get_by_label(re.compile("^Page")).fill("2")
        page.get_by_role("button", name="Answer the ticked requirements").click()
        expect(page.get_by_text(re.compile(r"\d+ requirements answered\."))).to_be_visible()
    expect(page.get_by_text("51 of 51 shown or set aside")).to_be_visible()


def test_a_combined_product_is_filed_from_nothing(desk, people):
    classify(
        desk.page,
        people,
        "NV-640",
        ON_MEMBRANE,
        name="Cartilage cells on a collagen membrane",
        indication="Cartilage defects of the knee",
        outcome="Combined ATMP (tissue engineered)",
    )
    dossier = make_dossier(
        desk.page,
        "Chondroflex",
        descriptor="chondrocytes on collagen membrane",
        procedure="Centralised marketing authorisation",
    )
    add_documents(desk, dossier)
    set_one_aside(desk, dossier)
    answer_requirements(desk, dossier)
    write_in_two_tabs(desk, dossier)
    fill_in_parts(desk, dossier)
    answer_device_requirements(desk, dossier)

    page = desk.page
    looked_at(people, page, "gspr-done")
    page.goto(f"{dossier}file/")
    expect(page.get_by_role("heading", name="Look once more")).to_be_visible()
    expect(page.get_by_role("region", name="What stops filing")).to_have_count(0)
    looked_at(people, page, "file")
    sign(page, people, "Ines", "File dossier")
    page.wait_for_url(re.compile("/filings/"))
    expect(page.get_by_text("37 documents, 55 of 55 requirements answered")).to_be_visible()
    expect(page.get_by_text("Hash verified")).to_be_visible()
    looked_at(people, page, "filed")
    receipt = finished_report(page, page.get_by_role("button", name="Make the receipt as a PDF"))
    assert receipt.startswith(b"%PDF-")
    assert people.problems == []
