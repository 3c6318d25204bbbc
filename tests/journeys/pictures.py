"""Pictures of every screen: ``python3 dev.py screenshots [--out FOLDER] [NAME …]``.

The whole window without a screen, on a real store with the shipped question sets and the sample data,
where every service, person and story is made up. All pictures go to ``build/pictures``; those that the
README and the manual show are also brought up to date beside them, in ``docs``.
"""

import argparse
import os
import random
import re
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

# Before Qt is loaded: the pictures need no screen, and look the same on every machine.
os.environ["QT_QPA_PLATFORM"] = "offscreen"
sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from PySide6.QtCore import (
    QMessageLogContext,
    Qt,
    QtMsgType,
    qInstallMessageHandler,
)
from PySide6.QtGui import QAccessible, QImage, QPainter
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QWidget

from intake_app import demo, drafting
from intake_app.approvals import Approval
from intake_app.attachments import Origin
from intake_app.channels.email.files import Found
from intake_app.channels.email.taking_in import take_in
from intake_app.forms.library import Library
from intake_app.practice import callers
from intake_app.practice import place as practice_place
from intake_app.records import Record
from intake_app.settings import Settings
from intake_app.store.opening import open_store
from intake_app.store.store import Store
from intake_app.store.summaries import RecordQuery
from intake_app.times import IdMaker, Instant
from tests.journeys.camera import Camera
from tests.ui.record.desk import parse, turn
from ui import accessibility, theme
from ui.attachments.adding import Offered
from ui.background import Background
from ui.email.messages_dialog import MessagesDialog
from ui.first_run.first_run_page import FirstRunPage
from ui.first_run.restore_page import RestorePage
from ui.form.autosave import AUTOSAVE_LONGEST_MS
from ui.main_window import MainWindow, build_pages
from ui.outreach.print_forms_dialog import PrintFormsDialog
from ui.passphrase_page import PassphrasePage
from ui.record.about_service import AboutServiceDialog
from ui.settings.back_up_dialog import BackUpDialog
from ui.settings.export_dialog import ExportDialog
from ui.settings.import_services_dialog import ImportServicesDialog
from ui.settings.join_hub_dialog import JoinHubDialog
from ui.settings.preferences_dialog import PreferencesDialog
from ui.settings.staff_dialog import StaffDialog
from ui.settings.wordings_dialog import WordingsDialog
from ui.shell import ShellWindow
from ui.translation import use_language
from ui.workplace import Workplace

ROOT = Path(__file__).resolve().parents[2]
EVERYTHING, SHOWN = ROOT / "build" / "pictures", ROOT / "docs" / "pictures"
IN_THE_README = ("record", "service_search", "danger", "wrap_up", "list", "record_dark", "record_ar-XB")
MANUAL = ROOT / "docs" / "manual"
SIZE = (1366, 768)
MOST_BYTES = 120_000
LONG_ENOUGH_S = 10
NOW = Instant.parse("2026-11-20T10:14:00.000Z")
STORY = (
    "I rang the surgery at eight and was number 34. When I got through, all the appointments were gone. "
    "The receptionist was kind about it, she told me to try the pharmacy."
)
# Digits that no store was ever given: the check digits are wrong.
CODE = "12345 23456 34567 45678 56789 67890 78901 89012"
EMAILS = (
    "From: Zofia Example <zofia@example.org>\nSubject: Nobody rang back\n"
    "Date: Wed, 04 Nov 2026 09:00:00 +0000\nMessage-ID: <1@example.org>\n\n"
    "Nobody rang back for three weeks.\n\nOn Tue, 3 Nov 2026 at 09:00, Healthwatch <feedback@example.org> "
    "wrote:\n\n> How was your visit?\n",
    "From: Imran Sample <imran@example.org>\nSubject: The ward\nDate: Thu, 05 Nov 2026 10:00:00 +0000\n"
    "Message-ID: <2@example.org>\n\nThe nurses on the ward were wonderful. The food was cold.\n",
)
OFFICE = {
    "paper": PrintFormsDialog,
    "preferences": PreferencesDialog,
    "staff": StaffDialog,
    "wordings": WordingsDialog,
    "import_services": ImportServicesDialog,
    "back_up": BackUpDialog,
    "export": ExportDialog,
    "join_hub": JoinHubDialog,
}
LOOKS = {
    "record_dark": ("en", "dark", 100),
    "record_high_contrast": ("en", "high_contrast", 100),
    "record_200_percent": ("en", "light", 200),
    "record_ar-XB": ("ar-XB", "light", 100),
    "record_en-XA": ("en-XA", "light", 100),
    "record_cy": ("cy", "light", 100),
    "record_ur": ("ur", "light", 100),
}


class Window:
    """The window on the sample store, driven by keys."""

    def __init__(self, store: Store, folder: Path, clock: Callable[[], Instant]) -> None:
        self.shell = ShellWindow()
        self.shell.resize(*SIZE)
        self.shell.show()
        self.shell.activateWindow()
        self.shell.narrative.setFocus()
        turn()
        self.workplace = Workplace(
            folder=folder, store=store, library=Library.shipped(), background=Background(),
            sync_background=Background(name="sync"), settings=Settings(), clock=clock, ids=ids(clock),
            announce=self.shell.status.say,
        )  # fmt: skip
        for _slice in build_pages(self.shell, self.workplace):
            turn()
        (self.window,) = self.shell.findChildren(MainWindow)
        self.settle()

    def press(self, *presses: str) -> None:
        for keys in presses:
            key, modifiers = parse(keys)
            QTest.keyClick(focus(), key, modifiers)
            self.settle()

    def type(self, words: str) -> None:
        QTest.keyClicks(focus(), words)
        self.settle()

    def settle(self) -> None:
        """Until the worker has done and told everything, and what is put off for a moment has happened."""
        end = time.monotonic() + 0.35
        while time.monotonic() < end:
            turn()
        done: list[bool] = []
        self.workplace.background.run(self.shell, lambda: True, done.append)
        wait_for(lambda: bool(done))

    def rest(self) -> None:
        """Until a pause in the typing has saved what was typed."""
        end = time.monotonic() + 2 * AUTOSAVE_LONGEST_MS / 1000
        while time.monotonic() < end:
            turn()
        self.settle()

    def finished(self) -> Record:
        """A finished record with a service and a topic."""
        page = self.workplace.store.records.find(RecordQuery(state="finished", include_drafts=False))
        return self.workplace.store.records.get(page.rows[0].id)

    def close(self) -> None:
        self.workplace.background.close()
        self.workplace.sync_background.close()
        turn()


def ids(clock: Callable[[], Instant]) -> IdMaker:
    """The same ones each time, so that a picture changes only when the screen does."""
    return IdMaker(clock, random.Random(NOW.utc_ms).getrandbits)


def focus() -> QWidget:
    widget = QApplication.focusWidget()
    assert widget is not None, "nothing has the focus"
    return widget


def wait_for(check: Callable[[], bool]) -> None:
    end = time.monotonic() + LONG_ENOUGH_S
    while not check():
        if time.monotonic() > end:
            raise TimeoutError("the window did not come to rest")
        turn()


def before_the_window(camera: Camera) -> None:
    """The first run, its recovery code, restoring, and the passphrase."""
    shell = ShellWindow()
    shell.resize(*SIZE)
    first = FirstRunPage(needs_passphrase=True)
    restore, passphrase = RestorePage(), PassphrasePage()
    for page in (first, restore, passphrase):
        shell.add_page(page)
    shell.show()
    shell.activateWindow()
    shell.show_page(first)
    first.organisation.setText("Healthwatch Exampleshire")
    first.area.setText("Exampleshire")
    first.staff_name.setText("Sam Sample")
    first.staff_name.setFocus()
    camera.take("first_run", shell)
    first.show_recovery_code(CODE)
    camera.take("recovery_code", shell)
    shell.show_page(restore)
    restore.enter()
    camera.take("restore", shell)
    shell.show_page(passphrase)
    passphrase.enter()
    camera.take("passphrase", shell)
    shell.hide()


def a_call(camera: Camera, window: Window, forward: Callable[[int], None]) -> None:
    """One call from the first word to the wrap-up, and the record page in every look."""
    shell = window.shell
    window.type(STORY)
    forward(95)
    window.rest()
    camera.take("story_only", shell)
    window.press("F11", "F2")
    window.type("oaks sur")
    window.settle()
    camera.take("service_search", shell)
    window.press("Down", "Return", "Ctrl+Return", "1", "Ctrl+Return", "3", "Ctrl+Return")
    window.type("getting through")
    camera.take("topic_search", shell)
    window.press("Down", "Return", "2", "Ctrl+Return")
    window.type("last week")
    forward(60)
    window.rest()
    camera.take("record", shell)
    for name, (language, colours, percent) in LOOKS.items():
        if not camera.wanted or name in camera.wanted:
            show_as(window, language, colours, percent)
            camera.take(name, shell)
    show_as(window, "en", "light", 100)
    in_urdu(camera, window)
    window.press("Ctrl+Return", "2", "F7")
    camera.take("danger", shell)
    window.press("F7")
    window.press("F8")
    camera.take("read_back", shell)
    window.press("F12")
    camera.take("wrap_up", shell)
    window.press("Esc", "F2", "F1")
    camera.take("guidance", shell)
    window.press("F1")
    camera.take("keys", shell)
    window.press("Esc", "F5")
    with_dialog(camera, window, "support")
    window.press("Ctrl+.")
    camera.take("quick_codes", shell)
    window.press("Esc", "Shift+F9")
    camera.take("parked", shell)
    window.press("Esc", "Ctrl+Shift+P")
    window.type("park")
    camera.take("palette", shell)
    window.press("Esc", "Ctrl+Shift+I", "3")
    window.rest()
    camera.take("enquiry", shell)


def with_dialog(camera: Camera, window: Window, name: str) -> None:
    dialog = QApplication.activeModalWidget()
    assert isinstance(dialog, QDialog), f"no dialog is open for {name}"
    camera.take(name, window.shell, over=dialog)
    dialog.close()
    window.shell.activateWindow()
    window.settle()


def the_channels(camera: Camera, window: Window) -> None:
    """Text relay, a letter beside the words, and the emails that wait."""
    shell, page = window.shell, window.window.record
    window.press("Ctrl+N")
    page.relay.switch_on()
    window.settle()
    window.press("F6")
    pane = page.relay.pane
    assert pane is not None
    pane.box.setFocus()
    for words in ("hello i want to tell you about my surgery ga", "they rang me and i am deaf ga"):
        window.type(words)
        window.press("Return")
        window.press("Ctrl+Shift+Y")
        pane.box.setFocus()
    camera.take("relay", shell)
    window.press("Ctrl+Shift+H", "F9", "Ctrl+N")
    letter = "The ward was cold and nobody came when I rang."
    page.files.adding().add([Offered("letter.png", Origin.FILE, image=written_letter(letter))])
    wait_for(lambda: bool(page.open_record.draft.record.attachments))
    window.type(letter)
    window.press("Ctrl+Shift+F")
    camera.take("files", shell)
    window.press("Esc")
    store = window.workplace.store
    take_in(store.inbox, [Found(Path("sample.eml"), email.encode()) for email in EMAILS])
    shell.activateWindow()
    MessagesDialog(window.workplace, shell).open()
    window.settle()
    with_dialog(camera, window, "emails")


def written_letter(words: str) -> QImage:
    """What a scanner makes of one line of writing."""
    picture = QImage(1240, 1754, QImage.Format.Format_Grayscale8)
    picture.fill(Qt.GlobalColor.white)
    painter = QPainter(picture)
    font = painter.font()
    font.setPixelSize(32)
    painter.setFont(font)
    painter.drawText(120, 200, words)
    painter.end()
    return picture


def in_urdu(camera: Camera, window: Window) -> None:
    """The questions in the person's language: beside the English, and large."""
    page = window.window.record
    record = page.open_record
    record.apply(drafting.with_record(record.current(), asked_in="ur"))
    page.navigation.go_to_question(page.parts.form_pane.section.key, "experience_kind")
    window.settle()
    camera.take("person_words", window.shell)
    wordings = window.workplace.library.wordings
    wordings.use([Approval(language="ur", reviewed_by="Sample", hashes=wordings.hashes("ur"))])
    page.person_words.enlarge()
    view = page.person_words.view
    assert view is not None
    view.showNormal()
    view.resize(*SIZE)
    window.settle()
    camera.take("person_large", view)
    view.reject()
    wordings.use([])
    record.apply(drafting.with_record(record.current(), asked_in=""))
    window.shell.activateWindow()
    window.settle()


def practising(camera: Camera, window: Window) -> None:
    """The practice window: a caller on the line, and the comparison."""
    practice = window.window.practice
    assert practice is not None
    caller = next(one for one in callers.shipped() if one.id == "distressed")
    practice.choose(caller)
    window.settle()
    window.press("Ctrl+Shift+L", "Ctrl+Shift+L")
    window.type("My mum has bruises on both her arms.")
    window.press("Ctrl+Shift+L")
    camera.take("practice", window.shell)
    window.press(*["Ctrl+Shift+L"] * (len(caller.turns) - 2))
    camera.take("comparison", window.shell)


def in_the_manual() -> set[str]:
    """The pictures that its pages show."""
    pages = "".join(page.read_text(encoding="utf-8") for page in MANUAL.glob("*.md"))
    return set(re.findall(r"\(pictures/(\w+)\.png\)", pages))


def show_as(window: Window, language: str, colours: str, percent: int) -> None:
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    use_language(app, language)
    theme.apply(app, colours, percent)
    window.settle()


def the_office(camera: Camera, window: Window) -> None:
    """The list, one record, and the dialogs of the office menu."""
    shell = window.shell
    window.press("Ctrl+S", "Ctrl+L")
    camera.take("list", shell)
    window.window.list.show_record(window.finished().id)
    window.settle()
    camera.take("record_view", shell)
    window.press("Esc")
    about = AboutServiceDialog(window.workplace, window.finished().items[0].services[0].id, shell)
    about.open()
    window.settle()
    camera.take("about_service", shell, over=about)
    about.close()
    for name, kind in OFFICE.items():
        dialog = kind(window.workplace, shell)
        dialog.open()
        window.settle()
        camera.take(name, shell, over=dialog)
        dialog.close()
    turn()


def _tell(_kind: QtMsgType, _where: QMessageLogContext, words: str) -> None:
    # A window without a screen has no hints of its size to pass on, and says so each time.
    if "propagateSizeHints" not in words:
        print(words, file=sys.stderr)


def main() -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("names", nargs="*", metavar="NAME", help="only these pictures")
    parser.add_argument("--out", type=Path, default=EVERYTHING)
    options = parser.parse_args()
    qInstallMessageHandler(_tell)
    app = QApplication(["intake"])
    accessibility.install(app)
    QAccessible.setActive(True)
    theme.apply(app, "light", 100)
    now = [NOW]

    def forward(seconds: int) -> None:
        now[0] = Instant(now[0].utc_ms + seconds * 1000)

    shop_windows = {SHOWN: IN_THE_README, MANUAL / "pictures": in_the_manual()}
    camera = Camera(options.out, options.names, shop_windows)
    with tempfile.TemporaryDirectory(prefix="intake-pictures-") as place:
        folder = Path(place, "intake")
        use_language(app, "en", folder / "cache")
        before_the_window(camera)
        store = demo.open_demo(folder, lambda: now[0], ids(lambda: now[0]))
        try:
            window = Window(store, folder, lambda: now[0])
            try:
                a_call(camera, window, forward)
                the_channels(camera, window)
                the_office(camera, window)
            finally:
                window.close()
        finally:
            store.close()
        at = Path(place, "intake-practice")
        practice_place.prepare(at, folder, lambda: now[0], ids(lambda: now[0]))
        store = open_store(at, practice_place.PASSPHRASE, clock=lambda: now[0], ids=ids(lambda: now[0]))
        try:
            window = Window(store, at, lambda: now[0])
            try:
                practising(camera, window)
            finally:
                window.close()
        finally:
            store.close()
    too_large = [name for name in camera.taken if name in IN_THE_README and camera.taken[name] > MOST_BYTES]
    if too_large:
        print(f"Larger than {MOST_BYTES // 1000} kB: {', '.join(too_large)}")
    print(f"{len(camera.taken)} pictures in {options.out}")
    return 1 if too_large or not camera.taken else 0


if __name__ == "__main__":
    sys.exit(main())
