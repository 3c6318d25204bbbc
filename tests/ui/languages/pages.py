"""Every page, panel and dialog of the window, one after another; what is cut off on each, in each look."""

from collections.abc import Callable, Iterable, Iterator, Sequence

from PySide6.QtWidgets import QApplication, QDialog

from intake_app import i18n
from tests.ui.record.desk import Desk, turn
from ui import theme
from ui.email.import_mail_dialog import ImportMailDialog
from ui.email.mailbox_dialog import MailboxDialog
from ui.email.messages_dialog import MessagesDialog
from ui.fitting import clipped
from ui.outreach.print_forms_dialog import PrintFormsDialog
from ui.settings.back_up_dialog import BackUpDialog
from ui.settings.export_dialog import ExportDialog
from ui.settings.import_services_dialog import ImportServicesDialog
from ui.settings.join_hub_dialog import JoinHubDialog
from ui.settings.preferences_dialog import PreferencesDialog
from ui.settings.staff_dialog import StaffDialog
from ui.settings.wordings_dialog import WordingsDialog
from ui.settling.quarantine_dialog import QuarantineDialog
from ui.translation import use_language
from ui.webform.responses_dialog import ResponsesDialog

SCREEN = (1366, 768)
LANGUAGES = (*(one.tag for one in i18n.languages()), *i18n.PSEUDO_LANGUAGES)
SIZES_PERCENT = (100, 200)
DIALOGS = (
    BackUpDialog, ExportDialog, ImportMailDialog, ImportServicesDialog, JoinHubDialog, MailboxDialog,
    MessagesDialog, PreferencesDialog, PrintFormsDialog, QuarantineDialog, ResponsesDialog, StaffDialog,
    WordingsDialog,
)  # fmt: skip
Look = tuple[str, int]
LOOKS: tuple[Look, ...] = tuple((language, size) for language in LANGUAGES for size in SIZES_PERCENT)


def steps(desk: Desk) -> Iterator[str]:
    """Goes through a call by keys, and names each page as it comes to it."""
    desk.type("She waited six hours, and nobody came.")
    desk.choose_service("rose")
    desk.press("Ctrl+3")
    desk.press("2")
    yield "what happened"
    for tag in ("ur", "pl"):
        ask_in(desk, tag)
        for number in (3, 5):
            desk.press(f"Ctrl+{number}")
            yield f"section {number}, asked in {tag}"
    ask_in(desk, "en")
    for number in (1, 2, 4, 5, 6, 7):
        desk.press(f"Ctrl+{number}")
        yield f"section {number}"
    ways = {
        "danger": ("F7",), "read back": ("F7", "F8"), "wrap-up": ("Esc", "F12"),
        "keys": ("Esc", "F1", "F1"), "waiting": ("Esc", "Shift+F9"), "list": ("Esc", "Ctrl+L"),
    }  # fmt: skip
    for page, keys in ways.items():
        for key in keys:
            desk.press(key)
            desk.settle()
        yield page


def ask_in(desk: Desk, tag: str) -> None:
    """The person's words stand beside the English from now on."""
    desk.window.record.person_words.choose()
    dialog = desk.window.record.person_words.dialog
    assert dialog is not None
    dialog.chosen.emit(tag)
    dialog.close()
    desk.settle()
    turn()


def show_as(app: QApplication, look: Look) -> None:
    language, percent = look
    use_language(app, language)
    theme.apply(app, "light", percent)
    # Once for the new letters, once for what has measured itself again because of them.
    turn()
    turn()


def cut_on_pages(desk: Desk, app: QApplication, looks: Callable[[str], Iterable[Look]]) -> list[str]:
    """What is cut off, by page and look; the window goes back to English for every step."""
    found = []
    for page in steps(desk):
        for language, percent in looks(page):
            show_as(app, (language, percent))
            found += [f"{page}, {language} at {percent} %: {one}" for one in clipped(desk.shell)]
        show_as(app, ("en", 100))
    return found


def cut_on_dialogs(desk: Desk, app: QApplication, looks: Callable[[str], Iterable[Look]]) -> list[str]:
    """Each is opened anew, as it would be in that look."""
    found = []
    for kind in DIALOGS:
        for language, percent in looks(kind.__name__):
            show_as(app, (language, percent))
            with_it = opened(kind, desk)
            found += [f"{kind.__name__}, {language} at {percent} %: {one}" for one in whole(with_it)]
            with_it.close()
            turn()
    show_as(app, ("en", 100))
    return found


def opened(kind: Callable[..., QDialog], desk: Desk) -> QDialog:
    dialog = kind(desk.workplace, desk.shell)
    dialog.open()
    turn()
    turn()
    return dialog


def whole(dialog: QDialog) -> Sequence[str]:
    width, height = SCREEN
    large = dialog.width() > width or dialog.height() > height
    size = [f"is {dialog.width()} x {dialog.height()}, larger than the screen"] if large else []
    return [*clipped(dialog), *size]
