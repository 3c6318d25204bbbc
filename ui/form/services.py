"""Which services a piece of feedback is about: found in the directory, or kept as the person named them."""

from collections import Counter
from collections.abc import Callable, Mapping
from typing import Any

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from intake_app.folding import fold
from intake_app.forms.gaps import parse_gap
from intake_app.i18n import _
from intake_app.records import ServiceMention
from intake_app.services.history import Remark
from intake_app.services.model import ServiceHit
from intake_app.text import clean_text
from ui.form.chosen import ChosenRows
from ui.form.context import Asking
from ui.form.control import Control, describe
from ui.form.finder import Finder, Found
from ui.form.journey import Journey
from ui.form.service_words import hit_spoken, hit_text, mention_spoken, mention_text, remark_words
from ui.translation import tr

SEARCH_ID = "service_search"
RESULTS_ID = "service_results"
WHEN = "when_happened"
"""The question whose answer tells the date at which a service is looked up."""


def _own_words(words: str) -> Found:
    text = _("Use “{words}” as written: not in the directory").format(words=words)
    return Found(ServiceMention(name=clean_text(words)), text, text)


class ServiceSearch(Control):
    """A search line, its results, and the services chosen: none, one, or several in their order."""

    def __init__(self, asking: Asking, parent: QWidget | None = None) -> None:
        super().__init__(asking, parent)
        self._mentions: list[ServiceMention] = []
        self._remarks: Mapping[str, Remark] = {}
        self._asked_remarks: tuple[object, ...] = ()
        self.finder = Finder(self._search, asking.say, SEARCH_ID, RESULTS_ID, own_words=_own_words)
        self.chosen = ChosenRows(f"{asking.question.id}.chosen", self.finder.line, self)
        self.journey: Journey | None = None
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.addWidget(self.finder)
        self._layout.addWidget(self.chosen)
        self.finder.chosen.connect(self._choose)
        self.finder.results.installEventFilter(self)
        self.chosen.removed.connect(self._remove)
        self.chosen.current.connect(self._show_current)
        self.chosen.made.connect(self._make_journey)
        tr(self, self._retranslate, str)

    def _make_journey(self, rows: QWidget) -> None:
        # Made when the first service is chosen: most forms are opened with nothing chosen.
        journey = Journey(self.asking.question.id, self)
        journey.watch(rows)
        journey.moved.connect(self._move)
        journey.gap_typed.connect(self._set_gap)
        journey.about_wanted.connect(self._about_current)
        self._layout.addWidget(journey)
        before = self.chosen.stops()[-1]
        for one in (journey.about, journey.earlier, journey.gap):
            QWidget.setTabOrder(before, one)
            before = one
        self.journey = journey

    def _search(self, words: str, show: Callable[[tuple[Found, ...]], None]) -> None:
        def arrived(hits: tuple[ServiceHit, ...]) -> None:
            names = Counter(fold(hit.name) for hit in hits)
            show(
                tuple(
                    Found(_mention(hit), hit_text(hit), hit_spoken(hit, names[fold(hit.name)] > 1))
                    for hit in hits
                )
            )

        self.asking.context.search_services(clean_text(words), arrived)

    def _retranslate(self, _nothing: str) -> None:
        if self.finder.words():
            self.finder.look_again()
        self._show_chosen()

    def stops(self) -> list[QWidget]:
        journey = self.journey.stops() if self.journey is not None and not self.journey.isHidden() else []
        return [self.finder.line, *self.chosen.stops(), *journey]

    def buddy(self) -> QWidget:
        return self.finder.line

    def value(self) -> Any:
        return [mention.model_dump(exclude_defaults=True) for mention in self._mentions] or None

    def show_value(self, value: Any, label: str = "") -> None:
        mentions = [ServiceMention.model_validate(one) for one in value or ()]
        if mentions != self._mentions:
            self._mentions = mentions
            self._show_chosen()

    def show_choices(self) -> None:
        """Another answer, such as the date, may have changed what is to be said of the services."""
        self._ask_remarks()

    def describe(self, name: str, description: str) -> None:
        describe(self.finder.line, name, description)
        describe(self.finder.results, _("Services found"), _("Alt+Enter tells more about one"))
        self.chosen.describe(
            _("Services chosen"), _("Delete removes. Alt+Up moves one earlier. Alt+Enter tells more about it")
        )

    def unfinished(self) -> str:
        if words := self.finder.words():
            return _("“{words}” is not chosen yet: press Down arrow, then Enter").format(words=words)
        return ""

    def _show_chosen(self) -> None:
        remarks = [self._remark(mention) for mention in self._mentions]
        pairs = list(zip(self._mentions, remarks, strict=True))
        self.chosen.show_rows(
            [mention_text(*pair) for pair in pairs], [mention_spoken(*pair) for pair in pairs]
        )
        self._show_current()
        self._ask_remarks()

    def _remark(self, mention: ServiceMention) -> str:
        said = self._remarks.get(mention.id)
        return remark_words(said) if said is not None else ""

    def _ask_remarks(self) -> None:
        """Once for the same services and date; the answer comes later and moves no focus."""
        named = tuple((one.id, one.name) for one in self._mentions if one.id)
        if not named:
            return
        when = self.asking.values().get(WHEN)
        asked = (named, when)
        if asked == self._asked_remarks:
            return
        self._asked_remarks = asked

        def arrived(remarks: Mapping[str, Remark]) -> None:
            if asked == self._asked_remarks and remarks != self._remarks:
                self._remarks = remarks
                self._show_chosen()

        self.asking.context.tell_remarks(named, str(when or ""), arrived)

    def _show_current(self, _row: int = -1) -> None:
        if self.journey is None:
            return
        row = self.chosen.current_row()
        mention = self._mentions[row] if 0 <= row < len(self._mentions) else None
        if mention is None:
            self.journey.show_row("", False, "", "")
            return
        before = self._mentions[row - 1].name if row else ""
        self.journey.show_row(mention.name, bool(mention.id), before, mention.gap)

    def _choose(self, found: object) -> None:
        if not isinstance(found, ServiceMention):
            return
        if any((one.id, one.name) == (found.id, found.name) for one in self._mentions):
            self.asking.say(_("{choice} is already chosen.").format(choice=found.name))
            return
        self._mentions.append(found)
        self._show_chosen()
        self.asking.say(_("{choice} chosen.").format(choice=found.name))
        self.edited.emit(self.value())

    def _remove(self, row: int) -> None:
        mention = self._mentions.pop(row)
        if self._mentions and not row:
            # Nothing is before the first one now.
            self._mentions[0] = _without_gap(self._mentions[0])
        if not self._mentions:
            self.finder.line.setFocus(Qt.FocusReason.OtherFocusReason)
        self._show_chosen()
        self.asking.say(_("{choice} removed.").format(choice=mention.name))
        self.edited.emit(self.value())

    def _move(self, step: int) -> None:
        """A time between belongs to its neighbours, so those of the two that change places are dropped."""
        row = self.chosen.current_row()
        other = row + step
        if not (0 <= row < len(self._mentions) and 0 <= other < len(self._mentions)):
            return
        first, last = sorted((row, other))
        self._mentions[first : last + 1] = [
            _without_gap(self._mentions[last]), _without_gap(self._mentions[first]),
        ]  # fmt: skip
        self._show_chosen()
        self.chosen.set_current_row(other)
        moved, passed = self._mentions[other], self._mentions[row]
        words = _("{service} is now before {other}") if step < 0 else _("{service} is now after {other}")
        self.asking.say(words.format(service=moved.name, other=passed.name))
        self.edited.emit(self.value())

    def _set_gap(self, words: str) -> None:
        row = self.chosen.current_row()
        if not 0 < row < len(self._mentions):
            return
        read = parse_gap(words, self.asking.context.today())
        self._mentions[row] = self._mentions[row].model_copy(update={"gap": words.strip(), "gap_is": read})
        self._show_texts()
        self.edited.emit(self.value())

    def _show_texts(self) -> None:
        """The rows alone: the line in which the time is typed keeps its text and caret."""
        pairs = [(mention, self._remark(mention)) for mention in self._mentions]
        self.chosen.show_rows(
            [mention_text(*pair) for pair in pairs], [mention_spoken(*pair) for pair in pairs]
        )

    def _about_current(self) -> None:
        row = self.chosen.current_row()
        if 0 <= row < len(self._mentions) and self._mentions[row].id:
            self.asking.context.open_service(self._mentions[row].id)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self.finder.results and event.type() == QEvent.Type.KeyPress:
            assert isinstance(event, QKeyEvent)
            enters = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
            if enters and event.modifiers() & Qt.KeyboardModifier.AltModifier:
                found = self.finder.current()
                if isinstance(found, ServiceMention) and found.id:
                    self.asking.context.open_service(found.id)
                return True
        return super().eventFilter(watched, event)


def _mention(hit: ServiceHit) -> ServiceMention:
    return ServiceMention(id=hit.id, name=hit.name, place=hit.place, provider=hit.provider)


def _without_gap(mention: ServiceMention) -> ServiceMention:
    return mention.model_copy(update={"gap": "", "gap_is": ""})


__all__ = ["RESULTS_ID", "SEARCH_ID", "ServiceSearch", "hit_spoken", "hit_text"]
