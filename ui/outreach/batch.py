"""Paper forms keyed one after another: F12 saves and goes on, Tab goes through what the form asks."""

from collections.abc import Callable

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QApplication

from intake_app import drafting, formats
from intake_app.channels.outreach.asked import asked
from intake_app.channels.outreach.keyed_paper import Header, doubled, missing, next_number, on_paper, spans
from intake_app.drafting import Draft
from intake_app.i18n import _
from intake_app.store.events import PaperNumber
from ui.record.record_page import RecordPage
from ui.shell import ShellWindow
from ui.workplace import Workplace

_MOST_TOLD = 6


class Batch(QObject):
    """``header`` is that of the forms being keyed, None while none are. ``changed`` is called when what the
    bar says of them changed.
    """

    def __init__(
        self, shell: ShellWindow, workplace: Workplace, page: RecordPage, changed: Callable[[], object]
    ) -> None:
        super().__init__(shell)
        self._shell = shell
        self._workplace = workplace
        self._page = page
        self._record = page.open_record
        self._changed = changed
        self._number = 0
        self._taken: tuple[int, ...] = ()
        self._starts = self._greets = False
        self.header: Header | None = None
        page.calls.ready_words = self._ready_words
        page.calls.another.connect(self._show_form)
        page.finishes_at_once = self._finishes_at_once
        shell.before_tab = self._before_tab

    def begin(self, header: Header, first: int) -> None:
        """The open record is parked, and the first form stands ready."""
        self.header, self._number, self._starts, self._taken = header, first, True, ()
        self._greets = True
        self._page.calls.new_record()
        self._look()

    def end(self) -> None:
        """A form that was begun stays as it is; the next record is no paper form."""
        self.header = None
        said = _("No more paper forms. The next record is an ordinary one.")
        if self._record.is_untouched():
            # Nothing of the header stays behind: its day, its language, its channel.
            self._page.calls.new_record(said=said)
        else:
            self._workplace.announce(said)
        self._changed()

    @property
    def is_on(self) -> bool:
        """The record on the page is a form of this batch."""
        return self.header is not None and self.is_paper and not self._record.draft.checks

    @property
    def is_paper(self) -> bool:
        """The record on the page is being keyed from paper."""
        return drafting.is_keyed_from_paper(self._record.draft)

    def dress(self, draft: Draft) -> Draft:
        """A new record as the next form; the number of one that was never touched is used again."""
        header = self.header
        if header is None:
            return draft
        before = self._record.draft.record
        if draft.id == before.id and before.sequence:
            self._number = before.sequence
        elif self._starts:
            self._starts = False
        elif self._record.draft.checks:
            # A form that was keyed again in between took no number.
            self._number = next_number(self._number - 1, self._taken)
        elif before.sequence != self._number or not self._record.is_untouched():
            self._number = next_number(self._number, self._taken)
        library, now = self._workplace.library, self._workplace.clock()
        return on_paper(draft, header, self._number, library, now)

    def renumber(self, number: int) -> None:
        """The form on the page has another number, from which the next ones are counted."""
        self._number = number
        self._record.apply(drafting.with_record(self._record.current(), sequence=number))
        self._changed()

    def is_taken(self, number: int) -> bool:
        return number in self._taken and number != self._record.draft.record.sequence

    def words(self) -> str:
        """Of the form on the page, and of the numbers so far."""
        if not self.is_paper:
            return ""
        number = formats.number(self._record.draft.record.sequence)
        if self._record.draft.checks:
            return _("Paper form {number}, keyed a second time").format(number=number)
        told = [_("Paper form {number}").format(number=number)]
        if self.header is not None:
            told += number_words(self._taken)
        return ". ".join(told)

    # What the page asks

    def _finishes_at_once(self) -> bool:
        again = bool(self._record.draft.checks)
        return (self.is_on or again) and not self._record.is_untouched()

    def _ready_words(self, said: str) -> str:
        if not self.is_on:
            return said
        words = _("Saved. Paper form {number}.")
        if self._greets:
            self._greets = False
            words = _("Paper form {number}. F12 saves it and goes on to the next.")
        return words.format(number=formats.number(self._record.draft.record.sequence))

    def _show_form(self) -> None:
        self._changed()
        if self.header is not None:
            self._look()

    def _look(self) -> None:
        header, events = self.header, self._workplace.store.events
        if header is not None:
            self._workplace.background.run(self, lambda: events.numbers(header.event), self._know)

    def _know(self, found: tuple[PaperNumber, ...]) -> None:
        open_now = self._record.draft.id
        self._taken = tuple(one.number for one in found if one.record != open_now)
        self._changed()

    # Tab

    def _before_tab(self, forward: bool) -> bool:
        """From one question of the form to the next, over what staff note for themselves."""
        page, focus = self._page, QApplication.focusWidget()
        form = page.parts.form_pane.form
        if not self.is_paper or focus is None or page.parts.centre.current() is not page.parts.form_pane:
            return False
        on_form = asked(self._record.current(), self._workplace.library, self._record.item_id)
        keys = [one.key for one in on_form]
        if focus in page.parts.story.boxes():
            return bool(forward and keys and self._go(keys[0]))
        section, question = page.parts.form_pane.section, form.current_question() if form else None
        if form is None or section is None or not form.isAncestorOf(focus) or question is None:
            return False
        if form.stays_in_question(focus, forward):
            return False
        here = (section.key, question)
        if here not in keys:
            return False
        place = keys.index(here) + (1 if forward else -1)
        if place < 0:
            page.navigation.to_narrative()
        elif place < len(keys):
            self._go(keys[place])
        else:
            self._workplace.announce(_("That was the last question. F12 saves the form."))
        return True

    def _go(self, key: tuple[str, str]) -> bool:
        self._page.navigation.go_to_question(*key)
        return True


def number_words(numbers: tuple[int, ...]) -> list[str]:
    """What is wrong with the numbers so far; nothing where nothing is."""
    told = []
    if gaps := missing(numbers):
        told.append(_("Missing: {numbers}").format(numbers=span_words(gaps)))
    if twice := doubled(numbers):
        told.append(_("There twice: {numbers}").format(numbers=span_words(twice)))
    return told


def span_words(numbers: tuple[int, ...]) -> str:
    """``4–6, 9``; of very many the first."""
    found = [
        formats.number(first) if first == last else f"{formats.number(first)}–{formats.number(last)}"
        for first, last in spans(numbers)
    ]
    shown = formats.listing(found[:_MOST_TOLD])
    return shown if len(found) <= _MOST_TOLD else _("{numbers} and more").format(numbers=shown)
