import pytest

from classification.engine.precedents.words import TextIndex, terms


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Cardiac repair", {"heart": "cardiac", "repair": "repair"}),
        ("Expanded MSCs", {"expand": "expanded", "stromal": "MSCs"}),
        ("haemophilia A", {"hemophilia": "haemophilia"}),
        ("anti-CD19 CAR-T cells", {"anti": "anti", "cd19": "CD19", "car": "CAR"}),
        ("the treatment of patients with cells, 2019", {}),
        ("biopsies; ulcers", {"biopsy": "biopsies", "wound": "ulcers"}),
        ("", {}),
    ],
)
def test_words_that_count(text, found):
    assert terms(text) == found


def test_a_rare_word_counts_more_than_a_common_one():
    index = TextIndex(["stromal heart", "stromal bone", "stromal skin", "stromal liver"])
    found = index.likeness("stromal heart")
    assert found.keys() == {0, 1, 2, 3}
    assert found[0] == pytest.approx(1.0)
    assert found[1] == found[2] == found[3] < 0.3


def test_shared_words_stand_as_they_are_written_there_the_rarest_first():
    index = TextIndex(["Cardiac stromal cells", "Stromal cells for bone"])
    assert index.shared("stromal cells, heart", 0, most=2) == ("cardiac", "stromal")
    assert index.shared("stromal cells, heart", 0, most=1) == ("cardiac",)


def test_no_texts_and_no_shared_words_are_like_nothing():
    assert TextIndex([]).likeness("heart") == {}
    assert TextIndex(["bone"]).likeness("heart") == {}
