"""Takes pictures of widgets as PNG files that are small and crisp."""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from pathlib import Path

from PySide6.QtCore import QBuffer, QIODevice, QPoint, Qt
from PySide6.QtGui import QImage, QPainter
from PySide6.QtWidgets import QDialog, QWidget

from tests.ui.record.desk import turn

MUCH_THE_SAME = 5


class Camera:
    """Writes what a widget shows to ``folder``, and keeps the size of each picture in bytes.

    ``wanted`` are the pictures to take, all where it is empty; ``shop_windows`` are folders to which the
    pictures of these names go too.
    """

    def __init__(
        self, folder: Path, wanted: Sequence[str], shop_windows: Mapping[Path, Collection[str]]
    ) -> None:
        self.folder = folder
        self.wanted = wanted
        self.shop_windows = shop_windows
        self.taken: dict[str, int] = {}

    def take(self, name: str, widget: QWidget, over: QDialog | None = None) -> None:
        """One picture; ``over`` is a dialog that stands in the middle of the window."""
        if self.wanted and name not in self.wanted:
            return
        turn()
        picture = widget.grab().toImage()
        if over is not None:
            at = QPoint((widget.width() - over.width()) // 2, max(0, (widget.height() - over.height()) // 2))
            painter = QPainter(picture)
            painter.drawPixmap(at, over.grab())
            painter.drawRect(at.x() - 1, at.y() - 1, over.width() + 1, over.height() + 1)
            painter.end()
        data = png(picture)
        self.folder.mkdir(parents=True, exist_ok=True)
        (self.folder / f"{name}.png").write_bytes(data)
        for shop_window, shown in self.shop_windows.items():
            if name in shown:
                shop_window.mkdir(parents=True, exist_ok=True)
                (shop_window / f"{name}.png").write_bytes(data)
        self.taken[name] = len(data)
        print(f"{name:<24} {picture.width()} × {picture.height()}, {len(data) / 1000:.0f} kB")


def png(picture: QImage) -> bytes:
    """With a palette of 256 colours: letters stay crisp, and a screen takes a fifth."""
    plain = picture.convertToFormat(QImage.Format.Format_RGB32)
    seen = Counter(memoryview(plain.constBits()).cast("I"))
    table = commonest(seen)
    few = plain.convertToFormat(QImage.Format.Format_Indexed8, table, Qt.ImageConversionFlag.ThresholdDither)
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    few.save(buffer, "PNG", 0)  # type: ignore[call-overload]  # 0 packs most
    return bytes(buffer.data().data())


def commonest(seen: Counter[int]) -> list[int]:
    """At most 256 colours, none beside another that is much the same: a rare green keeps its place."""
    table: list[int] = []
    for colour, _count in seen.most_common():
        if len(table) == 256:
            break
        if all(distance(colour, one) > MUCH_THE_SAME for one in table):
            table.append(colour)
    return table


def distance(one: int, other: int) -> int:
    """The greatest difference in red, green or blue."""
    return max(abs((one >> shift & 255) - (other >> shift & 255)) for shift in (0, 8, 16))
