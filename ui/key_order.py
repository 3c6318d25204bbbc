"""Keys take effect in the order in which they were pressed, whoever else wants to look at them first.

While a screen reader runs, Qt asks it about each key and types the letter when the answer is back, up to a
tenth of a second later. A shortcut waits for nobody. So the last letters before Ctrl+N were typed into the
new record (seen with Orca 43), and those after it, while the old was on its way to the disk, into the old.
"""

import time
from collections import deque
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication, QEvent, QObject, Qt, QTimer
from PySide6.QtGui import QInputMethodEvent, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QApplication, QWidget

from ui.narrative import NarrativeBox

ANSWERED_WITHIN_MS = 300
"""Qt gives a screen reader 100 ms for a key, and then types it; a key not typed by now was taken for good."""

LONGEST_HOLD_MS = 10_000
"""No mistake of ours may leave the keyboard dead."""

_MODIFIERS = frozenset(
    (Qt.Key.Key_Shift, Qt.Key.Key_Control, Qt.Key.Key_Alt, Qt.Key.Key_AltGr, Qt.Key.Key_Meta)
)
_KEYS = (QEvent.Type.KeyPress, QEvent.Type.KeyRelease)


@dataclass(frozen=True, slots=True)
class _Press:
    """A key that was pressed and has not been typed yet; ``number`` counts all presses."""

    number: int
    event: QKeyEvent
    at_s: float


@dataclass(frozen=True, slots=True)
class _Waiting:
    """What has its turn later: an act, ``after`` the press of that number, or that very key."""

    after: int
    do: Callable[[], object]
    is_key: bool = False


class KeyOrder(QObject):
    """Looks at the keys of one window. Where nobody asks for it, keys go through as ever."""

    def __init__(self, window: QWidget, monotonic_s: Callable[[], float] = time.monotonic) -> None:
        super().__init__(window)
        self._window = window
        self._monotonic_s = monotonic_s
        self._pressed: deque[_Press] = deque()
        self._line: deque[_Waiting] = deque()
        self._number = self._typed = 0  # the last press, and the last that was typed or is not going to be
        self._holds: set[int] = set()
        self._hold_number = 0
        self._is_going_on = False
        self._patience = QTimer(self, singleShot=True, interval=ANSWERED_WITHIN_MS)
        self._patience.timeout.connect(self._wait_no_longer)
        window.winId()  # makes the window of the system, through which every key comes
        self._handle = window.windowHandle()
        self._handle.installEventFilter(self)

    @classmethod
    def of(cls, window: QWidget) -> "KeyOrder":
        """The one of this window, made when it is first asked for."""
        return window.findChild(cls, options=Qt.FindChildOption.FindDirectChildrenOnly) or cls(window)

    def watch(self, field: NarrativeBox) -> None:
        """A text field that also gets words from an input method, which come by no key.

        No key of ours acts while one is composed: it would act on half a word.
        """
        field.installEventFilter(self)

    def in_turn(self, act: Callable[[], object], shortcuts: Iterable[QKeySequence] = ()) -> None:
        """Does ``act`` after all keys that were pressed before; at once where none is still to be typed.

        ``shortcuts`` are the keys that may have led here: theirs is no letter to wait for.
        """
        if self._pressed and QKeySequence(self._pressed[-1].event.keyCombination()) in shortcuts:
            self._pressed.pop()
        self._forget_what_was_taken()
        if self._is_going_on or not (self._pressed or self._line or self._holds):
            act()
        else:
            self._line.append(_Waiting(self._pressed[-1].number if self._pressed else self._typed, act))
            self._patience.start()

    def hold(self) -> Callable[[], None]:
        """Lets keys wait until the returned function is called, which may happen more than once."""
        self._hold_number += 1
        number = self._hold_number
        self._holds.add(number)

        def release() -> None:
            self._holds.discard(number)
            self._go_on()

        QTimer.singleShot(LONGEST_HOLD_MS, self, release)
        return release

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        kind = event.type()
        if kind == QEvent.Type.ShortcutOverride and isinstance(watched, NarrativeBox):
            if watched.is_composing():
                event.accept()
                return True
            return False
        if kind == QEvent.Type.InputMethod and isinstance(event, QInputMethodEvent):
            return watched is not self._handle and self._is_composed_later(event)
        if watched is not self._handle or not isinstance(event, QKeyEvent):
            return False
        if kind == QEvent.Type.ShortcutOverride and event.spontaneous():
            self._note(event)
        elif kind in _KEYS and QApplication.activePopupWidget() is not None:
            return self._was_for_the_page(event)
        elif kind in _KEYS and not self._is_going_on:
            return self._is_typed_later(event)
        return False

    # --- what comes by the keyboard

    def _note(self, event: QKeyEvent) -> None:
        if event.key() not in _MODIFIERS:
            self._number += 1
            self._pressed.append(_Press(self._number, _copy(event), self._monotonic_s()))

    def _is_typed_later(self, event: QKeyEvent) -> bool:
        number = self._number_of(event) if event.type() == QEvent.Type.KeyPress else self._typed
        if number > self._typed:
            # Whatever was pressed before has been typed or was taken; its letter stands by now.
            self._typed = number - 1
            self._go_on()
            self._typed = number
        if self._holds or (self._line and self._line[0].after < number):
            self._line_up(_Waiting(number, _sender(self._handle, _copy(event)), is_key=True))
            return True
        if self._line:
            QTimer.singleShot(0, self, self._go_on)
        return False

    def _was_for_the_page(self, event: QKeyEvent) -> bool:
        """A menu is open, and keys go to it by a window of its own: this one was pressed before.

        Alt of "Alt+O" came after the menu that it opens, and closed it (seen with Orca 43, 2 of 12 times).
        """
        page = self._window.focusWidget()
        if event.key() not in _MODIFIERS and page is not None:
            self._number_of(event)
            QCoreApplication.sendEvent(page, _copy(event))
        return True

    def _number_of(self, event: QKeyEvent) -> int:
        if event.key() in _MODIFIERS:
            return self._typed
        for place, press in enumerate(self._pressed):
            if (press.event.key(), press.event.text()) == (event.key(), event.text()):
                for _taken in range(place + 1):
                    self._pressed.popleft()
                return press.number
        self._number += 1  # sent by somebody who does not press keys
        return self._number

    def _is_composed_later(self, event: QInputMethodEvent) -> bool:
        if not self._holds or self._is_going_on:
            return False
        words = event.commitString()
        if words:
            self._line.append(_Waiting(self._typed, lambda: _commit(words)))
        return True

    # --- what waits

    def _line_up(self, key: _Waiting) -> None:
        """Before the acts that its press came before: the screen reader may have kept it till after them."""
        place = next(
            (at for at, one in enumerate(self._line) if not one.is_key and one.after >= key.after),
            len(self._line),
        )
        self._line.insert(place, key)

    def _go_on(self) -> None:
        if self._is_going_on:
            return
        self._is_going_on = True
        try:
            while self._line and not self._holds:
                if self._line[0].after > self._typed:
                    return
                self._line.popleft().do()
        finally:
            self._is_going_on = False

    def _wait_no_longer(self) -> None:
        self._forget_what_was_taken()
        if self._pressed and self._line:
            self._patience.start()
        self._go_on()

    def _forget_what_was_taken(self) -> None:
        """By the screen reader as one of its commands, or by the menu bar: such a key is never typed."""
        oldest_s = self._monotonic_s() - ANSWERED_WITHIN_MS / 1000
        while self._pressed and self._pressed[0].at_s <= oldest_s:
            self._typed = max(self._typed, self._pressed.popleft().number)


def _copy(event: QKeyEvent) -> QKeyEvent:
    return QKeyEvent(
        event.type(),
        event.key(),
        event.modifiers(),
        event.nativeScanCode(),
        event.nativeVirtualKey(),
        event.nativeModifiers(),
        event.text(),
        event.isAutoRepeat(),
        event.count(),
    )


def _sender(handle: QObject, event: QKeyEvent) -> Callable[[], object]:
    return lambda: QCoreApplication.sendEvent(handle, event)


def _commit(words: str) -> None:
    focus = QApplication.focusWidget()
    if focus is not None:
        event = QInputMethodEvent("", [])
        event.setCommitString(words)
        QCoreApplication.sendEvent(focus, event)
