"""About one service: where it is, what it was called before, what followed it, and what staff call it."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QTextEdit, QWidget

from intake_app.i18n import _, series
from intake_app.services.directory import Related
from intake_app.services.history import Period, closed_on, periods
from intake_app.services.model import Service, Status
from intake_app.text import clean_text, fsi, ltr
from ui.accessibility import heading
from ui.form.service_words import closed_words, day_words
from ui.record.rows import Rows
from ui.rows import add_row, button
from ui.settings.asking_dialog import AskingDialog
from ui.translation import tr
from ui.workplace import Workplace

_LINES_OF_FACTS = 8
_LINES_OF_NICKNAMES = 4


class AboutServiceDialog(AskingDialog):
    """To be read by the arrow keys; nicknames are added and taken away here and travel to the hub."""

    def __init__(self, workplace: Workplace, service_id: str, parent: QWidget | None = None) -> None:
        super().__init__(workplace, lambda: _("About this service"), parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._id = service_id
        self._known: tuple[Service, Related] | None = None
        self.heading = heading()
        self.heading.setAccessibleIdentifier("service_name")
        self.rows.addWidget(self.heading)
        self.facts = QTextEdit(readOnly=True)
        self.facts.setMinimumHeight(self.fontMetrics().lineSpacing() * _LINES_OF_FACTS)
        add_row(self.rows, self.facts, lambda: _("What is known of it"), "service_facts")
        self.nicknames = Rows("service_nicknames")
        self.nicknames.setMaximumHeight(self.fontMetrics().lineSpacing() * _LINES_OF_NICKNAMES)
        add_row(self.rows, self.nicknames, lambda: _("What we call it"), "service_nicknames")
        self.remove = button(lambda: _("Remove this name"), "nickname_remove", self._remove)
        self.rows.addWidget(self.remove, 0, Qt.AlignmentFlag.AlignLeading)
        self.name = QLineEdit()
        add_row(
            self.rows, self.name, lambda: _("Another name that we use"), "nickname",
            lambda: _("For example the Walk-in. It finds the service on all our computers."),
        )  # fmt: skip
        line = QHBoxLayout()
        self.add = button(lambda: _("Add the name"), "nickname_add", self._add)
        self.add.setDefault(True)
        line.addWidget(self.add)
        line.addStretch(1)
        self.rows.addLayout(line)
        self.close_it = self.add_deed(lambda: _("Close"), "close", self.reject)
        tr(self, lambda _text: self._show_words(), lambda: "")
        self._read(then_focus=True)

    def _read(self, then_focus: bool = False) -> None:
        directory = self.workplace.store.directory

        def read() -> tuple[Service, Related] | None:
            service = directory.get(self._id)
            return None if service is None else (service, directory.related(service))

        def show(known: tuple[Service, Related] | None) -> None:
            self._known = known
            self._show_words()
            self.fit()
            if then_focus:
                self.facts.setFocus(Qt.FocusReason.OtherFocusReason)

        self.workplace.background.run(self, read, show)

    def _show_words(self) -> None:
        if self._known is None:
            self.facts.setPlainText(_("This computer’s directory does not list it any more."))
            return
        service, related = self._known
        self.heading.setText(fsi(service.name))
        self.facts.setPlainText("\n".join(_facts(service, related)))
        self.nicknames.show_rows([(name, name) for name in service.nicknames])
        self.remove.setEnabled(bool(service.nicknames))

    def _add(self) -> None:
        name = clean_text(self.name.text()).strip()
        if not name:
            self.show_problem(_("Write the name that you use"), self.name)
            return
        self.clear_problem()
        store, by = self.workplace.store, self._by()

        def added(kept: str) -> None:
            if not kept:
                self.show_problem(_("It has this name already"), self.name)
                return
            self.name.clear()
            self.workplace.announce(_("{name} added. It finds this service now.").format(name=fsi(kept)))
            self._read()

        self.workplace.background.run(self, lambda: store.nicknames.add(self._id, name, by), added)

    def _remove(self) -> None:
        name = self.nicknames.current_key()
        if not name:
            return
        store, by = self.workplace.store, self._by()

        def removed(_was: bool) -> None:
            self.name.setFocus(Qt.FocusReason.OtherFocusReason)
            self.workplace.announce(_("{name} removed.").format(name=fsi(name)))
            self._read()

        self.workplace.background.run(self, lambda: store.nicknames.remove(self._id, name, by), removed)

    def _by(self) -> str:
        current = self.workplace.store.staff.current
        return current.id if current is not None else ""


def _facts(service: Service, related: Related) -> list[str]:
    """A line a fact, the most needed first."""
    lines = []
    if service.status is Status.CLOSED:
        names = series(name for _id, name in related.successors)
        lines.append(_sentence(closed_words(closed_on(service), names)))
    elif service.status is Status.DORMANT:
        lines.append(_("Not working at the moment"))
    elif service.status is Status.PROPOSED:
        lines.append(_("Not open yet"))
    address = ", ".join(part for part in (service.address, service.postcode) if part)
    pairs = (
        (_("Address"), fsi(address)),
        (_("Telephone"), ltr(service.phone)),
        (_("Website"), ltr(service.website)),
        (_("Run by"), fsi(service.provider)),
        (_("Council"), fsi(service.local_authority)),
        (_("Also known as"), series(map(fsi, service.aliases))),
        (_("Code"), series(map(ltr, service.codes.values()))),
        (_("Came before it"), series(fsi(name) for _id, name in related.predecessors)),
        (_("Registered a second time as"), series(fsi(name) for _id, name in related.linked)),
    )
    lines += [_("{what}: {value}").format(what=what, value=value) for what, value in pairs if value.strip()]
    history = periods(service)
    if len(history) > 1 or history[0].since:
        lines += ["", _("History, newest first")]
        lines += [_period_words(one) for one in history]
    return lines


def _sentence(words: str) -> str:
    return words[:1].upper() + words[1:]


def _period_words(one: Period) -> str:
    states = {
        Status.OPEN: _("open"),
        Status.CLOSED: _("closed"),
        Status.DORMANT: _("not working"),
        Status.PROPOSED: _("not open yet"),
    }
    what = series((fsi(one.name), fsi(one.address), states[one.status]))
    if one.since and one.until:
        return _("From {since} until {until}: {what}").format(
            since=day_words(one.since), until=day_words(one.until), what=what
        )
    if one.since:
        return _("Since {since}: {what}").format(since=day_words(one.since), what=what)
    if one.until:
        return _("Until {until}: {what}").format(until=day_words(one.until), what=what)
    return what
