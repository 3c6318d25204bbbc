"""Long choices wrap at large text and stay whole targets; a group names them without a frame."""

import pytest
from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QCheckBox, QRadioButton
from pytestqt.qtbot import QtBot

from ui.form.wrapped_buttons import SMALLEST_TARGET_PX, NamedBox, WrappedCheck, WrappedRadio

LONG = "They preferred not to say, or somebody else answered for them the whole time " * 2


@pytest.fixture(params=[WrappedRadio, WrappedCheck])
def button(request: pytest.FixtureRequest, qtbot: QtBot) -> WrappedRadio | WrappedCheck:
    made: WrappedRadio | WrappedCheck = request.param()
    qtbot.addWidget(made)
    made.show_text(LONG)
    return made


def test_words_take_more_lines_where_there_is_less_room(button: WrappedRadio | WrappedCheck) -> None:
    assert button.heightForWidth(200) > 2 * button.heightForWidth(2000)
    assert button.minimumSizeHint().width() < button.sizeHint().width() / 2


def test_it_is_never_a_smaller_target_than_24_pixels(button: WrappedRadio | WrappedCheck) -> None:
    button.show_text("No")
    assert button.heightForWidth(500) >= SMALLEST_TARGET_PX
    assert button.sizeHint().height() >= SMALLEST_TARGET_PX


def test_its_words_are_a_target_too(button: WrappedRadio | WrappedCheck) -> None:
    button.resize(200, button.heightForWidth(200))
    assert button.hitButton(QPoint(190, button.height() - 2))


def test_an_ampersand_is_read_as_it_is_written(button: WrappedRadio | WrappedCheck) -> None:
    button.show_text("Health & social care")
    assert button.accessibleName() == "Health & social care"


def test_the_style_knows_them_as_what_they_are(qtbot: QtBot) -> None:
    assert isinstance(WrappedRadio(), QRadioButton)
    assert isinstance(WrappedCheck(), QCheckBox)
    assert not WrappedCheck().isTristate()


def test_the_group_takes_no_room_of_its_own(qtbot: QtBot) -> None:
    box = NamedBox()
    qtbot.addWidget(box)
    box.setAccessibleName("Was it good?")
    assert box.title() == ""
    font = box.font()
    font.setPointSize(30)
    box.setFont(font)
    assert box.contentsMargins().top() == 0
