"""The language of the screens, switched live: setters run again and nothing is rebuilt."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import shiboken6
from PySide6.QtCore import QLocale, QObject
from PySide6.QtWidgets import QApplication

from intake_app import i18n
from intake_app.i18n import _

if TYPE_CHECKING:
    from intake_app.errors import LanguageUnusable

_registry: list[tuple[QObject, Callable[[str], object], Callable[[], str]]] = []
_cache: list[Path] = []
_shown = [i18n.ENGLISH]
_trouble: list[LanguageUnusable] = []
_sweep_at = 1000


def tr(owner: QObject, setter: Callable[[str], object], text: Callable[[], str]) -> None:
    """Sets a text now, and again whenever the language changes, for as long as ``owner`` lives.

    ``text`` is asked anew each time: ``tr(button, button.setText, lambda: _("Park"))``.
    """
    global _sweep_at
    if len(_registry) >= _sweep_at:
        _registry[:] = [entry for entry in _registry if shiboken6.isValid(entry[0])]
        _sweep_at = max(1000, 2 * len(_registry))
    _registry.append((owner, setter, text))
    setter(text())


def retranslate() -> None:
    """Runs every setter again whose owner still lives."""
    _registry[:] = [entry for entry in _registry if shiboken6.isValid(entry[0])]
    for owner, setter, text in tuple(_registry):
        if shiboken6.isValid(owner):
            setter(text())


def use_language(app: QApplication, tag: str, cache: Path | None = None) -> None:
    """Switches every screen to the language of this BCP 47 tag, live; what stands in the way: ``trouble``.

    Fields keep their text, undo stack, selection and focus, since only setters run. ``cache`` is where
    compiled catalogues are kept; later switches use the one that was given first.
    """
    if cache is not None:
        _cache[:] = [cache]
    _trouble.clear()
    try:
        i18n.use_language(tag, _cache[0] if _cache else None)
    except _unusable() as error:
        _trouble.append(error)
    # Dates and numbers are shown by Babel; Qt's locale only decides what is typed, and stays English.
    QLocale.setDefault(QLocale("en_GB"))
    # English after English has nothing to turn; what turns it loads a fifth of Qt's names.
    if (i18n.language(), _shown[0]) != (i18n.ENGLISH, i18n.ENGLISH):
        _turn(app)
        retranslate()
    _shown[0] = i18n.language()


def trouble() -> LanguageUnusable | None:
    """Why the screens are not in the language that was asked for last; None where they are."""
    return _trouble[0] if _trouble else None


def _unusable() -> type[LanguageUnusable]:
    # Errors have no part in the first paint, and English is never unusable.
    from intake_app.errors import LanguageUnusable

    return LanguageUnusable


def _turn(app: QApplication) -> None:
    from PySide6.QtCore import Qt

    from ui import fonts, qt_words

    fonts.for_screens(app, i18n.language())
    if not fonts.can_show(_sample(), app.font()):
        _trouble.append(_unusable()(tag=i18n.language(), reason="no_letters"))
        i18n.use_language(i18n.ENGLISH)
        fonts.for_screens(app, i18n.ENGLISH)
    qt_words.install(app)
    right_to_left = Qt.LayoutDirection.RightToLeft
    direction = right_to_left if i18n.is_right_to_left() else Qt.LayoutDirection.LeftToRight
    if app.layoutDirection() != direction:
        app.setLayoutDirection(direction)


def _sample() -> str:
    """Enough to see whether a font has the script; every letter is looked at by ``ui.legible``."""
    # The marks of the made-up languages have no picture, and need none.
    return (
        "" if i18n.language() in i18n.PSEUDO_LANGUAGES else f"{i18n.current().own_name} {_('What they said')}"
    )


def registered() -> int:
    """How many texts are registered, for tests that look for leaks."""
    return len(_registry)
