"""Settles two versions of a record, one difference after another, by keyboard and by ear."""

from collections.abc import Mapping

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QApplication, QFrame, QLabel, QScrollArea, QVBoxLayout, QWidget

from intake_app.errors import IntakeError
from intake_app.i18n import _, ngettext
from intake_app.merging.decisions import Choice
from intake_app.records import reference_of, spaced_reference
from intake_app.store.conflicts import Conflict
from intake_app.text import ltr
from ui.accessibility import heading
from ui.messages import sentence
from ui.record.flow import FlowLayout
from ui.rows import button
from ui.settling.difference_box import DifferenceBox, Shown
from ui.settling.words import place_words
from ui.translation import tr
from ui.workplace import Workplace

SPARE_PX = 6
"""Around the text of one's own, for the focus ring."""


class SettlePage(QWidget):
    """Decisions are kept as they are made, so that whoever leaves in the middle goes on from there.

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
        self.next = button(lambda: _("Next difference"), "settle_next", lambda: self._move(1))
        self.previous = button(lambda: _("Previous difference"), "settle_previous", lambda: self._move(-1))
        self.finish = button(lambda: _("Finish settling"), "settle_finish", self._finish)
        self.back = button(lambda: _("Back, decide the rest later"), "settle_back", self.back_wanted.emit)
        for one in (self.next, self.previous, self.finish, self.back):
            deeds.addWidget(one)
        escape = QShortcut(QKeySequence(Qt.Key.Key_Escape), self)
        escape.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        escape.activated.connect(self.back_wanted)
        tr(self, lambda _text: self._tell_place(), lambda: "")

    def show_record(self, record_id: str) -> None:
        """Reads what there is to settle on the worker, then shows the first open difference."""
        store, library = self._workplace.store, self._workplace.library
        self._workplace.background.run(
            self, lambda: store.conflicts.open(record_id, library), self._show, self._say_error
        )

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
        # Joined by itself at the next round, or not to be settled here: there is nothing to finish.
        self.finish.setVisible(found is not None and found.merged is not None)
        still = [place for place, one in enumerate(differences) if one.key not in self._choices]
        self._show_place(still[0] if still else 0)

    def _show_place(self, place: int) -> None:
        self._place = place
        conflict = self._conflict
        if conflict is not None and conflict.differences:
            one = conflict.differences[place]
            current = self._workplace.store.staff.current
            shown = Shown(one, conflict.sides, conflict.record, current.id if current is not None else "")
            self.difference.show_difference(shown, self._choices.get(one.key))
            self.previous.setEnabled(place > 0)
            self.next.setEnabled(place < len(conflict.differences) - 1)
        self._tell_place()
        self.heading.setFocus(Qt.FocusReason.OtherFocusReason)

    def _tell_place(self) -> None:
        """The heading is read when it takes the focus: what it is about, and how far it has come."""
        conflict = self._conflict
        if conflict is None:
            self.heading.setText(_("There is nothing to settle: this record has one version."))
            self.progress.setText("")
            return
        reference = ltr(spaced_reference(reference_of(conflict.record_id)))
        record = _("Two versions of record {reference}").format(reference=reference)
        if len(conflict.sides) > 2:
            record = ngettext(
                "{count} versions of record {reference}",
                "{count} versions of record {reference}",
                len(conflict.sides),
            ).format(count=len(conflict.sides), reference=reference)
        if not conflict.differences:
            self.heading.setText(record)
            self.progress.setText(_blocked_words(conflict))
            self.heading.setAccessibleDescription(self.progress.text())
            return
        count = len(conflict.differences)
        place = place_words(conflict.differences[self._place].path, conflict.record, self._workplace.library)
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
        for place, one in enumerate(conflict.differences):
            if one.key not in self._choices:
                self._workplace.announce(
                    _("Still open: decide about this difference, then finish. {decided}").format(
                        decided=self._decided_words()
                    )
                )
                self._show_place(place)
                return
        self._settle(conflict, dict(self._choices))

    def _settle(self, conflict: Conflict, choices: Mapping[str, Choice]) -> None:
        store, library = self._workplace.store, self._workplace.library
        current = store.staff.current
        by = current.id if current is not None else ""

        def done(_result: object) -> None:
            self._workplace.announce(
                _("Settled. The record has one version again, and who decided is kept with it.")
            )
            self.settled.emit(conflict.record_id)

        def refused(error: IntakeError) -> None:
            self._say_error(error)
            self.show_record(conflict.record_id)

        self._workplace.background.run(
            self, lambda: store.conflicts.settle(conflict, choices, library, by), done, refused
        )

    def _say_error(self, error: IntakeError) -> None:
        self._workplace.announce(sentence(error))


def _blocked_words(conflict: Conflict) -> str:
    return {
        "": _("Nothing is in dispute. Finish, and both changes are in the record."),
        "unsent": _(
            "Changes made on this computer have not reached the hub yet. They go there first: choose "
            "“Sync now”, then settle."
        ),
        "newer": _(
            "One version was written by a newer Intake. Both are kept. Install the newer version to settle "
            "them."
        ),
        "parts": _(
            "The versions cannot be compared part by part. Both are kept; ask whoever looks after Intake."
        ),
    }[conflict.blocked]


def _nothing(_result: object) -> None:
    """Kept in silence: the choice itself was heard."""
