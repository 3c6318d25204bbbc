"""A picture, looked at inside the window: zoomed and moved by keys, and named to a screen reader."""

from collections.abc import Iterable

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QPoint, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QImage, QImageReader, QKeyEvent, QPainter, QPaintEvent, QResizeEvent, QWheelEvent
from PySide6.QtWidgets import QAbstractScrollArea, QWidget

from intake_app.errors import AttachmentRefused

MOST_PIXELS = 100_000_000
"""Of a picture that is opened at all: a page scanned with 600 dots an inch has 35 million."""
LONGEST_SIDE = 4_000
"""Larger ones are made smaller while they are read: enough for a page at 300 dots an inch."""
STEP = 1.25
LARGEST, SMALLEST = 8.0, 0.05
_FORMATS = {"image/png": QByteArray(b"png"), "image/jpeg": QByteArray(b"jpeg")}


def read_picture(chunks: Iterable[bytes], media_type: str) -> QImage:
    """On the worker. Raises AttachmentRefused for what is no such picture, is damaged or too large."""
    content = QByteArray(b"".join(chunks))
    buffer = QBuffer(content)
    buffer.open(QIODevice.OpenModeFlag.ReadOnly)
    # Only as what it is said to be: no other format's reader is tried on a stranger's file.
    reader = QImageReader(buffer, _FORMATS[media_type])
    reader.setDecideFormatFromContent(False)
    reader.setAutoTransform(True)
    size = reader.size()
    if not size.isValid() or size.width() * size.height() > MOST_PIXELS:
        raise AttachmentRefused(reason="picture")
    if max(size.width(), size.height()) > LONGEST_SIDE:
        reader.setScaledSize(size.scaled(LONGEST_SIDE, LONGEST_SIDE, Qt.AspectRatioMode.KeepAspectRatio))
    image = reader.read()
    if image.isNull():
        raise AttachmentRefused(reason="picture")
    # What the screen paints quickest, made here and not on the UI thread.
    return image.convertToFormat(QImage.Format.Format_RGB32)


class PictureView(QAbstractScrollArea):
    """Plus and minus zoom, 0 shows the whole width, 1 its own size, arrows and Page keys move.

    Signals: ``zoomed(int)`` percent of its own size
    """

    zoomed = Signal(int)

    def __init__(self, identifier: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleIdentifier(identifier)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMinimumSize(QSize(120, 120))
        self._image = QImage()
        self._zoom = 1.0
        self._fits = True

    @property
    def zoom(self) -> float:
        return self._zoom

    @property
    def empty(self) -> bool:
        return self._image.isNull()

    def show_picture(self, image: QImage) -> None:
        """Its whole width, from the top; an empty image takes away the one before."""
        self._image = image
        self.fit_width()
        self.verticalScrollBar().setValue(0)
        self.horizontalScrollBar().setValue(0)

    def fit_width(self) -> None:
        self._fits = True
        self._arrange()

    def zoom_by(self, factor: float) -> None:
        """About the middle of what is in sight."""
        self._fits = False
        self._set_zoom(self._zoom * factor)

    def own_size(self) -> None:
        self._fits = False
        self._set_zoom(1.0)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        across, down = self.horizontalScrollBar(), self.verticalScrollBar()
        line, page = self.fontMetrics().lineSpacing() * 2, self.viewport().height() * 9 // 10
        moves = {
            Qt.Key.Key_Left: (across, -line), Qt.Key.Key_Right: (across, line),
            Qt.Key.Key_Up: (down, -line), Qt.Key.Key_Down: (down, line),
            Qt.Key.Key_PageUp: (down, -page), Qt.Key.Key_PageDown: (down, page),
            Qt.Key.Key_Home: (down, -down.maximum()), Qt.Key.Key_End: (down, down.maximum()),
        }  # fmt: skip
        zooms = {
            Qt.Key.Key_Plus: lambda: self.zoom_by(STEP), Qt.Key.Key_Equal: lambda: self.zoom_by(STEP),
            Qt.Key.Key_Minus: lambda: self.zoom_by(1 / STEP), Qt.Key.Key_0: self.fit_width,
            Qt.Key.Key_1: self.own_size,
        }  # fmt: skip
        key = Qt.Key(event.key())
        held = event.modifiers() & ~(Qt.KeyboardModifier.KeypadModifier | Qt.KeyboardModifier.ShiftModifier)
        if held == Qt.KeyboardModifier.NoModifier and key in zooms:
            zooms[key]()
            self.zoomed.emit(round(self._zoom * 100))
        elif event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier or key not in moves:
            super().keyPressEvent(event)
        else:
            bar, by = moves[key]
            bar.setValue(bar.value() + by)

    def wheelEvent(self, event: QWheelEvent) -> None:
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.zoom_by(STEP if event.angleDelta().y() > 0 else 1 / STEP)
        else:
            super().wheelEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    def scrollContentsBy(self, _across: int, _down: int) -> None:
        self.viewport().update()

    def paintEvent(self, event: QPaintEvent) -> None:
        if self._image.isNull():
            return
        painter = QPainter(self.viewport())
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        # Only what is in sight is scaled: the whole page at eight times its size would take seconds.
        seen = self._seen()
        target = QRectF(event.rect()).intersected(QRectF(self._corner(), seen.size() * self._zoom))
        source = QRectF(
            seen.topLeft() + (target.topLeft() - self._corner()) / self._zoom, target.size() / self._zoom
        )
        painter.drawImage(target, self._image, source)
        painter.end()

    def _seen(self) -> QRectF:
        """The part of the picture that is in sight, in its own pixels."""
        start = QPoint(self.horizontalScrollBar().value(), self.verticalScrollBar().value()).toPointF()
        size = QRectF(self.viewport().rect()).size() / self._zoom
        whole = QRectF(self._image.rect())
        return QRectF(start / self._zoom, size).intersected(whole)

    def _corner(self) -> QPointF:
        """Where the picture begins: in the middle, where it is narrower than the room."""
        room = self.viewport().width() - self._image.width() * self._zoom
        return QPointF(max(0.0, room / 2), 0.0)

    def _set_zoom(self, zoom: float) -> None:
        down = self.verticalScrollBar()
        middle = (down.value() + self.viewport().height() / 2) / max(self._zoom, SMALLEST)
        self._zoom = min(LARGEST, max(SMALLEST, zoom))
        self._arrange()
        down.setValue(round(middle * self._zoom - self.viewport().height() / 2))

    def _arrange(self) -> None:
        if self._fits and self._image.width():
            self._zoom = min(LARGEST, max(SMALLEST, self.viewport().width() / self._image.width()))
        room = self.viewport().size()
        for bar, length, side in (
            (self.horizontalScrollBar(), self._image.width(), room.width()),
            (self.verticalScrollBar(), self._image.height(), room.height()),
        ):
            bar.setRange(0, max(0, round(length * self._zoom) - side))
            bar.setPageStep(side)
            bar.setSingleStep(self.fontMetrics().lineSpacing())
        self.viewport().update()
