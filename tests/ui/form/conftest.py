"""A small question set with every kind, a directory of five services, and a form shown in a window."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import QEventLoop
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from intake_app.forms.library import Library
from intake_app.records import Answer, Sheet
from intake_app.services.model import ServiceHit, Status
from ui import accessibility, theme
from ui.accessibility import StatusLine
from ui.form.context import FormContext
from ui.form.person_language import PersonLanguage
from ui.form.sheet_form import SheetForm
from ui.translation import use_language

HERE = Path(__file__).parent
TODAY = date(2026, 11, 20)

HITS = (
    ServiceHit(
        "ods:RNJ12", "Royal London Hospital", "London, E1 1BB", "Barts", "hospital", "RNJ12", Status.OPEN
    ),
    ServiceHit("ods:RRV50", "Royal London Homoeopathic", "London", "UCLH", "hospital", "RRV50", Status.OPEN),
    ServiceHit("cqc:1-118", "Royal Longley Care Home", "Leeds", "", "care_home", "1-118", Status.CLOSED),
    ServiceHit(
        "ods:A81001", "The Densham Surgery", "Stockton", "", "gp", "A81001", Status.OPEN, was="Densham"
    ),
    ServiceHit("ods:RGT01", "Addenbrooke’s Hospital", "Cambridge", "CUH", "hospital", "RGT01", Status.OPEN),
)


def find(words: str, show: Callable[[tuple[ServiceHit, ...]], None]) -> None:
    """A directory that answers at once."""
    wanted = words.lower().split()
    show(tuple(hit for hit in HITS if all(word in hit.name.lower() for word in wanted)))


@dataclass
class Shown:
    """A form in its window, what was edited in it, and what its status line said."""

    window: QWidget
    form: SheetForm
    status: StatusLine
    person: PersonLanguage
    edits: list[tuple[str, Answer | None]] = field(default_factory=list)
    said: list[str] = field(default_factory=list)

    def last(self) -> Answer | None:
        return self.edits[-1][1]

    def control(self, identifier: str) -> QWidget:
        """The shown widget with this accessible identifier."""
        for widget in self.window.findChildren(QWidget):
            if widget.accessibleIdentifier() == identifier:
                return widget
        raise KeyError(identifier)


Show = Callable[..., Shown]


@pytest.fixture
def library() -> Library:
    return Library(HERE / "sets", HERE / "code_lists")


@pytest.fixture
def show(qtbot: QtBot, qapp: QApplication, library: Library) -> Iterator[Show]:
    if not qapp.property("accessible"):
        accessibility.install(qapp)
        qapp.setProperty("accessible", True)
    QAccessible.setActive(True)
    theme.apply(qapp, "light", 100)

    def show_form(sheet: Sheet | None = None, set_id: str = "visit", group: str = "visit") -> Shown:
        window = QWidget()
        qtbot.addWidget(window)
        status = StatusLine()
        question_set = library.latest(set_id)
        shown: Shown
        person = PersonLanguage(library)

        def say(words: str) -> None:
            shown.said.append(words)
            status.say(words)

        context = FormContext(library, find, say, person, lambda: TODAY)
        form = SheetForm(question_set, group, sheet or Sheet(question_set=question_set.ref()), context)
        shown = Shown(window, form, status, person)
        form.edited.connect(lambda question_id, answer: shown.edits.append((question_id, answer)))
        layout = QVBoxLayout(window)
        layout.addWidget(form)
        layout.addWidget(status)
        window.resize(700, 900)
        with qtbot.waitExposed(window):
            window.show()
        window.activateWindow()
        qtbot.waitUntil(window.isActiveWindow)
        return shown

    yield show_form
    use_language(qapp, "en")
    theme.apply(qapp, "light", 100)


def turn(qapp: QApplication) -> None:
    """Lets what was put off to the next turn of the event loop happen."""
    qapp.processEvents(QEventLoop.ProcessEventsFlag.AllEvents)
