"""The keys of the window: one table from which the actions, the menu and the list under F1 are made.

The keys are the same in every language. None of them does anything inside a text field of Qt's own, and
none is F10, Shift+F10, Insert, CapsLock or a Ctrl+Alt combination: those belong to the menu bar, to the
context menu, to screen readers and to AltGr letters such as Polish ones.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QWidget

from intake_app.i18n import N_, _
from ui.key_order import KeyOrder
from ui.translation import tr

SECTION_KEYS = 9


@dataclass(frozen=True, slots=True)
class Key:
    """One key: ``name`` names its action, ``keys`` are its sequences, of which the first is shown."""

    name: str
    keys: tuple[str, ...]
    does: str
    menu: str

    @property
    def shown(self) -> str:
        """As people write it: ``Ctrl+Enter``."""
        return self.keys[0].replace("Return", "Enter")


RECORD, GO, SAY, HELP, OUTREACH = "record", "go", "say", "help", "outreach"

KEYS: tuple[Key, ...] = (
    Key("help", ("F1",), N_("Guidance for this question; press again for the list of keys"), HELP),
    Key("palette", ("Ctrl+Shift+P",), N_("Find a command by its words"), HELP),
    Key("service", ("F2",), N_("Find a service"), GO),
    Key("whose_turn", ("F3",), N_("Text relay: say whose turn it is"), SAY),
    Key("narrative", ("F4",), N_("To what they said, and back"), GO),
    Key("support", ("F5",), N_("Add an interpreter, relay, BSL or another person"), GO),
    Key("files", ("Ctrl+Shift+F",), N_("Letters, photos and documents of this record, and back"), GO),
    Key("story_language", ("Ctrl+Shift+G",), N_("Language of what they said, and whose words"), GO),
    Key(
        "beside",
        ("Ctrl+Shift+O",),
        N_("The original beside what the interpreter said; press again to take an empty one away"),
        GO,
    ),
    Key("person_language", ("Ctrl+Shift+W",), N_("The questions in the person’s language"), GO),
    Key("enlarge", ("Ctrl+Shift+E",), N_("Show this question large, for the person to read"), GO),
    Key("next_pane", ("F6",), N_("Next part of the window"), GO),
    Key("previous_pane", ("Shift+F6",), N_("Previous part of the window"), GO),
    Key("danger", ("F7",), N_("Danger: mark it and open the danger card; press again to go back"), RECORD),
    Key("read_back", ("F8",), N_("Read back what is written down"), GO),
    Key("park", ("F9",), N_("Park this record"), RECORD),
    Key("parked_list", ("Shift+F9",), N_("Parked and waiting records"), RECORD),
    Key("confidentiality", ("F11",), N_("Confidentiality words: said, or not said"), RECORD),
    Key("wrap_up", ("F12",), N_("Wrap up; press again to finish"), RECORD),
    Key(
        "not_feedback",
        ("Ctrl+Shift+X",),
        N_("Not feedback: silent, wrong number, another nation, about ourselves"),
        RECORD,
    ),
    Key("reopen", ("Shift+F12",), N_("Open the record that was just finished"), RECORD),
    Key("new_record", ("Ctrl+N",), N_("New record; the open one is parked"), RECORD),
    Key("rang_off", ("Ctrl+R",), N_("Caller rang off; press again if they are back"), RECORD),
    Key(
        "turn_item",
        ("Ctrl+I",),
        N_("They only ask: an enquiry; press again for feedback"),
        RECORD,
    ),
    Key("add_item", ("Ctrl+Shift+N",), N_("Another piece of feedback in this record"), RECORD),
    Key("add_enquiry", ("Ctrl+Shift+I",), N_("Another enquiry in this record"), RECORD),
    Key("next_item", ("Ctrl+J",), N_("Next piece in this record"), GO),
    Key(
        "next_unanswered",
        ("Ctrl+Return", "Ctrl+Enter"),
        N_("Next question without an answer"),
        GO,
    ),
    Key("quick_codes", ("Ctrl+.",), N_("Quick codes for what they said"), GO),
    Key("time_stamp", ("Ctrl+Shift+T",), N_("Put the time into what they said"), RECORD),
    Key("call_time", ("Ctrl+T",), N_("Say how long this call has taken"), SAY),
    Key("relay_said", ("Ctrl+Shift+Y",), N_("Text relay: I asked this question, or spoke: go ahead"), RECORD),
    Key("relay_hold", ("Ctrl+Shift+H",), N_("Text relay: I asked them to wait"), RECORD),
    Key(
        "use_selection",
        ("Ctrl+Shift+U",),
        N_("Use words of the email, or the turns that are chosen, as an answer"),
        RECORD,
    ),
    Key("source", ("Ctrl+Shift+M",), N_("Where these words were taken from, and back"), GO),
    Key("saved", ("Ctrl+S",), N_("Say whether everything is saved"), SAY),
    Key("count_people", ("Ctrl+Shift+J",), N_("One more person spoken to at the event"), OUTREACH),
    Key("count_leaflet", ("Ctrl+Shift+K",), N_("One more leaflet given at the event"), OUTREACH),
    Key(
        "lend_screen",
        ("Ctrl+Shift+B",),
        N_("Hand the screen to the person, who answers alone; press again to take it back"),
        OUTREACH,
    ),
    Key("change_over", ("Ctrl+Shift+S",), N_("Somebody else sits down to write"), OUTREACH),
    Key("find", ("Ctrl+F",), N_("Find records"), GO),
    Key("list", ("Ctrl+L",), N_("List of records, and back"), GO),
    *(
        Key(f"section_{number}", (f"Ctrl+{number}",), N_("Go to section {number}"), "sections")
        for number in range(1, SECTION_KEYS + 1)
    ),
)


def words(key: Key) -> str:
    """What the key does, in the language of the screens."""
    return _(key.does).format(number=key.name.rpartition("_")[2])


def make_actions(
    window: QWidget, acts: Mapping[str, Callable[[], object]], keys: Iterable[Key] = KEYS
) -> dict[str, QAction]:
    """The window's actions by name. A key without an act is left out; none repeats while held down.

    None overtakes a letter that was typed before it.
    """
    order = KeyOrder.of(window)
    made: dict[str, QAction] = {}
    for key in keys:
        if key.name in acts:
            made[key.name] = _action(window, key, acts[key.name], order)
    return made


def _action(window: QWidget, key: Key, act: Callable[[], object], order: KeyOrder) -> QAction:
    action = QAction(window)
    action.setObjectName(key.name)
    shortcuts = tuple(QKeySequence(sequence) for sequence in key.keys)
    action.setShortcuts(shortcuts)
    action.setShortcutContext(Qt.ShortcutContext.WindowShortcut)
    # A key held down too long must not wrap up and finish in one go.
    action.setAutoRepeat(False)
    action.setMenuRole(QAction.MenuRole.NoRole)
    tr(action, action.setText, lambda: words(key))
    action.triggered.connect(lambda _checked=False: order.in_turn(act, shortcuts))
    window.addAction(action)
    return action


def trigger(owner: QObject, name: str) -> None:
    """Does what the key does, for a button that shows the same act."""
    action = owner.findChild(QAction, name)
    if action is not None:
        action.trigger()
