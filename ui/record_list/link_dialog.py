"""Links two records: which other one, and how they belong together. A person decides, always."""

from collections.abc import Callable

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QButtonGroup, QGroupBox, QLineEdit, QRadioButton, QVBoxLayout, QWidget

from intake_app.errors import IntakeError
from intake_app.i18n import _
from intake_app.links import Relation
from intake_app.records import parse_reference, spaced_reference
from intake_app.store.links import Linked
from intake_app.store.related import Offer
from intake_app.store.summaries import RecordSummary
from intake_app.text import clean_text
from ui.rows import add_row
from ui.settings.asking_dialog import AskingDialog
from ui.translation import tr
from ui.workplace import Workplace

CHOICES: tuple[tuple[str, Relation, bool], ...] = (
    ("same_story", Relation.SAME_STORY, True),
    ("same_person", Relation.SAME_PERSON, True),
    ("follows", Relation.FOLLOW_UP, True),
    ("followed", Relation.FOLLOW_UP, False),
)
"""Name, relation, and whether this record is the one that follows on."""


class LinkDialog(AskingDialog):
    """An offer fills it in; without one the reference is typed as it was read aloud.

    Signals: ``linked(Linked)`` it is done, as seen from this record.
    """

    linked = Signal(object)

    def __init__(
        self,
        workplace: Workplace,
        record_id: str,
        offer: Offer | None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(workplace, lambda: _("Link a record"), parent)
        self._record_id = record_id
        self._offer = offer
        self.reference = QLineEdit()
        add_row(
            self.rows,
            self.reference,
            lambda: _("Reference of the other record"),
            "link_reference",
            lambda: _("Nine digits, as they were read aloud."),
        )
        if offer is not None:
            self.reference.setText(spaced_reference(offer.record.reference))
        self.rows.addWidget(self._relations(offer))
        self.add_deed(lambda: _("Go back"), "link_back", self.reject)
        self.go = self.add_deed(lambda: _("Link"), "link_go", self._link, default=True)
        if offer is not None:
            # What is left to decide is how they belong together.
            self.group.buttons()[_likely(offer)].setFocus()

    def _relations(self, offer: Offer | None) -> QGroupBox:
        words: dict[str, Callable[[], str]] = {
            "same_story": lambda: _("The same story, told twice"),
            "same_person": lambda: _("The same person, another story"),
            "follows": lambda: _("This record follows on from the other"),
            "followed": lambda: _("The other follows on from this record"),
        }
        box = QGroupBox()
        tr(box, box.setTitle, lambda: _("How do they belong together?"))
        column = QVBoxLayout(box)
        self.group = QButtonGroup(self)
        for place, (name, _relation, _first) in enumerate(CHOICES):
            radio = QRadioButton()
            radio.setAccessibleIdentifier(f"link_{name}")
            tr(radio, radio.setText, words[name])
            self.group.addButton(radio, place)
            column.addWidget(radio)
        self.group.buttons()[_likely(offer)].setChecked(True)
        return box

    def _link(self) -> None:
        self.clear_problem()
        typed = clean_text(self.reference.text()).strip()
        if parse_reference(typed) is None:
            words = _("Write the nine digits of the reference. A digit is missing or wrong.")
            self.show_problem(
                words if typed else _("Write the reference of the other record"), self.reference
            )
            return
        _name, relation, first = CHOICES[self.group.checkedId()]
        own, offer, store = self._record_id, self._offer, self.workplace.store

        def link() -> Linked | int:
            hits = _finished(store.records.by_reference(typed), own)
            if offer is not None and offer.record.id in hits:
                hits = (offer.record.id,)
            if len(hits) != 1:
                return len(hits)
            member = store.staff.current
            by = member.id if member is not None else ""
            made = (own, hits[0]) if first else (hits[0], own)
            store.links.link(*made, relation, by)
            return next(
                one for one in store.links.of(own) if one.other == hits[0] and one.relation == relation
            )

        self.workplace.background.run(self, link, self._done, self._say_error)

    def _done(self, found: Linked | int) -> None:
        if isinstance(found, Linked):
            self.accept()
            self.linked.emit(found)
        elif found:
            self.show_problem(
                _("More than one record has this reference. Open the right one and link from there."),
                self.reference,
            )
        else:
            self.show_problem(
                _("No other finished record on this computer has this reference."), self.reference
            )

    def _say_error(self, error: IntakeError) -> None:
        self.show_error(error, self.reference)


def _likely(offer: Offer | None) -> int:
    """The place in ``CHOICES``: of one exchange of emails the later follows on from the earlier."""
    if offer is None or not (offer.same_person or offer.same_exchange):
        return 0
    return 2 if offer.same_exchange else 1


def _finished(hits: tuple[RecordSummary, ...], own: str) -> tuple[str, ...]:
    return tuple(one.id for one in hits if one.id != own and one.state not in ("draft", "parked"))
