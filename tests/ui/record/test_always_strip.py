"""Danger and confidentiality are always in sight; a number only while it is held, with what may be done."""

from pytestqt.qtbot import QtBot

from ui.record.always_strip import AlwaysStrip


def make_strip(qtbot: QtBot) -> tuple[AlwaysStrip, list[str]]:
    done: list[str] = []
    strip = AlwaysStrip(done.append)
    qtbot.addWidget(strip)
    strip.show_said(lambda: "Confidentiality: not said  F11", "We keep this private.")
    strip.show_danger(lambda: "Danger: not asked  F7", False)
    strip.show_number("", 0)
    strip.show()
    return strip, done


def test_words_to_say_are_heard_with_the_button(qtbot: QtBot) -> None:
    strip, done = make_strip(qtbot)
    assert strip.said.accessibleDescription() == "We keep this private."
    strip.said.click()
    strip.danger.click()
    assert done == ["confidentiality", "danger"]


def test_a_mark_of_danger_is_words_first_and_weight_second(qtbot: QtBot) -> None:
    strip, _done = make_strip(qtbot)
    strip.show_danger(lambda: "! DANGER marked 10:14  F7", True)
    assert strip.danger.text() == "! DANGER marked 10:14  F7"
    assert strip.danger.font().bold()


def test_without_a_number_nothing_of_it_is_shown(qtbot: QtBot) -> None:
    strip, _done = make_strip(qtbot)
    assert not strip.number.isVisible()
    assert not strip.keep.isVisible()


def test_a_number_says_that_it_is_not_kept_and_earlier_records_are_a_count(qtbot: QtBot) -> None:
    strip, done = make_strip(qtbot)
    strip.show_number("020 7946 0018", 0)
    assert "not kept yet" in strip.number.text()
    assert strip.keep.isVisible()
    assert not strip.show_earlier.isVisible()
    strip.show_number("020 7946 0018", 2)
    assert strip.earlier.text() == "Possibly 2 earlier records"
    strip.keep.click()
    strip.show_earlier.click()
    assert done == ["keep_number", "show_earlier"]
    strip.show_number("020 7946 0018", 2, kept=True)
    assert strip.number.text().endswith(", kept")
    assert not strip.keep.isVisible()
    assert strip.show_earlier.isVisible()
    strip.show_number("020 7946 0018", 0, kept=True)
    assert not strip.number.isVisible()
    strip.show_number("", 0)
    assert strip.number.text() == strip.earlier.text() == ""
