"""The harness hears a plain window: names, typed words and the focus arrive."""

from harness.journey import ROOT, Journey

APPLICATION = {
    "python": [str(ROOT / ".venv/bin/python"), str(ROOT / "tests/journeys/sample_window.py")],
    "name": "sample",
}


def play(journey: Journey) -> None:
    journey.open()
    journey.expect("Name")
    journey.expect_focus("name")
    journey.key("Tab")
    journey.expect("Greet.*button")
    journey.expect_focus("greet")
    journey.key("space")
    journey.expect_text("name", "Hello Ada")
    journey.key("shift+Tab")
    journey.expect("Hello Ada")
