"""A dialog whose deed is long work in a process of its own: progress, a way to stop, and what came of it."""

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QLineEdit, QProgressBar, QVBoxLayout, QWidget

from intake_app.i18n import _
from ui.accessibility import heading, in_silence
from ui.child_process import ChildProcess
from ui.rows import add_row, button
from ui.settings.asking_dialog import AskingDialog
from ui.translation import tr
from ui.workplace import Workplace


class WorkingDialog(AskingDialog):
    """``work`` starts the sub-command; ``report_words`` says what came of it, shown with the focus on it."""

    def __init__(
        self,
        workplace: Workplace,
        title: Callable[[], str],
        begin: Callable[[], str],
        parent: QWidget | None,
    ) -> None:
        super().__init__(workplace, title, parent)
        self._child: ChildProcess | None = None
        self._field: QWidget | None = None
        self.progress = QProgressBar()
        self.progress.setAccessibleIdentifier("progress")
        self.progress.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        tr(self.progress, self.progress.setAccessibleName, lambda: _("Progress"))
        self.progress.hide()
        self.outcome = heading()
        self.outcome.setAccessibleIdentifier("outcome")
        self.outcome.hide()
        self._begin_words = begin

    def finish_rows(self) -> None:
        """Call when all questions are in place: progress, outcome and deeds stand below them."""
        self.rows.addWidget(self.progress)
        self.rows.addWidget(self.outcome)
        self.rows.addStretch(1)
        # Made now, because Tab goes from control to control in the order in which they were made.
        self.begin = self.add_deed(self._begin_words, "begin", self.start, default=True)
        self.stop = self.add_deed(lambda: _("Stop"), "stop", self._cancel)
        self.stop.hide()
        self.close_it = self.add_deed(lambda: _("Close"), "close", self.reject)

    def start(self) -> None:
        """Reads the questions and calls ``work``."""
        raise NotImplementedError

    def report_words(self, report: dict[str, Any]) -> str:
        """What came of it, from the last JSON line of the sub-command."""
        raise NotImplementedError

    def work(self, arguments: Sequence[str], field: QWidget, secret: str = "") -> None:
        """Runs a sub-command on this data folder; ``field`` takes the focus where it fails.

        ``secret`` goes through standard input behind the key, never through the arguments.
        """
        self.clear_problem()
        self._field = field
        self.outcome.hide()
        self.begin.hide()
        self.progress.setRange(0, 0)
        self.progress.show()
        self.stop.show()
        self.stop.setFocus(Qt.FocusReason.OtherFocusReason)
        self._child = ChildProcess(self)
        self._child.progress.connect(self._show_progress)
        self._child.finished.connect(self._ended)
        store = self.workplace.store
        common = ["--data-dir", str(self.workplace.folder), "--key-stdin", "--progress-json"]
        self._child.start([*arguments, *common], store.key_for_child(), secret)

    def reject(self) -> None:
        """Closing stops the work first; what was committed stays."""
        if self._child is not None and self._child.running:
            self._cancel()
            return
        super().reject()

    def _cancel(self) -> None:
        if self._child is not None:
            self._child.cancel()

    def _show_progress(self, line: dict[str, Any]) -> None:
        done, total = line.get("done"), line.get("total")
        if isinstance(done, int) and isinstance(total, int) and total > 0:
            self.progress.setRange(0, total)
            self.progress.setValue(min(done, total))

    def _ended(self, code: int, report: dict[str, Any], complaint: str) -> None:
        stopped = self._child is not None and self._child.cancelled
        # The focus wanders while controls go and come; only where it ends is to be heard.
        with in_silence():
            self.progress.hide()
            self.begin.show()
            self.begin.setFocus(Qt.FocusReason.OtherFocusReason)
            self.stop.hide()
        if code == 0:
            self._show_outcome(self.report_words(report))
        elif stopped:
            self._show_outcome(_("Stopped. What was done until then stays."))
        else:
            self.show_problem(complaint, self._field or self.begin)

    def _show_outcome(self, words: str) -> None:
        with in_silence():
            self.outcome.setText(words)
            self.outcome.show()
            self.fit()
        self.outcome.setFocus(Qt.FocusReason.OtherFocusReason)

    def path_row(
        self,
        label: Callable[[], str],
        identifier: str,
        choose: Callable[[QLineEdit], None],
        hint: Callable[[], str] | None = None,
    ) -> QLineEdit:
        """A path that can be typed or pasted, and a button that opens the system's file dialog."""
        edit = QLineEdit()
        edit.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
        block = QVBoxLayout()
        add_row(block, edit, label, identifier, hint)
        line = QHBoxLayout()
        line.addWidget(edit, 1)
        line.addWidget(button(lambda: _("Browse …"), f"{identifier}_browse", lambda: choose(edit)))
        block.addLayout(line)
        self.rows.addLayout(block)
        return edit


def choose_folder(edit: QLineEdit) -> None:
    """Leaves the field as it is when the person turns back."""
    found = QFileDialog.getExistingDirectory(edit.window(), edit.accessibleName(), edit.text())
    if found:
        edit.setText(found)


def choose_file(edit: QLineEdit) -> None:
    found, _filter = QFileDialog.getOpenFileName(edit.window(), edit.accessibleName(), edit.text())
    if found:
        edit.setText(found)


def choose_new_file(edit: QLineEdit) -> None:
    found, _filter = QFileDialog.getSaveFileName(edit.window(), edit.accessibleName(), edit.text())
    if found:
        edit.setText(found)
