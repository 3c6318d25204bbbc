"""The email beside the form: what is selected is exactly what came, whatever letters there are."""

from collections.abc import Iterator

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PySide6.QtWidgets import QApplication

from intake_app.channels.email.message import Aside, Message, Part
from intake_app.passages import Passage
from ui.email.message_pane import MessagePane
from ui.email.words import part_words

LETTERS = st.text(st.sampled_from("ab ć\n😀\u00a0اب𝄞e\u0301"), min_size=1, max_size=40)


@pytest.fixture
def pane(app: QApplication) -> Iterator[MessagePane]:
    made = MessagePane(lambda _name: None)
    yield made
    made.deleteLater()


def message(words: str, quoted: str = "", parts: tuple[Part, ...] = ()) -> Message:
    return Message("a@b", (), "Zofia", "z@b", "Rang", None, words, quoted, parts, Aside.NONE, (), "")


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(LETTERS, st.data())
def test_what_is_selected_is_found_again(pane: MessagePane, words: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(words) - 1))
    end = data.draw(st.integers(start + 1, len(words)))
    pane.show_message(message(words))
    pane.select([Passage(start=start, end=end)])
    found = pane.selected()
    if not words[start:end].strip():
        assert found is None
        return
    assert found is not None
    # A mark belongs to its letter: the caret never stands between the two.
    taken, passage = found
    assert words[passage.start : passage.end] == taken
    assert words[start:end] in taken or taken in words[start:end] or "\u0301" in words


def test_the_place_of_words_does_not_move_when_the_quoted_ones_are_shown(pane: MessagePane) -> None:
    pane.show_message(message("One 😀 two", "> three"))
    pane.select([Passage(start=6, end=9)])
    before = pane.selected()
    pane.quoted.setChecked(True)
    pane.select([Passage(start=6, end=9)])
    assert pane.selected() == before == ("two", Passage(start=6, end=9))
    pane.select([Passage(start=13, end=18)])
    assert pane.selected() == ("three", Passage(start=13, end=18))


def test_its_files_are_named_with_their_size_and_whether_the_record_has_them(pane: MessagePane) -> None:
    parts = (Part("letter.pdf", "application/pdf", 2_000), Part("run.exe", "application/x-dosexec", 9))
    pane.show_message(message("Words", parts=parts), ["letter.pdf"])
    told = pane.about.text().splitlines()
    assert "letter.pdf" in told[-2]
    assert "not among" not in told[-2]
    assert "run.exe" in told[-1]
    assert "not among the record’s files" in told[-1]
    assert part_words(Part("", "image/png", 5)).startswith("File: image/png")


def test_a_passage_beyond_the_email_selects_what_there_is(pane: MessagePane) -> None:
    pane.show_message(message("Short"))
    pane.select([Passage(start=2, end=900)])
    assert pane.selected() == ("ort", Passage(start=2, end=5))


def test_shown_again_it_keeps_the_selection_and_another_email_does_not(pane: MessagePane) -> None:
    pane.show_message(message("One two", "> three"))
    pane.quoted.setChecked(True)
    pane.select([Passage(start=4, end=7)])
    pane.show_message(message("One two", "> three"), ["new.pdf"])
    assert pane.selected() == ("two", Passage(start=4, end=7))
    assert pane.quoted.isChecked()
    pane.show_message(message("One more"))
    assert pane.selected() is None
    assert not pane.quoted.isChecked()
