"""Where two people keyed one form differently, answer by answer, with the paper at hand."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from intake_app.channels.outreach.double_entry import Compared
from intake_app.i18n import _, ngettext
from intake_app.merging.decisions import Choice
from intake_app.records import Record
from intake_app.store.conflicts import Side
from ui.accessibility import focus_heading, heading
from ui.settings.asking_dialog import AskingDialog
from ui.settling.difference_box import DifferenceBox, Shown
from ui.settling.words import place_words
from ui.translation import tr
from ui.workplace import Workplace


class SettleCheckDialog(AskingDialog):
    """Closing it loses nothing: F12 compares the two again. Signals: ``decided(dict)`` choices by place."""

    decided = Signal(object)

    def __init__(
        self,
        workplace: Workplace,
        first: Record,
        compared: Compared,
        sides: tuple[Side, Side],
        me: str,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(workplace, lambda: _("The form was keyed differently"), parent)
        self._first, self._sides, self._me = first, sides, me
        self._differences = compared.merged.differences
        self._choices: dict[str, Choice] = {}
        self._place = 0
        self.heading = heading()
        self.heading.setAccessibleIdentifier("check_heading")
        self.rows.addWidget(self.heading)
        self.difference = DifferenceBox(workplace.library)
        self.difference.decided.connect(self._on_decided)
        self.rows.addWidget(self.difference)
        self.next = self.add_deed(lambda: _("Next difference"), "check_next", lambda: self._move(1))
        self.previous = self.add_deed(
            lambda: _("Previous difference"), "check_previous", lambda: self._move(-1)
        )
        self.save = self.add_deed(lambda: _("Save what was decided"), "check_save", self._save)
        self.add_deed(lambda: _("Decide later"), "check_later", self.reject)
        tr(self, lambda _text: self._tell(), lambda: "")
        self._show()

    def _show(self) -> None:
        one = self._differences[self._place]
        shown = Shown(one, self._sides, self._first, self._me)
        self.difference.show_difference(shown, self._choices.get(one.key))
        self.previous.setEnabled(self._place > 0)
        self.next.setEnabled(self._place < len(self._differences) - 1)
        self._tell()
        focus_heading(self.heading)

    def _tell(self) -> None:
        count = len(self._differences)
        place = place_words(self._differences[self._place].path, self._first, self.workplace.library)
        told = _("{number} of {count}. {question}")
        self.heading.setText(told.format(number=self._place + 1, count=count, question=place))
        done = ngettext(
            "{done} of {count} difference decided", "{done} of {count} differences decided", count
        )
        self.heading.setAccessibleDescription(
            done.format(done=len(self._choices), count=count) + ". " + _("Look at the paper.")
        )

    def _move(self, step: int) -> None:
        if 0 <= self._place + step < len(self._differences):
            self._place += step
            self._show()

    def _on_decided(self) -> None:
        key, choice = self._differences[self._place].key, self.difference.choice()
        if choice is None:
            self._choices.pop(key, None)
        else:
            self._choices[key] = choice
        self._tell()

    def _save(self) -> None:
        still = [n for n, one in enumerate(self._differences) if one.key not in self._choices]
        if still:
            self._place = still[0]
            self._show()
            self.show_problem(_("Decide about this difference first"), self.difference.radios()[0])
            return
        self.accept()
        self.decided.emit(dict(self._choices))
