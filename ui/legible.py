"""For translators and developers: whether every letter of every catalogue has a picture in its font.

``python -m ui.legible`` lays every text out as the screens would, and names the catalogues that would show
empty boxes; the other checks are those of ``python -m intake_app.translations``.
"""

import os
import sys
from pathlib import Path

from PySide6.QtGui import QFont
from PySide6.QtWidgets import QApplication

from intake_app import i18n
from intake_app.assets import asset
from intake_app.translating import files
from ui import fonts


def illegible(root: Path) -> list[str]:
    """One sentence for each catalogue with signs that cannot be shown, with a text that has them."""
    findings = []
    for domain in (*files.DOMAINS, files.QT):
        for path in files.catalogues(root, domain):
            language = i18n.describe(path)
            font = fonts.for_name_of(language.tag)
            texts = [text for message in files.read(path) if message.id for text in files.given(message)]
            bad = [text for text in (language.own_name, *texts) if not fonts.can_show(text, font)]
            if bad:
                name = path.relative_to(root).as_posix()
                signs = " ".join(sorted({sign for text in bad for sign in _unknown(text, font)}))
                findings.append(f"{name}: no font shows {signs} as in “{bad[0]}”")
    return findings


def _unknown(text: str, font: QFont) -> set[str]:
    return {f"U+{ord(sign):04X}" for sign in text if not fonts.can_show(sign, font)}


def main() -> int:
    """1 where a catalogue has letters that cannot be shown."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    QApplication.instance() or QApplication(["intake"])
    findings = illegible(asset("locales").parent)
    sys.stderr.writelines(f"{finding}\n" for finding in findings)
    return 1 if findings else 0


if __name__ == "__main__":
    sys.exit(main())
