"""Collects Python's garbage on the UI thread alone: any other thread would free widgets under Qt's feet.

Python collects wherever it happens to allocate, which is most often the worker thread. A cycle that holds a
widget is then taken apart there, and Qt aborts in whatever it does next (seen in list rows; Anki does the
same as here).
"""

import gc

from PySide6.QtCore import QObject, QTimer

LOOK_EVERY_MS = 1_000


class GarbageCollection(QObject):
    """From now on nothing is collected but by this timer; the thresholds are Python's own."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        gc.disable()
        timer = QTimer(self, interval=LOOK_EVERY_MS)
        timer.timeout.connect(self.look)
        timer.start()

    @staticmethod
    def look() -> None:
        """Collects the oldest generation that is due."""
        due = [
            generation
            for generation, (count, threshold) in enumerate(
                zip(gc.get_count(), gc.get_threshold(), strict=True)
            )
            if count > threshold
        ]
        if due:
            gc.collect(due[-1])

    @staticmethod
    def settle() -> None:
        """What is loaded now stays for good: it is not looked through again, so that no key waits for it."""
        gc.freeze()
