"""Joins the organisation's hub by a one-time code, without a command line."""

from __future__ import annotations

import os
import socket
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QLineEdit, QWidget

from intake_app.errors import IntakeError
from intake_app.i18n import _, ngettext
from intake_app.settings import HUB_URL_VARIABLE
from intake_app.text import fsi
from ui.accessibility import heading, in_silence
from ui.rows import add_row
from ui.settings.asking_dialog import AskingDialog
from ui.translation import tr
from ui.workplace import Workplace

if TYPE_CHECKING:
    from intake_app.sync.enrolment import Joined

# intake_app.sync.enrolment brings the HTTP client: it is loaded on the worker, by who really joins.


class JoinHubDialog(AskingDialog):
    """Address and code; then, where records were taken before, whether they are sent too.

    Accepted once joined. Records taken before go out only after a yes.
    """

    def __init__(self, workplace: Workplace, parent: QWidget | None = None) -> None:
        super().__init__(workplace, lambda: _("Join the organisation's hub"), parent)
        self._joined: Joined | None = None
        # Not by disabling the button: the focus would jump to the next one.
        self._waiting = False
        self.address = QLineEdit(os.environ.get(HUB_URL_VARIABLE, ""))
        self.code = QLineEdit()
        for field in (self.address, self.code):
            field.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
        add_row(
            self.rows,
            self.address,
            lambda: _("Address of the hub (required)"),
            "hub_address",
            lambda: _("It begins with https and comes from whoever looks after the hub."),
        )
        add_row(
            self.rows,
            self.code,
            lambda: _("One-time code (required)"),
            "hub_code",
            lambda: _("Spaces and hyphens do not matter."),
        )
        self.outcome = heading()
        self.outcome.hide()
        self.rows.addWidget(self.outcome)
        self.question = QLabel()
        self.question.setWordWrap(True)
        self.question.hide()
        self.rows.addWidget(self.question)
        self.join = self.add_deed(lambda: _("Join"), "hub_join", self._join, default=True)
        self.send = self.add_deed(lambda: _("Send them too"), "hub_send_earlier", self._send_earlier)
        self.keep = self.add_deed(lambda: _("Keep them here only"), "hub_keep_earlier", self.accept)
        self.close_it = self.add_deed(lambda: _("Close"), "hub_close", self.reject)
        self.send.hide()
        self.keep.hide()
        tr(self, lambda _text: self._show_outcome(), lambda: "")

    def _join(self) -> None:
        self.clear_problem()
        address, code = self.address.text().strip(), self.code.text().strip()
        for field, missing in ((self.address, not address), (self.code, not code)):
            if missing:
                words = _("Write the address of the hub") if field is self.address else _("Type the code")
                self.show_problem(words, field)
                return
        if self._waiting:
            return
        self._waiting = True
        self.workplace.announce(_("Joining the hub"))
        store = self.workplace.store

        def join() -> Joined:
            from intake_app.sync import enrolment

            return enrolment.join(store.sync, address, code, store.device, socket.gethostname())

        self.workplace.sync_background.run(self, join, self._on_joined, self._on_refused)

    def _on_refused(self, error: IntakeError) -> None:
        self._waiting = False
        self.show_error(error, self.code if type(error).__name__ == "EnrolmentRefused" else self.address)

    def _on_joined(self, joined: Joined) -> None:
        self._joined = joined
        asked = joined.earlier_records > 0
        # The focus wanders while controls go and come; only where it ends is to be heard.
        with in_silence():
            self.outcome.show()
            self._show_outcome()
            self.join.hide()
            self.address.setReadOnly(True)
            self.code.setReadOnly(True)
            self.send.setVisible(asked)
            self.keep.setVisible(asked)
            self.question.setVisible(asked)
            self.close_it.setVisible(not asked)
            self.adjustSize()
        self.outcome.setFocus(Qt.FocusReason.OtherFocusReason)
        self.close_it.clicked.disconnect()
        self.close_it.clicked.connect(self.accept)

    def _show_outcome(self) -> None:
        if self._joined is None:
            return
        count = self._joined.earlier_records
        name = fsi(self._joined.enrolment.organisation_name)
        self.outcome.setText(_("Joined {organisation}").format(organisation=name))
        if count:
            self.question.setText(
                ngettext(
                    "Send {count} record taken before joining?",
                    "Send {count} records taken before joining?",
                    count,
                ).format(count=count)
            )
            self.send.setAccessibleDescription(self.question.text())

    def _send_earlier(self) -> None:
        joined = self._joined
        if joined is None:
            return
        store = self.workplace.store

        def send() -> None:
            from intake_app.sync import enrolment

            enrolment.send_earlier(store.sync, joined.enrolment)

        self.workplace.background.run(
            self,
            send,
            lambda _none: self.accept(),
            lambda error: self.show_error(error, self.keep),
        )
