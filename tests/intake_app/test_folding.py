"""Folding: the same word is found however it was spelt, in every script that callers use."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing

import pytest
from hypothesis import given
from hypothesis import strategies as st

from intake_app.folding import TOKENIZER, fold, index_tokens, query


def found(text: str, words: str) -> bool:
    with closing(sqlite3.connect(":memory:")) as connection:
        connection.execute(f'CREATE VIRTUAL TABLE told USING fts5(words, tokenize="{TOKENIZER}")')
        connection.execute("INSERT INTO told VALUES (?)", (index_tokens(text),))
        return bool(connection.execute("SELECT 1 FROM told WHERE told MATCH ?", (query(words),)).fetchall())


@pytest.mark.parametrize(
    ("said", "searched"),
    [
        ("Skarżyła się na żółć", "zolc"),
        ("łóżko w korytarzu", "LOZKO"),
        ("długa kolejka", "dluga"),
        ("die Straße hinunter", "strasse"),
        ("İstanbul ve ılık", "istanbul ilik"),
        ("ذهبت إلى المُستشفى أمس", "مستشفى"),
        ("ذهبت الى مستشفي", "المستشفى"),
        ("والمستشفى بعيد", "مستشفى"),
        ("قال الإمام", "امام"),
        ("ہسپتال میں بھیڑ", "ھسپتال"),
        ("ڈاکٹر کی بات", "ڈاكٹر"),
        ("نمی‌شود", "نمیشود"),
        ("我在医院等了很久", "医院"),
        ("ฉันไปโรงพยาบาล", "พยาบาล"),
        ("মায়ের হাসপাতাল", "হাসপাতাল"),
        ("ਹਸਪਤਾਲ ਵਿੱਚ", "ਹਸਪਤਾਲ"),
        ("été à l’hôpital", "hopital ete"),
        ("phoned at ٠٩:٣٠", "09"),
        ("the café’s step", "cafe s"),
        ("ﬁrst ﬂoor", "first floor"),
        ("Full width ＡＢＣ", "abc"),
        ("hospital corridor", "hosp"),
    ],
)
def test_a_word_is_found_however_it_was_spelt(said: str, searched: str) -> None:
    assert found(said, searched)


@pytest.mark.parametrize(
    ("said", "searched"),
    [
        ("我在医院等了很久", "院医"),
        ("হাসপাতাল", "হসপতল"),
        ("কথা", "কথ "),
        ("hospital", "hosp "),
        ("hospital", "clinic"),
    ],
)
def test_another_word_is_not_found(said: str, searched: str) -> None:
    assert not found(said, searched)


@pytest.mark.parametrize("words", ["", "   ", '"*()', "…—"])
def test_words_without_a_letter_ask_nothing(words: str) -> None:
    assert query(words) == ""


@pytest.fixture(scope="module")
def index() -> Iterator[sqlite3.Connection]:
    with closing(sqlite3.connect(":memory:")) as connection:
        connection.execute(f'CREATE VIRTUAL TABLE told USING fts5(words, tokenize="{TOKENIZER}")')
        yield connection


@given(st.text())
def test_folding_twice_changes_nothing(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@given(st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\x00")))
def test_anything_typed_is_a_query_that_sqlite_understands(index: sqlite3.Connection, text: str) -> None:
    expression = query(text)
    if expression:
        index.execute("SELECT 1 FROM told WHERE told MATCH ?", (expression,)).fetchall()


WORDS = ["łóżko", "المستشفى", "hospital", "医院", "ہسپتال", "হাসপাতাল", "Straße"]


@given(st.lists(st.sampled_from(WORDS), min_size=1))
def test_a_text_is_found_by_all_its_words(words: list[str]) -> None:
    text = " ".join(words)
    assert found(text, text)


def test_plain_english_takes_the_short_way() -> None:
    assert fold("The Ward WAS full.") == "the ward was full."
