"""A window of plain Qt for the harness's own journey: a labelled box and a button."""

import sys

from PySide6.QtWidgets import QApplication, QFormLayout, QLineEdit, QPushButton, QWidget


def main() -> int:
    app = QApplication(sys.argv)
    app.setApplicationName("sample")
    window = QWidget()
    window.setWindowTitle("Sample")
    layout = QFormLayout(window)
    box = QLineEdit("Ada")
    box.setAccessibleIdentifier("name")
    button = QPushButton("Greet")
    button.setAccessibleIdentifier("greet")
    layout.addRow("&Name", box)
    layout.addRow(button)
    button.clicked.connect(lambda: box.setText(f"Hello {box.text()}"))
    window.show()
    return app.exec()


if __name__ == "__main__":
    sys.exit(main())
