"""Where files belong: read from names, titles and first pages, with the reason."""

import csv
from pathlib import Path

import pytest

from dossiers import places
from dossiers.places import suggest
from dossiers.structure import DATA, section_rows

EVERYWHERE = [row.number for row in section_rows() if row.holds_documents]
TABLE = Path(__file__).parents[3] / "shared" / "data" / "eu_file_folder_names_v8_2.csv"


@pytest.mark.parametrize(
    ("name", "facts", "place"),
    [
        ("3.2.P.5.1 spec v3.pdf", {}, ("3.2.P.5.1", "specifications.pdf", "its name says 3.2.P.5.1")),
        ("32p54-batches.pdf", {}, ("3.2.P.5.4", "batch-analyses.pdf", "its name says 3.2.P.5.4")),
        ("m2.4 final.pdf", {}, ("2.4", "nonclinical-overview.pdf", "its name says 2.4")),
        (
            "report.pdf",
            {"title": "3.2.S.4.4 Batch analyses"},
            ("3.2.S.4.4", "batch-analyses.pdf", "its title says 3.2.S.4.4"),
        ),
        (
            "report.pdf",
            {"texts": ["Contents", "3.2.P.5.1 Specifications"]},
            ("3.2.P.5.1", "specifications.pdf", "names 3.2.P.5.1 on page 2"),
        ),
        ("report.pdf", {"texts": ["Section 2.5"]}, ("2.5", "clinical-overview.pdf", "names 2.5 on page 1")),
        ("report.pdf", {"texts": ["Version 1.2: give 2.5 mg on day 3.3"]}, ("", "", "")),
        (
            "Stability data drug product.pdf",
            {},
            ("3.2.P.8.3", "stability-data.pdf", "its name speaks of “Stability data”"),
        ),
        (
            "QOS.pdf",
            {},
            ("2.3", "qos.pdf", "its name speaks of “Quality overall summary”"),
        ),
        (
            "x.pdf",
            {"texts": ["Control of materials"]},
            ("3.2.S.2.3", "control-of-materials.pdf", "page 1 speaks of “Control of materials”"),
        ),
        ("specifications.pdf", {}, ("", "", "")),  # of the substance, the product or an excipient
    ],
)
def test_a_file_is_offered_a_place_with_the_reason(name, facts, place):
    found = suggest(name, facts, EVERYWHERE)
    assert (found.section, found.file_name, found.why) == place


def test_a_section_that_the_dossier_lacks_is_not_offered():
    assert suggest("3.2.P.5.1.pdf", {}, ["3.2.S.4.1"]).section == ""


def test_the_names_are_those_of_the_table():
    if not TABLE.exists():
        pytest.skip("The table of recommended names is not on this machine.")
    with TABLE.open(encoding="utf-8", newline="") as lines:
        theirs = {
            (row["path"].removeprefix("product-name/0000/"), row["file_name_pattern"])
            for row in csv.DictReader(lines)
        }
    with (DATA / "ectd_file_names.csv").open(encoding="utf-8", newline="") as lines:
        ours = {(row["folder"], row["file_name"]) for row in csv.DictReader(lines)}
    assert ours <= theirs
    assert len(ours) == 170
    assert (
        places.NamePattern("m3/32-body-data/32p-drug-prod/32p5-contr-drug-prod/32p51-spec", "specifications")
        in places.patterns()
    )
