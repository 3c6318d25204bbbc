"""How the screens look and which language they speak, shown at once as it is chosen."""

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import (
    QApplication,
    QButtonGroup,
    QDialog,
    QGroupBox,
    QHBoxLayout,
    QRadioButton,
    QVBoxLayout,
    QWidget,
)

from intake_app import i18n
from intake_app import settings as settings_file
from intake_app.errors import IntakeError
from intake_app.i18n import Language, _
from intake_app.settings import Settings
from ui import fonts, theme, translation
from ui.form.ink import ProblemBox
from ui.language_trouble import language_troubles
from ui.messages import sentence
from ui.record.flow import GAP_PX, FlowLayout
from ui.rows import button, note
from ui.settings.dialog_area import DialogArea
from ui.theme import em
from ui.translation import tr
from ui.workplace import Workplace

_AROUND_EM = 3
_SHARE_OF_SCREEN = 0.9
TEXT_SIZES_PERCENT = (100, 125, 150, 200, 250)


def _languages() -> tuple[Language, ...]:
    """Those with a catalogue, then the two pseudo-languages that show what a translation would break."""
    return (*i18n.languages(), *(Language(tag, tag, True) for tag in i18n.PSEUDO_LANGUAGES))


def _language_label(language: Language) -> str:
    if language.tag in i18n.PSEUDO_LANGUAGES:
        return _("Pseudo-language {tag}, for testing").format(tag=language.tag)
    if language.reviewed:
        return language.own_name
    return _("{language} (draft, not yet reviewed)").format(language=language.own_name)


def _percent(size: int) -> str:
    return _("{size} %").format(size=size)


class PreferencesDialog(QDialog):
    """Every choice takes effect as it is made; "Go back" returns to how it was."""

    def __init__(self, workplace: Workplace, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._workplace = workplace
        self._before = workplace.settings
        self._chosen = workplace.settings
        self._fitting = QTimer(self)
        self._fitting.setSingleShot(True)
        self._fitting.timeout.connect(self._fit)
        tr(self, self.setWindowTitle, lambda: _("How it looks and which language"))
        outer = QVBoxLayout(self)
        self._area = DialogArea()
        outer.addWidget(self._area, 1)
        # Beside one another while there is room, else below one another: at 200 % there is none.
        self._choices = QWidget()
        columns = FlowLayout(self._choices)
        self._area.column.addWidget(self._choices)
        columns.addWidget(
            self._choice(
                "language",
                lambda: _("Language of the screens"),
                [(one.tag, partial(_language_label, one)) for one in _languages()],
                self._before.language or i18n.language(),
                lambda tag: self._try(self._chosen._replace(language=tag)),
            )
        )
        columns.addWidget(
            self._choice(
                "theme",
                lambda: _("Colours"),
                [
                    ("system", lambda: _("As the computer")),
                    ("light", lambda: _("Light")),
                    ("dark", lambda: _("Dark")),
                    ("high_contrast", lambda: _("High contrast")),
                ],
                self._before.theme,
                lambda code: self._try(self._chosen._replace(theme=code)),
            )
        )
        columns.addWidget(
            self._choice(
                "text_size",
                lambda: _("Size of the text"),
                [(str(size), partial(_percent, size)) for size in TEXT_SIZES_PERCENT],
                str(self._before.text_size),
                lambda size: self._try(self._chosen.with_text_size(int(size))),
            )
        )
        self._area.column.addWidget(
            note(lambda: _("Languages marked draft were not yet reviewed by somebody who speaks them."))
        )
        self.problem = ProblemBox()
        self.problem.show_words("")
        self._area.column.addWidget(self.problem)
        self._area.column.addStretch(1)
        line = QHBoxLayout()
        outer.addLayout(line)
        keep = button(lambda: _("Keep"), "preferences_keep", self.accept)
        keep.setDefault(True)
        line.addWidget(keep)
        line.addWidget(button(lambda: _("Go back to how it was"), "preferences_back", self.reject))
        line.addStretch(1)
        theme.state().changed.connect(self._fit_soon)
        tr(self, lambda _nothing: self._fit_soon(), str)
        self._fit()

    def _fit_soon(self) -> None:
        """Words and letters that have just changed are measured in the next turn of the event loop."""
        self._fitting.start()

    def _fit(self) -> None:
        """As wide as the choices beside one another, and no larger than the screen."""
        room = self.screen().availableGeometry()
        boxes = self._choices.findChildren(QGroupBox)
        # What is around them, and the bar that scrolls them where they are many.
        around = em(self, _AROUND_EM) + self._area.verticalScrollBar().sizeHint().width()
        widths = [one.sizeHint().expandedTo(one.minimumSizeHint()).width() for one in boxes]
        beside = sum(widths) + GAP_PX * len(widths)
        wide = max(max(widths), min(beside, round(room.width() * _SHARE_OF_SCREEN) - around))
        self.resize(wide + around, self.height())
        self._area.updateGeometry()
        self.resize(self.width(), self.sizeHint().height())

    def _choice(
        self,
        identifier: str,
        title: Callable[[], str],
        choices: Sequence[tuple[str, Callable[[], str]]],
        chosen: str,
        choose: Callable[[str], None],
    ) -> QGroupBox:
        box = QGroupBox()
        tr(box, box.setTitle, title)
        column = QVBoxLayout(box)
        group = QButtonGroup(box)
        for code, label in choices:
            radio = QRadioButton()
            radio.setAccessibleIdentifier(f"{identifier}_{code}")
            radio.setChecked(code == chosen)
            if identifier == "language" and code not in i18n.PSEUDO_LANGUAGES:
                radio.setFont(fonts.for_name_of(code))
            tr(radio, radio.setText, label)
            radio.toggled.connect(lambda on, code=code: choose(code) if on else None)
            group.addButton(radio)
            column.addWidget(radio)
        column.addStretch(1)
        return box

    def _try(self, settings: Settings) -> None:
        before, self._chosen = self._chosen, settings
        self._show(before, settings)
        troubles = " ".join(language_troubles(self._workplace.library))
        self.problem.show_words(troubles)
        if troubles and settings.language != before.language:
            self._workplace.announce(troubles)

    @staticmethod
    def _show(before: Settings, settings: Settings) -> None:
        app = QApplication.instance()
        if not isinstance(app, QApplication):
            return
        if settings.language != before.language:
            translation.use_language(app, settings.language or "en")
        if (settings.theme, settings.text_size) != (before.theme, before.text_size):
            theme.apply(app, settings.theme, settings.text_size)

    def accept(self) -> None:
        self._workplace.settings = self._chosen
        chosen, folder = self._chosen, self._workplace.folder

        def failed(error: IntakeError) -> None:
            self._workplace.announce(sentence(error))

        self._workplace.background.run(
            self._workplace.background, lambda: settings_file.save(chosen, folder), lambda _none: None, failed
        )
        super().accept()

    def reject(self) -> None:
        self._show(self._chosen, self._before)
        super().reject()
