"""The words are there again after the program was ended in the middle of a call."""

from harness.journey import Journey

STORY = "The ward lost her hearing aid."


def play(journey: Journey) -> None:
    journey.prepare()
    journey.open("--new", "phone")
    journey.ready()
    journey.type(STORY)
    journey.key("ctrl+s")
    journey.expect("Already saved|Saved")
    journey.kill()
    journey.open()
    journey.ready()
    journey.expect("Intake. Ready. 1 waits")
    journey.expect_focus("narrative")
    journey.expect_text("narrative", "")
    journey.key("shift+F9")
    journey.expect("waiting|parked")
    journey.key("Down")
    journey.key("Return")
    journey.expect_text("narrative", STORY)
    journey.close()
