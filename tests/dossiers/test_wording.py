from hypothesis import given
from hypothesis import strategies as st

from dossiers.wording import Token, plain_words, readable, tokens


def test_words_are_searched_in_lower_case_without_accents_and_ligatures():
    assert plain_words("The eﬃcacy of Dvořák's CD19+ cells: 2×10⁶/kg") == (
        "the efficacy of dvorak s cd19 cells 2 106 kg"
    )


def test_a_number_of_a_section_is_four_words():
    assert plain_words("see 3.2.P.8") == "see 3 2 p 8"


def test_words_know_where_they_stand():
    assert list(tokens("a Über-b")) == [Token("a", 0, 1), Token("uber", 2, 6), Token("b", 7, 8)]


def test_a_page_reads_as_people_read_it():
    assert readable("identi\ufffe\r\nfication of\x00 the\r\nlot \ud800") == "identification of the\nlot"


@given(st.text())
def test_words_found_in_a_text_are_those_that_are_searched(text):
    assert " ".join(token.word for token in tokens(text)) == plain_words(text)
