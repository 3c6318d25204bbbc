"""The part of a record that tells which others belong to it, and which may."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLabel, QSizePolicy, QVBoxLayout, QWidget

from intake_app.errors import IntakeError
from intake_app.i18n import _, ngettext
from intake_app.records import Record
from intake_app.store.links import Linked
from intake_app.store.related import LinkedRecord, Offer, Related
from ui.messages import sentence
from ui.record.rows import Rows
from ui.record_list.reason_dialog import ask_reason
from ui.record_list.related_words import linked_words, offer_words, relation_words, summary_words
from ui.rows import button
from ui.translation import tr
from ui.workplace import Workplace

LINES = 4
"""Of text that the rows take at most: the record itself has the room."""


def one_line_of(widget: QWidget) -> int:
    """Pixels in which a line of text can be read and its box be hit (WCAG 2.5.8)."""
    return max(24, widget.fontMetrics().lineSpacing() + 8)


class RelatedPart(QWidget):
    """Links that people made, then offers with their reasons; Enter opens a record, nothing links by itself.

    Records of the same person are a count until somebody has said why they look.

    Signals: ``open_wanted(str)`` a record's id · ``changed()`` a link was made or taken back
    """

    open_wanted = Signal(str)
    changed = Signal()

    def __init__(self, workplace: Workplace, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._workplace = workplace
        self._record: Record | None = None
        self._related = Related()
        self._people: tuple[Offer, ...] = ()
        self._names: dict[str, str] = {}
        self._come_back_to = ""
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(2)
        # What room there is belongs to the record.
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        self.caption = QLabel()
        self.caption.setTextFormat(Qt.TextFormat.PlainText)
        self.caption.setWordWrap(True)
        self.rows = Rows("related_rows")
        self.caption.setBuddy(self.rows)
        self.rows.chosen.connect(self._open)
        self.rows.moved.connect(self._show_deeds)
        outer.addWidget(self.caption)
        outer.addWidget(self.rows, 1)
        self.link = button(lambda: _("Link …"), "related_link", self._link)
        self.unlink = button(lambda: _("Unlink"), "related_unlink", self._unlink)
        self.people = button(self._people_words, "related_people", self._show_people)
        # They stand among the record's deeds: at large text there is no room for a row of their own.
        self.deeds = (self.link, self.unlink, self.people)
        tr(
            self.rows,
            self.rows.setAccessibleDescription,
            lambda: _("Enter opens the record and Escape comes back. Link and Unlink are the next stops."),
        )
        tr(self, lambda _words: self._show(), str)
        self._show()

    # What is shown

    def show_record(self, record: Record, come_back_to: str = "") -> None:
        """Looks for what belongs to it off the UI thread; ``come_back_to`` takes the focus to that row."""
        self._record, self._related, self._people = record, Related(), ()
        self._come_back_to = come_back_to
        self._show()
        self._look()

    def clear(self) -> None:
        """Nothing of the record before stays."""
        self._record, self._related, self._people = None, Related(), ()
        self._show()

    def _look(self) -> None:
        record, store = self._record, self._workplace.store
        if record is None:
            return

        def look() -> tuple[Related, dict[str, str]]:
            found = store.related.of(record.id)
            writers = {one.link.by for one in found.linked if one.link.by}
            return found, {one: store.staff.name_of(one) for one in writers}

        self._workplace.background.run(self, look, lambda found: self._found(record, *found), self._say_error)

    def _found(self, record: Record, related: Related, names: dict[str, str]) -> None:
        if self._record is not record:
            return  # another record has been opened meanwhile
        self._related, self._names = related, names
        known = {one.link.other for one in related.linked}
        self._people = tuple(one for one in self._people if one.record.id not in known)
        self._show()
        if self._come_back_to:
            self._go_to(self._come_back_to)
            self._come_back_to = ""

    def _show(self) -> None:
        self.caption.setText(summary_words(self._related))
        self.rows.setAccessibleName(self.caption.text())
        shown = [
            (f"linked {one.link.other} {one.link.relation} {one.link.first}", self._linked_words(one))
            for one in self._related.linked
        ]
        shown += [(f"offered {one.record.id}", offer_words(one)) for one in self._offers()]
        self.rows.show_rows(shown)
        self.rows.setVisible(bool(shown))
        self.rows.setMinimumHeight(one_line_of(self))
        self.rows.setMaximumHeight((LINES + 1) * self.fontMetrics().lineSpacing())
        self._show_deeds()

    def _show_deeds(self) -> None:
        left = self._related.people - len(self._people)
        self.people.setText(self._people_words())
        self.people.setVisible(left > 0 and not self._people)
        self.unlink.setVisible(bool(self._related.linked))
        # Never disabled under the focus: a button that loses it says nothing of why.
        self.link.setVisible(self._record is not None)

    def _linked_words(self, one: LinkedRecord) -> str:
        return linked_words(one, self._names.get(one.link.by, ""))

    def _people_words(self) -> str:
        count = self._related.people
        return ngettext(
            "Show {count} record of the same person …", "Show {count} records of the same person …", count
        ).format(count=count)

    def _offers(self) -> tuple[Offer, ...]:
        known = {one.record.id for one in self._people}
        return (*self._people, *(one for one in self._related.stories if one.record.id not in known))

    # What may be done

    def _current_link(self) -> Linked | None:
        row = self.rows.currentIndex().row()
        linked = self._related.linked
        return linked[row].link if 0 <= row < len(linked) else None

    def _current_offer(self) -> Offer | None:
        place = self.rows.currentIndex().row() - len(self._related.linked)
        offers = self._offers()
        return offers[place] if 0 <= place < len(offers) else None

    def _open(self, key: str) -> None:
        other = key.split(" ")[1]
        link = self._current_link()
        here = {one.link.other for one in self._related.linked if one.record is not None}
        if link is not None and other not in here:
            self._workplace.announce(_("That record is not on this computer"))
        else:
            self.open_wanted.emit(other)

    def _link(self) -> None:
        if self._record is None:
            return
        # Loaded when it is opened: the list is built while somebody may be typing already.
        from ui.record_list.link_dialog import LinkDialog

        dialog = LinkDialog(self._workplace, self._record.id, self._current_offer(), self)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.linked.connect(self._linked)
        dialog.open()

    def _linked(self, linked: Linked) -> None:
        self._said(_("Linked: {relation}").format(relation=relation_words(linked.relation, linked.first)))
        self._come_back_to = linked.other

    def _unlink(self) -> None:
        link, record = self._current_link(), self._record
        if link is None or record is None:
            self._workplace.announce(_("Choose a linked record in the list first"))
            return
        store = self._workplace.store

        def unlink() -> None:
            member = store.staff.current
            store.links.unlink(record.id, link, member.id if member is not None else "")

        def done(_nothing: None) -> None:
            self._said(_("Unlinked. Both records stay as they are."))
            self._come_back_to = link.other

        self._workplace.background.run(self, unlink, done, self._say_error)

    def _show_people(self) -> None:
        record, store = self._record, self._workplace.store
        if record is None:
            return
        why = ask_reason(
            self,
            _("Records of the same person"),
            _("Why do you look for them? Your name, the time and the reason are kept."),
        )
        if not why:
            return

        def look() -> tuple[Offer, ...]:
            member = store.staff.current
            return store.related.people(record.id, why, member.id if member is not None else "")

        def done(found: tuple[Offer, ...]) -> None:
            if self._record is not record:
                return
            self._people = found
            self._show()
            count = len(found)
            words = ngettext("{count} record of the same person", "{count} records of the same person", count)
            self._workplace.announce(words.format(count=count))
            if found:
                self._go_to(found[0].record.id)

        self._workplace.background.run(self, look, done, self._say_error)

    def _said(self, words: str) -> None:
        self._workplace.announce(words)
        self.changed.emit()
        self._look()

    def _go_to(self, record_id: str) -> None:
        """To this record's row; where it has none, to the first one or to the button that links."""
        rows = self.rows.words.rows
        place = next((at for at, (key, _words) in enumerate(rows) if record_id in key.split(" ")), 0)
        if rows:
            self.rows.setCurrentIndex(self.rows.words.index(place))
            self.rows.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self.link.setFocus(Qt.FocusReason.OtherFocusReason)

    def _say_error(self, error: IntakeError) -> None:
        self._workplace.announce(sentence(error))
