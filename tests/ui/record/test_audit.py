"""Every state of the record page as a screen reader or a keyboard meets it, in every theme and size."""

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QSplitter

from tests.ui.record.desk import Desk
from ui import theme
from ui.audit import audit, clipped
from ui.translation import use_language

PANELS = {
    "form": (),
    "start": ("Ctrl+1",),
    "experience": ("Ctrl+3", "2"),
    "contact": ("Ctrl+6",),
    "danger": ("F7",),
    "read_back": ("F8",),
    "wrap_up": ("F12",),
    "parked": ("Shift+F9",),
    "keys": ("F1",),
    "quick_codes": ("Ctrl+.",),
    "two_pieces": ("Ctrl+Shift+N",),
}


@pytest.mark.parametrize("panel", PANELS)
def test_every_stop_is_named_large_enough_and_unique(desk: Desk, panel: str) -> None:
    desk.type("She waited.")
    for keys in PANELS[panel]:
        desk.press(keys)
        desk.settle()
    assert audit(desk.shell) == []


@pytest.mark.parametrize("percent", [100, 200, 250])
def test_nothing_is_cut_off(make_desk: Callable[..., Desk], qapp: QApplication, percent: int) -> None:
    theme.apply(qapp, "light", percent)
    desk = make_desk()
    desk.type("She waited.")
    for keys in ("Ctrl+3", "F7", "F7", "F12", "Esc", "F8"):
        desk.press(keys)
        assert clipped(desk.shell.record_area) == [], keys


def test_below_110_characters_the_parts_stand_above_one_another(make_desk: Callable[..., Desk]) -> None:
    desk = make_desk(width=700, height=768)
    columns = desk.shell.columns
    assert isinstance(columns, QSplitter)
    assert desk.window.record.parts.panes.stacked
    assert desk.find("section_choice").isVisible()
    assert not desk.window.record.parts.section_list.isVisible()
    for identifier in ("danger", "confidentiality", "park", "wrap_up", "narrative"):
        assert desk.find(identifier).isVisible()
    desk.shell.resize(1366, 768)
    assert not desk.window.record.parts.panes.stacked
    assert desk.find("section_list").isVisible()


def test_tab_goes_from_form_to_story_to_bars_to_sections(desk: Desk) -> None:
    desk.press("F2")
    parts, seen = desk.window.record.parts, []
    for _time in range(40):
        desk.press("Tab")
        pane = parts.panes.current()
        names = ("centre", "strip", "bar", "section_pane")
        name = next((name for name in names if getattr(parts, name) is pane), "story")
        if not seen or seen[-1] != name:
            seen.append(name)
    wanted = ["centre", "story", "strip", "bar", "section_pane"]
    first = seen.index("story")
    assert seen[first - 1 : first + 4] == wanted


@pytest.mark.parametrize("language", ["en-XA", "ar-XB"])
def test_a_switch_of_language_touches_neither_words_nor_focus(
    desk: Desk, qapp: QApplication, tmp_path: Path, language: str
) -> None:
    desk.type("She waited.")
    desk.press("F2")
    desk.type("rose")
    field = desk.focus()
    use_language(qapp, language, tmp_path / "cache")
    assert desk.focus() is field
    assert desk.shell.narrative.words() == "She waited."
    button = desk.find("wrap_up")
    assert button.text() != "Wrap up  F12"  # type: ignore[attr-defined]
    assert "Wrap up" not in button.text()  # type: ignore[attr-defined]
    desk.press("F12")
    assert "Wrap up" not in desk.window.record.parts.wrap_up.heading.text()
