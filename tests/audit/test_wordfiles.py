from datetime import UTC, datetime
from io import BytesIO
from zipfile import ZipFile

import docx
import pytest

from audit import wordfiles

AT = datetime(2026, 11, 25, 15, 30, tzinfo=UTC)
CONTENT = {
    "issuer": "Norvia Therapeutics",
    "number": "NV-207, version 1",
    "heading": "Request",
    "lead": "For a recommendation.",
    "notice": {"title": "Draft", "text": "Not signed."},
    "facts": [{"term": "To", "text": "EMA"}],
    "parts": [
        {
            "heading": "1 Science",
            "fields": [{"label": "Donor", "text": "a\tb\nc"}, {"label": "Dose", "text": ""}],
        }
    ],
}


def opened(content=CONTENT, title="Request to the CAT"):
    return docx.Document(BytesIO(wordfiles.render(content, title=title, made_at=AT)))


def test_everything_is_in_it_in_order():
    document = opened()
    assert [paragraph.text for paragraph in document.paragraphs if paragraph.text] == [
        "Request", "For a recommendation.", "1 Science",
    ]  # fmt: skip
    tables = [[[cell.text for cell in row.cells] for row in table.rows] for table in document.tables]
    assert tables == [
        [["Draft\nNot signed."]],
        [["About", "What"], ["To", "EMA"]],
        [["Field", "Text"], ["Donor", "a\tb\nc"], ["Dose", ""]],
    ]
    assert document.sections[0].header.paragraphs[0].text == "Norvia Therapeutics    NV-207, version 1"


def test_it_says_who_and_when_and_nothing_of_the_machine():
    properties = opened().core_properties
    assert (properties.title, properties.author, properties.last_modified_by, properties.comments) == (
        "Request to the CAT", "Norvia Therapeutics", "Norvia Therapeutics", "",
    )  # fmt: skip
    assert properties.created == properties.modified == AT
    assert (properties.revision, properties.language) == (1, "en-GB")


def test_the_same_input_gives_the_same_bytes():
    first, again = (wordfiles.render(CONTENT, title="Request", made_at=AT) for _ in range(2))
    assert first == again
    with ZipFile(BytesIO(first)) as file:
        assert {entry.date_time for entry in file.infolist()} == {wordfiles.PACKED_ON}
        assert file.namelist()[0] == "[Content_Types].xml"
    assert wordfiles.render({**CONTENT, "lead": "Other."}, title="Request", made_at=AT) != first


def test_little_is_enough():
    document = opened({}, title="A title")
    assert [paragraph.text for paragraph in document.paragraphs if paragraph.text] == ["A title"]
    assert document.tables == []


def test_signs_that_no_file_can_hold_become_their_codes():
    content = {"heading": "a\x00b\x07c\ud800d\u202ee\ufffe", "lead": "\U0001f9ec <b>&amp;</b>"}
    document = opened(content, title="t\x01" * 300)
    assert document.paragraphs[0].text == "a[U+0000]b[U+0007]c[U+D800]d[U+202E]e[U+FFFE]"
    assert document.paragraphs[1].text == "\U0001f9ec <b>&amp;</b>"
    assert len(document.core_properties.title) == 255


def test_a_time_without_a_zone_is_refused():
    with pytest.raises(ValueError, match="time zone"):
        wordfiles.render({}, title="x", made_at=datetime(2026, 11, 25))  # noqa: DTZ001  # that is the case
