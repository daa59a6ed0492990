"""A class that changes, from the difference to the dossier; and asking the CAT when in doubt."""

import io
import re
import zipfile

from playwright.sync_api import expect

from tests.e2e.acts import ON_MEMBRANE, classify, finished_report, make_dossier, sign


def test_a_product_loses_its_device_and_the_dossier_follows(people):
    ines = people.page("Ines")
    classify(
        ines,
        people,
        "NV-620",
        ON_MEMBRANE,
        name="Cartilage cells on a membrane",
        indication="Cartilage defect",
        outcome="Combined ATMP (tissue engineered)",
    )
    signed = ines.url
    dossier = make_dossier(ines, "Chondrolith")

    ines.goto(signed)
    ines.get_by_role("button", name="Start a new version").click()
    ines.locator("tr", has_text="still doing a device's job").get_by_role("link", name="Change").click()
    ines.locator("input[name=answer][value=no]").check(force=True)
    ines.get_by_role("button", name="Save and continue").click()
    ines.get_by_role("link", name="See the verdict").click()
    difference = ines.get_by_role("region", name="What this version changes")
    expect(difference.locator("del").first).to_have_text("Combined TEP")
    expect(difference.locator("strong").first).to_have_text("TEP")
    sign(ines, people, "Ines", "Sign rationale for NV-620 version 2")

    ines.goto("/products/")
    ines.get_by_role("link", name="Chondrolith").click()
    ines.get_by_role("link", name=re.compile("Adopt")).first.click()
    expect(ines.get_by_text("Device part").first).to_be_visible()
    ines.get_by_role("button", name="Adopt this classification").click()
    ines.goto(f"{dossier}class/")
    ines.get_by_role("button", name="Bring the dossier to the new class").click()
    ines.goto(f"{dossier}class/")
    expect(ines.get_by_text("The dossier follows the class of its product.")).to_be_visible()
    assert people.problems == []


def test_the_request_to_the_cat_is_written_and_taken_away_as_a_word_file(people):
    ines = people.page("Ines")
    ines.goto("/candidates/")
    ines.get_by_role("link", name="NV-410").click()
    ines.get_by_role("link", name="Write the request").first.click()
    request = ines.url
    ines.get_by_role("link", name="1.2 Finished product").click()
    ines.locator("textarea").first.fill("A frozen suspension of 20 million viable cells per mL.")
    ines.get_by_role("button", name="Save", exact=True).click()
    ines.goto(request)
    word = finished_report(ines, ines.get_by_role("button", name="Make the Word file"))
    with zipfile.ZipFile(io.BytesIO(word)) as parts:
        assert b"A frozen suspension of 20 million viable cells per mL." in parts.read("word/document.xml")
    assert people.problems == []
