"""For developers: ``python -m ui.help.reference`` writes the manual’s page of keys from the table of keys."""

import sys
from collections.abc import Sequence

from ui.actions import KEYS, OUTREACH, RECORD, SAY, Key
from ui.help import manual
from ui.practice.practice_desk import KEYS as PRACTICE_KEYS

PAGE = "keys.md"
_HEAD = """# All keys

The keys are the same in every language. None of them does anything else inside a text field. F1, pressed
twice, lists them inside Intake, and Ctrl+Shift+P finds every command by its words.
"""
_GROUPS = (
    ("The record", (RECORD,)),
    ("Going to a place", ("go", "sections")),
    ("Asking Intake", (SAY, "help")),
    ("At an event", (OUTREACH,)),
)
_IN_LISTS = """
## In fields and lists

| Key | What it does |
|---|---|
| Tab, Shift+Tab | Next and previous field; also out of the story |
| 1 to 9 | Choose the answer with that number, where a group of answers has the focus |
| Alt+Down | Why there is no answer: declined, not asked, does not know |
| Down | From a search line into what it found |
| Enter | Choose the row of a list |
| Delete | Take a chosen row away |
| Esc | Back to the exact place; it never ends a call |
| Alt+F4 | Close the window; what you typed is saved first |
"""


def page() -> str:
    """The page in Markdown, in English whatever the language of the screens."""
    parts = [_HEAD]
    for title, menus in _GROUPS:
        parts.append(_table(title, [key for key in KEYS if key.menu in menus]))
    parts.append(_table("In the practice window", PRACTICE_KEYS))
    return "\n".join(parts) + _IN_LISTS


def _table(title: str, keys: Sequence[Key]) -> str:
    rows = [f"| {key.shown} | {key.does.format(number=key.name.rpartition('_')[2])} |" for key in keys]
    return "\n".join([f"## {title}", "", "| Key | What it does |", "|---|---|", *rows, ""])


def main() -> int:
    (manual.folder() / PAGE).write_text(page(), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
