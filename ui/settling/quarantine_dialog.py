"""What the hub refused: what it is and why, and the ways to mend it, send it again or take it out."""

from collections.abc import Callable, Mapping

from PySide6.QtCore import QSize, Signal
from PySide6.QtWidgets import QDialog, QWidget

from intake_app import formats
from intake_app.errors import IntakeError
from intake_app.i18n import _, ngettext
from intake_app.records import spaced_reference
from intake_app.store.quarantine import RefusedVersion
from intake_app.text import ltr
from ui.accessibility import heading
from ui.messages import refusal_words, sentence
from ui.record.rows import Rows
from ui.rows import add_row
from ui.settings.asking_dialog import AskingDialog
from ui.theme import em
from ui.translation import tr
from ui.workplace import Workplace

_WIDTH_EM, _HEIGHT_EM = 48, 26
_SHARE_OF_SCREEN = 0.9


class QuarantineDialog(AskingDialog):
    """Signals: ``edit_wanted(str)`` record id: it is opened in the window and finished again there."""

    edit_wanted = Signal(str)

    def __init__(self, workplace: Workplace, parent: QWidget | None = None) -> None:
        super().__init__(workplace, lambda: _("Refused by the hub"), parent)
        room = self.screen().availableSize() * _SHARE_OF_SCREEN
        self.resize(QSize(em(self, _WIDTH_EM), em(self, _HEIGHT_EM)).boundedTo(room))
        self._refused: Mapping[str, RefusedVersion] = {}
        self._looked = False
        self.outcome = heading()
        self.outcome.setAccessibleIdentifier("quarantine_outcome")
        self.rows.addWidget(self.outcome)
        self.list = Rows("quarantine_list")
        self.list.setMinimumHeight(1)
        add_row(
            self.rows,
            self.list,
            lambda: _("Refused, oldest first"),
            "quarantine_list",
            lambda: _("All of it is safe on this computer, encrypted. Nothing else waits for it."),
        )
        self.rows.setStretchFactor(self.list, 1)
        self.list.moved.connect(self._fit_deeds)
        self.list.chosen.connect(lambda _key: self._first_way())
        self.mend = self.add_deed(lambda: _("Mend and send"), "quarantine_mend", self._mend)
        self.edit = self.add_deed(lambda: _("Open the record"), "quarantine_edit", self._edit)
        self.resend = self.add_deed(lambda: _("Send again as it is"), "quarantine_resend", self._resend)
        self.take_out = self.add_deed(lambda: _("Save as a file …"), "quarantine_take_out", self._take_out)
        self.close_it = self.add_deed(lambda: _("Close"), "quarantine_close", self.accept)
        tr(self, lambda _text: self._show_rows(), lambda: "")
        self._ask()

    def current(self) -> RefusedVersion | None:
        """The row under the cursor; None where nothing is refused."""
        return self._refused.get(self.list.current_key())

    def _ask(self) -> None:
        self.workplace.background.run(self, self.workplace.store.quarantine.all, self._show)

    def _show(self, found: tuple[RefusedVersion, ...]) -> None:
        self._refused = {one.mutation: one for one in found}
        self._looked = True
        self._show_rows()

    def _show_rows(self) -> None:
        self.list.show_rows([(one.mutation, _row_words(one)) for one in self._refused.values()])
        count = len(self._refused)
        words = ngettext("{count} refused by the hub", "{count} refused by the hub", count).format(
            count=count
        )
        if self._looked:
            self.outcome.setText(words if count else _("Nothing is refused by the hub."))
        self._fit_deeds()

    def _fit_deeds(self) -> None:
        one = self.current()
        self.mend.setEnabled(one is not None and one.may_mend)
        self.edit.setEnabled(one is not None and one.may_edit)
        self.resend.setEnabled(one is not None)
        self.take_out.setEnabled(one is not None)

    def _first_way(self) -> None:
        """Enter on a row goes to the first thing that helps; nothing is done by it."""
        one = self.current()
        if one is not None:
            (self.mend if one.may_mend else self.edit if one.may_edit else self.resend).setFocus()

    def _mend(self) -> None:
        store = self.workplace.store
        self._do(lambda one: store.quarantine.mend(one.mutation), _("Mended. It is sent at the next round."))

    def _resend(self) -> None:
        store = self.workplace.store
        self._do(lambda one: store.sync.resend(one.mutation), _("It is sent again at the next round."))

    def _edit(self) -> None:
        one = self.current()
        if one is not None:
            self.accept()
            self.edit_wanted.emit(one.document)

    def _take_out(self) -> None:
        from ui.settling.take_out_dialog import TakeOutDialog

        one = self.current()
        if one is None:
            return
        dialog = TakeOutDialog(self.workplace, one, self)
        dialog.finished.connect(lambda result: self._taken_out(dialog, result))
        dialog.open()

    def _taken_out(self, dialog: QDialog, result: int) -> None:
        if result == QDialog.DialogCode.Accepted:
            self.outcome.setText(_("Saved as a file. It is still here and still refused."))
            self.outcome.setFocus()
        dialog.deleteLater()

    def _do(self, deed: Callable[[RefusedVersion], object], said: str) -> None:
        one = self.current()
        if one is None:
            return

        def work() -> tuple[RefusedVersion, ...]:
            deed(one)
            return self.workplace.store.quarantine.all()

        def done(found: tuple[RefusedVersion, ...]) -> None:
            self._show(found)
            left = ngettext("{count} left.", "{count} left.", len(found)).format(count=len(found))
            # The status line of the window is behind a dialog; the heading is read when it takes the focus.
            self.outcome.setText(f"{said} {left}")
            self.outcome.setFocus()

        def failed(error: IntakeError) -> None:
            self.outcome.setText(sentence(error))
            self.outcome.setFocus()
            self._ask()

        self.workplace.background.run(self, work, done, failed)


def _row_words(one: RefusedVersion) -> str:
    what = _("Record {reference}").format(reference=ltr(spaced_reference(one.reference)))
    if not one.reference:
        what = _kind_words(one.kind)
    return _("{what}, saved {moment}. {why}").format(
        what=what, moment=formats.long_moment(one.saved), why=refusal_words(one.reason, one.details)
    )


def _kind_words(kind: str) -> str:
    return {
        "person": _("Details of a person"),
        "equality": _("Equality answers"),
        "erasure": _("The order to erase a record"),
        "audit": _("A note of who opened or changed what"),
        "staff": _("The name of somebody who writes here"),
    }.get(kind) or _("A document of kind “{kind}”").format(kind=ltr(kind))
