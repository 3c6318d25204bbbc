"""The words are there again after the program was ended in a call, and no key overtakes a letter."""

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
    journey.burst("x", "y", "z", "ctrl+n", "a", "b", "c")
    journey.expect("Parked and saved. New record")
    journey.expect_text("narrative", "abc")
    journey.burst("d", "F9", "e", "f")
    journey.expect_text("narrative", "ef")
    journey.key("shift+F9")
    journey.expect("hearing aid.xyz")
    journey.key("Up")
    journey.expect("abcd")
    journey.close()
