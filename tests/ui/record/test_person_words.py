"""The questions in the person's language: beside the English, large, never unchecked where it matters."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QObject, Qt, QUrl, Slot
from PySide6.QtGui import QDesktopServices
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QListWidget, QPushButton, QWidget

from intake_app.approvals import Approval
from intake_app.records import AnswerState
from tests.ui.record.desk import Desk, parse, turn
from ui import theme
from ui.form.prompt_line import ForeignLabel
from ui.record.enlarged import EnlargedView

DRAFT = "draft, not checked"


def ask_in(desk: Desk, words: str) -> None:
    """Ctrl+Shift+W, the words, Down, Enter."""
    desk.press("Ctrl+Shift+W")
    dialog = desk.window.record.person_words.dialog
    assert dialog is not None
    dialog.finder.line.insert(words)
    QTest.keyClick(dialog.finder.line, *parse("Down"))
    QTest.keyClick(dialog.finder.results, *parse("Return"))
    back(desk)
    desk.settle()


def back(desk: Desk) -> None:
    """A screen without a window manager activates no window by itself."""
    turn()
    desk.shell.activateWindow()
    desk.qtbot.waitUntil(desk.shell.isActiveWindow)
    turn()


def foreign(widget: QWidget) -> list[str]:
    return [one.text() for one in widget.findChildren(ForeignLabel) if one.isVisible()]


def shown(view: EnlargedView) -> list[str]:
    turn()
    return [one.text() for one in view.findChildren(QLabel) if one.isVisible()]


def enlarged(desk: Desk) -> EnlargedView:
    desk.press("Ctrl+Shift+E")
    view = desk.window.record.person_words.view
    assert view is not None
    return view


def form_of(desk: Desk) -> QWidget:
    form = desk.window.record.parts.form_pane.form
    assert form is not None
    return form


def to_experience(desk: Desk) -> None:
    desk.press("Ctrl+3")
    assert desk.window.record.parts.form_pane.form.focus_question("experience_kind")
    turn()


def test_polish_stands_beside_the_english_and_says_that_it_is_a_draft(desk: Desk) -> None:
    ask_in(desk, "pol")
    assert desk.draft.record.asked_in == "pl"
    assert "draft that nobody who speaks it has checked" in desk.last_said()
    to_experience(desk)
    words = foreign(form_of(desk))
    assert "Czy to było dobre doświadczenie, złe, czy jedno i drugie?" in words
    radios = desk.find("experience_kind.good")
    assert radios.accessibleName() == "Good experience"
    assert DRAFT in [one.text() for one in form_of(desk).findChildren(QLabel) if one.isVisible()]


def test_a_language_is_found_by_its_own_name(desk: Desk) -> None:
    ask_in(desk, "اردو")
    assert desk.draft.record.asked_in == "ur"


def test_who_speaks_sylheti_reads_bengali(desk: Desk) -> None:
    ask_in(desk, "sylheti")
    assert desk.draft.record.asked_in == "bn"


def test_an_answer_keeps_the_words_that_it_was_asked_in(desk: Desk) -> None:
    ask_in(desk, "pol")
    to_experience(desk)
    desk.press("2")
    answer = desk.draft.record.items[0].answers["experience_kind"]
    prompts = desk.workplace.library.wordings.prompts(desk.workplace.library.latest("feedback"), "pl")
    assert (answer.value, answer.language, answer.wording) == ("bad", "pl", prompts.sha256)
    assert answer.label == "Złe doświadczenie"


def test_english_again_leaves_the_answers(desk: Desk) -> None:
    ask_in(desk, "pol")
    to_experience(desk)
    desk.press("2")
    before = desk.draft.record.items[0].answers["experience_kind"]
    desk.press("Ctrl+Shift+W")
    dialog = desk.window.record.person_words.dialog
    assert dialog is not None
    dialog.chosen.emit("en")
    dialog.reject()
    back(desk)
    assert desk.draft.record.items[0].answers["experience_kind"] == before
    assert not foreign(form_of(desk))
    assert desk.last_said() == "Questions in English only."


def test_a_language_without_a_wording_offers_an_interpreter(desk: Desk) -> None:
    ask_in(desk, "italian")
    assert desk.last_said() == "There are no questions in Italian. Offer an interpreter: F5."
    to_experience(desk)
    assert not foreign(form_of(desk))
    assert "English only" in [one.text() for one in form_of(desk).findChildren(QLabel) if one.isVisible()]
    assert desk.find("experience_kind.good").accessibleDescription().endswith("Italian: English only.")


def test_the_next_record_is_asked_in_english_again(desk: Desk) -> None:
    ask_in(desk, "pol")
    desk.press("F4")
    desk.type("A story")
    desk.press("Ctrl+N")
    desk.settle()
    to_experience(desk)
    assert not foreign(form_of(desk))


def test_the_person_is_not_shown_what_nobody_has_checked(desk: Desk) -> None:
    ask_in(desk, "urdu")
    to_experience(desk)
    words = shown(view := enlarged(desk))
    assert words[0] == "اردو: ask for an interpreter"
    [offer] = [one for one in view.findChildren(QLabel) if one.text() == words[0]]
    assert offer.accessibleName() == "Urdu: ask for an interpreter", "what an English voice reads"
    assert "Was it a good experience, a bad one, or both?" in words
    assert not foreign(view)


def test_who_cannot_see_the_large_words_hears_their_language_once_and_their_choices_in_english(
    desk: Desk,
) -> None:
    ask_in(desk, "urdu")
    to_experience(desk)
    view = enlarged(desk)
    assert desk.last_said() == "Shown in English only. Esc goes back."
    (line,) = [one for one in view.findChildren(QLabel) if "ask for an interpreter" in one.text()]
    assert line.accessibleName() == "Urdu: ask for an interpreter"
    QTest.keyClick(view, *parse("Esc"))
    back(desk)
    desk.store.wordings.approve(Approval(language="ur", shows_drafts=True), "staff")
    ask_in(desk, "urdu")
    to_experience(desk)
    view = enlarged(desk)
    assert desk.last_said() == "Shown in Urdu, marked as a draft. Esc goes back."
    names = [one.accessibleName() for one in view.findChildren(ForeignLabel) if one.isVisible()]
    assert names == [
        " ",
        " ",
        "Answer 1: Good experience",
        "Answer 2: Bad experience",
        "Answer 3: Both good and bad experience",
    ]
    QTest.keyClick(view, *parse("2"))
    QTest.keyClick(view, *parse("PageDown"))
    assert desk.last_said() == (
        "When did this happen? The month and year is enough. Shown in Urdu, marked as a draft."
    )
    assert not view.accessibleDescription(), "it would be read a second time"


def test_f1_says_how_far_the_words_of_a_question_may_be_relied_upon(desk: Desk) -> None:
    to_experience(desk)
    desk.press("F1")
    assert "not checked" not in desk.last_said()
    ask_in(desk, "urdu")
    desk.window.record.navigation.go_to_question("frame/permissions", "may_contact")
    turn()
    desk.press("F1")
    assert desk.last_said().endswith(f"Urdu: {DRAFT}.")


def test_a_checked_wording_is_shown_large_with_its_choices(desk: Desk) -> None:
    wordings = desk.workplace.library.wordings
    desk.store.wordings.approve(
        Approval(language="ur", reviewed_by="Nadia Khan", hashes=wordings.hashes("ur")), "staff"
    )
    ask_in(desk, "urdu")
    assert desk.last_said() == "Questions in Urdu beside the English."
    to_experience(desk)
    view = enlarged(desk)
    turn()
    assert len(foreign(view)) == 4
    assert "ask for an interpreter" not in " ".join(shown(view))
    QTest.keyClick(view, *parse("3"))
    assert desk.draft.record.items[0].answers["experience_kind"].value == "both"
    QTest.keyClick(view, *parse("PageDown"))
    assert "When did this happen? The month and year is enough." in shown(view)
    QTest.keyClick(view, *parse("Esc"))


def test_drafts_are_shown_where_the_organisation_says_so_but_never_of_agreement(desk: Desk) -> None:
    desk.store.wordings.approve(Approval(language="ur", shows_drafts=True), "staff")
    ask_in(desk, "urdu")
    to_experience(desk)
    view = enlarged(desk)
    assert len(foreign(view)) == 5  # the question, three choices, and that it is a draft
    QTest.keyClick(view, *parse("Esc"))
    back(desk)
    desk.window.record.navigation.go_to_question("frame/permissions", "may_contact")
    turn()
    words = shown(view := enlarged(desk))
    assert words[0] == "اردو: ask for an interpreter"
    assert not foreign(view)


def test_unchecked_easy_read_is_replaced_by_english_and_offers_no_interpreter(desk: Desk) -> None:
    ask_in(desk, "easy read")
    to_experience(desk)
    words = shown(enlarged(desk))
    assert words[0] == "Was it a good experience, a bad one, or both?"
    assert "interpreter" not in " ".join(words)


def test_easy_read_words_that_are_the_english_ones_need_no_interpreter(desk: Desk) -> None:
    wordings = desk.workplace.library.wordings
    tag = "en-GB-x-easyread"
    desk.store.wordings.approve(
        Approval(language=tag, reviewed_by="Ann Reader", hashes=wordings.hashes(tag)), "staff"
    )
    ask_in(desk, "easy read")
    to_experience(desk)
    desk.press("2")
    assert form_of(desk).focus_question("told_service")
    turn()
    words = shown(view := enlarged(desk))
    assert words[0] == "Have you told the service about this?"
    QTest.keyClick(view, *parse("Esc"))


def test_a_review_holds_for_the_words_that_were_read_and_no_others(desk: Desk) -> None:
    hashes = desk.workplace.library.wordings.hashes("ur")
    desk.store.wordings.approve(
        Approval(language="ur", reviewed_by="Nadia Khan", hashes={**hashes, "feedback": "0" * 64}), "staff"
    )
    ask_in(desk, "urdu")
    to_experience(desk)
    assert not foreign(enlarged(desk))


def test_a_recording_is_offered_where_there_is_one(desk: Desk) -> None:
    folder = desk.workplace.folder / "recordings" / "bfi"
    folder.mkdir(parents=True)
    (folder / "feedback.experience_kind.mp4").write_bytes(b"film")
    ask_in(desk, "sign language")
    to_experience(desk)
    play = desk.find("experience_kind.play")
    assert play.text() == "Play the film"
    others = [one for one in form_of(desk).findChildren(QPushButton) if one.isVisible() and one is not play]
    assert not [one for one in others if one.accessibleIdentifier().endswith(".play")]


class Player(QObject):
    """In place of the computer's own player."""

    def __init__(self) -> None:
        super().__init__()
        self.played: list[str] = []

    @Slot(QUrl)
    def play(self, file: QUrl) -> None:
        self.played.append(Path(file.toLocalFile()).name)


@pytest.fixture
def player() -> Iterator[Player]:
    made = Player()
    QDesktopServices.setUrlHandler("file", made, "play")  # type: ignore[arg-type]  # the stub wants bytes
    yield made
    QDesktopServices.unsetUrlHandler("file")


def test_a_recording_is_played_by_keys_beside_the_question_and_large(desk: Desk, player: Player) -> None:
    folder = desk.workplace.folder / "recordings" / "ur"
    folder.mkdir(parents=True)
    (folder / "feedback.experience_kind.mp3").write_bytes(b"sound")
    ask_in(desk, "urdu")
    to_experience(desk)
    desk.press("Shift+Tab")
    assert desk.focused() == "experience_kind.play"
    desk.press("Space")
    assert player.played == ["feedback.experience_kind.mp3"]
    desk.press("Tab")
    view = enlarged(desk)
    assert view.play.text() == "Play the recording  P"
    QTest.keyClick(view, *parse("P"))
    assert player.played == ["feedback.experience_kind.mp3"] * 2
    QTest.keyClick(view, *parse("2"))
    QTest.keyClick(view, *parse("PageDown"))
    assert not view.play.isVisible()
    QTest.keyClick(view, *parse("P"))
    assert len(player.played) == 2


@pytest.mark.parametrize("size", [100, 200])
def test_english_and_urdu_choices_stand_in_one_row(desk: Desk, qapp: QApplication, size: int) -> None:
    theme.apply(qapp, "light", size)
    turn()
    ask_in(desk, "urdu")
    to_experience(desk)
    box = desk.find("experience_kind.good").parentWidget()
    assert box is not None
    labels = [one for one in box.findChildren(ForeignLabel) if one.isVisible()]
    radios = [desk.find(f"experience_kind.{code}") for code in ("good", "bad", "both")]
    rows = zip(radios, labels, strict=True)
    for radio, label in rows:
        middle = radio.mapTo(form_of(desk), radio.rect().center()).y()
        theirs = label.mapTo(form_of(desk), label.rect().center()).y()
        assert abs(middle - theirs) <= 2
    theme.apply(qapp, "light", 100)


def test_a_language_that_the_person_named_is_offered_once(desk: Desk) -> None:
    desk.window.record.navigation.go_to_question("person/access", "spoken_language")
    turn()
    for words in ("urdu", "italian", "urdu"):
        desk.type(words)
        desk.press("Down")
        desk.press("Return")
    offers = [one for one in desk.said if "shows the questions" in one]
    assert offers == ["Urdu chosen. Ctrl+Shift+W shows the questions in Urdu."]


def test_declined_keeps_the_language_too(desk: Desk) -> None:
    ask_in(desk, "pol")
    to_experience(desk)
    form_of(desk).mark("worked_there", AnswerState.DECLINED)
    assert desk.draft.record.items[0].answers["worked_there"].language == "pl"


def test_rows_of_a_long_list_show_the_persons_words_and_speak_the_labels_of_staff(desk: Desk) -> None:
    ask_in(desk, "urdu")
    desk.press("Ctrl+1")
    assert form_of(desk).focus_question("about_whom")
    turn()
    desk.press("2")
    assert form_of(desk).focus_question("relation")
    turn()
    rows = desk.find("relation.results")
    assert isinstance(rows, QListWidget)
    first = rows.item(0)
    assert first.text().startswith("Parent or guardian of a child  ·  ")
    spoken = first.data(Qt.ItemDataRole.AccessibleTextRole)
    assert spoken == f"Parent or guardian of a child, 1 of {rows.count()}"
