"""Long lists of choices: a line that filters, the list, and the rows chosen from it."""

from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from intake_app.folding import fold
from intake_app.forms.model import Choice
from intake_app.i18n import _
from intake_app.text import fsi
from ui import fonts
from ui.form.chosen import ChosenRows
from ui.form.context import Asking
from ui.form.control import Control, describe
from ui.form.finder import Finder, Found
from ui.form.prompt_line import readable
from ui.translation import tr

OWN_NAME = "own_name"
"""The column of a code list that says what people call the thing themselves."""


def matching(choices: Iterable[Choice], words: str, label: Callable[[Choice], str]) -> tuple[Found, ...]:
    """The choices whose label or code has every word, those that begin with the words first; all for none.

    A language is also found by its own name, which is shown beside the other where some font has its letters,
    and is not spoken: a voice made for the language of the screens cannot read it.
    """
    wanted = fold(words).split()
    found: list[tuple[int, int, Found]] = []
    for place, choice in enumerate(choices):
        shown, own = label(choice), choice.filter.get(OWN_NAME, "")
        names = [fold(name) for name in dict.fromkeys((shown, own, choice.label if own else ""))]
        if all(any(word in name for name in names) or word == choice.code.lower() for word in wanted):
            first = 0 if not wanted or any(name.startswith(wanted[0]) for name in names) else 1
            beside = own and fold(own) not in fold(shown) and fonts.can_show_name(own)
            text = f"{shown}  {fsi(own)}" if beside else shown
            found.append((first, place, Found(choice.code, text, shown)))
    return tuple(row for _first, _place, row in sorted(found, key=lambda one: one[:2]))


class FoundChoices(Control):
    """One or several of a long list. ``several`` decides whether a second choice replaces the first."""

    def __init__(self, asking: Asking, several: bool, parent: QWidget | None = None) -> None:
        super().__init__(asking, parent)
        self._several = several
        self._codes: list[str] = []
        self._kept_label = ""
        self._name = ""
        self.finder = Finder(
            self._search, asking.say, asking.question.id, f"{asking.question.id}.results", lists_all=True
        )
        self.chosen = ChosenRows(f"{asking.question.id}.chosen", self.finder.line, self)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.finder)
        layout.addWidget(self.chosen)
        self.finder.chosen.connect(self._choose)
        self.chosen.removed.connect(self._remove)
        tr(self, self._retranslate, str)

    def _search(self, words: str, show: Callable[[tuple[Found, ...]], None]) -> None:
        rows = matching(self.asking.choices(), words, self._both)
        show(tuple(replace(row, spoken=self._label(str(row.value))) for row in rows))

    def _both(self, choice: Choice) -> str:
        """Staff's label, and the person's words beside it, which are shown and not spoken."""
        label, prompt = self.asking.choice_label(choice), self.asking.choice_prompt(choice)
        return f"{label}  ·  {fsi(readable(prompt))}" if prompt.is_foreign else label

    def show_prompts(self) -> None:
        self.finder.results.setFont(fonts.for_reader(self.asking.context.person.tag, self.font()))
        self.finder.look_again()

    def _retranslate(self, _nothing: str) -> None:
        self.finder.look_again()
        self._show_chosen()

    def stops(self) -> list[QWidget]:
        return [self.finder.line, *self.chosen.stops()]

    def buddy(self) -> QWidget:
        return self.finder.line

    def value(self) -> Any:
        if not self._codes:
            return None
        return list(self._codes) if self._several else self._codes[0]

    def show_value(self, value: Any, label: str = "") -> None:
        if value == self.value():
            return
        codes = value if isinstance(value, list | tuple) else [value]
        self._codes = [str(code) for code in codes if code is not None]
        self._kept_label = label
        self._show_chosen()

    def shown_label(self) -> str:
        return "; ".join(
            self.asking.choice_prompt(self.asking.choice(code, self._kept_label)).text for code in self._codes
        )

    def show_choices(self) -> None:
        self.finder.look_again()

    def describe(self, name: str, description: str) -> None:
        self._name = name
        hint = self.finder.list_hint()
        describe(self.finder.line, name, f"{description} {hint}".strip())
        describe(self.finder.results, _("Choices for {question}").format(question=name), "")
        self.chosen.describe(_("Chosen for {question}").format(question=name), _("Delete removes"))

    def unfinished(self) -> str:
        if words := self.finder.words():
            return _("“{words}” is not chosen yet: press Down arrow, then Enter").format(words=words)
        return ""

    def _label(self, code: str) -> str:
        return self.asking.choice_label(self.asking.choice(code, self._kept_label))

    def _show_chosen(self) -> None:
        self.chosen.show_rows([self._label(code) for code in self._codes])

    def _choose(self, code: object) -> None:
        label = self._label(str(code))
        if str(code) in self._codes:
            self.asking.say(_("{choice} is already chosen.").format(choice=label))
            return
        self._codes = [*self._codes, str(code)] if self._several else [str(code)]
        self._show_chosen()
        self.asking.say(_("{choice} chosen.").format(choice=label))
        self.edited.emit(self.value())

    def _remove(self, row: int) -> None:
        code = self._codes.pop(row)
        if not self._codes:
            self.finder.line.setFocus(Qt.FocusReason.OtherFocusReason)
        self._show_chosen()
        self.asking.say(_("{choice} removed.").format(choice=self._label(code)))
        self.edited.emit(self.value())
