"""A link that the system hands over by an event opens a call; other files and links do not."""

from PySide6.QtCore import QObject, QUrl
from PySide6.QtGui import QFileOpenEvent
from PySide6.QtWidgets import QApplication

from ui.call_links import CallLinks


def test_a_link_to_a_call_rings_and_no_other(app: QApplication) -> None:
    target = QObject()
    links = CallLinks(target)
    rung: list[tuple[str, str]] = []
    links.rung.connect(lambda channel, number: rung.append((channel, number)))

    for link in ("tel:+442079460018", "https://example.org/", "file:///tmp/x"):
        QApplication.sendEvent(target, QFileOpenEvent(QUrl(link)))

    assert rung == [("phone", "tel:+442079460018")]
