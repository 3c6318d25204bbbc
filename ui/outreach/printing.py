"""Paints pages into a PDF or onto a printer, one page a turn of the event loop, so that no key waits.

Qt's PDFs have no tags: a screen reader cannot use them, so the window calls them print copies.
"""

from collections.abc import Callable, Iterator

from PySide6.QtCore import QBuffer, QIODevice, QMarginsF, QObject, QTimer
from PySide6.QtGui import QPagedPaintDevice, QPageLayout, QPageSize, QPainter, QPdfWriter

from ui.outreach.pages import Pages

_POINTS_PER_INCH = 72
_PDF_DPI = 300


class Printing(QObject):
    """Told ``progress(done, all)`` and then ``done()``, or ``failed()`` where the device takes no more."""

    def __init__(
        self,
        progress: Callable[[int, int], object],
        done: Callable[[], object],
        failed: Callable[[], object],
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._progress, self._done, self._failed = progress, done, failed
        self._slices: Iterator[bool] = iter(())
        self._timer = QTimer(self)
        self._timer.setInterval(0)
        self._timer.timeout.connect(self._next)

    @property
    def running(self) -> bool:
        return self._timer.isActive()

    def start(self, pages: Pages, device: QPagedPaintDevice, dots_per_inch: int) -> None:
        self.run(self._paint(pages, device, dots_per_inch))

    def run(self, slices: Iterator[bool]) -> None:
        """One slice a turn; False among them is a failure."""
        self._slices = slices
        self._timer.start()

    def stop(self) -> None:
        """What was painted until now is on the device; nothing is told."""
        self._timer.stop()
        # Ends the painter, which must not outlive its device.
        self._slices = iter(())

    def _next(self) -> None:
        going_on = next(self._slices, None)
        if going_on is None:
            self._timer.stop()
            self._done()
        elif not going_on:
            self.stop()
            self._failed()

    def _paint(self, pages: Pages, device: QPagedPaintDevice, dots_per_inch: int) -> Iterator[bool]:
        for _slice in pages.build():
            yield True
        numbers = pages.paper.numbers or (None,)
        total = len(numbers) * pages.count
        painter = QPainter()
        if not painter.begin(device):
            yield False
            return
        try:
            scale = dots_per_inch / _POINTS_PER_INCH
            for number in numbers:
                for page in range(pages.count):
                    done = numbers.index(number) * pages.count + page
                    if done and not device.newPage():
                        yield False
                        return
                    painter.save()
                    painter.scale(scale, scale)
                    pages.paint(painter, page, number)
                    painter.restore()
                    self._progress(done + 1, total)
                    yield True
        finally:
            painter.end()


class PdfInMemory:
    """The writer's PDF as bytes, so that a half-written file never lies anywhere."""

    def __init__(self, title: str) -> None:
        self._buffer = QBuffer()
        self._buffer.open(QIODevice.OpenModeFlag.WriteOnly)
        self.writer = QPdfWriter(self._buffer)
        self.writer.setTitle(title)
        self.writer.setResolution(_PDF_DPI)
        on_whole_a4(self.writer)

    @property
    def dots_per_inch(self) -> int:
        return self.writer.resolution()

    def data(self) -> bytes:
        return bytes(self._buffer.data().data())


def on_whole_a4(device: QPagedPaintDevice) -> None:
    """From edge to edge: the margins are the paper's own."""
    layout = QPageLayout(
        QPageSize(QPageSize.PageSizeId.A4), QPageLayout.Orientation.Portrait, QMarginsF(0, 0, 0, 0)
    )
    layout.setMode(QPageLayout.Mode.FullPageMode)
    device.setPageLayout(layout)
