"""Saves a picture of the whole screen: grab.py OUT.png. Run by the project's Python, beside a journey."""

import sys

from PySide6.QtGui import QGuiApplication


def main() -> int:
    app = QGuiApplication(["grab"])
    picture = app.primaryScreen().grabWindow(0)
    return 0 if picture.save(sys.argv[1]) else 1


if __name__ == "__main__":
    sys.exit(main())
