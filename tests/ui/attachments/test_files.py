"""A letter is attached, looked at beside the words, renamed, taken away and put back, all by keys."""

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QImage
from PySide6.QtWidgets import QApplication

from intake_app.attachments import MOST_BYTES, AttachedFile
from tests.ui.record.desk import Desk, turn
from ui.attachments import outside
from ui.attachments.files import Files
from ui.audit import audit, clipped


def files_of(desk: Desk) -> Files:
    return desk.window.record.files


def attach(desk: Desk, *paths: Path) -> None:
    files_of(desk).add_paths(*paths)
    ready(desk)


def ready(desk: Desk) -> None:
    desk.qtbot.waitUntil(lambda: not files_of(desk).adding().busy, timeout=60_000)
    desk.settle()
    desk.settle()


def names(desk: Desk) -> list[str]:
    return [one.name for one in desk.draft.record.attachments]


def rows(desk: Desk) -> list[str]:
    return files_of(desk).panel().rows.texts()


def bytes_of(desk: Desk, file: AttachedFile) -> bytes:
    return b"".join(desk.store.attachments.chunks(file.sha256))


def test_a_letter_is_attached_by_post_with_the_day_it_came_and_typed_beside(desk: Desk, letter: Path) -> None:
    desk.press("Ctrl+Shift+F")
    assert desk.focused() == "files_add"
    attach(desk, letter)
    assert desk.last_said().startswith("Attached: \u2068letter.png\u2069, ")
    assert rows(desk)[0].startswith("\u2068letter.png\u2069, picture, ")
    assert "On this computer, encrypted" in rows(desk)[0]
    desk.find("received").setFocus()
    desk.type("12 11 2026")
    desk.press("Tab")
    assert desk.last_said() == "Received: Thursday 12 November 2026"
    desk.find("files_rows").setFocus()
    desk.press("Return")
    desk.settle()
    assert desk.focused() == "picture_view"
    assert desk.focus().accessibleName() == "Picture, \u2068letter.png\u2069, page 1 of 1"
    desk.press("F4")
    desk.type("The ward was cold.")
    # The picture is still beside the words, and F4 comes back to it.
    assert desk.find("picture_view").isVisible()
    desk.press("F4")
    assert desk.focused() == "picture_view"
    desk.press("Esc")
    assert desk.focused() == "files_rows"
    desk.press("F12")
    desk.press("F12")
    (record,) = desk.records()
    assert record.received.civil.isoformat() == "2026-11-12"
    assert record.started.civil.isoformat() == "2026-11-20"
    assert [one.name for one in record.attachments] == ["letter.png"]
    assert bytes_of(desk, record.attachments[0]) == letter.read_bytes()


def test_a_file_alone_makes_a_draft_that_a_kill_does_not_lose(desk: Desk, letter: Path) -> None:
    attach(desk, letter)
    (waiting,) = desk.store.drafts.all()
    draft = desk.store.drafts.load(waiting.id)
    assert bytes_of(desk, draft.record.attachments[0]) == letter.read_bytes()


def test_files_dropped_on_the_story_or_pasted_are_attached_and_no_path_is_typed(
    desk: Desk, letter: Path
) -> None:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(letter))])
    data.setText(str(letter))
    QApplication.clipboard().setMimeData(data)
    desk.press("Ctrl+V")
    ready(desk)
    assert names(desk) == ["letter.png"]
    assert desk.window.record.narrative.words() == ""
    QApplication.clipboard().setImage(QImage(str(letter)))
    desk.press("Ctrl+V")
    ready(desk)
    assert names(desk) == ["letter.png", "Pasted picture.png"]
    QApplication.clipboard().setText("She waited.")
    desk.press("Ctrl+V")
    assert desk.window.record.narrative.words() == "She waited."


def test_files_dropped_on_the_list_are_attached_and_words_are_not(desk: Desk, letter: Path) -> None:
    desk.press("Ctrl+Shift+F")
    panel = files_of(desk).panel()
    words, files = QMimeData(), QMimeData()
    words.setText("words")
    files.setUrls([QUrl.fromLocalFile(str(letter)), QUrl("https://example.org/letter.png")])
    held = (Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier)
    for data, taken in ((words, False), (files, True)):
        entering = QDragEnterEvent(QPoint(5, 5), held[0], data, *held[1:])
        entering.ignore()
        QApplication.sendEvent(panel, entering)
        assert entering.isAccepted() is taken
    QApplication.sendEvent(panel, QDropEvent(QPointF(5, 5), held[0], files, *held[1:]))
    ready(desk)
    assert names(desk) == ["letter.png"]


def test_paste_works_in_the_panel_and_says_where_there_is_nothing(desk: Desk, letter: Path) -> None:
    desk.press("Ctrl+Shift+F")
    QApplication.clipboard().setText("words")
    desk.press("Ctrl+V")
    assert desk.last_said() == "There is no file or picture to attach. Copy one first."
    QApplication.clipboard().setImage(QImage(str(letter)))
    desk.press("Ctrl+V")
    ready(desk)
    assert names(desk) == ["Pasted picture.png"]


def test_what_cannot_be_attached_is_said_by_name_and_the_rest_is_attached(
    desk: Desk, letter: Path, tmp_path: Path
) -> None:
    empty, large = tmp_path / "empty.pdf", tmp_path / "large.pdf"
    empty.touch()
    with large.open("wb") as file:
        file.truncate(MOST_BYTES + 1)
    attach(desk, empty, large, tmp_path / "gone.pdf", tmp_path, letter)
    said = desk.last_said()
    assert said.startswith("Attached: \u2068letter.png\u2069")
    for words in (
        "empty.pdf\u2069 is not attached: it is empty",
        "large.pdf\u2069 is not attached: it is larger than 50 megabytes",
        "gone.pdf\u2069 is not attached: it cannot be read",
        "is not attached: it is a folder",
    ):
        assert words in said
    assert names(desk) == ["letter.png"]


def test_reading_a_large_file_can_be_stopped_and_leaves_nothing(desk: Desk, tmp_path: Path) -> None:
    large = tmp_path / "large.pdf"
    with large.open("wb") as file:
        file.truncate(MOST_BYTES)
    desk.press("Ctrl+Shift+F")
    files_of(desk).add_paths(large)
    turn()
    assert "large.pdf" in files_of(desk).panel().reading.text()
    files_of(desk).panel().stop.click()
    ready(desk)
    assert desk.last_said() == "Stopped. \u2068large.pdf\u2069 is not attached."
    assert names(desk) == []
    assert desk.store.attachments.totals() == (0, 0)


def test_a_new_record_meanwhile_does_not_get_the_other_ones_file(desk: Desk, tmp_path: Path) -> None:
    large = tmp_path / "large.pdf"
    with large.open("wb") as file:
        file.truncate(MOST_BYTES // 5)
    desk.type("First.")
    first = desk.draft.id
    files_of(desk).add_paths(large)
    desk.press("Ctrl+N")
    ready(desk)
    assert names(desk) == []
    assert [one.name for one in desk.store.drafts.load(first).record.attachments] == ["large.pdf"]


def test_a_record_finished_meanwhile_gets_its_file_as_a_new_version(desk: Desk, tmp_path: Path) -> None:
    large = tmp_path / "large.pdf"
    with large.open("wb") as file:
        file.truncate(MOST_BYTES // 5)
    desk.type("Soon done.")
    files_of(desk).add_paths(large)
    desk.press("F12")
    desk.press("F12")
    ready(desk)
    (record,) = desk.records()
    assert [one.name for one in record.attachments] == ["large.pdf"]


def test_delete_takes_a_file_away_and_one_press_brings_it_back(desk: Desk, letter: Path) -> None:
    attach(desk, letter)
    desk.press("Ctrl+Shift+F")
    desk.press("Delete")
    assert desk.last_said() == "Taken away: \u2068letter.png\u2069. “Put it back” undoes it."
    assert names(desk) == []
    desk.find("files_put_back").click()
    assert names(desk) == ["letter.png"]
    desk.settle()
    assert bytes_of(desk, desk.draft.record.attachments[0]) == letter.read_bytes()


def test_a_file_is_renamed_and_its_ending_stays(desk: Desk, letter: Path) -> None:
    attach(desk, letter)
    desk.press("Ctrl+Shift+F")
    desk.find("files_rename").click()
    dialog = files_of(desk).dialog
    assert dialog is not None
    dialog.edit.setText("")
    dialog._accept()
    assert "Error: Write a name" in dialog.edit.accessibleDescription()
    dialog.edit.setText("../From Mrs Ali.exe")
    dialog._accept()
    assert names(desk) == ["From Mrs Ali.exe.png"]


def test_a_program_is_kept_named_and_never_opened(desk: Desk, tmp_path: Path) -> None:
    program = tmp_path / "letter.pdf.exe"
    program.write_bytes(b"MZ not a letter")
    attach(desk, program)
    desk.press("Ctrl+Shift+F")
    assert "May run as a program: never opened here" in rows(desk)[0]
    with pytest.raises(KeyError):
        desk.find("files_outside")
    opened: list[Path] = []
    files_of(desk).deeds().open_with_system = lambda path: bool(opened.append(path))
    desk.press("Return")
    assert opened == []
    assert "Intake never opens it" in desk.last_said()
    assert not outside.folder_of(desk.workplace.folder).exists()


def test_another_program_gets_a_copy_that_is_told_of_and_removed(
    make_desk: Callable[..., Desk], tmp_path: Path
) -> None:
    desk = make_desk()
    text = tmp_path / "note.txt"
    text.write_bytes(b"The ward was cold.")
    attach(desk, text)
    desk.press("Ctrl+Shift+F")
    opened: list[Path] = []

    def opens(path: Path) -> bool:
        opened.append(path)
        return True

    deeds = files_of(desk).deeds()
    deeds.open_with_system = opens
    desk.press("Return")
    box = deeds.box
    assert box is not None
    assert "not encrypted" in box.text()
    assert outside.FOLDER in box.text()
    assert opened == []
    box.buttons()[0].click()
    desk.settle()
    desk.settle()
    (copy,) = opened
    assert copy.read_bytes() == text.read_bytes()
    assert copy.stat().st_mode & 0o777 == 0o400
    # The program was ended hard; the next start removes it.
    make_desk().settle()
    assert not copy.exists()


def test_closing_removes_the_copy_too(desk: Desk, tmp_path: Path) -> None:
    folder = outside.folder_of(desk.workplace.folder) / "x"
    folder.mkdir(parents=True)
    (folder / "note.txt").write_text("words")
    desk.shell.closing.emit()
    desk.settle()
    assert not outside.folder_of(desk.workplace.folder).exists()


def test_the_way_back_from_opening_leaves_no_copy(desk: Desk, tmp_path: Path) -> None:
    text = tmp_path / "note.txt"
    text.write_bytes(b"The ward was cold.")
    attach(desk, text)
    desk.press("Ctrl+Shift+F")
    desk.press("Return")
    box = files_of(desk).deeds().box
    assert box is not None
    desk.press("Esc")
    desk.settle()
    assert not outside.folder_of(desk.workplace.folder).exists()


def test_a_copy_is_saved_where_a_person_says(desk: Desk, letter: Path, tmp_path: Path) -> None:
    attach(desk, letter)
    target = tmp_path / "copy.png"
    files_of(desk).deeds().write_copy(desk.draft.record.attachments[0], target)
    desk.settle()
    desk.settle()
    assert target.read_bytes() == letter.read_bytes()
    assert "It is not encrypted" in desk.last_said()


def test_a_damaged_picture_is_said_and_nothing_breaks(desk: Desk, tmp_path: Path) -> None:
    broken = tmp_path / "broken.png"
    broken.write_bytes(b"\x89PNG\r\n\x1a\n" + b"x" * 500)
    attach(desk, broken)
    desk.press("Ctrl+Shift+F")
    desk.press("Return")
    desk.settle()
    assert desk.last_said() == (
        "\u2068broken.png\u2069 cannot be shown: it is damaged, or too large to be looked at. "
        "Save a copy of it instead."
    )


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("yesterweek", "Give the day as a date"),
        ("March 2026", "Give the day as a date"),
        ("21 11 2026", "This day has not come yet"),
    ],
)
def test_a_day_that_is_none_is_said_and_the_words_stay(desk: Desk, typed: str, words: str) -> None:
    desk.type("She waited.")
    before = desk.draft.record.received
    desk.press("Ctrl+Shift+F")
    line = desk.find("received")
    line.setFocus()
    desk.type(typed)
    desk.press("Tab")
    assert words in line.accessibleDescription()
    assert line.text() == typed
    assert desk.draft.record.received == before


def test_the_day_stays_when_the_first_word_comes_later(desk: Desk) -> None:
    desk.press("F9")
    desk.press("Ctrl+Shift+F")
    desk.find("received").setFocus()
    desk.type("12 11 2026")
    desk.press("Tab")
    desk.press("F4")
    desk.type("The ward was cold.")
    assert desk.draft.record.received.civil.isoformat() == "2026-11-12"


def test_every_stop_of_panel_picture_and_dialogs_is_named(desk: Desk, letter: Path, tmp_path: Path) -> None:
    text = tmp_path / "note.txt"
    text.write_bytes(b"The ward was cold.")
    attach(desk, letter, letter, text)
    assert desk.last_said() == "2 files attached. \u2068letter.png\u2069 is attached already."
    desk.press("Ctrl+Shift+F")
    assert audit(desk.shell) == []
    assert clipped(desk.shell.record_area) == []
    desk.press("Return")
    desk.settle()
    assert desk.focused() == "picture_view"
    assert audit(desk.shell) == []
    assert clipped(desk.shell.record_area) == []
    desk.press("Esc")
    desk.find("files_rename").click()
    dialog = files_of(desk).dialog
    assert dialog is not None
    assert audit(dialog) == []
