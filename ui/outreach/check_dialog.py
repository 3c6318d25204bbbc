"""Which paper forms are to be keyed a second time, and how often two people keyed differently."""

from collections.abc import Mapping
from dataclasses import dataclass

from PySide6.QtWidgets import QWidget

from intake_app import formats
from intake_app.channels.outreach.double_entry import error_rate
from intake_app.channels.outreach.keyed_paper import SAMPLE_STEP, in_sample
from intake_app.errors import IntakeError
from intake_app.events import Event
from intake_app.i18n import _, ngettext
from intake_app.store.events import PaperNumber
from ui.accessibility import ComboBox, heading
from ui.messages import sentence
from ui.outreach.event_words import event_title
from ui.outreach.second_keying import SecondKeying
from ui.record.rows import Rows
from ui.rows import add_row
from ui.settings.asking_dialog import AskingDialog
from ui.settling.notice_words import somebody
from ui.workplace import Workplace

_LINES_OF_LIST = 6


@dataclass(frozen=True, slots=True)
class _Found:
    forms: tuple[PaperNumber, ...]
    names: Mapping[str, str]
    me: str


class CheckDialog(AskingDialog):
    """Every tenth form is offered, to anybody but the one who keyed it."""

    def __init__(self, workplace: Workplace, again: SecondKeying, parent: QWidget | None = None) -> None:
        super().__init__(workplace, lambda: _("Key a form a second time"), parent)
        self._again = again
        self._events: tuple[Event, ...] = ()
        self._found = _Found((), {}, "")
        self.rate = heading()
        self.rate.setAccessibleIdentifier("check_rate")
        self.place, self.list = ComboBox(), Rows("check_list")
        add_row(self.rows, self.place, lambda: _("Event where the forms were filled in"), "check_event")
        self.rows.addWidget(self.rate)
        add_row(
            self.rows,
            self.list,
            lambda: _("Forms to be keyed again"),
            "check_list",
            lambda: _("Every {step}th form. What was keyed first is not shown.").format(step=SAMPLE_STEP),
        )
        self.list.setMinimumHeight(_LINES_OF_LIST * self.fontMetrics().lineSpacing())
        self.begin = self.add_deed(lambda: _("Key it again"), "check_begin", self._begin, default=True)
        self.add_deed(lambda: _("Close"), "check_close", self.reject)
        self.list.chosen.connect(lambda _key: self._begin())
        self.place.currentIndexChanged.connect(lambda _row: self._chosen())
        store = workplace.store
        workplace.background.run(self, lambda: (store.events.all(), store.events.today()), self._show)

    def _show(self, found: tuple[tuple[Event, ...], Event | None]) -> None:
        self._events, today = found
        self.place.blockSignals(True)
        for event in self._events:
            self.place.addItem(event_title(event), event.id)
        self.place.setCurrentIndex(max(self.place.findData(today.id if today else ""), 0))
        self.place.blockSignals(False)
        self._chosen()

    def _chosen(self) -> None:
        store, wanted = self.workplace.store, self.place.currentData()
        if not wanted:
            self._tell(_Found((), {}, ""))
            return

        def look() -> _Found:
            forms = tuple(one for one in store.events.numbers(wanted) if not one.draft)
            member = store.staff.current
            names = {one: store.staff.name_of(one) for one in {form.by for form in forms}}
            return _Found(forms, names, member.id if member is not None else "")

        self.workplace.background.run(self, look, self._tell, self._failed)

    def _tell(self, found: _Found) -> None:
        self._found = found
        waiting = [one for one in found.forms if in_sample(one.number) and one.check is None]
        self.list.show_rows([(one.record, self._row(one)) for one in waiting])
        self.rate.setText(f"{rate_words(found.forms)} {waiting_words(len(waiting))}")
        self.begin.setEnabled(bool(waiting))

    def _row(self, form: PaperNumber) -> str:
        number = formats.number(form.number)
        if form.by == self._found.me:
            return _("Form {number}, keyed by you").format(number=number)
        name = somebody(self._found.names.get(form.by, ""))
        return _("Form {number}, keyed by {name}").format(number=number, name=name)

    def _begin(self) -> None:
        self.clear_problem()
        key = self.list.current_key()
        form = next((one for one in self._found.forms if one.record == key), None)
        if form is None:
            return
        if form.by == self._found.me:
            words = _("You keyed this form yourself. Somebody else keys it again: change over first.")
            self.show_problem(words, self.list)
            return
        self.accept()
        self._again.begin(form)

    def _failed(self, error: IntakeError) -> None:
        self.show_problem(sentence(error), self.list)


def rate_words(forms: tuple[PaperNumber, ...]) -> str:
    """How many forms were keyed twice so far, and the share of answers in which the two differed."""
    checked, answers, differed = error_rate(one.check for one in forms if one.check is not None)
    told = ngettext(
        "{checked} of {count} form keyed twice.", "{checked} of {count} forms keyed twice.", len(forms)
    )
    told = told.format(checked=formats.number(checked), count=formats.number(len(forms)))
    if not answers:
        return told
    rate = _("{differed} of {answers} answers differed: {share}.").format(
        differed=formats.number(differed),
        answers=formats.number(answers),
        share=formats.percent(differed / answers),
    )
    return f"{told} {rate}"


def waiting_words(count: int) -> str:
    if not count:
        return _("None waits.")
    words = ngettext("{count} waits to be keyed again.", "{count} wait to be keyed again.", count)
    return words.format(count=formats.number(count))
