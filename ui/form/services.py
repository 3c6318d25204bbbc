"""Which services a piece of feedback is about: found in the directory, or kept as the person named them."""

from collections import Counter
from collections.abc import Callable
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from intake_app.folding import fold
from intake_app.i18n import _
from intake_app.records import ServiceMention
from intake_app.services.model import ServiceHit, Status
from intake_app.text import clean_text, fsi, ltr
from ui.form.chosen import ChosenRows
from ui.form.context import Asking
from ui.form.control import Control, describe
from ui.form.finder import Finder, Found
from ui.translation import tr

SEARCH_ID = "service_search"
RESULTS_ID = "service_results"


def hit_text(hit: ServiceHit) -> str:
    """One row: the name, what tells two of a name apart, and what staff must know before they choose it."""
    apart = ", ".join(fsi(part) for part in (hit.provider, hit.place) if part)
    text = f"{fsi(hit.name)} – {apart}" if apart else fsi(hit.name)
    if hit.code:
        text += f" ({ltr(hit.code)})"
    if hit.was:
        text += " " + _("formerly {name}").format(name=fsi(hit.was))
    if hit.status is Status.CLOSED:
        text += " " + _("closed")
    return text


def hit_spoken(hit: ServiceHit, with_code: bool = False) -> str:
    """The same to be heard: the code, letter by letter, only where another service has the name."""
    parts = [hit.name, hit.provider, hit.place]
    if with_code:
        parts.append(" ".join(filter(str.isalnum, hit.code)))
    if hit.was:
        parts.append(_("formerly {name}").format(name=hit.was))
    if hit.status is Status.CLOSED:
        parts.append(_("closed"))
    return ", ".join(part for part in parts if part)


def _own_words(words: str) -> Found:
    text = _("Use “{words}” as written: not in the directory").format(words=words)
    return Found(ServiceMention(name=clean_text(words)), text, text)


class ServiceSearch(Control):
    """A search line, its results, and the services chosen: none, one or several."""

    def __init__(self, asking: Asking, parent: QWidget | None = None) -> None:
        super().__init__(asking, parent)
        self._mentions: list[ServiceMention] = []
        self.finder = Finder(self._search, asking.say, SEARCH_ID, RESULTS_ID, own_words=_own_words)
        self.chosen = ChosenRows(f"{asking.question.id}.chosen", self.finder.line, self)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.finder)
        layout.addWidget(self.chosen)
        self.finder.chosen.connect(self._choose)
        self.chosen.removed.connect(self._remove)
        tr(self, self._retranslate, str)

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
        return [self.finder.line, *self.chosen.stops()]

    def buddy(self) -> QWidget:
        return self.finder.line

    def value(self) -> Any:
        return [mention.model_dump(exclude_defaults=True) for mention in self._mentions] or None

    def show_value(self, value: Any, label: str = "") -> None:
        mentions = [ServiceMention.model_validate(one) for one in value or ()]
        if mentions != self._mentions:
            self._mentions = mentions
            self._show_chosen()

    def describe(self, name: str, description: str) -> None:
        describe(self.finder.line, name, description)
        describe(self.finder.results, _("Services found"), "")
        self.chosen.describe(_("Services chosen"), _("Delete removes"))

    def unfinished(self) -> str:
        if words := self.finder.words():
            return _("“{words}” is not chosen yet: press Down arrow, then Enter").format(words=words)
        return ""

    def _show_chosen(self) -> None:
        texts, spoken = [], []
        for mention in self._mentions:
            parts = [part for part in (mention.provider, mention.place) if part]
            if not mention.id:
                parts.append(_("as written, not in the directory"))
            apart = ", ".join(parts)
            texts.append(f"{fsi(mention.name)} – {apart}" if apart else fsi(mention.name))
            spoken.append(f"{mention.name}, {apart}" if apart else mention.name)
        self.chosen.show_rows(texts, spoken)

    def _choose(self, found: object) -> None:
        if not isinstance(found, ServiceMention):
            return
        if found in self._mentions:
            self.asking.say(_("{choice} is already chosen.").format(choice=found.name))
            return
        self._mentions.append(found)
        self._show_chosen()
        self.asking.say(_("{choice} chosen.").format(choice=found.name))
        self.edited.emit(self.value())

    def _remove(self, row: int) -> None:
        mention = self._mentions.pop(row)
        if not self._mentions:
            self.finder.line.setFocus(Qt.FocusReason.OtherFocusReason)
        self._show_chosen()
        self.asking.say(_("{choice} removed.").format(choice=mention.name))
        self.edited.emit(self.value())


def _mention(hit: ServiceHit) -> ServiceMention:
    return ServiceMention(id=hit.id, name=hit.name, place=hit.place, provider=hit.provider)
