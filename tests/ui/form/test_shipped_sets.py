"""Every section of every shipped question set, with all its questions shown at once."""

from collections.abc import Iterator

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from intake_app.forms.library import Library
from intake_app.records import Sheet
from ui import theme
from ui.audit import audit, clipped
from ui.form.question_row import QuestionRow
from ui.translation import use_language

from .conftest import Show, Shown, turn

SHIPPED = Library.shipped()


def sections() -> Iterator[tuple[str, str]]:
    for set_id in SHIPPED.ids():
        for group in SHIPPED.latest(set_id).groups:
            yield set_id, group.id


@pytest.fixture
def library() -> Library:
    return SHIPPED


def shown_whole(show: Show, set_id: str, group: str, qapp: QApplication) -> Shown:
    shown = show(Sheet(question_set=SHIPPED.latest(set_id).ref()), set_id, group)
    for row in shown.form.findChildren(QuestionRow):
        row.show()
    turn(qapp)
    return shown


@pytest.mark.parametrize(("set_id", "group"), list(sections()))
def test_a_section_is_labelled_reachable_and_short_enough(
    show: Show, qapp: QApplication, set_id: str, group: str
) -> None:
    shown = show(Sheet(question_set=SHIPPED.latest(set_id).ref()), set_id, group)
    assert audit(shown.window) == []
    whole = shown_whole(show, set_id, group, qapp)
    assert audit(whole.window) == []


@pytest.mark.parametrize(("set_id", "group"), list(sections()))
def test_a_section_fits_a_narrow_window_at_twice_the_size(
    qtbot: QtBot, show: Show, qapp: QApplication, set_id: str, group: str
) -> None:
    theme.apply(qapp, "light", 200)
    shown = shown_whole(show, set_id, group, qapp)
    shown.window.resize(640, 700)
    turn(qapp)
    theme.apply(qapp, "light", 200)
    turn(qapp)
    assert clipped(shown.window) == []
    assert not shown.form.findChild(QuestionRow).visibleRegion().isEmpty()


@pytest.mark.parametrize("of_the_screens", ["en", "ur", "pl"])
def test_what_is_said_to_the_person_does_not_follow_the_screens(
    show: Show, qapp: QApplication, of_the_screens: str
) -> None:
    use_language(qapp, of_the_screens)
    about = SHIPPED.latest("frame").question("about_whom")
    shown = show(Sheet(question_set=SHIPPED.latest("frame").ref()), "frame", about.group)
    row = next(one for one in shown.form.findChildren(QuestionRow) if one.question_id == about.id)
    asking = row.asking
    assert (row.say_words(), asking.prompt(False).text) == (about.say, about.say)
    asking.context.person.use("pl")
    assert row.say_words() == about.say
    assert asking.prompt(False).text == "Czy chodzi o opiekę nad Panem/Panią, czy nad kimś innym?"
    label = row.label.text()
    assert label == about.label if of_the_screens == "en" else label not in (about.label, about.say)
