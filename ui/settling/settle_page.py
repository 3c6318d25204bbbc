"""Settles versions of a record and of what is kept apart from it, difference by difference, by ear too."""

from collections.abc import Callable, Mapping

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QHideEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QApplication, QFrame, QLabel, QScrollArea, QVBoxLayout, QWidget

from intake_app.errors import IntakeError
from intake_app.i18n import _, ngettext
from intake_app.merging.decisions import Choice
from intake_app.store.conflicts import Conflict
from ui.accessibility import focus_heading, heading
from ui.messages import sentence
from ui.record.flow import FlowLayout
from ui.record_list.reason_dialog import ask_reason
from ui.rows import button
from ui.settling.conflict_words import TITLES, blocked_words, settled_words, versions_words
from ui.settling.difference_box import DifferenceBox, Shown
from ui.settling.words import place_words
from ui.translation import tr
from ui.workplace import Workplace

SPARE_PX = 6
"""Around the text of one's own, for the focus ring."""


class SettlePage(QWidget):
    """Decisions are kept as they are made, so that whoever leaves in the middle goes on from there.

    Details are opened with a reason, stand on no other page, and go with this one.

    Signals: ``settled(str)`` record id, once it is one version again · ``back_wanted()``
    """

    settled = Signal(str)
    back_wanted = Signal()

    def __init__(self, workplace: Workplace, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._workplace = workplace
        self._conflict: Conflict | None = None
        self._choices: dict[str, Choice] = {}
        self._place = 0
        self._asked = 0
        outer = QVBoxLayout(self)
        self.heading = heading()
        self.heading.setAccessibleIdentifier("settle_heading")
        outer.addWidget(self.heading)
        self.progress = QLabel()
        self.progress.setTextFormat(Qt.TextFormat.PlainText)
        self.progress.setWordWrap(True)
        outer.addWidget(self.progress)
        self.difference = DifferenceBox(workplace.library)
        self.difference.decided.connect(self._on_decided)
        self._area = QScrollArea()
        self._area.setWidgetResizable(True)
        self._area.setFrameShape(QFrame.Shape.NoFrame)
        self._area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._area.setWidget(self.difference)
        outer.addWidget(self._area, 1)
        application = QApplication.instance()
        if isinstance(application, QApplication):
            # A bound method of a QObject: Qt disconnects it with the object.
            application.focusChanged.connect(self._on_focus)
        deeds = FlowLayout()
        outer.addLayout(deeds)
        self.open = button(lambda: _("Open them with a reason"), "settle_open", self._open)
        self.next = button(lambda: _("Next difference"), "settle_next", lambda: self._move(1))
        self.previous = button(lambda: _("Previous difference"), "settle_previous", lambda: self._move(-1))
        self.finish = button(lambda: _("Finish settling"), "settle_finish", self._finish)
        self.back = button(lambda: _("Back, decide the rest later"), "settle_back", self.back_wanted.emit)
        for one in (self.open, self.next, self.previous, self.finish, self.back):
            deeds.addWidget(one)
        escape = QShortcut(QKeySequence(Qt.Key.Key_Escape), self)
        escape.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        escape.activated.connect(self.back_wanted)
        tr(self, lambda _text: self._tell_place(), lambda: "")

    def show_record(self, record_id: str) -> None:
        """Reads what there is to settle on the worker, then shows the first open difference."""
        conflicts, library = self._workplace.store.conflicts, self._workplace.library
        self._read(lambda: conflicts.open(record_id, library), self._show)

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        if not event.spontaneous():
            # What was being read for this page comes too late, too.
            self._asked += 1
            self._conflict, self._choices = None, {}
            self.difference.forget()

    def _read(self, work: Callable[[], Conflict | None], then: Callable[[Conflict | None], object]) -> None:
        self._asked += 1
        asked = self._asked

        def done(found: Conflict | None) -> None:
            if asked == self._asked:
                then(found)

        self._workplace.background.run(self, work, done, self._say_error)

    def _open(self) -> None:
        conflict = self._conflict
        if conflict is None:
            return
        why = ask_reason(
            self,
            TITLES[conflict.kind](),
            _("Why do you open these details? Your name, the time and the reason are kept."),
        )
        if why:
            conflicts, library, by = self._workplace.store.conflicts, self._workplace.library, self._by()
            self._read(lambda: conflicts.open_details(conflict, library, why, by), self._show)

    def _on_focus(self, _before: QWidget | None, now: QWidget | None) -> None:
        if now is self.difference.own:
            # After Qt's own scrolling, which brings only the line of the caret into sight.
            QTimer.singleShot(0, self._show_own_text)

    def _show_own_text(self) -> None:
        own = self.difference.own
        if own.hasFocus():
            # Its foot first: where not all of it fits, its head stays in sight.
            for corner in (own.rect().bottomLeft(), own.rect().topLeft()):
                at = own.mapTo(self.difference, corner)
                self._area.ensureVisible(at.x(), at.y(), 0, SPARE_PX)

    def _show(self, found: Conflict | None) -> None:
        self._conflict = found
        self._choices = dict(found.choices) if found is not None else {}
        differences = found.differences if found is not None else ()
        whole = bool(differences)
        for one in (self.difference, self.next, self.previous):
            one.setVisible(whole)
        # The hidden box keeps its height: no bar for what is not there.
        scrolls = Qt.ScrollBarPolicy.ScrollBarAsNeeded if whole else Qt.ScrollBarPolicy.ScrollBarAlwaysOff
        self._area.setVerticalScrollBarPolicy(scrolls)
        self.open.setVisible(found is not None and found.blocked == "sealed")
        # Joined by itself at the next round, or not to be settled here: there is nothing to finish.
        self.finish.setVisible(found is not None and found.merged is not None)
        still = found.undecided(self._choices) if found is not None else ()
        self._show_place(still[0] if still else 0)

    def _show_place(self, place: int) -> None:
        self._place = place
        conflict = self._conflict
        if conflict is not None and conflict.differences:
            one = conflict.differences[place]
            shown = Shown(one, conflict.sides, conflict.about, self._by())
            self.difference.show_difference(shown, self._choices.get(one.key))
            self.previous.setEnabled(place > 0)
            self.next.setEnabled(place < len(conflict.differences) - 1)
        self._tell_place()
        focus_heading(self.heading)

    def _tell_place(self) -> None:
        """The heading is read when it takes the focus: what it is about, and how far it has come."""
        conflict = self._conflict
        if conflict is None:
            self.heading.setText(_("There is nothing to settle: this record has one version."))
            self.progress.setText("")
            return
        record = versions_words(conflict)
        if not conflict.differences:
            self.heading.setText(record)
            self.progress.setText(blocked_words(conflict))
            self.heading.setAccessibleDescription(self.progress.text())
            return
        count = len(conflict.differences)
        place = place_words(conflict.differences[self._place].path, conflict.about, self._workplace.library)
        self.heading.setText(
            _("{number} of {count}. {question}").format(number=self._place + 1, count=count, question=place)
        )
        self.progress.setText(f"{record}. {self._decided_words()}")
        self.heading.setAccessibleDescription(self.progress.text())

    def _decided_words(self) -> str:
        conflict = self._conflict
        count = len(conflict.differences) if conflict is not None else 0
        done = sum(one.key in self._choices for one in conflict.differences) if conflict is not None else 0
        return ngettext(
            "{done} of {count} difference decided", "{done} of {count} differences decided", count
        ).format(done=done, count=count)

    def _move(self, step: int) -> None:
        conflict = self._conflict
        if conflict is not None and 0 <= self._place + step < len(conflict.differences):
            self._show_place(self._place + step)

    def _on_decided(self) -> None:
        conflict = self._conflict
        if conflict is None:
            return
        key, choice = conflict.differences[self._place].key, self.difference.choice()
        if choice is None:
            self._choices.pop(key, None)
        else:
            self._choices[key] = choice
        self._tell_place()
        conflicts, kept = self._workplace.store.conflicts, dict(self._choices)
        self._workplace.background.run(
            self, lambda: conflicts.keep(conflict, kept), _nothing, self._say_error
        )

    def _finish(self) -> None:
        conflict = self._conflict
        if conflict is None:
            return
        still = conflict.undecided(self._choices)
        if not still:
            self._settle(conflict, dict(self._choices))
            return
        self._workplace.announce(
            _("Still open: decide about this difference, then finish. {decided}").format(
                decided=self._decided_words()
            )
        )
        self._show_place(still[0])

    def _settle(self, conflict: Conflict, choices: Mapping[str, Choice]) -> None:
        store, library = self._workplace.store, self._workplace.library
        by = self._by()

        def work() -> Conflict | None:
            store.conflicts.settle(conflict, choices, library, by)
            return None if conflict.stays_away(choices) else store.conflicts.open(conflict.record_id, library)

        def done(rest: Conflict | None) -> None:
            self._workplace.announce(settled_words(conflict, choices))
            if rest is not None:
                self._show(rest)
            else:
                self.settled.emit(conflict.record_id)

        def refused(error: IntakeError) -> None:
            self._say_error(error)
            self.show_record(conflict.record_id)

        self._workplace.background.run(self, work, done, refused)

    def _by(self) -> str:
        current = self._workplace.store.staff.current
        return current.id if current is not None else ""

    def _say_error(self, error: IntakeError) -> None:
        self._workplace.announce(sentence(error))


def _nothing(_result: object) -> None:
    """Kept in silence: the choice itself was heard."""
